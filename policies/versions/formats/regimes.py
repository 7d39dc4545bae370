from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from policies.jurisdictions.rules import regimes

from ..document import Section


def places(section: Section, language: str) -> str:
    """For whom a section is written, in the active language; "" where it applies to everybody."""
    known = regimes()
    named = [
        f"{known[code].place_in(language)} ({known[code].name})" if code in known else code
        for code in section["regimes"]
    ]
    return f"{pgettext('a place', 'For')} {_(', ').join(named)}" if named else ""
