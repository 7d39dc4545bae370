"""A frozen text as plain text for people: 80 columns, links as numbered notes at the end."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from ...models.versions import VersionText
from ..characters import shown
from ..imprint import Imprint, facts, imprint_of, is_right_to_left
from .blocks import Writer
from .lines import Lines, underlined
from .notes import Notes

NEWLINE = "\n"


def as_text(text: VersionText, imprint: Imprint | None = None) -> str:
    """The whole text with its facts, in its own language; lines end with a newline."""
    imprint = imprint or imprint_of(text)
    lines = Lines(is_right_to_left(text))
    notes = Notes(imprint.address)
    with override(text.language):
        head = [*_publisher(imprint, lines), *underlined(lines.wrapped(text.title), "="), *_facts(text, imprint, lines)]
        parts = [
            *head,
            *_summary(text, lines),
            *Writer(text.language, lines, notes).document(text.content),
            *notes.written(lines),
        ]
    return shown(NEWLINE.join(parts).strip(NEWLINE)) + NEWLINE


def _publisher(imprint: Imprint, lines: Lines) -> list[str]:
    said = filter(None, [imprint.publisher, *imprint.contact])
    return [*(line for each in said for line in lines.wrapped(each)), ""] if imprint.publisher else []


def _facts(text: VersionText, imprint: Imprint, lines: Lines) -> list[str]:
    named = [f"{name}: {value}" for name, value in facts(text)]
    standing = _("Whether this version is in force, and whether it was corrected, is told at its permanent address.")
    return [
        "",
        *named,
        _("Permanent address") + ":",
        f"  {imprint.address}",
        _("Fingerprint of this text (SHA-256)") + ":",
        f"  {text.sha256}",
        _("It is that of the same text as data: {address}").format(address="").rstrip(),
        f"  {imprint.json_address}",
        "",
        *lines.wrapped(standing),
        "",
    ]


def _summary(text: VersionText, lines: Lines) -> list[str]:
    if not text.summary.strip():
        return []
    return [
        "",
        *underlined(lines.wrapped(_("What changed in this version")), "-"),
        "",
        *lines.wrapped(text.summary),
        "",
    ]
