"""Reading a policy from a file.

A *reader* makes a *draft*; *assembling* it makes a document; what is doubtful is *unplaced*, never lost.
"""

from .errors import UnclearPromise, UnreadableFile
from .lossless import lost_text
from .outline import outline
from .parts import Unplaced
from .promise_hints import PromiseHint
from .promises import english_amount
from .reading import Imported, read_policy

__all__ = [
    "Imported",
    "PromiseHint",
    "UnclearPromise",
    "Unplaced",
    "UnreadableFile",
    "english_amount",
    "lost_text",
    "outline",
    "read_policy",
]
