"""How a product's facts changed, for readers and for editors. All of it comes from the record, nothing from a draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import override

from policies.versions.document import Definition
from policies.versions.models import VersionText

from .facts import FACTS_ID, LABELS, values_of, written, written_html
from .models import ProductFacts
from .rules import FactChange, changes, latest


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change in the active language. Nothing before means that the fact was new, nothing after that it went."""

    label: str
    before: str
    after: str
    at: datetime
    permalink: str
    by: Any

    @classmethod
    def of(cls, change: FactChange) -> "ShownChange":
        return cls(
            label=str(LABELS[change.name]),
            before=written(change.name, change.before),
            after=written(change.name, change.after),
            at=change.record.history_date,
            permalink=change.record.version.permalink,
            by=change.record.history_user,
        )


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact as it is frozen (both parts are inline HTML), and its last change if it ever had one."""

    term: str
    html: str
    change: ShownChange | None


def fact_changes(key: UUID, *, up_to: int | None = None) -> list[FactChange]:
    """Every change of a product's facts, oldest first; on request only those up to a version's number."""
    rows = ProductFacts.history.filter(work__key=key).select_related("version", "history_user")
    if up_to is not None:
        rows = rows.filter(version__number__lte=up_to)
    return changes([(row, values_of(row)) for row in rows.order_by("version__number", "history_id")])


def shown_facts(text: VersionText) -> dict[str, Any]:
    """The facts of a frozen text, each with its last change as of that version, and all changes, newest first."""
    found = fact_changes(text.version.work.key, up_to=text.version.number) if text.version_id else []
    marks = _marks(found, language=text.language)
    rows = [
        ShownFact(each["term"], each["html"], marks.get((each["term"], each["html"]))) for each in _definitions(text)
    ]
    return {
        "rows": rows,
        "changes": [ShownChange.of(change) for change in reversed(found)],
        "ends_with_price": bool(rows) and rows[-1].term == _label("price_pkr", text.language),
    }


def _marks(found: list[FactChange], *, language: str) -> dict[tuple[str, str], ShownChange]:
    """Last changes by label and value as a text of a language has them: a mark never stands beside another value."""
    newest = latest(found)
    with override(language):
        written_so = {name: (str(LABELS[name]), written_html(name, newest[name].after)) for name in newest}
    return {written_so[name]: ShownChange.of(change) for name, change in newest.items()}


def _label(name: str, language: str) -> str:
    with override(language):
        return str(LABELS[name])


def _definitions(text: VersionText) -> Iterable[Definition]:
    sections = [section for section in text.content["sections"] if section["id"] == FACTS_ID]
    return [each for section in sections for block in section["blocks"] for each in block["definitions"]]
