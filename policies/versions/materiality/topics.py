"""What a section is about: what the editor tagged it with, else its heading, else its words."""

import re
from collections import Counter
from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..document import Section
from .letters import straight
from .sentences import sentences_of
from .topic_words import HEADINGS, WORDING


class Topic(models.TextChoices):
    """The parts that privacy policies are made of."""

    DATA = "data", _("Data that is collected")
    PURPOSES = "purposes", _("Purposes")
    LEGAL_BASIS = "legal_basis", _("Legal basis")
    SHARING = "sharing", _("Sharing and recipients")
    TRANSFERS = "transfers", _("Transfers abroad")
    RETENTION = "retention", _("Retention")
    RIGHTS = "rights", _("Rights and how to use them")
    CONSENT = "consent", _("Consent")
    COOKIES = "cookies", _("Cookies")
    SECURITY = "security", _("Security")
    CHILDREN = "children", _("Children")
    CONTACT = "contact", _("Contact")
    CONTROLLER = "controller", _("Who is responsible")
    COMPLAINTS = "complaints", _("Complaints")
    CHANGES = "changes", _("Changes to the policy")
    LINKS = "links", _("Other websites")


_ENOUGH = 2
"""Sentences that have to speak of a topic before a section without a telling heading counts as being about it."""


def _compiled(words: dict[str, tuple[str, ...]]) -> dict[Topic, re.Pattern[str]]:
    return {Topic(code): re.compile("|".join(patterns), re.IGNORECASE) for code, patterns in words.items()}


_HEADINGS, _WORDING = _compiled(HEADINGS), _compiled(WORDING)


def topics_of(section: Section, tagged: Sequence[str] = ()) -> frozenset[Topic]:
    """Empty for a section about nothing in particular; codes that are no topic are passed over."""
    chosen = frozenset(Topic(code) for code in tagged if code in Topic.values)
    return chosen or _in_heading(section) or _in_words(section)


def _in_heading(section: Section) -> frozenset[Topic]:
    heading = straight(section["heading"])
    found = frozenset(topic for topic, pattern in _HEADINGS.items() if pattern.search(heading))
    if Topic.LINKS in found:
        return frozenset({Topic.LINKS})
    return found - {Topic.CHANGES} if found & {Topic.RIGHTS, Topic.CONSENT} else found


def _in_words(section: Section) -> frozenset[Topic]:
    texts = [straight(sentence.text) for sentence in sentences_of(section)]
    spoken = Counter(topic for topic, pattern in _WORDING.items() for text in texts if pattern.search(text))
    return frozenset(topic for topic, times in spoken.items() if times >= min(_ENOUGH, len(texts)))
