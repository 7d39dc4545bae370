from django.db import migrations


def say_so(apps, schema_editor):
    """What was closed before there were acts is told to readers like everything that closes from now on."""
    Notice, Act = apps.get_model("notices", "Notice"), apps.get_model("versions", "Act")
    closed = Notice.objects.filter(act=None, closed_at__isnull=False)
    for notice in closed.exclude(version__acts__kind__in=["told", "cancelled"]):
        Act.objects.create(version_id=notice.version_id, kind="told", happened_at=notice.closed_at, facts=notice.counts)


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_acts_have_notices")]

    operations = [migrations.RunPython(say_so, migrations.RunPython.noop)]
