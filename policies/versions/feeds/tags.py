"""Names of feeds and entries that never change (RFC 4151), not even when the site moves to another domain."""

from urllib.parse import quote, urlsplit

from django.conf import settings


def tag(*parts: object) -> str:
    """A name of our own. What stands before the colon is a domain and a day on which it was ours."""
    path = "/".join(quote(str(part), safe="") for part in parts)
    return f"tag:{authority()}:{path}"


def authority() -> str:
    """As set, or else the present domain, at the beginning of the year in which this form was chosen."""
    return settings.FEED_AUTHORITY or f"{urlsplit(settings.SITE_URL).hostname},2026"
