from uuid import uuid4

from django.db import models

from common import clock


def new_salt() -> str:
    """What nobody can guess, as hexadecimal digits."""
    return uuid4().hex + uuid4().hex


class ImportedPerson(models.Model):
    """Who somebody of another system is here. Without this row nothing in the ledger leads to them: erasing it forgets them.

    `key` is a keyed hash of the system and the person's id there; with the salt their lines are hashed.
    """

    key = models.CharField(max_length=64, unique=True)
    subject = models.UUIDField(unique=True, default=uuid4)
    salt = models.CharField(max_length=64, default=new_salt)
    imported_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.subject)
