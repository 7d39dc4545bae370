from typing import Any

from django import template

from ..links import wording_url
from ..models import LegalBasis
from ..past import listed
from ..terms import in_plain_words

register = template.Library()


@register.filter
def of(chosen: dict[str, Any], code: str) -> Any:
    """What was chosen for a purpose; nothing where no answer was given."""
    return chosen.get(code, "")


@register.filter
def basis(code: str) -> str:
    """A legal basis by its name."""
    return str(LegalBasis(code).label) if code in LegalBasis.values else code


@register.filter
def plainly(terms: list[str]) -> str:
    """Terms of the Data Privacy Vocabulary in plain words, in a row."""
    return listed(in_plain_words(term) for term in terms)


@register.filter
def in_a_row(names: list[str]) -> str:
    """Names with commas between them, as the language writes them."""
    return listed(names)


@register.filter
def wording_address(digest: str) -> str:
    """Where the wording with a hash is shown."""
    return wording_url(digest)
