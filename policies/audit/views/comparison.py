from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from policies.versions.history import History
from policies.versions.models import Version, VersionText, Work
from policies.versions.reading import comparable
from policies.versions.showing import redline_of

from ..forms import CompareForm, first_choices
from .base import VERSIONS_CRUMB, ReadOnly


class ComparisonView(ReadOnly, WagtailAdminTemplateMixin, TemplateView):
    """A redline between any two versions of a document, made anew from the frozen texts."""

    template_name = "audit/comparison.html"
    header_icon = "history"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.work = get_object_or_404(Work, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Compare versions")

    def get_page_subtitle(self) -> str:
        return self.work.slug

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        by_document = {"url": f"{reverse('audit:versions')}?work={self.work.pk}", "label": self.work.slug}
        return [*self.breadcrumbs_items, VERSIONS_CRUMB, by_document, {"url": "", "label": _("Compare")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(Version.objects.of(self.work.key).select_related("work"))
        initial = first_choices(versions, versions[0]) if versions else {}
        languages = _languages(self.work)
        form = CompareForm(self.request.GET or None, versions=versions, languages=languages, initial=initial)
        compared = comparison(self.work, **form.cleaned_data) if form.is_valid() else {}
        return super().get_context_data(form=form, work=self.work, **compared, **kwargs)


def _languages(work: Work) -> list[str]:
    texts = VersionText.objects.filter(version__work=work).order_by("language")
    return list(texts.values_list("language", flat=True).distinct())


def comparison(work: Work, *, older: int, newer: int, language: str) -> dict[str, Any]:
    """The redline, and the texts it is between: those of the original where one lacks the language."""
    history = History(work.key, language=language)
    by_number = {version.number: version for version in history.versions}
    old, new = comparable(history, by_number[older], by_number[newer])
    return {
        "old": old,
        "new": new,
        "is_translated": new.language == language,
        "is_rtl": get_language_info(new.language)["bidi"],
        "redline": redline_of(old.content, new.content, language=new.language),
    }
