"""Documents as plain values, for rules that need no site."""

from typing import Any


def document(*sections: dict[str, Any], title: str = "Privacy policy") -> Any:
    return {"title": title, "sections": list(sections)}


def section(heading: str, *blocks: Any, regimes: tuple[str, ...] = (), anchor: str = "") -> dict[str, Any]:
    """Strings become paragraphs, lists become lists; the heading makes the id."""
    anchor = anchor or heading.casefold().replace(" ", "-") or "introduction"
    return {
        "id": anchor,
        "anchor": anchor,
        "heading": heading,
        "regimes": list(regimes),
        "blocks": [_block(block) for block in blocks],
    }


def promise(html: str, kind: str, amount: int, unit: str) -> dict[str, Any]:
    return {"type": "promise", "html": html, "label": "", "kind": kind, "amount": amount, "unit": unit}


def _block(block: Any) -> dict[str, Any]:
    if isinstance(block, str):
        return {"type": "paragraph", "html": block}
    return {"type": "list", "ordered": False, "items": block} if isinstance(block, list) else block
