"""HTML pages, of which only the content is a policy."""

from dataclasses import replace

from bs4 import BeautifulSoup, Tag

from .hypertext.elements import line_of
from .hypertext.page import parsed
from .hypertext.visible import visible_text
from .hypertext.walking import Walk
from .parts import Draft, Heading, Part, Unplaced
from .promises import AmountWords, english_amount
from .titles import names_a_document, same_title, title_from_name


def read_html(text: str, name: str, title: str | None = None, amount_words: AmountWords = english_amount) -> Draft:
    soup = parsed(text)
    content = _content(soup)
    title_tag = _title_tag(soup, content, title)
    file_title = " ".join(title_tag.get_text().split()) if title_tag else ""
    page_title = " ".join(soup.title.get_text().split()) if soup.title else ""
    draft = Draft(title or file_title or page_title or title_from_name(name), file_title, visible_text(content))
    _note_title(draft, title_tag, page_title, title)
    _note_what_stands_outside(draft, soup, content, title_tag)
    Walk(draft, amount_words, title_tag).through(content)
    draft.parts = _shifted(draft.parts)
    return draft


def _content(soup: BeautifulSoup) -> Tag:
    """The one `main`, else the one `article`, else the body: pages carry menus and footers that are no policy."""
    for name in ("main", "article"):
        found = soup.find_all(name)
        if len(found) == 1:
            return found[0]
    return soup.body or soup


def _title_tag(soup: BeautifulSoup, content: Tag, title: str | None) -> Tag | None:
    """A lone `h1`. Of several, the first, if it is worded as a title; else they are all sections."""
    headings = content.find_all("h1") or soup.find_all("h1")
    if not headings:
        return None
    text = headings[0].get_text()
    is_title = len(headings) == 1 or names_a_document(text) or (title and same_title(text, title))
    return headings[0] if is_title or "title" in (headings[0].get("class") or []) else None


def _note_title(draft: Draft, tag: Tag | None, page_title: str, given: str | None) -> None:
    if tag and not same_title(draft.file_title, draft.title):
        why = "The file's own title gave way to the one you chose."
        draft.unplaced.append(Unplaced(line_of(tag), draft.file_title, why))
    elif not (tag or page_title or given):
        why = "The file has no title; this one is made from its name."
        draft.unplaced.append(Unplaced(None, draft.title, why))


def _note_what_stands_outside(draft: Draft, soup: BeautifulSoup, content: Tag, title_tag: Tag | None) -> None:
    """Text beside the content is left out, and said to be."""
    if content is soup or content.name == "body":
        return
    for tag in _beside(content):
        text = visible_text(tag)
        if text and tag is not title_tag and text != draft.file_title:
            why = f"Stands outside <{content.name}>; left out as not part of the policy."
            draft.unplaced.append(Unplaced(line_of(tag), text.replace("\n", " ")[:200], why))


def _beside(content: Tag) -> list[Tag]:
    around = [content, *(parent for parent in content.parents if parent.name not in ("html", "[document]", "body"))]
    siblings = [sibling for tag in around for side in (tag.previous_siblings, tag.next_siblings) for sibling in side]
    return [sibling for sibling in siblings if isinstance(sibling, Tag)]


def _shifted(parts: list[Part]) -> list[Part]:
    """Sections begin at level 2, whichever level the file begins them at."""
    levels = [part.level for part in parts if isinstance(part, Heading)]
    shift = 2 - min(levels, default=2)
    return [replace(part, level=min(part.level + shift, 4)) if isinstance(part, Heading) else part for part in parts]
