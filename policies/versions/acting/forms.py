"""What is asked before an act: words for everybody, in every language of the site."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from common import clock

from ..models.versions import Version

LONGEST = 2000
"""Characters of what is said: a letter carries it, so it stays readable."""


class WordsForm(forms.Form):
    """Public words in every language; readers of a language without any are shown those of the original."""

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        source = version.work.source_language
        codes = sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != source)
        for code in codes:
            self.fields[f"words_{code}"] = _words_field(code, required=code == source)

    @property
    def words(self) -> dict[str, str]:
        """What was written, by language; that of the original stands first."""
        names = {name: name.removeprefix("words_") for name in self.fields if name.startswith("words_")}
        return {code: self.cleaned_data[name] for name, code in names.items() if self.cleaned_data.get(name)}

    @property
    def details(self) -> dict[str, Any]:
        """What is chosen beside the words."""
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith("words_")}


def _words_field(code: str, *, required: bool) -> forms.CharField:
    language = get_language_info(code)
    attributes = {"rows": 4, "lang": code, "dir": "rtl" if language["bidi"] else "ltr"}
    hint = _("Where it is empty, readers of this language see the words of the original.")
    return forms.CharField(
        label=_("What everybody is told, in %(language)s") % {"language": language["name_translated"]},
        help_text="" if required else hint,
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea(attrs=attributes),
        error_messages={"required": _("Say it in the language of the original.")},
    )


class PostponeForm(WordsForm):
    """Words, and the new day."""

    # The browser's own calendar: Wagtail's lies over the buttons, and takes the first click.
    until = forms.DateField(label=_("New day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    field_order = ["until"]

    def clean_until(self) -> date:
        """Later than announced, and not today: a day has to come before it can be waited for."""
        until: date = self.cleaned_data["until"]
        earliest = max(self.version.effective_on, clock.today())
        if until <= earliest:
            raise forms.ValidationError(
                gettext("The new day has to be later than %(day)s.") % {"day": date_format(earliest)}
            )
        return until


class CorrectForm(WordsForm):
    """Words, and the section that they are about."""

    anchor = forms.ChoiceField(
        label=_("Section"),
        required=False,
        help_text=_("The erratum stands beside this section, and the letter links to it."),
    )
    field_order = ["anchor"]

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, version=version, **kwargs)
        source = version.texts.filter(language=version.work.source_language).order_by("-sequence").first()
        sections = source.content["sections"] if source else []
        named = [(section["anchor"], section["heading"] or gettext("Introduction")) for section in sections]
        anchor = self.fields["anchor"]
        assert isinstance(anchor, forms.ChoiceField)
        anchor.choices = [("", gettext("The whole document")), *named]
