from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .models import Notice
from .showing import DISMISSED, REMEMBERED, dismissed

REMEMBER_FOR = timedelta(days=365)


@csrf_exempt  # a stranger could hide a message and nothing else; so the home page needs no cookie for its form
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide a notice on this device. The cookie is essential to what the person asked for and names nobody."""
    notice = get_object_or_404(Notice, pk=pk)
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
