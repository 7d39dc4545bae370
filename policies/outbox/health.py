from datetime import timedelta

from common import clock

from .models import Letter

LATEST = timedelta(minutes=15)
"""How long a due letter may wait. A worker looks every second, and a killed one's lease ends after 90 seconds."""


def letters_leave() -> str:
    """No letter that is due waits for long: else no worker runs, or the mail server takes nothing."""
    waiting = Letter.objects.open().filter(due_at__lte=clock.now() - LATEST).count()
    return f"{waiting} letters have been due for more than 15 minutes. Does a worker run?" if waiting else ""
