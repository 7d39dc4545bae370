"""What is answered beside a text that is not in the language asked for."""

from collections.abc import Iterator

from ..languages import Mixed
from . import schemas


def last_translation(mixed: Mixed | None) -> schemas.LastTranslation | None:
    """The last wording in the language asked for; None where the text is in it, or there never was one."""
    if mixed is None:
        return None
    last = mixed.last.text
    return schemas.LastTranslation(
        language=last.language,
        permalink=last.version.permalink,
        text_sha256=last.sha256,
        title=mixed.title.text if mixed.title.language == last.language else None,
        sections=list(_wordings(mixed)),
    )


def _wordings(mixed: Mixed) -> Iterator[schemas.OldWording]:
    for section in mixed.original.content["sections"]:
        wording = mixed.wordings.get(section["id"]) if section["id"] in mixed.worded else None
        if wording:
            yield schemas.OldWording(
                id=section["id"],
                anchor=section["anchor"],
                heading=wording["heading"],
                html=mixed.last.text.html[section["id"]],
                is_stale=mixed.is_stale(section["id"]),
            )
