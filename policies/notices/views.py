from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from policies.consent.actions import acknowledge_notice
from policies.consent.origins import is_from_here

from .models import Notice
from .showing import DISMISSED, REMEMBERED, dismissed

REMEMBER_FOR = timedelta(days=365)


@csrf_exempt  # a stranger could hide a message and nothing else; so the home page needs no cookie for its form
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody has read a notice: it is hidden on this device, and entered that it was read, not by whom.

    The cookie is essential to what the person asked for and names nobody. A form of another site hides, and says nothing.
    """
    notice = get_object_or_404(Notice.objects.select_related("version__work"), pk=pk)
    if is_from_here(request) and notice.pk not in dismissed(request):
        acknowledge_notice(notice.version)
    numbers = sorted(dismissed(request) | {notice.pk}, reverse=True)[:REMEMBERED]
    home = "/" if get_language() == settings.LANGUAGE_CODE else f"/{get_language()}/"
    response = redirect(home)
    response.set_cookie(
        DISMISSED,
        ".".join(map(str, numbers)),
        max_age=REMEMBER_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
