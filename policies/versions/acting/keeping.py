"""A policy with a public history stays at its address: it is withdrawn in public, never unpublished or deleted."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page

from ..models import PolicyPage
from ..models.versions import Work


def keep_policies_live(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Refuse to save a policy with versions as not live, whichever of Wagtail's many ways it comes: all of them save.

    A policy does not expire either: the form says so, and what comes without a form is dropped, because a date that can
    never be kept would stop everything else that expires.
    """
    if raw or not isinstance(instance, Page) or not instance.pk or not _is_policy(instance):
        return
    if not instance.expire_at and instance.live:
        return
    if has_versions(instance):
        instance.expire_at = None
        if not instance.live and Page.objects.filter(pk=instance.pk, live=True).exists():
            raise PermissionDenied(words())


def words() -> str:
    """What is said to whoever tries."""
    return _("This policy has published versions: its history stays public. Withdraw it instead.")


def has_versions(page: Page) -> bool:
    """Whether something would lose its address without the page."""
    return Work.objects.filter(key=page.translation_key, versions__isnull=False).exists()


def policies_are_reachable() -> str:
    """Every policy with a history has a live page: a look at what no signal sees, such as a statement in the database."""
    live = PolicyPage.objects.live().values("translation_key")
    works = Work.objects.filter(kind=Work.Kind.POLICY, versions__isnull=False).exclude(key__in=live).distinct()
    slugs = ", ".join(works.values_list("slug", flat=True))
    return f"These policies have versions and no live page: {slugs}." if slugs else ""


def kept_among(pages: Iterable[Page], *, with_descendants: bool) -> QuerySet[PolicyPage]:
    """The live policies with a history among pages, or below them."""
    found = PolicyPage.objects.none()
    for page in pages:
        found |= PolicyPage.objects.descendant_of(page, inclusive=True) if with_descendants else _same(page)
    histories = Work.objects.filter(versions__isnull=False).values("key")
    return found.filter(live=True, translation_key__in=histories)


def _same(page: Page) -> QuerySet[PolicyPage]:
    return PolicyPage.objects.filter(pk=page.pk)


def _is_policy(page: Page) -> bool:
    page_type = page.specific_class if type(page) is Page else type(page)
    return page_type is not None and issubclass(page_type, PolicyPage)
