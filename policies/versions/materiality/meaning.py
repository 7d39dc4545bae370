"""Which trigger a topic, a promise or a sentence points to.

Rule 6.04 knows six triggers. What it has no box for goes to the nearest: how long data is held to the data, transfers to
sharing, deadlines and notice to the ways in which people use their rights.
"""

import re

from .letters import straight
from .topics import Topic
from .triggers import Trigger

OF_TOPIC: dict[Topic, Trigger] = {
    Topic.DATA: Trigger.DATA_CATEGORIES,
    Topic.CHILDREN: Trigger.DATA_CATEGORIES,
    Topic.RETENTION: Trigger.DATA_CATEGORIES,
    Topic.PURPOSES: Trigger.PURPOSES,
    Topic.LEGAL_BASIS: Trigger.PURPOSES,
    Topic.COOKIES: Trigger.PURPOSES,
    Topic.SHARING: Trigger.SHARING,
    Topic.TRANSFERS: Trigger.SHARING,
    Topic.RIGHTS: Trigger.RIGHTS_METHODS,
    Topic.CONSENT: Trigger.RIGHTS_METHODS,
    Topic.CONTACT: Trigger.RIGHTS_METHODS,
    Topic.COMPLAINTS: Trigger.RIGHTS_METHODS,
    Topic.CONTROLLER: Trigger.CONTROLLER,
}
"""Topics that any new wording may change. In the others (security, changes, links) only figures and turning words count."""

NEAREST = Trigger.RIGHTS_METHODS
"""For a figure or a turning word in a section about nothing in particular."""

_ABOUT_DATA = ("retention_", "breach_")
"""How the kinds of promises about the data itself begin; all others are about time and ways for people."""

_ACTS: tuple[tuple[Trigger, re.Pattern[str]], ...] = tuple(
    (trigger, re.compile(pattern, re.IGNORECASE))
    for trigger, pattern in (
        (
            Trigger.SHARING,
            r"\b(?:share|sell|rent|disclose|transfer|pass on|hand over|provide|give)s? (?:\w+ ){0,6}(?:with|to) (?!you\b)\w"
            r"|\bwe (?:\w+ ){0,2}sell\b|(?:کے ساتھ|کو) [^۔]{0,40}(?:بانٹ|شیئر|منتقل|فروخت)",
        ),
        (
            Trigger.DATA_CATEGORIES,
            r"\bwe (?:also |may |will |now |automatically )*(?:collect|gather|record|obtain)\b"
            r"|(?:جمع|اکٹھا|ریکارڈ) کر(?:تے|یں|نا)",
        ),
        (
            Trigger.PURPOSES,
            r"\bwe (?:also |may |will |now )*(?:use|process|analy[sz]e|combine) (?:\w+ ){1,8}(?:to|for)\b"
            r"|کے لیے (?:\w+ ){0,3}استعمال (?:بھی )?کر",
        ),
        (
            Trigger.RIGHTS_METHODS,
            r"\byou (?:can|may|must|have the right to) (?:\w+ )?(?:ask|request|object|withdraw|complain|opt out|delete|"
            r"correct)\b"
            r"|\bto (?:use|exercise) (?:these|your|this) rights?\b|آپ [^۔]{0,40}(?:درخواست|اعتراض|شکایت) ?(?:دے|کر|کے لیے)",
        ),
    )
)


def of_topics(topics: frozenset[Topic]) -> list[Trigger]:
    """In the order of Rule 6.04, each once."""
    wanted = {OF_TOPIC[topic] for topic in topics if topic in OF_TOPIC}
    return [trigger for trigger in Trigger if trigger in wanted]


def of_promise(kind: str) -> Trigger:
    return Trigger.DATA_CATEGORIES if kind.startswith(_ABOUT_DATA) else Trigger.RIGHTS_METHODS


def of_sentence(text: str) -> list[Trigger]:
    """What a sentence does, wherever it stands: sharing may hide under "Final thoughts"."""
    wording = straight(text)
    return [trigger for trigger, pattern in _ACTS if pattern.search(wording)]
