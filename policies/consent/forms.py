from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .remembering import NO, YES
from .rules import Answer

ANSWERS = [(YES, _("Yes")), (NO, _("No"))]
CHOOSE = _("Choose yes or no.")
EVERYTHING = "*"
"""What is withdrawn where it is all of it; no purpose is called so."""
KEY = r"^[A-Za-z0-9_\-]{20,100}$"
"""An idempotency key: long enough that nobody guesses somebody else's."""


def _answer() -> forms.ChoiceField:
    return forms.ChoiceField(choices=ANSWERS, required=False, error_messages={"invalid_choice": CHOOSE})


class ChoicesForm(forms.Form):
    """One answer for each purpose, or one for all of them. What is left open stays open: silence is no answer."""

    wording = forms.CharField(required=False, max_length=64)
    all = _answer()
    key = forms.RegexField(KEY, required=False)
    withdraw = forms.CharField(required=False, max_length=40)

    def __init__(
        self, *args: Any, asked: Iterable[str], before: Mapping[str, Answer] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = tuple(asked)
        self.granted = [code for code, answer in (before or {}).items() if answer.granted]
        self.fields |= {f"choice-{code}": _answer() for code in self.asked}

    def clean_withdraw(self) -> str:
        """A purpose that can be taken back, or all of them: also one that is not asked for any more."""
        wanted = str(self.cleaned_data["withdraw"])
        if wanted and wanted not in {EVERYTHING, *self.asked, *self.granted}:
            raise forms.ValidationError(_("There is no such purpose. Nothing was changed."))
        return wanted

    def clean(self) -> None:
        for name in ("all", *(f"choice-{code}" for code in self.asked)):
            if name not in self.errors and self._says_two_things(name):
                self.add_error(name, CHOOSE)
        if not self.errors and not self.chosen and not self.cleaned_data.get("withdraw"):
            for code in self.asked:
                self.add_error(f"choice-{code}", CHOOSE)

    def _says_two_things(self, name: str) -> bool:
        """A field that came twice: no page of ours sends that, and nobody knows which one was meant."""
        values = self.data.getlist(name) if isinstance(self.data, QueryDict) else []
        return len(set(values)) > 1

    @property
    def key_sent(self) -> str:
        """The idempotency key that came with the form; none where it is none."""
        self.is_valid()
        return str(self.cleaned_data.get("key", ""))

    @property
    def withdrawn(self) -> dict[str, bool]:
        """What is taken back by its own button, which leaves every other choice as it is."""
        wanted = self.cleaned_data.get("withdraw")
        return dict.fromkeys(self.granted if wanted == EVERYTHING else [wanted], False) if wanted else {}

    @property
    def chosen(self) -> dict[str, bool]:
        """The answers given, by purpose; the button for all stands above single ones, one that takes back above all."""
        if self.withdrawn:
            return self.withdrawn
        to_all = self.cleaned_data.get("all")
        answers = {code: to_all or self.cleaned_data.get(f"choice-{code}") for code in self.asked}
        return {code: answer == YES for code, answer in answers.items() if answer}

    @property
    def messages(self) -> dict[str, str]:
        """What is wrong, by purpose; under `all`, `wording` and `key` what is wrong with the page as a whole."""
        return {name.removeprefix("choice-"): str(messages[0]) for name, messages in self.errors.items()}
