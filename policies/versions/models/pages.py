from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from .. import downloads, memento, reading
from ..blocks import INLINE, SectionsBlock
from ..document import Section
from ..feeds.views import FORMS, document_feed, section_feed
from ..forms import PolicyPageForm, VersionedPageForm
from ..panels import RedlinePanel, TranslationPanel
from ..sections.views import section_page
from ..states import ChangeClass
from .versions import Work

PERMALINK = r"\d{4}-\d{2}-\d{2}(?:-\d+)?"


class VersionedPage(RoutablePageMixin, Page):
    """A page whose readers see frozen versions: what is published is recorded first, then shown from the record."""

    work_kind: ClassVar[str]

    introduction = RichTextField(_("introduction"), features=[*INLINE, "ol", "ul"], blank=True)
    sections = StreamField(SectionsBlock(), verbose_name=_("sections"), blank=True)
    summary = models.TextField(
        _("what changes, in a few sentences"),
        max_length=1000,
        blank=True,
        help_text=_("For readers: at most three plain sentences. It stands in letters, feeds and on the home page."),
    )
    translation_ready = models.BooleanField(
        _("publish together with the next version"),
        default=False,
        help_text=_("Only for translations: this draft translates the draft of the original and is complete."),
    )

    base_form_class = VersionedPageForm
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("sections")]
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("translation_ready", overridable=False),
    ]
    api_fields = [
        APIField("introduction", writable=True),
        APIField("sections", writable=True),
        APIField("summary", writable=True),
    ]

    translation_panels: ClassVar[list[Any]] = [
        MultiFieldPanel([FieldPanel("translation_ready")], heading=_("Translation")),
        TranslationPanel(heading=_("What changed in the original since the last translation")),
    ]
    writing_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("sections")]

    class Meta:
        abstract = True

    def frozen_facts(self) -> list[Section]:
        """Sections that come from fields instead of the editor's text, such as the facts of a product."""
        return []

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """A preview shows the draft; the addresses below show what was frozen."""
        return reading.draft_page(request, self)

    @path("")
    def current(self, request: HttpRequest) -> HttpResponse:
        return reading.current_page(request, self)

    @path("versions/")
    def timeline(self, request: HttpRequest) -> HttpResponse:
        return reading.timeline_page(request, self)

    @re_path(rf"^versions/(?P<permalink>{PERMALINK})/$")
    def one_version(self, request: HttpRequest, permalink: str) -> HttpResponse:
        return reading.version_page(request, self, permalink)

    @re_path(rf"^versions/(?P<permalink>{PERMALINK})\.(?P<extension>json|txt|pdf)/?$")
    def download(self, request: HttpRequest, permalink: str, extension: str) -> HttpResponse:
        return downloads.download(request, self, permalink, extension)

    @path("timegate/")
    def timegate(self, request: HttpRequest) -> HttpResponse:
        return memento.timegate(request, self)

    @path("timemap/")
    def timemap(self, request: HttpRequest) -> HttpResponse:
        return memento.timemap(request, self)

    @path("compare/")
    def choose_comparison(self, request: HttpRequest) -> HttpResponse:
        return reading.choose_comparison(request, self)

    @re_path(rf"^compare/(?P<older>{PERMALINK})\.\.\.(?P<newer>{PERMALINK})/$")
    def comparison(self, request: HttpRequest, older: str, newer: str) -> HttpResponse:
        return reading.comparison_page(request, self, older, newer)

    @re_path(r"^sections/(?P<anchor>[\w\-]+)/$")
    def section_history(self, request: HttpRequest, anchor: str) -> HttpResponse:
        return section_page(request, self, anchor)

    @re_path(rf"^sections/(?P<anchor>[\w\-]+)/feed\.(?P<form>{FORMS})/?$")
    def section_feed(self, request: HttpRequest, anchor: str, form: str) -> HttpResponse:
        return section_feed(request, self, anchor, form)

    @re_path(rf"^feed\.(?P<form>{FORMS})/?$")
    def feed(self, request: HttpRequest, form: str) -> HttpResponse:
        return document_feed(request, self, form)

    @path("as-of/<str:day>/")
    def as_of(self, request: HttpRequest, day: str) -> HttpResponse:
        return reading.as_of(request, self, day)


class PolicyPage(VersionedPage):
    """A policy: one page per language, the same sections in each."""

    work_kind = Work.Kind.POLICY
    template = "versions/policy.html"

    change_class = models.CharField(_("kind of change"), max_length=12, choices=ChangeClass.choices, blank=True)
    effective_on = models.DateField(
        _("takes effect on"),
        null=True,
        blank=True,
        help_text=_("A material change waits for the notice period; an editorial one takes effect at once."),
    )
    triggers = models.JSONField(_("what makes it material"), default=list, blank=True)
    renews = models.JSONField(_("consent to ask for again"), default=list, blank=True)
    class_reason = models.TextField(
        _("why this kind of change"),
        max_length=1000,
        blank=True,
        help_text=_("Needed where the redline suggests another kind. Everybody can read it beside the version."),
    )
    early_because = models.TextField(
        _("why it cannot wait"),
        max_length=1000,
        blank=True,
        help_text=_(
            "Only for a material change before the end of the notice period. Everybody can read it, and somebody "
            "who did not write the change has to approve it."
        ),
    )
    alone_because = models.TextField(
        _("why nobody else approved it"),
        max_length=1000,
        blank=True,
        help_text=_("Only where nobody else can: the change then waits for the cooling-off time."),
    )

    base_form_class = PolicyPageForm
    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("change_class", overridable=False),
        SynchronizedField("effective_on", overridable=False),
        SynchronizedField("triggers", overridable=False),
        SynchronizedField("renews", overridable=False),
        SynchronizedField("class_reason", overridable=False),
        SynchronizedField("alone_because", overridable=False),
        SynchronizedField("translation_ready", overridable=False),
    ]
    api_fields = [
        *VersionedPage.api_fields,
        APIField("change_class", writable=True),
        APIField("effective_on", writable=True),
        APIField("triggers", writable=True),
        APIField("renews", writable=True),
        APIField("class_reason", writable=True),
        APIField("early_because", writable=True),
        APIField("alone_because", writable=True),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(VersionedPage.writing_panels, heading=_("Text")),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("change_class"),
                            FieldPanel("triggers"),
                            FieldPanel("renews"),
                            FieldPanel("class_reason"),
                            FieldPanel("summary"),
                            FieldPanel("effective_on"),
                            FieldPanel("early_because"),
                            FieldPanel("alone_because"),
                        ],
                        heading=_("This change"),
                    ),
                    *VersionedPage.translation_panels,
                    RedlinePanel(heading=_("What changes against the version in force")),
                ],
                heading=_("Publishing"),
            ),
            ObjectList(Page.promote_panels, heading=_("Promote")),
        ]
    )

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
