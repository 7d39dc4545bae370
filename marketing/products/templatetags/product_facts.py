from typing import Any

from django import template

from policies.versions.models import VersionText

from ..history import shown_facts

register = template.Library()


@register.simple_tag
def facts_of(text: VersionText) -> dict[str, Any]:
    """The facts of a text with their changes: `rows` and `changes` (see `history.shown_facts`)."""
    return shown_facts(text)
