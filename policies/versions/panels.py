from typing import Any

from wagtail.admin.panels import Panel

from .freezing import freeze
from .history import History


class RedlinePanel(Panel):
    """What publishing this draft would change, beside the fields that say so."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "versions/admin/redline_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from .showing import redline_of

            context = super().get_context_data(parent_context)
            history = History.of_page(self.instance)
            base = history.in_force or (history.versions[0] if history.versions else None)
            if base:
                language = self.instance.locale.language_code
                context["redline"] = redline_of(history.text(base).content, freeze(self.instance), language=language)
                context["base"] = base
                context["coming"] = history.coming
            return context
