"""What a reader says when it cannot go on; each message is written for the person who chose the file."""


class UnreadableFile(Exception):
    """The file cannot be read at all. Trying again without changing the file will not help."""


class UnclearPromise(UnreadableFile):
    """A marked promise lacks something a machine must know. Guessing would bind the organisation."""
