from datetime import date

from django.db import connection, models

from common import clock
from common.immutable import Frozen, FrozenManager
from policies.versions.models import Version


class Wording(Frozen):
    """Exactly what was shown when somebody was asked, stored once, when it is first shown.

    `sha256` is the hash of the canonical JSON of `content`: labels as data, the HTML as it was sent, the hashes of the
    stylesheets and scripts around it, the language, the regime, and the version of the policy.
    """

    class Kind(models.TextChoices):
        """Where it was shown."""

        BANNER = "banner"
        CHOICES = "choices"
        FORM = "form"
        MAIL = "mail"

    sha256 = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CHOICES)
    language = models.CharField(max_length=12)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="wordings")
    content = models.JSONField()
    first_shown_at = models.DateTimeField(default=clock.now)

    objects = FrozenManager()

    def __str__(self) -> str:
        return f"{self.version} {self.language} {self.sha256[:8]}"

    @property
    def purposes(self) -> list[str]:
        """The codes of what it asks for, in its order. The wordings of the first release asked for categories."""
        asked = (category for category in self.content["categories"] if not category.get("essential"))
        purposes = (each for category in asked for each in category.get("purposes", [category]))
        return [each["code"] for each in purposes if each.get("asked", True)]


class ServedManager(models.Manager["Served"]):
    """Counts that go up."""

    def add(self, wording: str, day: date, times: int) -> None:
        """Add to the count of a day, whoever else does so at the same moment."""
        table = self.model._meta.db_table
        sql = (
            f"INSERT INTO {table} (wording, day, times, entered) VALUES (%s, %s, %s, FALSE) "  # noqa: S608  our own name
            f"ON CONFLICT (wording, day) DO UPDATE SET times = {table}.times + excluded.times"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [wording, day, times])


class Served(models.Model):
    """How often a wording was sent out on a day: a sum, nothing about anybody. `tick` enters closed days in the ledger."""

    wording = models.CharField(max_length=64)
    day = models.DateField()
    times = models.PositiveBigIntegerField(default=0)
    entered = models.BooleanField(default=False, db_default=False)

    objects = ServedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wording", "day"], name="served_wording_day")]

    def __str__(self) -> str:
        return f"{self.wording[:8]} {self.day}: {self.times}"
