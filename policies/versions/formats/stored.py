from hashlib import sha256

from ..models.versions import VersionFile, VersionText
from .imprint import imprint_of
from .pdf import as_pdf

PDF = "pdf"


def stored_pdf(text: VersionText) -> bytes:
    """The PDF of a text, made when it is first asked for; everybody gets the one that was stored first."""
    stored = text.files.filter(format=PDF).first() or _made(text)
    return bytes(stored.content)


def _made(text: VersionText) -> VersionFile:
    content = as_pdf(text, imprint_of(text))
    digest = sha256(content).hexdigest()
    made = VersionFile(text=text, format=PDF, content=content, sha256=digest)
    VersionFile.objects.bulk_create([made], ignore_conflicts=True)
    return VersionFile.objects.get(text=text, format=PDF)
