from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from .facts import changes_of


class FactsPanel(Panel):
    """Which fact was changed when, by whom, and what it said before."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "choices/admin/facts.html"

        @cached_property
        def changes(self) -> list[Any]:
            return list(changes_of(self.instance)) if self.instance.pk else []

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "changes": self.changes}
