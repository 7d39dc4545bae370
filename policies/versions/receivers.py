"""Wagtail's `page_published` fires for every way of publishing; each of them ends in one action."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from .actions import record_publish
from .models import Work


def on_page_published(sender: Any, instance: Any, revision: Any = None, **kwargs: Any) -> None:
    """Record what was published. A first scheduling fires too, with a page that is not live; aliases show their source."""
    if instance.live and not instance.alias_of_id:
        record_publish(instance, revision=revision)


def keep_pages_with_versions(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A page with a public history is never deleted: its versions would lose their address. Policies are withdrawn, and
    other pages unpublished."""
    work = Work.objects.filter(key=instance.translation_key, versions__isnull=False).first()
    if work and work.kind == Work.Kind.POLICY:
        raise PermissionDenied(_("This policy has published versions: its history stays public. Withdraw it instead."))
    if work:
        raise PermissionDenied(_("This page has published versions. Unpublish it instead: its history stays public."))
