from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from common import clock
from common.immutable import Frozen, FrozenManager, FrozenQuerySet

from ..states import ActKind, Approval, ChangeClass


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

    def in_force_at(self, at: datetime) -> "VersionQuerySet":
        """What had taken effect by a moment, newest first: of one work, the first is in force unless it was withdrawn."""
        return self.standing().effective(at).order_by("-effective_at", "-number")

    def standing(self) -> "VersionQuerySet":
        """Those that were not cancelled before they took effect."""
        return self.exclude(acts__kind=ActKind.CANCELLED)

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

    In force is computed: the version of the work with the greatest number that was not cancelled and whose `effective_at`
    is not in the future. The numbers and the effective dates of a work rise together, cancelled versions left out.
    """

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    permalink = models.CharField(max_length=20)  # 2026-12-22, the second of a day 2026-12-22-2
    change_class = models.CharField(max_length=12, choices=ChangeClass.choices)
    triggers = models.JSONField(default=list, blank=True)  # why it is material: codes of `materiality.Trigger`
    renews = models.JSONField(default=list, blank=True)  # codes of the purposes whose consent it asks for again
    class_reason = models.TextField(blank=True)  # why the class holds although the redline suggests another
    announced_at = models.DateTimeField()
    effective_at = models.DateTimeField(db_index=True)
    early_because = models.JSONField(default=dict, blank=True)  # by language: why it waits less than the notice period
    approval = models.CharField(max_length=10, choices=Approval.choices)
    alone_because = models.TextField(blank=True)  # why its author announced it without a second person
    completed = models.JSONField(default=list, blank=True)  # what the editor left open and the strict rule filled in
    written_by = _staff()
    approved_by = _staff()
    published_by = _staff()
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")  # postponed
    revision_id = models.IntegerField(null=True)  # Wagtail may purge revisions; this says which one it was
    sha256 = models.CharField(max_length=64)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work", "number"], name="version_work_number"),
            models.UniqueConstraint(fields=["work", "permalink"], name="version_work_permalink"),
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("written_by")), name="version_approved_by_another"
            ),
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
        """Whether its date has not come yet."""
        return self.effective_at > (at or clock.now())


class VersionText(Frozen):
    """One language of a version: the text as data and as it was rendered.

    `sequence` is 1 for the text frozen with the version; a translation that came later, or corrects one, counts on and has
    its own date. `html` maps section ids to their rendered bodies: what visitors read, for ever. `source_sha256` is the
    hash of the original that it translates, or its own.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=12)
    sequence = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    content = models.JSONField()
    html = models.JSONField()
    sha256 = models.CharField(max_length=64)
    html_sha256 = models.CharField(max_length=64)
    source_sha256 = models.CharField(max_length=64)
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

    @property
    def shown_html(self) -> dict[str, str]:
        """What readers are shown: the newest technical rendering, as a rule the first one."""
        newest = max(self.renderings.all(), key=lambda rendering: rendering.pk, default=None) if self.pk else None
        return newest.html if newest else self.html


class StoredRedline(Frozen):
    """What a version changed since the one before it, in one language: computed once, when the text was frozen."""

    text = models.OneToOneField(VersionText, on_delete=models.PROTECT, related_name="redline")
    since = models.ForeignKey(VersionText, on_delete=models.PROTECT, related_name="+")
    changes = models.JSONField()

    objects = FrozenManager()

    def __str__(self) -> str:
        return f"{self.since} … {self.text}"


class SectionChange(Frozen):
    """What became of one section in one text: a line of that section's own history, its feed, and its "last changed".

    There is a row for each section of a first text and for each one that a later text changed. `figures` are the changed
    numbers and dates as `redline.changed_figures` gives them.
    """

    class Change(models.TextChoices):
        ADDED = "added", _("New")
        CHANGED = "changed", _("Changed")
        MOVED = "moved", _("Moved")
        REMOVED = "removed", _("Removed")

    text = models.ForeignKey(VersionText, on_delete=models.PROTECT, related_name="section_changes")
    section_id = models.CharField(max_length=64)
    anchor = models.CharField(max_length=100)
    heading = models.CharField(max_length=255, blank=True)
    change = models.CharField(max_length=10, choices=Change.choices)
    position = models.PositiveIntegerField()
    figures = models.JSONField(default=list, blank=True)

    objects = FrozenManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "section_id"], name="section_change_once")]
        indexes = [models.Index(fields=["section_id"], name="section_change_section")]
        ordering = ["text", "position"]

    def __str__(self) -> str:
        return f"{self.text} #{self.anchor} {self.change}"


class Act(Frozen):
    """What was done in public to a version after it was frozen: told, cancelled, corrected, withdrawn.

    `words` are what readers are told, by language; `facts` depend on the kind: counts of a finished announcement, the
    section that an erratum is about.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=10, choices=ActKind.choices)
    happened_at = models.DateTimeField(default=clock.now)
    by = _staff()
    words = models.JSONField(default=dict, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    objects = FrozenManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind"],
                condition=models.Q(kind__in=[ActKind.TOLD, ActKind.CANCELLED, ActKind.WITHDRAWN]),
                name="act_once",
            )
        ]
        ordering = ["happened_at", "pk"]

    def __str__(self) -> str:
        return f"{self.version} {self.kind}"

    def words_in(self, language: str) -> str:
        """What readers of a language are told; where nobody wrote it in theirs, what was written first."""
        return self.words.get(language) or next(iter(self.words.values()), "")


class VersionFile(Frozen):
    """A text as a file that was made once, such as its PDF."""

    text = models.ForeignKey(VersionText, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=10)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)

    objects = FrozenManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "format"], name="file_text_format")]

    def __str__(self) -> str:
        return f"{self.text} {self.format}"


class Rendering(Frozen):
    """A text rendered anew for a technical reason, such as a better table: the same words, never a version.

    Readers are shown the newest rendering; the first one stays in the text and can be asked for.
    """

    text = models.ForeignKey(VersionText, on_delete=models.PROTECT, related_name="renderings")
    html = models.JSONField()
    html_sha256 = models.CharField(max_length=64)
    because = models.TextField()
    made_at = models.DateTimeField(default=clock.now)

    objects = FrozenManager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.text} rendered {self.made_at:%Y-%m-%d}"
