import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from common.immutable import ForbidChanges

KINDS = [
    ("version.announced", "Version Announced"),
    ("version.translation_added", "Translation Added"),
    ("version.cancelled", "Version Cancelled"),
    ("version.corrected", "Version Corrected"),
    ("version.withdrawn", "Version Withdrawn"),
    ("version.rerendered", "Version Rerendered"),
    ("notice.closed", "Notice Closed"),
    ("consent.given", "Consent Given"),
    ("consent.refused", "Consent Refused"),
    ("consent.withdrawn", "Consent Withdrawn"),
    ("subscription.requested", "Subscription Requested"),
    ("subscription.confirmed", "Subscription Confirmed"),
    ("subscription.changed", "Subscription Changed"),
    ("subscription.ended", "Subscription Ended"),
    ("ledger.key_rotated", "Key Rotated"),
]


class Migration(migrations.Migration):
    """The lines themselves stay as they are: choices are no part of a table, and an index does not make it anew."""

    dependencies = [("ledger", "0002_refuse_changes")]

    operations = [
        migrations.AlterField("entry", "kind", models.CharField(choices=KINDS, max_length=40)),
        migrations.AddIndex("entry", models.Index(fields=["leaf"], name="ledger_entry_leaf")),
        migrations.CreateModel(
            name="Sealed",
            fields=[
                ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sealed", to="ledger.entry"
                    ),
                ),
            ],
            options={"verbose_name_plural": "sealed"},
        ),
        migrations.CreateModel(
            name="Tile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("index", models.BigIntegerField()),
                ("hashes", models.BinaryField()),
                ("root", models.BinaryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("level", "index"), name="one_tile_per_place")],
            },
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("size", models.BigIntegerField(unique=True)),
                ("root", models.CharField(max_length=64)),
                ("note", models.TextField()),
                ("sealed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={"get_latest_by": "size"},
        ),
        ForbidChanges("Sealed"),
        ForbidChanges("Tile"),
        ForbidChanges("Checkpoint"),
    ]
