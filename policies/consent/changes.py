"""What changed since a visitor last agreed: read from their own cookie or receipt, kept nowhere else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from policies.ledger.receipts import BadReceipt, read_receipt
from policies.versions.addresses import compare_url, page_url
from policies.versions.history import History
from policies.versions.models import Version

from .knowing import policy_history
from .remembering import remembered


@never_cache
@csrf_exempt  # it changes nothing, and says no more than the receipt itself
@require_http_methods(["GET", "HEAD", "POST"])
def changes_since_agreed(request: HttpRequest) -> HttpResponse:
    """Sends on to the redline between what this visitor agreed to and what is in force; else says why there is none.

    A receipt is posted: it is too long for an address, and what stands in addresses is kept in logs. Short old ones still
    come by GET.
    """
    language = get_language() or settings.LANGUAGE_CODE
    history = policy_history(language)
    if history is None or history.in_force is None:
        return _say(request, _("No policy is in force yet."))
    receipt = (request.POST.get("receipt") or request.GET.get("receipt", "")).strip()
    try:
        agreed = _of_receipt(receipt, history) if receipt else _of_cookie(request, history)
    except BadReceipt:
        return _say(
            request,
            _("This is not a receipt of ours. Copy all of it, from the first letter to the last."),
            receipt,
            400,
        )
    if agreed is None:
        return _say(
            request, _("This device does not know of an answer of yours. With a receipt you can look all the same.")
        )
    if agreed.number >= history.in_force.number:
        words = _("Nothing has changed since you answered: the text of %(name)s is still in force.")
        return _say(request, words % {"name": agreed.permalink}, url=page_url(agreed.work, language=language))
    return redirect(compare_url(agreed, history.in_force, language=language))


def _of_cookie(request: HttpRequest, history: History) -> Version | None:
    """The oldest version that an answer still rests on, a yes before a no."""
    answers = remembered(request).answers.values()
    numbers = [answer.version for answer in answers if answer.granted] or [answer.version for answer in answers]
    return _numbered(history, min(numbers)) if numbers else None


def _of_receipt(receipt: str, history: History) -> Version | None:
    """The version that a receipt names; None where it is about something else."""
    facts = read_receipt(receipt)["entry"]["facts"]
    version = facts.get("version")
    return _numbered(history, version["number"]) if isinstance(version, dict) and "number" in version else None


def _numbered(history: History, number: int) -> Version | None:
    return next((version for version in history.versions if version.number == number), None)


def _say(request: HttpRequest, message: str, receipt: str = "", status: int = 200, url: str = "") -> HttpResponse:
    context = {"message": message, "receipt": receipt, "url": url}
    return render(request, "choices/changes.html", context, status=status)
