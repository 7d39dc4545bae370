from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, PageLogEntry

from policies.ledger.models import Entry, Kind
from policies.versions.history import History
from policies.versions.models import Version, VersionText

from ..forms import CompareForm, first_choices
from ..people import names_of
from ..recomputing import checks_of
from ..rows import rows_of
from .base import VERSIONS_CRUMB, ReadOnly

LOG_LINES = 50
"""How many lines of the page's own log are shown, the newest first."""


class VersionView(ReadOnly, WagtailAdminTemplateMixin, TemplateView):
    """One version with all that is known of it, and its hashes worked out again."""

    template_name = "audit/version.html"
    header_icon = "history"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        versions = Version.objects.select_related("work").prefetch_related("texts")
        self.version = get_object_or_404(versions, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Version")

    def get_page_subtitle(self) -> str:
        return f"{self.version.work.slug} {self.version.number}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, VERSIONS_CRUMB, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        texts, entries = list(self.version.texts.all()), entries_of(self.version)
        checks = checks_of(self.version, texts, entries)
        return super().get_context_data(
            row=rows_of([self.version])[0],
            version=self.version,
            texts=texts,
            entries=entries,
            is_entered=any(entry.kind == Kind.VERSION_ANNOUNCED for entry in entries),
            checks=checks,
            all_hold=all(check.holds for check in checks),
            log=log_of(self.version),
            form=compare_form(self.version, texts),
            **kwargs,
        )


def entries_of(version: Version) -> list[Entry]:
    """The lines of the ledger about a version: its announcement, and the translations that came later."""
    kinds = [Kind.VERSION_ANNOUNCED, Kind.TRANSLATION_ADDED]
    about = {"facts__work": str(version.work.key), "facts__number": version.number}
    return list(Entry.objects.filter(kind__in=kinds, **about).order_by("pk"))


def log_of(version: Version) -> list[dict[str, Any]]:
    """What Wagtail noted of the page up to the announcement, and later of the revision that was published.

    Wagtail notes a publish right after the version was frozen. Its log outlives the page, and so does this list.
    """
    work = version.work
    page = Page.objects.filter(translation_key=work.key, locale__language_code=work.source_language)
    published_from = PageLogEntry.objects.filter(revision_id=version.revision_id, revision_id__isnull=False)
    of_page = Q(page_id__in=page.values("pk")) | Q(page_id__in=published_from.values("page_id"))
    until = Q(timestamp__lte=version.announced_at) | Q(revision_id=version.revision_id, revision_id__isnull=False)
    lines = list(PageLogEntry.objects.filter(of_page & until)[:LOG_LINES])
    names = names_of(line.user_id for line in lines)
    return [{"line": line, "by": names[line.user_id]} for line in lines]


def compare_form(version: Version, texts: list[VersionText]) -> CompareForm:
    """Compares with the version before, unless something else is chosen."""
    versions = History(version.work.key, language=version.work.source_language).versions
    languages = sorted({text.language for text in texts})
    return CompareForm(versions=versions, languages=languages, initial=first_choices(versions, version))
