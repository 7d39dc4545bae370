"""Everything that changes a version's fate: each verb in the file of its kind."""

from .acts import cancel_version, correct_version, finish_announcement, withdraw_version
from .announcing import announce_version
from .postponing import postpone_version
from .publishing import importing, record_publish
from .translating import add_translation

__all__ = [
    "add_translation",
    "announce_version",
    "cancel_version",
    "correct_version",
    "finish_announcement",
    "importing",
    "postpone_version",
    "record_publish",
    "withdraw_version",
]
