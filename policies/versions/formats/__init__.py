"""A frozen text as a file: the canonical data, plain text for people, and a tagged PDF.

`as_json` gives the very bytes whose SHA-256 is the fingerprint of the text. Text and PDF name no standing ("in force"),
because a file that somebody keeps must not age: they say where the standing is told.
"""

from .canonical_json import as_json
from .errors import NotMade
from .imprint import Imprint, imprint_of
from .pdf import as_pdf
from .plain_text import as_text
from .stored import stored_pdf

__all__ = ["Imprint", "NotMade", "as_json", "as_pdf", "as_text", "imprint_of", "stored_pdf"]
