"""Feeds as bytes."""

import json
from datetime import datetime
from html import escape
from typing import Any

from django.utils.feedgenerator import Atom1Feed, rfc3339_date

from .feed import Entry, Feed

ATOM = "application/atom+xml; charset=utf-8"
JSON = "application/feed+json; charset=utf-8"
VERSION = "https://jsonfeed.org/version/1.1"


class _Atom(Atom1Feed):
    """Django's Atom with what it leaves out: the content, the language of an entry, and a moment for an empty feed."""

    def latest_post_date(self) -> datetime:
        moment: datetime = self.feed["updated"]
        return moment

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["html"], {"type": "html"})


def as_atom(feed: Feed) -> bytes:
    """RFC 4287."""
    written = _Atom(
        title=feed.title,
        link=feed.url,
        description="",
        subtitle=feed.subtitle,
        language=feed.language,
        author_name=feed.author,
        feed_url=feed.own_url,
        feed_guid=feed.id,
        updated=feed.updated,
    )
    for entry in feed.entries:
        written.add_item(**_atom_entry(entry))
    return written.writeString("utf-8").encode()


def _atom_entry(entry: Entry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "link": entry.url,
        "description": escape(entry.summary, quote=False) or None,  # Django marks it as HTML
        "unique_id": entry.id,
        "pubdate": entry.at,
        "updateddate": entry.at,
        "categories": entry.categories,
        "language": entry.language,
        "html": entry.html,
    }


def as_json(feed: Feed) -> bytes:
    """JSON Feed 1.1."""
    written = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.own_url,
        "description": feed.subtitle,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return json.dumps(written, ensure_ascii=False, indent=1).encode()


def _json_item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": rfc3339_date(entry.at),
        "date_modified": rfc3339_date(entry.at),
        "language": entry.language,
        "tags": list(entry.categories),
    }
    return item | ({"summary": entry.summary} if entry.summary else {})


WRITERS = {"atom": (ATOM, as_atom), "json": (JSON, as_json)}
"""By what the address ends in: the media type, and who writes it."""
