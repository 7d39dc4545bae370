"""One page before anything is announced; its button is the announcement."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from policies.versions.approving import refusal
from policies.versions.completeness import NotPublishable
from policies.versions.judging import judge
from policies.versions.models import PolicyPage
from policies.versions.relinking import offers, relink
from policies.versions.reviewing import announce_draft, can_approve, state_of_draft
from policies.versions.states import IllegalMove, State

from .rehearsal import rehearse


def seen_as(revision: Any) -> str:
    """A name for exactly what was shown: an autosave writes over a revision in place, and only its moment changes."""
    return f"{revision.pk}.{revision.created_at.timestamp()}" if revision else ""


class WhatWillHappen(WagtailAdminTemplateMixin, TemplateView):
    """What announcing the latest draft would do, for whoever may edit it; the button for whoever may publish it."""

    template_name = "notices/what_will_happen.html"
    header_icon = "view"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(PolicyPage, pk=kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.permissions = self.page.permissions_for_user(request.user)
        if not self.permissions.can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("What will happen")

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, edit, {"url": "", "label": _("What will happen")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        revision = self.page.get_latest_revision()
        draft = revision.as_object() if revision else self.page
        rehearsal, judgement = rehearse(self.page), judge(self.page, draft)
        blockers = [*rehearsal.missing, *judgement.blockers, *self._refusals(draft, revision)]
        return super().get_context_data(
            policy=self.page,
            draft=draft,
            seen_as=seen_as(revision),
            rehearsal=rehearsal,
            judgement=judgement,
            offers=offers(draft),
            state=state_of_draft(self.page),
            blockers=blockers,
            can_announce=self.permissions.can_publish() and not blockers and rehearsal.version is not None,
            approves=bool(self.page.current_workflow_state),
            edit_url=reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            **kwargs,
        )

    def _refusals(self, draft: Any, revision: Any) -> list[str]:
        """Why this person cannot announce it now."""
        state = state_of_draft(self.page)
        if state == State.REJECTED:
            return [_("The reviewer sent this change back. Change it and submit it again.")]
        if state == State.IN_REVIEW and not can_approve(self.page, self.request.user):
            return [_("This change is in review. Whoever reviews it can announce it.")]
        if not self.permissions.can_publish():
            return [_("Submit the draft for review. Somebody who may publish announces it.")]
        if state == State.APPROVED or revision is None:
            return []
        why_not = refusal(draft, revision, approver=self.request.user.pk)
        return [why_not] if why_not else []

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "relink" in request.POST:
            return self._relink(request)
        if not self.permissions.can_publish():
            raise PermissionDenied
        if request.POST.get("revision") != seen_as(self.page.get_latest_revision()):
            messages.warning(request, _("The draft has changed since you opened this page. Read it once more."))
            return redirect(request.path)
        return self._announce(request)

    def _announce(self, request: HttpRequest) -> HttpResponse:
        try:
            version = announce_draft(self.page, user=request.user)
        except (NotPublishable, IllegalMove) as refused:
            messages.error(request, str(refused))
            return redirect(request.path)
        if version is None:
            messages.success(request, _("The announcement is scheduled, or there was nothing new to announce."))
        else:
            words = _("Version %(name)s is announced. Letters are on their way.")
            messages.success(request, words % {"name": version.permalink})
        return redirect("wagtailadmin_explore", self.page.get_parent().pk)

    def _relink(self, request: HttpRequest) -> HttpResponse:
        """Two sections that are one get one id; the draft is saved anew."""
        new, _sep, old = request.POST["relink"].partition(":")
        if relink(self.page, new=new, old=old, user=request.user):
            messages.success(request, _("The section continues the one that was removed."))
        else:
            messages.warning(request, _("These sections cannot be linked any more."))
        return redirect(request.path)
