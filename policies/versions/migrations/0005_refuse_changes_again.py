from django.db import migrations

from common.immutable import ForbidChanges

FROZEN = ("Version", "VersionText", "Act", "SectionChange", "VersionFile", "Rendering")


class Migration(migrations.Migration):
    dependencies = [("versions", "0004_hash_what_is_shown")]

    operations = [ForbidChanges(name) for name in FROZEN]
