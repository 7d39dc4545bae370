"""Links and addresses behind the words, in the sections that say where to turn."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..document import Section, inline_pieces
from .comparison import Changed, Comparison
from .suggestion import Suggestion, became, named
from .triggers import Trigger

_HREF = re.compile(r'<a\s[^<>]*href="([^"<>]*)"')


def suggest(section: Changed, _whole: Comparison) -> Iterator[Suggestion]:
    """A link that was only added helps; one that leads elsewhere or is gone changes where people end up."""
    if Trigger.RIGHTS_METHODS not in section.triggers or not section.old or not section.new:
        return
    old, new = _links(section.old), _links(section.new)
    gone, come = [link for link in old if link not in new], [link for link in new if link not in old]
    if gone:
        words = {"heading": named(section.change["heading"])}
        reason = _("A link in “%(heading)s” leads elsewhere or is gone.")
        yield section.suggest(Trigger.RIGHTS_METHODS, reason % words, became(", ".join(gone), ", ".join(come) or "–"))


def _links(section: Section) -> list[str]:
    return [link for block in section["blocks"] for html in inline_pieces(block) for link in _HREF.findall(html)]
