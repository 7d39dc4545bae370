"""A product's facts: which there are, their units, and how they are read out."""

from html import escape
from typing import Any

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


def fact_section(product: Any) -> Section | None:
    """The known facts as one section, in the active language; None where nothing is known."""
    definitions: list[Definition] = [
        {"term": str(label), "html": str(unit) % _value(product, field)}
        for field, label, unit in FACTS
        if getattr(product, field)
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


def _value(product: Any, field: str) -> str:
    if field == "waveform":
        return str(product.get_waveform_display())
    value = getattr(product, field)
    return f"{value:,}" if isinstance(value, int) else escape(str(value), quote=False)
