from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...document import Document
from ..inline import Run, Stretch, stretches, web_address


@dataclass(frozen=True, slots=True)
class Inlines:
    """Makes inline HTML into data, and knows where its links lead; `places` are the anchors that the document has."""

    places: Mapping[str, str]
    address: str

    @classmethod
    def of(cls, document: Document, address: str) -> "Inlines":
        return cls(anchors(document), address)

    def read(self, html: str) -> list[dict[str, Any]]:
        """Stretches as the template walks them: `to` is a place in the document, `href` one on the web."""
        return [self._stretch(stretch) for stretch in stretches(html)]

    def _stretch(self, stretch: Stretch) -> dict[str, Any]:
        runs = [_run(run) for run in stretch.runs]
        place = self.places.get(stretch.href.removeprefix("#")) if stretch.href.startswith("#") else None
        if place:
            return {"to": place, "runs": runs}
        href = web_address(stretch.href, self.address) if stretch.words.strip() else ""
        return {"href": href, "runs": runs} if href else {"runs": runs}


def _run(run: Run) -> dict[str, Any]:
    return {"words": run.words, "bold": run.bold, "italic": run.italic}


def anchors(document: Document) -> dict[str, str]:
    """The anchor of each section under the name that it has in the PDF, which is the anchor itself."""
    return {section["anchor"]: section["anchor"] for section in document["sections"] if section["anchor"]}
