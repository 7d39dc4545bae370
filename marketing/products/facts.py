"""A product's facts: which there are, their units, and how they are read out."""

from html import escape
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.versions.document import Definition, Section

FACTS_ID = "facts"

FACTS = [
    ("model_name", gettext_lazy("Model"), "%s"),
    ("rating_va", gettext_lazy("Rating"), gettext_lazy("%s VA")),
    ("rating_w", gettext_lazy("Rated power"), gettext_lazy("%s W")),
    ("surge_w", gettext_lazy("Surge power"), gettext_lazy("%s W")),
    ("waveform", gettext_lazy("Waveform"), "%s"),
    ("battery_voltage", gettext_lazy("Battery voltage"), gettext_lazy("%s V")),
    ("capacity_ah", gettext_lazy("Capacity"), gettext_lazy("%s Ah")),
    ("charging_current_a", gettext_lazy("Charging current"), gettext_lazy("%s A")),
    ("warranty_months", gettext_lazy("Warranty"), gettext_lazy("%s months")),
    ("price_pkr", gettext_lazy("Price"), gettext_lazy("Rs. %s")),
]
"""Field, label, and how its value is written with its unit."""

NAMES = [name for name, _label, _unit in FACTS]
LABELS = {name: label for name, label, _unit in FACTS}
UNITS = {name: unit for name, _label, unit in FACTS}

Fact = str | int | None


class Waveform(models.TextChoices):
    """The form of the voltage that an inverter makes."""

    PURE_SINE = "pure_sine", gettext_lazy("pure sine wave")
    MODIFIED_SINE = "modified_sine", gettext_lazy("modified sine wave")


def values_of(facts: Any) -> dict[str, Fact]:
    """Every fact of a page or a record by its name; what is not known is None."""
    return {name: getattr(facts, name) or None for name in NAMES}


def written(name: str, value: Fact) -> str:
    """A fact as readers see it, with its unit, in the active language; nothing for what is not known."""
    if value is None:
        return ""
    if name == "waveform":
        return str(dict(Waveform.choices).get(str(value), value))
    return str(UNITS[name]) % (f"{value:,}" if isinstance(value, int) else value)


def written_html(name: str, value: Fact) -> str:
    """The same as it stands in a frozen text."""
    return escape(written(name, value), quote=False)


def fact_section(facts: Any) -> Section | None:
    """The known facts as one section, in the active language; None where nothing is known."""
    definitions: list[Definition] = [
        {"term": str(LABELS[name]), "html": written_html(name, value)}
        for name, value in values_of(facts).items()
        if value is not None
    ]
    if not definitions:
        return None
    return {
        "id": FACTS_ID,
        "anchor": FACTS_ID,
        "heading": _("Key facts"),
        "regimes": [],
        "blocks": [{"type": "definitions", "definitions": definitions}],
    }
