"""A page in the admin for the translators of a text."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from ..models import VersionedPage
from .since import since_translation

MAY_SEND = "wagtail_localize.submit_translation"


class SinceTranslationView(WagtailAdminTemplateMixin, TemplateView):
    """What changed in the original since a page was last translated; a button takes its words over into wagtail-localize."""

    template_name = "versions/admin/since_translation.html"
    page_title = gettext_lazy("What changed in the original")
    header_icon = "wagtail-localize-language"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page = get_object_or_404(Page, pk=kwargs["pk"]).specific
        if not isinstance(page, VersionedPage) or not (since := since_translation(page)):
            raise Http404
        if not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        self.since = since
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Give the translators the strings of the original as it is now, its draft included."""
        if not request.user.has_perm(MAY_SEND):
            raise PermissionDenied
        if self.since.running:
            TranslationSource.update_or_create_from_instance(self.since.original.get_latest_revision_as_object())
            messages.success(
                request, _("The words of the original were taken over. What did not change stays translated.")
            )
        return redirect("wagtailadmin_pages:edit", self.since.page.pk)

    def get_page_subtitle(self) -> str:
        return str(self.since.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = {"url": reverse("wagtailadmin_pages:edit", args=[self.since.page.pk]), "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, edit, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "since": self.since, "may_send": self.request.user.has_perm(MAY_SEND)}
