from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .models import Purpose
from .snippets import ConsentGroup

register_snippet(ConsentGroup)


@hooks.register("before_delete_snippet")
def keep_what_was_answered(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """A purpose that people have answered for is ended, not deleted."""
    kept = [purpose for purpose in instances if isinstance(purpose, Purpose) and purpose.is_answered()]
    if not kept:
        return None
    messages.error(
        request,
        _("People have answered for “%(name)s”. Tick “no longer used” instead: then nobody is asked for it any more.")
        % {"name": kept[0].name},
    )
    return redirect(kept[0].snippet_viewset.get_url_name("edit"), kept[0].pk)
