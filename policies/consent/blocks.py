from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class SameEverywhereBlock(blocks.CharBlock):
    """Words that no language changes, such as the name of a cookie."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        """Nothing for translators."""
        return []

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        """The word itself."""
        return value


class CookieBlock(blocks.StructBlock):
    """A cookie or another thing kept on the device, as it is declared to visitors."""

    name = SameEverywhereBlock(max_length=120, label=_("Name"), help_text=_("Ends in * where the rest varies."))
    owner = SameEverywhereBlock(max_length=120, required=False, label=_("Set by"), help_text=_("Empty: by us."))
    lifetime = blocks.CharBlock(max_length=80, label=_("How long"))
    why = blocks.CharBlock(max_length=300, label=_("What for"))

    class Meta:
        icon = "form"
        label = _("Cookie")
        label_format = "{name}"
