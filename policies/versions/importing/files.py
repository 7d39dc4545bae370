"""Bytes on their way in: refused when too large, empty, binary or in an unknown encoding."""

import codecs
import re
import zipfile
from io import BytesIO
from pathlib import Path

from .errors import UnreadableFile

MAX_BYTES = 5 * 1024 * 1024
"""A policy of a million words stays under this; anything larger is another kind of file."""

MAX_UNZIPPED_BYTES = 50 * 1024 * 1024
"""A Word file is a zip. Python never unpacks more than the size each entry declares, so the declared sum is enough."""

KNOWN_BINARIES = {
    b"%PDF": "a PDF",
    b"{\\rtf": "an RTF file",
    b"PK\x03\x04": "a zip archive or an Office file",
    b"\xd0\xcf\x11\xe0": "an old Word file (.doc)",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
}
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
CONTROL_CHARACTER = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
DOCUMENT_TYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def bytes_of(path: Path) -> bytes:
    """Asks for the size before reading, so that a huge file costs nothing."""
    try:
        check_size(path.stat().st_size, path.name)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be opened: {error.strerror}.") from error


def check_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        megabytes = size / 1024 / 1024
        limit = MAX_BYTES // 1024 // 1024
        raise UnreadableFile(f"{name} has {megabytes:.1f} MB; a policy may have at most {limit} MB.")
    if size == 0:
        raise UnreadableFile(f"{name} is empty.")


def text_of(content: bytes, name: str, encoding: str | None = None) -> str:
    """UTF-8, or UTF-16 with a byte order mark, or the encoding named; line ends become plain newlines."""
    refuse_binaries(content, name)
    text = _decoded(content, name, encoding or _encoding_of(content))
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if control := CONTROL_CHARACTER.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise UnreadableFile(f"{name} looks binary: line {line} has the control character {ord(control[0]):#04x}.")
    if not text.strip():
        raise UnreadableFile(f"{name} is empty: it has nothing but white space.")
    return text


def refuse_binaries(content: bytes, name: str) -> None:
    for magic, kind in KNOWN_BINARIES.items():
        if content.startswith(magic):
            raise UnreadableFile(f"{name} is {kind}, whatever its name says. Save it as text, HTML, Markdown or .docx.")


def _encoding_of(content: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return encoding
    return "utf-8"


def _decoded(content: bytes, name: str, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except LookupError as error:
        raise UnreadableFile(f"There is no encoding called {encoding!r}.") from error
    except UnicodeDecodeError as error:
        if b"\x00" in content:
            raise UnreadableFile(f"{name} is binary: it has NUL bytes.") from error
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            f"{name} is not {encoding}: line {line}, byte {error.start} is {content[error.start]:#04x}. "
            "Save it as UTF-8, or name its encoding (for instance cp1252)."
        ) from error


def check_word_file(content: bytes, name: str) -> None:
    """Word never writes a document type into its XML; one that is there was put there to expand."""
    if not content.startswith(b"PK\x03\x04"):
        refuse_binaries(content, name)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_entries(archive, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise UnreadableFile(f"{name} is not a Word file, or is damaged or encrypted: {error}.") from error


def _check_entries(archive: zipfile.ZipFile, name: str) -> None:
    if "word/document.xml" not in archive.namelist():
        raise UnreadableFile(f"{name} is a zip archive but not a Word file.")
    if sum(entry.file_size for entry in archive.infolist()) > MAX_UNZIPPED_BYTES:
        raise UnreadableFile(f"{name} unpacks to more than {MAX_UNZIPPED_BYTES // 1024 // 1024} MB.")
    for entry in archive.namelist():
        if entry.endswith((".xml", ".rels")) and DOCUMENT_TYPE.search(archive.read(entry)):
            raise UnreadableFile(f"{name} declares a document type in {entry}, which no Word file does.")
