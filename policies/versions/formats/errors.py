class NotMade(Exception):
    """A file cannot be made now; the page itself can still be read and printed."""
