from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from marketing.products.models import ProductPage
from policies.consent.embeds import ServiceBlock
from policies.notices.showing import notice_for


class PointBlock(blocks.StructBlock):
    """One reason to trust the shop."""

    heading = blocks.CharBlock(max_length=80, label=_("Heading"))
    text = blocks.TextBlock(label=_("Text"))

    class Meta:
        icon = "tick"
        label_format = "{heading}"


class HomePage(Page):
    """What a visitor sees first; tells of a coming or recent change of policy until it is dismissed."""

    tagline = models.CharField(_("tagline"), max_length=160, blank=True)
    introduction = RichTextField(_("introduction"), features=["bold", "italic", "link"], blank=True)
    products_heading = models.CharField(_("heading over the products"), max_length=80, blank=True)
    points_heading = models.CharField(_("heading over the points"), max_length=80, blank=True)
    points = StreamField([("point", PointBlock())], verbose_name=_("points"), blank=True)

    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]
    api_fields: ClassVar[list[APIField]] = [APIField("tagline"), APIField("introduction"), APIField("points")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("tagline"),
        FieldPanel("introduction"),
        FieldPanel("products_heading"),
        FieldPanel("points_heading"),
        FieldPanel("points"),
    ]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The notice depends on what this visitor has hidden."""
        response = super().serve(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        patch_cache_control(response, private=True, no_cache=True)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the products and, if there is one to show this visitor, the notice of a change."""
        context = super().get_context(request, *args, **kwargs)
        context["products"] = ProductPage.on_show(self)
        context["notice"] = notice_for(request, language=self.locale.language_code)
        return context


class StandardPage(Page):
    """A page of plain text: about, contact, imprint; below the text what others provide, such as a map."""

    body = RichTextField(_("text"), blank=True)
    embeds = StreamField(
        [("service", ServiceBlock())],
        verbose_name=_("from other providers"),
        blank=True,
        help_text=_("Shown below the text, and loaded for those only who agree to it."),
    )

    template = "home/standard_page.html"
    parent_page_types = ["home.HomePage"]
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("embeds"),
    ]
    api_fields: ClassVar[list[APIField]] = [APIField("body", writable=True), APIField("embeds")]
    content_panels = [*Page.content_panels, FieldPanel("body"), FieldPanel("embeds")]
