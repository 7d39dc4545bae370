from typing import Any

from wagtail.admin.panels import Panel


class FactsHistoryPanel(Panel):
    """Which published facts changed when, and by whom; to be read only."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "products/admin/facts_history.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from .history import ShownChange, fact_changes

            context = super().get_context_data(parent_context)
            found = fact_changes(self.instance.translation_key)
            context["changes"] = [ShownChange.of(change) for change in reversed(found)]
            context["recorded"] = self.instance.recorded
            return context
