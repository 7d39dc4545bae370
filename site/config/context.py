from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language_info

STAFF_AND_MACHINES = ("/admin/", "/api/")


def languages(request: HttpRequest) -> dict[str, Any]:
    """The page at hand in the other languages: (code, its own name, path). Slugs are the same in all of them."""
    if request.path.startswith(STAFF_AND_MACHINES):
        return {}
    codes = [
        code for code, _ in settings.LANGUAGES if code != getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    ]
    return {
        "translations": [
            (code, get_language_info(code)["name_local"], translate_url(request.path, code)) for code in codes
        ]
    }
