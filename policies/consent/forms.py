from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .categories import ASKED
from .remembering import NO, YES

ANSWERS = [(YES, _("Yes")), (NO, _("No"))]
CHOOSE = _("Choose yes or no.")


def _answer() -> forms.ChoiceField:
    return forms.ChoiceField(choices=ANSWERS, required=False, error_messages={"invalid_choice": CHOOSE})


class ChoicesForm(forms.Form):
    """One answer for each category, or one for all of them. What is left open stays open: silence is no answer."""

    wording = forms.CharField(required=False)
    all = _answer()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {f"choice-{code}": _answer() for code in ASKED}

    def clean(self) -> None:
        if not self.errors and not self.chosen:
            for code in ASKED:
                self.add_error(f"choice-{code}", CHOOSE)

    @property
    def chosen(self) -> dict[str, bool]:
        """The answers given, by category; the button for all stands above single ones."""
        to_all = self.cleaned_data.get("all")
        answers = {code: to_all or self.cleaned_data.get(f"choice-{code}") for code in ASKED}
        return {code: answer == YES for code, answer in answers.items() if answer}

    @property
    def messages(self) -> dict[str, str]:
        """What is wrong, by category; under `all` and `wording` what is wrong with the page as a whole."""
        return {name.removeprefix("choice-"): str(messages[0]) for name, messages in self.errors.items()}
