"""The seam by which a page learns who will be told of an act: the parts that tell people stand above this one."""

from collections.abc import Callable
from typing import Any

from ..models.versions import Version

Foresight = Callable[[Version], Any]
"""Asked inside of a rehearsal, after the act; answers with `told` (topic, language, people) and `previews` for a version."""
_foresights: list[Foresight] = []


def register_foresight(foresight: Foresight) -> Foresight:
    """Called by the part that knows who is told, from its `AppConfig.ready`."""
    _foresights.append(foresight)
    return foresight


def foreseen(version: Version) -> Any:
    """Who would be told of the newest thing that happened to a version; None where nobody knows."""
    return _foresights[-1](version) if _foresights else None
