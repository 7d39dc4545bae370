from django.db import migrations

from common.immutable import ForbidChanges


class Migration(migrations.Migration):
    dependencies = [("versions", "0001_initial")]

    operations = [ForbidChanges(name) for name in ("Version", "VersionText", "StoredRedline")]
