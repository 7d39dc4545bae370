"""A list of a policy's versions, and a page for each thing that can be done to one of them."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from ..actions.postponing import TooEarly
from ..history import History, NoSuchVersion
from ..models import PolicyPage
from ..models.versions import Version, Work
from ..public import public_record
from ..states import IllegalMove
from .deeds import DEEDS, Deed, NotNow, possible, why_not
from .forms import WordsForm
from .rehearsal import example_of, rehearse

REFUSED = 409
"""HTTP's word for: not as things stand now."""


class PolicyActs(WagtailAdminTemplateMixin, TemplateView):
    """Whoever may publish the original of a policy; everybody else is told whom to ask."""

    header_icon = "history"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        asked = get_object_or_404(PolicyPage, pk=kwargs["pk"])
        self.work = get_object_or_404(Work, key=asked.translation_key)
        originals = PolicyPage.objects.filter(translation_key=self.work.key)
        self.page = get_object_or_404(originals, locale__language_code=self.work.source_language)
        self.history = History(self.work.key, language=self.work.source_language)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.page.permissions_for_user(request.user).can_publish():
            context = super().get_context_data(policy=self.page)
            return self.response_class(request, ["versions/admin/acts/not_yours.html"], context, status=403)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, edit, *self.crumbs()]

    def crumbs(self) -> list[dict[str, Any]]:
        """What follows the policy in the trail."""
        return [{"url": "", "label": self.get_page_title()}]

    @property
    def list_url(self) -> str:
        """The list of versions."""
        return reverse("policy_versions", args=[self.page.pk])


class PolicyVersions(PolicyActs):
    """Every version of a policy, with what can be done to it."""

    template_name = "versions/admin/acts/versions.html"

    def get_page_title(self) -> str:
        return _("Announced versions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(policy=self.page, lines=[self._line(each) for each in self.history.versions])

    def _line(self, version: Version) -> dict[str, Any]:
        return {
            "version": version,
            "state": self.history.state(version),
            "record": public_record(self.history, version),
            "deeds": possible(self.history, version),
            "public_url": f"{self.page.get_url(self.request)}versions/{version.permalink}/",
        }


class ActOnVersion(PolicyActs):
    """One thing to do to one version: what will happen, the words, and the button."""

    template_name = "versions/admin/acts/act.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.deed: Deed = DEEDS[kwargs["deed"]]
        try:
            self.version = self.history.named(kwargs["permalink"])
        except NoSuchVersion as unknown:
            raise Http404 from unknown

    def get_page_title(self) -> str:
        return f"{self.deed.label}: {self.version.permalink}"

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.list_url, "label": _("Announced versions")}, *super().crumbs()]

    def get_context_data(self, *, form: WordsForm | None = None, refusal: str = "", **kwargs: Any) -> dict[str, Any]:
        refusal = refusal or why_not(self.deed, self.history, self.version)
        form = form or self.deed.form(version=self.version)
        can_show = form.is_bound and form.is_valid()
        shown = form if can_show else example_of(self.deed, self.version)
        return super().get_context_data(
            policy=self.page,
            version=self.version,
            deed=self.deed,
            form=form,
            refusal=refusal,
            is_example=not can_show,
            rehearsal=None if refusal else rehearse(self.deed, self.version, shown, by=self.request.user),
            record=public_record(self.history, self.version),
            in_force=self.history.in_force,
            coming=self.history.coming,
            list_url=self.list_url,
            possible=possible(self.history, self.version),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.deed.form(request.POST, version=self.version)
        if not form.is_valid() or "look" in request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        try:
            self._act(form)
        except (NotNow, IllegalMove, TooEarly) as refused:
            # Read anew: something happened since the page was opened.
            self.history = History(self.work.key, language=self.work.source_language)
            refusal = why_not(self.deed, self.history, self.version) or str(refused)
            return self.render_to_response(self.get_context_data(form=form, refusal=refusal), status=REFUSED)
        messages.success(request, str(self.deed.done))
        return redirect(self.list_url)

    @transaction.atomic
    def _act(self, form: WordsForm) -> None:
        """Once, however often the button was pressed. The lock makes the second press wait for the first."""
        Work.objects.select_for_update().get(pk=self.work.pk)
        if self.deed.is_done(self.version, form):
            return
        now = History(self.work.key, language=self.work.source_language)
        if refusal := why_not(self.deed, now, self.version):
            raise NotNow(refusal)
        self.deed.act(self.version, form, self.request.user)
        facts = {"permalink": self.version.permalink, "words": form.words}
        log(instance=self.page, action=self.deed.log_action, user=self.request.user, data=facts)
