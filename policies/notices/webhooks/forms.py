from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from .guarding import NotAllowed, addresses_of, target_of
from .kinds import EventType


class EndpointForm(WagtailAdminModelForm):
    """The address is looked at here already, so that a mistake is told where it is made; it is looked at again, whenever
    something is sent."""

    events = forms.MultipleChoiceField(
        label=_("Which events"), choices=EventType.choices, widget=forms.CheckboxSelectMultiple
    )

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).strip()
        try:
            addresses_of(target_of(url))
        except NotAllowed as refused:
            raise forms.ValidationError(str(refused)) from refused
        except (OSError, UnicodeError) as unknown:
            raise forms.ValidationError(_("There is no such host at the moment.")) from unknown
        return url

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["events"].initial = EventType.values
