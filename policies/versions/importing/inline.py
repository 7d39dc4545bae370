"""The closed inline HTML (`b i a[href] br`) made from plain words, and read back as plain words."""

import html
import re

TAG = re.compile(r"</?(?:b|i|a|br)(?:\s[^>]*)?>")


def inline(text: str) -> str:
    return html.escape(text, quote=False)


def plain(inline_html: str) -> str:
    return html.unescape(TAG.sub(lambda tag: " " if tag[0] == "<br>" else "", inline_html))
