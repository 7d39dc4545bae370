from datetime import timedelta

from common import clock

from .models import WebhookDelivery

LATEST = timedelta(minutes=15)
"""How long a due message may wait: a worker looks every second."""


def messages_leave() -> str:
    """No message that is due waits for long. Receivers that fail are no trouble of ours; their own pages tell of them."""
    waiting = WebhookDelivery.objects.due().filter(due_at__lte=clock.now() - LATEST).count()
    return f"{waiting} webhook messages have been due for more than 15 minutes. Does a worker run?" if waiting else ""
