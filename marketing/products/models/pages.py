from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from policies.versions.document import Section
from policies.versions.models import VersionedPage, Work

from ..facts import LABELS, NAMES, fact_section, values_of, written
from ..panels import FactsHistoryPanel
from .facts import Facts, ProductFacts


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
        context["products"] = ProductPage.on_show(self)
        return context


class ProductPage(VersionedPage, Facts):  # type: ignore[django-manager-missing]  # the manager is Wagtail's, which has no types
    """A product; its facts are fields with units, its text has versions. Every change is in force at once.

    The fields are what an editor is at; what readers see is frozen in the versions and recorded in `ProductFacts`.
    """

    work_kind = Work.Kind.PRODUCT
    template = "products/product.html"

    tagline = models.CharField(_("in one sentence"), max_length=200, blank=True)

    parent_page_types = ["products.ProductIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    override_translatable_fields = [
        *VersionedPage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in NAMES),
    ]
    api_fields = [*VersionedPage.api_fields, APIField("tagline"), *(APIField(name) for name in NAMES)]
    content_panels = [
        *VersionedPage.writing_panels,
        FieldPanel("tagline"),
        MultiFieldPanel([FieldPanel(name) for name in NAMES], heading=_("Facts")),
        FactsHistoryPanel(heading=_("How the facts changed")),
        FieldPanel("summary"),
        *VersionedPage.translation_panels,
    ]

    class Meta:
        verbose_name = _("product")

    @classmethod
    def on_show(cls, parent: Page) -> list["ProductPage"]:
        """The live products under a page with their recorded facts, in two queries."""
        pages = list(cls.objects.live().descendant_of(parent).order_by("path"))
        found = _recorded(page.translation_key for page in pages)
        for page in pages:
            page.recorded = found.get(page.translation_key)
        return pages

    def frozen_facts(self) -> list[Section]:
        """The facts as a section of definitions, so that a changed price shows in the redline like a changed sentence."""
        with override(self.locale.language_code):
            section = fact_section(self)
        return [section] if section else []

    @cached_property
    def recorded(self) -> ProductFacts | None:
        """The facts as they were published; None before the first version."""
        return _recorded([self.translation_key]).get(self.translation_key)

    @property
    def facts(self) -> list[tuple[str, str, str]]:
        """Name, label and value of every published fact that is known, in the active language."""
        known = values_of(self.recorded).items() if self.recorded else ()
        return [(name, str(LABELS[name]), written(name, value)) for name, value in known if value is not None]


def _recorded(keys: Iterable[Any]) -> dict[Any, ProductFacts]:
    facts = ProductFacts.objects.filter(work__key__in=list(keys)).select_related("work")
    return {each.work.key: each for each in facts}
