"""The rows of a file from elsewhere, one at a time, whatever is wrong with it."""

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from django.utils.translation import gettext as _

LONGEST = 65_536
"""Bytes of a line; a choice has a few hundred."""
BOM = b"\xef\xbb\xbf"


class Unreadable(ValueError):
    """The file as a whole cannot be read."""


class Row(NamedTuple):
    """A line of the file: its values, or what is wrong with it."""

    number: int
    values: dict[str, Any]
    fault: str = ""


class Source:
    """A file that is read once; when it has been, `sha256` is the hash of its bytes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._hash = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """Of what was read so far."""
        return self._hash.hexdigest()

    def rows(self) -> Iterator[Row]:
        """By the ending of its name: CSV, or else JSON lines. Raises Unreadable and OSError."""
        with self.path.open("rb") as opened:
            lines = self._lines(opened)
            yield from _csv(lines) if self.path.suffix.lower() == ".csv" else _jsonl(lines)

    def _lines(self, opened: BinaryIO) -> Iterator[bytes]:
        first = True
        while line := opened.readline(LONGEST + 1):
            self._hash.update(line)
            if len(line) > LONGEST:
                raise Unreadable(_("A line is longer than %(most)d bytes.") % {"most": LONGEST})
            if first and (line.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in line):
                raise Unreadable(_("The file is not UTF-8. Save it as UTF-8 and try again."))
            yield line.removeprefix(BOM) if first else line
            first = False


def _jsonl(lines: Iterator[bytes]) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _object(number, line)


def _object(number: int, line: bytes) -> Row:
    try:
        values = json.loads(line.decode(), parse_constant=_no_number, object_pairs_hook=_once)
    except UnicodeDecodeError:
        return Row(number, {}, _("This is not UTF-8."))
    except _Odd as odd:
        return Row(number, {}, str(odd))
    except (ValueError, RecursionError):
        return Row(number, {}, _("This is not JSON."))
    return Row(number, values) if isinstance(values, dict) else Row(number, {}, _("This is not an object of JSON."))


class _Odd(ValueError):
    """JSON that readers understand in different ways."""


def _no_number(name: str) -> Any:
    raise _Odd(_("%(name)s is not a number of JSON.") % {"name": name})


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise _Odd(_("A name stands twice."))
    return values


def _csv(lines: Iterator[bytes]) -> Iterator[Row]:
    reader = csv.reader((line.decode("utf-8", "surrogateescape") for line in lines), strict=True)
    try:
        names = [name.strip() for name in next(reader, [])]
        if len(set(names)) != len(names):
            raise Unreadable(_("Two columns have the same name."))
        for cells in reader:
            if any(cells):
                yield _cells(reader.line_num, names, cells)
    except csv.Error as broken:
        raise Unreadable(_("Line %(number)d is not CSV.") % {"number": reader.line_num}) from broken


def _cells(number: int, names: list[str], cells: list[str]) -> Row:
    if len(cells) != len(names):
        return Row(number, {}, _("There are %(cells)d cells under %(names)d headings.") % {
            "cells": len(cells),
            "names": len(names),
        })  # fmt: skip
    if any("\udc80" <= letter <= "\udcff" for cell in cells for letter in cell):
        return Row(number, {}, _("This is not UTF-8."))
    return Row(number, {name: cell for name, cell in zip(names, cells, strict=True) if cell != ""})
