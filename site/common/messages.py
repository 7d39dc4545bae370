"""The words of the interface: gathered from code and templates, kept as `.po` files, compiled to `.mo` (needs Babel)."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from config import ROOT

LANGUAGES = ("ur",)
CODE = ("home", "marketing", "policies", "site")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def po_file(language: str) -> Path:
    """Where the translations into a language are kept."""
    return ROOT / "site" / "locale" / language / "LC_MESSAGES" / "django.po"


def gather() -> Catalog:
    """Every string that is marked for translation, with the files it stands in."""
    catalog = Catalog(project="Kept", charset="utf-8")
    for name, source in _sources():
        for _line, message, comments, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
            catalog.add(message, locations=[(name, None)], auto_comments=comments, context=context)
    return catalog


def _sources() -> Iterator[tuple[str, str]]:
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text("utf-8")
    for path in sorted((ROOT / "templates").rglob("*.*")):
        # Templates become Python that calls gettext, which is what Django's own makemessages does; its lines are indented
        # as the template was.
        lines = templatize(path.read_text("utf-8")).splitlines()
        yield str(path.relative_to(ROOT)), "\n".join(line.strip() for line in lines)


def merged(language: str) -> Catalog:
    """What is translated, brought up to date with what is there to translate."""
    catalog = read(language)
    catalog.update(gather(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def read(language: str) -> Catalog:
    """The translations as they are kept."""
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language, project="Kept", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalog: Catalog) -> bytes:
    """The bytes of the `.mo` file."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def save(catalog: Catalog, language: str) -> None:
    """Write both files."""
    path = po_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True, omit_header=False, no_location=True)
    path.with_suffix(".mo").write_bytes(compiled(catalog))


def untranslated(catalog: Catalog) -> list[str]:
    """The strings that readers of the language would meet in English."""
    return [str(message.id) for message in catalog if message.id and not all(_strings(message))]


def _strings(message: object) -> list[str]:
    string = getattr(message, "string", "")
    return list(string) if isinstance(string, tuple | list) else [string]
