from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from policies.versions.models import Version


class CompareForm(forms.Form):
    """Any two versions of one document, in one of its languages. It changes nothing, so it is sent by GET."""

    older = forms.TypedChoiceField(label=_("From version"), coerce=int)
    newer = forms.TypedChoiceField(label=_("To version"), coerce=int)
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, versions: Sequence[Version], languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(version.number, f"{version.number} · {version.permalink}") for version in versions]
        self.fields["older"].choices = self.fields["newer"].choices = choices  # type: ignore[attr-defined]  # choice fields
        self.fields["language"].choices = [(code, code) for code in languages]  # type: ignore[attr-defined]  # choice fields


def first_choices(versions: Sequence[Version], newer: Version) -> dict[str, Any]:
    """A version against the one before it; the first against the one after."""
    before = next((each for each in versions if each.number < newer.number), None)
    older = before or newer
    return {"older": older.number, "newer": newer.number, "language": newer.work.source_language}
