from django.db import migrations

from common.immutable import ForbidChanges


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]

    operations = [ForbidChanges("Wording")]
