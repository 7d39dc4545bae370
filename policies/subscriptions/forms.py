from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from email_validator import EmailNotValidError, validate_email


class SubscribeForm(forms.Form):
    """Asks for an address and whether small changes are wanted too; nothing is ticked beforehand."""

    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": _("Enter your e-mail address.")},
    )
    every_change = forms.BooleanField(
        label=_("Also tell me about small changes that only make the text clearer"), required=False
    )

    def clean_email(self) -> str:
        """One address and nothing else: a line break in it would let a stranger write our headers."""
        try:
            valid = validate_email(self.cleaned_data["email"], check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError as error:
            message = _("Enter an e-mail address in the correct form, like name@example.com.")
            raise ValidationError(message) from error
        return str(valid.ascii_email)


class PreferencesForm(forms.Form):
    """In which language, and how much."""

    language = forms.ChoiceField(
        label=_("Language of the letters"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    every_change = forms.BooleanField(label=_("Also small changes that only make the text clearer"), required=False)

    @classmethod
    def for_subscriber(cls, subscriber: Any) -> "PreferencesForm":
        """A form filled with what holds now."""
        active = subscriber.subscriptions.filter(ended_at=None).first()
        return cls(initial={"language": subscriber.language, "every_change": bool(active and active.every_change)})
