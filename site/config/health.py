from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from common.health import examine


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 if everything is well, else 503: `checks` says by name what is wrong, or "ok"."""
    findings = examine()
    status = 503 if any(findings.values()) else 200
    checks = {name: finding or "ok" for name, finding in findings.items()}
    return JsonResponse({"status": "ok" if status == 200 else "trouble", "checks": checks}, status=status)
