"""Word files, by way of the HTML mammoth makes of them."""

from io import BytesIO

import mammoth
from mammoth.documents import Image

from .errors import UnreadableFile
from .from_html import read_html
from .parts import Draft, Unplaced

STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
"""


def read_word(content: bytes, name: str, title: str | None = None) -> Draft:
    try:
        result = mammoth.convert_to_html(BytesIO(content), style_map=STYLES, convert_image=_without_picture())
    except Exception as error:
        # mammoth walks whatever XML it is given, so a damaged file can fail anywhere in it, with any error.
        raise UnreadableFile(f"{name} is not a Word file that can be read: {error}.") from error
    draft = read_html(result.value, name, title)
    draft.unplaced = [Unplaced(None, doubt.text, doubt.why) for doubt in draft.unplaced]
    return draft


def _without_picture() -> object:
    """Only the words about a picture are kept, so its bytes are never read."""

    def attributes(image: Image) -> dict[str, str]:
        return {"src": ""}

    return mammoth.images.img_element(attributes)
