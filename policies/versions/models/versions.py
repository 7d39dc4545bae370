from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from common import clock
from common.immutable import Frozen, FrozenManager, FrozenQuerySet

from ..states import Approval, ChangeClass, Standing


class Work(models.Model):
    """A document through all its versions and languages (the "work" of FRBR and Akoma Ntoso).

    `key` is the translation key that its pages share; `slug` is what the API and people call it.
    """

    class Kind(models.TextChoices):
        POLICY = "policy", _("Policy")
        PRODUCT = "product", _("Product")

    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    slug = models.SlugField(max_length=255)
    source_language = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="work_kind_slug")]

    def __str__(self) -> str:
        return self.slug


class VersionQuerySet(FrozenQuerySet):
    """Questions asked of versions, as adjectives."""

    def of(self, key: Any) -> "VersionQuerySet":
        """The versions of one work, newest first."""
        return self.filter(work__key=key).order_by("-number")

    def effective(self, at: datetime | None = None) -> "VersionQuerySet":
        """Those that had taken effect at a moment (now, if none is given): the newest of a work is in force."""
        return self.filter(effective_at__lte=at or clock.now())

    def coming(self, at: datetime | None = None) -> "VersionQuerySet":
        """Announced, and not in force at the moment."""
        return self.filter(effective_at__gt=at or clock.now())


def _staff(**kwargs: Any) -> Any:
    """Who did it, as an id that stays when the account goes: a frozen row cannot be set to NULL."""
    return models.ForeignKey(
        "auth.User", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", **kwargs
    )


class Version(Frozen):
    """A frozen wording in every language that was live when it was announced.

    In force is computed: the version of the work with the greatest number whose `effective_at` is not in the future. The
    numbers and the effective dates of a work rise together.
    """

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    permalink = models.CharField(max_length=20)  # 2026-12-22, the second of a day 2026-12-22-2
    change_class = models.CharField(max_length=12, choices=ChangeClass.choices)
    announced_at = models.DateTimeField()
    effective_at = models.DateTimeField(db_index=True)
    approval = models.CharField(max_length=10, choices=Approval.choices)
    completed = models.JSONField(default=list, blank=True)  # what the editor left open and the strict rule filled in
    written_by = _staff()
    approved_by = _staff()
    published_by = _staff()
    revision_id = models.IntegerField(null=True)  # Wagtail may purge revisions; this says which one it was
    sha256 = models.CharField(max_length=64)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work", "number"], name="version_work_number"),
            models.UniqueConstraint(fields=["work", "permalink"], name="version_work_permalink"),
        ]
        indexes = [models.Index(fields=["work", "-effective_at"], name="version_work_effective")]
        ordering = ["-announced_at", "-number"]

    def __str__(self) -> str:
        return f"{self.work} {self.permalink}"

    @property
    def effective_on(self) -> date:
        """The day of the site's zone on which it takes effect."""
        return clock.day_of(self.effective_at)

    def is_coming(self, at: datetime | None = None) -> bool:
        """Whether it is announced but not in force."""
        return self.effective_at > (at or clock.now())

    def standing(self, in_force: "Version | None") -> Standing:
        """Where it stands beside the version in force."""
        if in_force is None or self.number > in_force.number:
            return Standing.COMING
        return Standing.IN_FORCE if self.pk == in_force.pk else Standing.SUPERSEDED


class VersionText(Frozen):
    """One language of a version: the text as data and as it was rendered.

    `sequence` is 1 for the text frozen with the version; a translation that came later, or corrects one, counts on and has
    its own date. `html` maps section ids to their rendered bodies: what visitors read, for ever.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=12)
    sequence = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    content = models.JSONField()
    html = models.JSONField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=clock.now)
    added_late = models.BooleanField(default=False)

    objects = FrozenManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "language", "sequence"], name="text_version_language_sequence")
        ]
        ordering = ["version", "language", "-sequence"]

    def __str__(self) -> str:
        return f"{self.version} {self.language}"


class StoredRedline(Frozen):
    """What a version changed since the one before it, in one language: computed once, when the text was frozen."""

    text = models.OneToOneField(VersionText, on_delete=models.PROTECT, related_name="redline")
    since = models.ForeignKey(VersionText, on_delete=models.PROTECT, related_name="+")
    changes = models.JSONField()

    objects = FrozenManager()

    def __str__(self) -> str:
        return f"{self.since} … {self.text}"
