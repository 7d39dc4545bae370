"""A letter is three templates: `emails/<name>.subject.txt`, `.txt` and `.html`."""

from typing import Any

import css_inline
from django.template.loader import render_to_string

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)


def rendered(name: str, facts: dict[str, Any]) -> dict[str, str]:
    """Subject (one line), text and HTML with its styles inlined, in the active language."""
    subject = " ".join(render_to_string(f"emails/{name}.subject.txt", facts).split())
    text = render_to_string(f"emails/{name}.txt", facts).strip() + "\n"
    html = _inliner.inline(render_to_string(f"emails/{name}.html", facts | {"subject": subject}))
    return {"subject": subject, "text": text, "html": html}
