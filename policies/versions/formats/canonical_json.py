from common.canonical import canonical

from ..models.versions import VersionText


def as_json(text: VersionText) -> bytes:
    """The frozen content as it was hashed (RFC 8785): `curl … | sha256sum` gives `text.sha256`."""
    return canonical(text.content)
