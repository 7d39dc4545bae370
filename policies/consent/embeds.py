"""The place of a service in the text of a page."""

from typing import Any

from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .models import Service


def services() -> list[tuple[str, str]]:
    """Codes and names of what an editor can place; of a service in several languages the original's name."""
    rows = Service.objects.order_by(Lower("name"), "-pk").values_list("code", "name", "everywhere")
    return list({code: (code, name) for code, name, is_everywhere in rows if not is_everywhere}.values())


class ServiceBlock(blocks.ChoiceBlock):
    """A service by its code, so that every language shows its own words for it; a deleted one leaves no hole."""

    choices = staticmethod(services)

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """Nothing for translators."""
        return []

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        """The code itself."""
        return value

    class Meta:
        icon = "globe"
        label = _("Service that waits for consent")
        template = "choices/embed.html"
