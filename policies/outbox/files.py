from pathlib import Path

from common import clock

from .errors import ServerDown
from .transports import Parcel


class FileTransport:
    """Letters as `<time>-<message-id>.eml` in a folder: a mail program opens them, and nothing leaves the machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_open = False

    def open(self) -> None:
        """Make the folder, if it is missing."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ServerDown(str(error)) from error
        self.is_open = True

    def send(self, parcel: Parcel) -> str:
        """Write the file under another name first, so that nobody reads half of it."""
        name = f"{clock.now():%Y%m%dT%H%M%S%f}-{parcel.message_id.strip('<>').replace('/', '_')}"
        unfinished = self.folder / f".{name}.part"
        try:
            unfinished.write_bytes(parcel.data)
            unfinished.rename(self.folder / f"{name}.eml")
        except OSError as error:
            raise ServerDown(str(error)) from error
        return f"written to {name}.eml"

    def close(self) -> None:
        """A folder needs no goodbye, but may be gone when the next letter comes."""
        self.is_open = False

    def cut(self) -> None:
        """Writing a file is over in no time."""
