"""The page where people choose and take back. A GET shows, a POST acts."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .choosing import choose
from .deciding import current_language
from .pages import choices_page
from .wordings import wording_in_force


@never_cache
@csrf_exempt  # pages that any cache may hold carry no token: `origins` looks at who sends the form
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """See, give, refuse and withdraw: one step each."""
    if request.method == "POST":
        return choose(request)
    return choices_page(request, wording_in_force(language=current_language()))


choices.non_atomic = True  # type: ignore[attr-defined]  # a choice is one statement, and holds even if the record fails
