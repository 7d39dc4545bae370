from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .remembering import NO, YES

ANSWERS = [(YES, _("Yes")), (NO, _("No"))]
CHOOSE = _("Choose yes or no.")
KEY = r"^[A-Za-z0-9_\-]{20,100}$"
"""An idempotency key: long enough that nobody guesses somebody else's."""


def _answer() -> forms.ChoiceField:
    return forms.ChoiceField(choices=ANSWERS, required=False, error_messages={"invalid_choice": CHOOSE})


class ChoicesForm(forms.Form):
    """One answer for each purpose, or one for all of them. What is left open stays open: silence is no answer."""

    wording = forms.CharField(required=False, max_length=64)
    all = _answer()
    key = forms.RegexField(KEY, required=False)

    def __init__(self, *args: Any, asked: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = tuple(asked)
        self.fields |= {f"choice-{code}": _answer() for code in self.asked}

    def clean(self) -> None:
        if not self.errors and not self.chosen:
            for code in self.asked:
                self.add_error(f"choice-{code}", CHOOSE)

    @property
    def chosen(self) -> dict[str, bool]:
        """The answers given, by purpose; the button for all stands above single ones."""
        to_all = self.cleaned_data.get("all")
        answers = {code: to_all or self.cleaned_data.get(f"choice-{code}") for code in self.asked}
        return {code: answer == YES for code, answer in answers.items() if answer}

    @property
    def messages(self) -> dict[str, str]:
        """What is wrong, by purpose; under `all`, `wording` and `key` what is wrong with the page as a whole."""
        return {name.removeprefix("choice-"): str(messages[0]) for name, messages in self.errors.items()}
