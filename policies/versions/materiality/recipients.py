"""Names and kinds of companies that receive data now and did not before."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from . import meaning
from .comparison import Changed, Comparison
from .edits import Edit
from .letters import straight
from .names import names_in
from .suggestion import Suggestion, named
from .topics import Topic
from .triggers import Trigger

_TOPICS = frozenset({Topic.SHARING, Topic.TRANSFERS, Topic.COOKIES})
_KINDS = re.compile(
    r"\b(?:advertis(?:ers?|ing)|affiliates?|analytics|authorit(?:y|ies)|banks?|brokers?|couriers?|credit|debt|employers?|"
    r"insur(?:ers?|ance)|investors?|marketing|marketplaces?|payment|police|processors?|publishers?|researchers?|"
    r"resellers?|social (?:media|networks?)|subsidiar(?:y|ies)|suppliers?|vendors?|governments?|universit(?:y|ies))\b"
    r"|اشتہاری|اشتہارات|بینک|بیمہ|انشورنس|کوریئر|پولیس|سرمایہ کار|سوشل میڈیا|محققین|حکومت|سپلائر|ذیلی کمپنی|بروکر|قرض",
    re.IGNORECASE,
)


def suggest(section: Changed, whole: Comparison) -> Iterator[Suggestion]:
    for edit in section.edits:
        if edit.new and (section.topics & _TOPICS or Trigger.SHARING in meaning.of_sentence(edit.after)):
            yield from _new_names(section, edit, whole)
            yield from _new_kinds(section, edit, whole)


def _new_names(section: Changed, edit: Edit, whole: Comparison) -> Iterator[Suggestion]:
    for name in names_in(edit.after):
        if name.casefold() not in whole.old_text:
            words = {"heading": named(section.change["heading"]), "name": name}
            yield section.suggest(Trigger.THIRD_PARTIES, _("“%(heading)s” names %(name)s, which is new.") % words, name)


def _new_kinds(section: Changed, edit: Edit, whole: Comparison) -> Iterator[Suggestion]:
    for kind in dict.fromkeys(match[0] for match in _KINDS.finditer(straight(edit.after))):
        if kind.casefold().rstrip("s") not in whole.old_text_about(_TOPICS):
            words = {"heading": named(section.change["heading"]), "kind": kind}
            reason = _("“%(heading)s” speaks of “%(kind)s”, which the text did not before.")
            yield section.suggest(Trigger.THIRD_PARTIES, reason % words, kind)
