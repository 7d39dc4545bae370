"""Terms of the Data Privacy Vocabulary in plain words; a term that is not here is cut into its words."""

import re

from django.utils.translation import gettext_lazy as _

PERSONAL_DATA = {
    "pd:BrowsingBehavior": _("which pages you look at"),
    "pd:DeviceBased": _("what device and browser you use"),
    "pd:EmailAddress": _("your e-mail address"),
    "pd:Interest": _("what you are interested in"),
    "pd:IPAddress": _("your IP address"),
    "pd:Location": _("where you are"),
    "pd:Preference": _("what you prefer"),
}


def in_plain_words(term: str) -> str:
    """`pd:BrowsingBehavior` as people would say it."""
    said = PERSONAL_DATA.get(term)
    return str(said) if said else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", term.partition(":")[2] or term).lower()
