"""Products that have versions already get the history of their facts, read from the frozen texts of the original.

A fact that cannot be read, because its label or unit was another then, counts as not known: no history is invented.
"""

from html import unescape

from django.db import migrations
from django.utils.translation import gettext, override

LABELS = {
    "model_name": ("Model", "%s"),
    "rating_va": ("Rating", "%s VA"),
    "rating_w": ("Rated power", "%s W"),
    "surge_w": ("Surge power", "%s W"),
    "waveform": ("Waveform", "%s"),
    "battery_voltage": ("Battery voltage", "%s V"),
    "capacity_ah": ("Capacity", "%s Ah"),
    "charging_current_a": ("Charging current", "%s A"),
    "warranty_months": ("Warranty", "%s months"),
    "price_pkr": ("Price", "Rs. %s"),
}
WAVEFORMS = {"pure_sine": "pure sine wave", "modified_sine": "modified sine wave"}
WORDS = ("model_name", "waveform")


def record_what_was_published(apps, schema_editor):
    works = apps.get_model("versions", "Work").objects.filter(kind="product", facts=None)
    for work in list(works):
        _record(apps, work)


def _record(apps, work):
    facts = None
    for version in apps.get_model("versions", "Version").objects.filter(work=work).order_by("number"):
        values = read_facts(_text(version, work.source_language))
        if facts and all(getattr(facts, name) == value for name, value in values.items()):
            continue
        is_first = facts is None
        facts = facts or apps.get_model("products", "ProductFacts")(work=work)
        for name, value in values.items():
            setattr(facts, name, value)
        facts.version = version
        facts.save()
        _add_history(apps, facts, "+" if is_first else "~", values)


def _add_history(apps, facts, kind, values):
    users = apps.get_model("auth", "User").objects
    apps.get_model("products", "HistoricalProductFacts").objects.create(
        id=facts.pk,
        work=facts.work,
        version=facts.version,
        history_date=facts.version.effective_at,
        history_type=kind,
        history_user=users.filter(pk=facts.version.published_by_id).first(),
        **values,
    )


def _text(version, language):
    return version.texts.filter(language=language).order_by("sequence").first()


def read_facts(text):
    """The typed facts of a frozen text; None, or nothing where it is a word, for what it does not say."""
    sections = [section for section in text.content["sections"] if section["id"] == "facts"]
    blocks = [block for section in sections for block in section["blocks"]]
    said = {each["term"]: each["html"] for block in blocks for each in block["definitions"]}
    with override(text.language):
        return {name: _read(name, said.get(gettext(label)), unit) for name, (label, unit) in LABELS.items()}


def _read(name, html, unit):
    written = unescape(html or "")
    if name == "waveform":
        return next((code for code, words in WAVEFORMS.items() if gettext(words) == written), "")
    if name in WORDS:
        return written
    before, after = gettext(unit).split("%s")
    if not (written.startswith(before) and written.endswith(after)):
        return None
    number = written.removeprefix(before).removesuffix(after).replace(",", "")
    return int(number) if number.isascii() and number.isdigit() else None


class Migration(migrations.Migration):
    dependencies = [("products", "0002_facts_keep_their_history")]

    operations = [migrations.RunPython(record_what_was_published, migrations.RunPython.noop)]
