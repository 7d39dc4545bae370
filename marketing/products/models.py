from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from policies.versions.document import Section
from policies.versions.models import VersionedPage, Work

from .facts import FACTS, fact_section

COMMON_FACTS = [name for name, _label, _unit in FACTS]


class ProductIndexPage(Page):
    """All products."""

    introduction = models.TextField(_("introduction"), blank=True)

    template = "products/product_index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["products.ProductPage"]
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]
    api_fields: ClassVar[list[APIField]] = [APIField("introduction")]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the products that are on show."""
        context = super().get_context(request, *args, **kwargs)
        context["products"] = ProductPage.objects.live().child_of(self).order_by("path")
        return context


class Waveform(models.TextChoices):
    """The form of the voltage that an inverter makes."""

    PURE_SINE = "pure_sine", _("pure sine wave")
    MODIFIED_SINE = "modified_sine", _("modified sine wave")


def _figure(label: Any) -> Any:
    return models.PositiveIntegerField(label, null=True, blank=True, validators=[MinValueValidator(1)])


class ProductPage(VersionedPage):
    """A product; its facts are fields with units, its text has versions. Every change is in force at once."""

    work_kind = Work.Kind.PRODUCT
    template = "products/product.html"

    tagline = models.CharField(_("in one sentence"), max_length=200, blank=True)
    model_name = models.CharField(_("model"), max_length=60, blank=True)
    rating_va = _figure(_("rating (VA)"))
    rating_w = _figure(_("rating (W)"))
    surge_w = _figure(_("surge (W)"))
    waveform = models.CharField(_("waveform"), max_length=20, choices=Waveform.choices, blank=True)
    battery_voltage = _figure(_("battery voltage (V)"))
    capacity_ah = _figure(_("capacity (Ah)"))
    charging_current_a = _figure(_("charging current (A)"))
    warranty_months = _figure(_("warranty (months)"))
    price_pkr = _figure(_("price (rupees)"))

    parent_page_types = ["products.ProductIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        *(SynchronizedField(name, overridable=False) for name in COMMON_FACTS),
    ]
    api_fields = [*VersionedPage.api_fields, APIField("tagline"), *(APIField(name) for name in COMMON_FACTS)]
    content_panels = [
        *VersionedPage.writing_panels,
        FieldPanel("tagline"),
        MultiFieldPanel([FieldPanel(name) for name in COMMON_FACTS], heading=_("Facts")),
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("product")

    def frozen_facts(self) -> list[Section]:
        """The facts as a section of definitions, so that a changed price shows in the redline like a changed sentence."""
        with override(self.locale.language_code):
            section = fact_section(self)
        return [section] if section else []

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Label and value of every fact that is known, in the active language."""
        section = fact_section(self)
        blocks = section["blocks"] if section else []
        return [(each["term"], each["html"]) for block in blocks for each in block["definitions"]]
