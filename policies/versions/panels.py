from typing import Any

from django.utils.functional import cached_property
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
                language, text = self.instance.locale.language_code, history.text(base)
                # A translation beside its original would show every word as changed.
                is_comparable = text.language == language
                context["redline"] = is_comparable and redline_of(
                    text.content, freeze(self.instance), language=language
                )
                context["base"] = base
                context["coming"] = history.coming
            return context


class TranslationPanel(Panel):
    """What changed in the original since a translation was last given to readers; originals do without."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "versions/admin/translation_panel.html"

        @cached_property
        def since(self) -> Any:
            from .languages.since import since_translation

            return since_translation(self.instance) if self.instance.pk else None

        def is_shown(self) -> bool:
            return super().is_shown() and self.since is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "since": self.since}
