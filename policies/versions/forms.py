"""What is asked of an editor before anything can be published; drafts may be as unfinished as they like."""

from collections import Counter
from copy import copy
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from common import clock

from .judging import JUDGED, contradictions_of
from .materiality import Trigger
from .models.versions import Version
from .renewing import purpose_choices
from .rules import earliest_day
from .states import NEEDS_SUMMARY, ChangeClass


class VersionedPageForm(WagtailAdminPageForm):
    """A text needs something to read, and anchors that are unique."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_deferred_validation:
            self._check_anchors(cleaned.get("sections") or [])
        return cleaned

    def _check_anchors(self, sections: Any) -> None:
        anchors = Counter(section.value["anchor"] for section in sections if section.value["anchor"])
        twice = sorted(anchor for anchor, count in anchors.items() if count > 1)
        if twice:
            message = _("Two sections have the same anchor: %(anchors)s. Give each its own.")
            self.add_error("sections", forms.ValidationError(message, params={"anchors": ", ".join(twice)}))


def trigger_choices() -> list[tuple[str, str]]:
    """What can make a change material, each with a sentence that explains it."""
    return [(trigger.value, f"{trigger.label}. {trigger.help}") for trigger in Trigger]


class PolicyPageForm(VersionedPageForm):
    """The kind of change, its summary and its date, as far as the change needs them."""

    triggers = forms.MultipleChoiceField(
        label=_("What makes it material"),
        choices=trigger_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick all that apply. The page “What will happen” says what the redline suggests."),
    )
    renews = forms.MultipleChoiceField(
        label=_("Consent to ask for again"),
        choices=purpose_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Whoever said yes to these is asked again once the change is in force; their other choices stay. "
            "A new use of data that names none asks for all of them. Leave it empty for every other change."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("expire_at"):
            self._refuse("expire_at", _("A policy does not expire. It is withdrawn, in public and with a reason."))
        newest = Version.objects.of(self.instance.translation_key).select_related("work").first()
        if "action-publish" in self.data and (newest is None or self._is_original(newest)):
            self.add_error(None, _("Save the draft, then announce it on the page “What will happen”."))
        if self.is_deferred_validation or newest is None or not self._is_original(newest):
            return cleaned
        if not self._nothing_changed(newest):
            self._check_class(cleaned)
            self._check_day(cleaned, newest)
        return cleaned

    def _is_original(self, newest: Version) -> bool:
        return self.instance.locale.language_code == newest.work.source_language

    def _nothing_changed(self, newest: Version) -> bool:
        """Saving an unchanged live page again asks no questions, as it announces nothing."""
        return not self.has_changed() and not self.instance.has_unpublished_changes

    def _value(self, cleaned: dict[str, Any], name: str) -> Any:
        """What a field will be: the API sends only the fields that it changes."""
        return cleaned.get(name) if name in self.fields else getattr(self.instance, name)

    def _refuse(self, name: str, error: Any) -> None:
        """Say it at the field. One that was not sent keeps its value, and the strict rule fills in what is missing."""
        if name in self.fields:
            self.add_error(name, error)

    def _check_class(self, cleaned: dict[str, Any]) -> None:
        change_class = self._value(cleaned, "change_class")
        if not change_class:
            self._refuse("change_class", _("Say what kind of change this is."))
        elif change_class in NEEDS_SUMMARY and not (self._value(cleaned, "summary") or "").strip():
            self._refuse("summary", _("Say in a few plain sentences what changes."))
        if change_class and "sections" in cleaned:
            self._check_reason(cleaned)

    def _check_reason(self, cleaned: dict[str, Any]) -> None:
        """A kind of change that the redline contradicts needs a reason."""
        draft = copy(self.instance)
        for name in ("title", "introduction", "sections", *JUDGED):
            setattr(draft, name, self._value(cleaned, name))
        contradictions = contradictions_of(draft)
        if contradictions and not draft.class_reason.strip():
            self._refuse("class_reason", " ".join(contradictions))

    def _check_day(self, cleaned: dict[str, Any], newest: Version) -> None:
        change_class, day = self._value(cleaned, "change_class"), self._value(cleaned, "effective_on")
        if change_class == ChangeClass.MATERIAL and not day:
            self._refuse("effective_on", _("Say when this material change takes effect."))
        if not change_class or not day:
            return
        earliest = earliest_day(change_class, announced_at=clock.now(), notice_period=settings.NOTICE_PERIOD)
        if change_class == ChangeClass.EDITORIAL:
            return
        if day < earliest and not (self._value(cleaned, "early_because") or "").strip():
            message = _(
                "This kind of change takes effect on %(day)s at the earliest, unless you say why it cannot wait."
            )
            self._refuse("effective_on", forms.ValidationError(message, params={"day": date_format(earliest)}))
        elif day < newest.effective_on:
            message = _("The version announced before takes effect on %(day)s; this one cannot be earlier.")
            params = {"day": date_format(newest.effective_on)}
            self._refuse("effective_on", forms.ValidationError(message, params=params))
