"""Texts frozen before get the hash of their rendering, and the lines of their sections' histories."""

from django.db import migrations

from common.canonical import sha256
from policies.versions.redline import compare, with_unchanged

NOTHING = {"title": "", "sections": []}


def hash_texts(apps, schema_editor):
    texts = apps.get_model("versions", "VersionText").objects
    for text in texts.select_related("version__work").iterator(chunk_size=50):
        source = texts.filter(version=text.version, language=text.version.work.source_language)
        text.html_sha256 = sha256(text.html)
        text.source_sha256 = source.order_by("-sequence").values_list("sha256", flat=True).first()
        text.save(update_fields=["html_sha256", "source_sha256"])


def write_section_changes(apps, schema_editor):
    redlines = {each.text_id: each.changes for each in apps.get_model("versions", "StoredRedline").objects.all()}
    model = apps.get_model("versions", "SectionChange")
    for text in apps.get_model("versions", "VersionText").objects.order_by("version__number", "pk"):
        stored = redlines.get(text.pk)
        redline = with_unchanged(stored, text.content) if stored else compare(NOTHING, text.content)
        for position, section in enumerate(redline["sections"]):
            if section["change"] != "unchanged":
                model.objects.create(
                    text=text,
                    section_id=section["id"],
                    anchor=section["anchor"],
                    heading=section["heading"][:255],
                    change=section["change"],
                    position=position,
                )


class Migration(migrations.Migration):
    dependencies = [("versions", "0003_lifecycle")]

    operations = [
        migrations.RunPython(hash_texts, migrations.RunPython.noop),
        migrations.RunPython(write_section_changes, migrations.RunPython.noop),
    ]
