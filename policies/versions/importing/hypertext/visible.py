"""Every word a reader of the page can see, found without regard to what becomes of it."""

from collections.abc import Iterator

from bs4 import Tag
from bs4.element import PageElement

from .elements import BLOCKS, is_skipped, is_text


def visible_text(root: Tag) -> str:
    lines = "".join(_strings(root)).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _strings(node: PageElement) -> Iterator[str]:
    if is_text(node):
        yield " ".join(f".{node}.".split())[1:-1]
    elif isinstance(node, Tag) and not is_skipped(node):
        edge = "\n" if node.name in BLOCKS or node.name == "br" else ""
        yield edge
        for child in node.children:
            yield from _strings(child)
        yield edge
