from functools import lru_cache

from common import clock
from common.signing import token_for

from .message import Frame, frame_of, message_id_for
from .models import Letter, Rendition
from .rules import Unsendable, sendable_address
from .transports import Parcel

FRAMES_KEPT = 32
"""A mailing has one frame per language, so a few mailings at once never build one twice."""


class Composer:
    """Makes parcels of letters; what the letters of a mailing have in common is made once."""

    def __init__(self) -> None:
        self._frame = lru_cache(maxsize=FRAMES_KEPT)(_frame_for)

    def parcel(self, letter: Letter) -> Parcel:
        """The finished letter. Raises `Unsendable`, too when it is too late for it."""
        frame = self._frame(letter.mailing_id, letter.language)
        if frame.expires_at and frame.expires_at <= clock.now():
            raise Unsendable("too late")
        # An earlier attempt's Message-ID stays, even if the signing key has changed since.
        letter.message_id = letter.message_id or message_id_for(mailing=letter.mailing_id, recipient=letter.recipient)
        address = sendable_address(letter.address)
        token = token_for(letter.recipient, purpose="updates") if frame.has_token else ""
        data = frame.filled(address=address, message_id=letter.message_id, at=clock.now(), token=token)
        return Parcel(sender=frame.sender, recipient=address, message_id=letter.message_id, data=data)


def _frame_for(mailing: int, language: str) -> Frame:
    rendition = Rendition.objects.select_related("mailing").filter(mailing=mailing, language=language).first()
    if rendition is None:
        raise Unsendable(f"no text in {language}")
    return frame_of(rendition)
