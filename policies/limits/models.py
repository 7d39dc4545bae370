from django.db import models


class Window(models.Model):
    """How often something was done from one network in a stretch of time.

    `key` is a keyed hash of the thing, the network and the day: it names nobody, and nothing in two days can be joined.
    """

    key = models.CharField(max_length=64, primary_key=True)
    ends_at = models.DateTimeField(db_index=True)
    times = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.times} until {self.ends_at:%H:%M:%S}"
