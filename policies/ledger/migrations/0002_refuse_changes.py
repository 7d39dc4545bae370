from django.db import migrations

from common.immutable import ForbidChanges


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [ForbidChanges("Entry")]
