"""What consent is asked for: purposes in categories, and the services that wait for it. Each is one snippet per language."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from wagtail.fields import StreamField
from wagtail.models import RevisionMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from policies.versions.promises import PromiseKind

from ..blocks import CookieBlock
from ..declaring import refuse, wrong_origins, wrong_terms

CODE = RegexValidator(r"\A[a-z][a-z0-9_]{0,39}\Z", _("Small letters, digits and underscores; a letter first."))


class Kind(models.TextChoices):
    """How people meet a category."""

    ESSENTIAL = "essential", _("Always on: people are told of it")
    SITE = "site", _("Asked for on the site")
    MAIL = "mail", _("Asked for where an e-mail address is given")


class LegalBasis(models.TextChoices):
    """GDPR Art. 6(1); only the first is asked for."""

    CONSENT = "consent", _("Consent")
    CONTRACT = "contract", _("Contract")
    LEGAL_OBLIGATION = "legal_obligation", _("Legal obligation")
    LEGITIMATE_INTEREST = "legitimate_interest", _("Legitimate interest")


class Signal(models.TextChoices):
    """What Google Consent Mode v2 calls it; the words are Google's own."""

    ANALYTICS_STORAGE = "analytics_storage"
    FUNCTIONALITY_STORAGE = "functionality_storage"
    PERSONALIZATION_STORAGE = "personalization_storage"
    AD_STORAGE = "ad_storage"
    AD_USER_DATA = "ad_user_data"
    AD_PERSONALIZATION = "ad_personalization"


class Snippet(RevisionMixin, TranslatableMixin, models.Model):
    """Texts differ by language; facts are those of the original. Wagtail keeps the revisions."""

    code = models.CharField(_("code"), max_length=40, validators=[CODE])
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveIntegerField(_("place in the list"), default=0)

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering: ClassVar[list[str]] = ["position", "code"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def facts(cls) -> list[str]:
        """The fields that are the same in every language."""
        declared = getattr(cls, "override_translatable_fields", [])
        return [field.field_name for field in declared if isinstance(field, SynchronizedField)]

    def clean(self) -> None:
        """The code stands in cookies and in the ledger: it never changes."""
        super().clean()
        stored = type(self).objects.filter(pk=self.pk).values_list("code", flat=True).first()
        if stored and stored != self.code:
            refuse({"code": [_("The code cannot be changed: it stands in people’s cookies and in the ledger.")]})


class Category(Snippet):
    """Purposes that belong together: essential, performance, functional, targeting, e-mail."""

    text = models.TextField(_("in plain words"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SITE)

    history = HistoricalRecords()

    override_translatable_fields = [
        TranslatableField("name"),
        TranslatableField("text"),
        *(SynchronizedField(name, overridable=False) for name in ("code", "position", "kind")),
    ]

    class Meta(Snippet.Meta):
        verbose_name = _("category of consent")
        verbose_name_plural = _("categories of consent")
        constraints = [models.UniqueConstraint(fields=["code", "locale"], name="category_code_locale")]


class Purpose(Snippet):
    """One thing that personal data is used for, and all that a person has to know before they say yes."""

    category = models.CharField(_("category"), max_length=40, validators=[CODE])  # the code of a `Category`
    text = models.TextField(_("in plain words"))
    legal_basis = models.CharField(
        _("legal basis"), max_length=20, choices=LegalBasis.choices, default=LegalBasis.CONSENT
    )
    dpv = models.CharField(
        _("term of the Data Privacy Vocabulary"),
        max_length=80,
        default="dpv:Purpose",
        help_text=_("As in dpv:ServiceOptimisation; it stands in receipts."),
    )
    data_categories = models.TextField(
        _("personal data used"), blank=True, help_text=_("One term of the Data Privacy Vocabulary a line: pd:IPAddress")
    )
    recipients = models.TextField(_("who gets the data"), blank=True, help_text=_("One a line; empty: nobody but us."))
    retention = models.CharField(
        _("kept as promised for"),
        max_length=40,
        blank=True,
        choices=PromiseKind.choices,
        help_text=_("The promise of the policy that says how long; the number is read from the version in force."),
    )
    retention_text = models.CharField(
        _("how long it is kept"), max_length=200, blank=True, help_text=_("Where no promise of the policy says it.")
    )
    cookies = StreamField([("cookie", CookieBlock())], verbose_name=_("cookies"), blank=True)
    signals = models.JSONField(_("signals of Google Consent Mode"), default=list, blank=True)
    honours_gpc = models.BooleanField(_("switched off by Global Privacy Control"), default=False)
    ended = models.BooleanField(
        _("no longer used"),
        default=False,
        help_text=_(
            "Nobody is asked for it any more, and nothing is allowed by it. What was answered stays on record."
        ),
    )

    history = HistoricalRecords()

    override_translatable_fields = [
        *(TranslatableField(name) for name in ("name", "text", "recipients", "retention_text", "cookies")),
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "code",
                "position",
                "category",
                "legal_basis",
                "dpv",
                "data_categories",
                "retention",
                "signals",
                "honours_gpc",
                "ended",
            )
        ),
    ]

    class Meta(Snippet.Meta):
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")
        constraints = [models.UniqueConstraint(fields=["code", "locale"], name="purpose_code_locale")]

    def clean(self) -> None:
        """A purpose stands in a category that there is; what is always on is no consent."""
        super().clean()
        category = Category.objects.filter(code=self.category).first()
        errors: dict[str, Iterable[str]] = {
            "category": [] if category else [gettext("There is no such category.")],
            "data_categories": wrong_terms(self.data_categories),
            "dpv": wrong_terms(self.dpv),
        }
        if category and category.kind == Kind.ESSENTIAL and self.legal_basis == LegalBasis.CONSENT:
            errors["legal_basis"] = [gettext("What is always on cannot rest on consent: nobody could say no.")]
        refuse(errors)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """One that people have answered for is ended, not deleted: their answers name it."""
        if self.is_answered():
            raise models.ProtectedError(str(_("People have answered for this purpose. End it instead.")), {self})
        return super().delete(*args, **kwargs)

    def is_answered(self) -> bool:
        """Whether anything on record names it."""
        from policies.ledger.models import Entry

        from ..rules import State

        named = models.Q(facts__category=self.code)
        for state in State:
            named |= models.Q(**{f"facts__{state}__has_key": self.code})
        return Entry.objects.filter(models.Q(kind__startswith="consent.") & named).exists()


class Service(Snippet):
    """Somebody else's script, frame or picture, which waits until its purpose is agreed to."""

    class Form(models.TextChoices):
        """What it is in the page."""

        SCRIPT = "script", _("Script")
        FRAME = "frame", _("Frame, such as a map or a film")
        IMAGE = "image", _("Picture")

    purpose = models.CharField(_("purpose"), max_length=40, validators=[CODE])  # the code of a `Purpose`
    text = models.TextField(_("what happens when it is loaded"), blank=True)
    form = models.CharField(_("what it is"), max_length=10, choices=Form.choices)
    provider = models.CharField(_("provider"), max_length=120)
    address = models.URLField(_("address"), max_length=500)
    origins = models.TextField(
        _("other addresses that it talks to"), blank=True, help_text=_("One a line: https://stats.example.com")
    )
    integrity = models.CharField(_("hash of the script (integrity)"), max_length=120, blank=True)
    everywhere = models.BooleanField(_("on every page"), default=False)

    history = HistoricalRecords()

    override_translatable_fields = [
        *(TranslatableField(name) for name in ("name", "text")),
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "code",
                "position",
                "purpose",
                "form",
                "provider",
                "address",
                "origins",
                "integrity",
                "everywhere",
            )
        ),
    ]

    class Meta(Snippet.Meta):
        verbose_name = _("service that waits for consent")
        verbose_name_plural = _("services that wait for consent")
        constraints = [models.UniqueConstraint(fields=["code", "locale"], name="service_code_locale")]

    def clean(self) -> None:
        """It waits for a purpose that people are asked for, and comes from a site of its own."""
        super().clean()
        purpose = Purpose.objects.filter(code=self.purpose).first()
        asked = purpose is not None and purpose.legal_basis == LegalBasis.CONSENT
        origin = "/".join(self.address.split("/")[:3])
        refuse(
            {
                "purpose": [] if asked else [_("There is no such purpose that people are asked for.")],
                "origins": wrong_origins(self.origins),
                "address": wrong_origins(origin),
            }
        )
