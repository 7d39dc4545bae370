"""A table as columns where it fits between the margins, else row by row: `heading: cell`."""

from itertools import zip_longest

from .lines import COLUMNS, Lines, width

BETWEEN = "  "


def table(rows: list[list[str]], *, has_head: bool, lines: Lines) -> list[str]:
    """Lines of a table whose first row may be its head; columns mean nothing from right to left."""
    if not any(rows):
        return []
    widths = [max(map(width, column)) for column in zip_longest(*rows, fillvalue="")]
    fits = sum(widths) + len(BETWEEN) * (len(widths) - 1) <= COLUMNS
    is_plain = not any("\n" in cell for row in rows for cell in row)
    if fits and is_plain and not lines.is_right_to_left:
        return _in_columns(rows, widths, has_head)
    return _row_by_row(rows, has_head, lines)


def _in_columns(rows: list[list[str]], widths: list[int], has_head: bool) -> list[str]:
    written = [BETWEEN.join(map(_padded, row, widths)).rstrip(" ") for row in rows]
    rule = BETWEEN.join("-" * columns for columns in widths)
    return [written[0], rule, *written[1:]] if has_head else written


def _padded(cell: str, columns: int) -> str:
    return cell + " " * (columns - width(cell))


def _row_by_row(rows: list[list[str]], has_head: bool, lines: Lines) -> list[str]:
    head, body = (rows[0], rows[1:]) if has_head else ([], rows)
    found: list[str] = []
    for row in body or [head]:
        found += [line for name, cell in _named(head if body else [], row) for line in _cell(name, cell, lines)]
        found.append("")
    return found[:-1]


def _named(head: list[str], row: list[str]) -> list[tuple[str, str]]:
    return [(name, cell) for name, cell in zip_longest(head, row, fillvalue="") if name or cell]


def _cell(name: str, cell: str, lines: Lines) -> list[str]:
    return lines.wrapped(f"{name}: {cell}" if name else cell, "  ", "    ")
