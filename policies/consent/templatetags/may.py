"""`{% load may %}{% may "performance" as allowed %}{% if allowed %}…{% endif %}`

Only for pages that are made for one visitor: what is shelved or cached is the same for everybody, and must not ask.
"""

from typing import Any

from django import template

from ..deciding import may as may_of
from ..rules import Because, Verdict

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: dict[str, Any], purpose: str) -> Verdict:
    """Whether this visitor allows a purpose, and `.because` why. Where there is no request, nobody has allowed anything."""
    request = context.get("request")
    return may_of(request, purpose) if request else Verdict(False, Because.UNDECIDED)
