"""The words of a rendered redline, given by the caller in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .format import SectionChange


@dataclass(frozen=True)
class Labels:
    """Plain text, escaped when rendered. Those before a text end in their own punctuation and space.

    `{heading}`, `{count}`, `{old}` and `{new}` are filled in.
    """

    added: str = "added: "
    removed: str = "removed: "
    link_before: str = "link before: "
    link_after: str = "link now: "
    format_before: str = "formatting before: "
    format_after: str = "formatting now: "
    format_note: str = "(formatting)"
    shifted_away: str = "moved away: "
    shifted_here: str = "moved here: "
    moved_from: str = "Moved here from “{heading}”: "
    moved_within: str = "Moved here within this section: "
    moved_off: str = "Moved elsewhere in this section: "
    moved_to: str = "Moved to “{heading}”: "
    reshaped: str = "({old} became {new}) "
    regimes: str = "Applies under: "
    everybody: str = "everybody"
    layout: str = "Only the layout changed."
    before: str = "before: "
    now: str = "now: "
    older: str = "Before"
    newer: str = "After"
    not_yet: str = "(not there yet)"
    no_longer: str = "(no longer there)"
    unchanged: str = "Unchanged ({count})"
    folded: str = "…"
    introduction: str = "Introduction"
    section_changed: str = "Changed"
    section_added: str = "Added"
    section_removed: str = "Removed"
    section_moved: str = "Moved"
    kinds: Mapping[str, str] = field(
        default_factory=lambda: {
            "paragraph": "paragraph",
            "heading3": "subheading",
            "heading4": "smaller subheading",
            "bullet": "list item",
            "number": "numbered item",
            "definition": "definition",
            "head": "table heading",
            "row": "table row",
            "promise": "promise",
        }
    )
    regime_names: Mapping[str, str] = field(default_factory=dict)

    def before_marked(self, mark: Literal["ins", "del"], why: str) -> str:
        """What is said before words that came or went, or only changed in this respect."""
        before, after = {
            "link": (self.link_before, self.link_after),
            "format": (self.format_before, self.format_after),
            "shifted": (self.shifted_away, self.shifted_here),
        }.get(why, (self.removed, self.added))
        return after if mark == "ins" else before

    def reshaped_from(self, was: str, kind: str) -> str:
        return self.reshaped.format(old=self.kinds.get(was, was), new=self.kinds.get(kind, kind))

    def heading(self, heading: str) -> str:
        return heading or self.introduction

    def regimes_of(self, regimes: list[str]) -> str:
        return ", ".join(self.regime_names.get(each, each) for each in regimes) or self.everybody

    def badges(self, section: SectionChange) -> dict[str, str]:
        """What happened to a section, by its name in the redline; a section can have changed and moved."""
        said = {
            "changed": self.section_changed,
            "added": self.section_added,
            "removed": self.section_removed,
            "moved": self.section_moved,
        }
        return {
            name: said[name] for name in said if name == section["change"] or (name == "moved" and section["moved"])
        }
