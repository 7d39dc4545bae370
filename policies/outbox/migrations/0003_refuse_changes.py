from django.db import migrations

from common.immutable import ForbidChanges


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_the_index_of_due_letters_works_on_sqlite")]

    operations = [ForbidChanges("Rendition")]
