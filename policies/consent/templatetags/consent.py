from typing import Any

from django import template

register = template.Library()


@register.filter
def of(chosen: dict[str, Any], code: str) -> Any:
    """What was chosen for a purpose; nothing where no answer was given."""
    return chosen.get(code, "")
