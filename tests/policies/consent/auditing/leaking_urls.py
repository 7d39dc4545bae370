"""The site, with pages in front of it that leak: each in one way, and one that does everything as it should."""

from csp.decorators import csp_exempt
from django.http import HttpResponse
from django.urls import path

from config.urls import urlpatterns as site
from policies.consent.deciding import may

SCRIPTS = {
    "storage": "localStorage.setItem('theme', 'dark'); sessionStorage.setItem('seen', '1')",
    "database": "indexedDB.open('visits')",
    "cache": "caches.open('pages')",
    "worker": "navigator.serviceWorker.register('/leak/idle.js', {scope: '/leak/'})",
    "idle": "",
    "tag": "document.cookie = '_stat_7=1; path=/'",
    "late": "setTimeout(() => { document.cookie = 'late=1; path=/' }, 150)",
    "beacon": "addEventListener('pagehide', () => navigator.sendBeacon(document.body.dataset.to))",
}


def elsewhere(request):
    """The same server by another name is somebody else to a browser."""
    return f"http://127.0.0.1:{request.get_port()}"


def page(request, inside="", name=""):
    script = f'<script src="/leak/{name}.js"></script>' if name else ""
    return HttpResponse(
        f'<!DOCTYPE html><html lang="en"><body data-to="{elsewhere(request)}/leak/sent/">{inside}{script}</body></html>'
    )


def script(request, name):
    return HttpResponse(SCRIPTS[name], content_type="text/javascript")


def scripted(request, name):
    return csp_exempt()(page)(request, name=name)


def cookie(request):
    response = page(request)
    response.set_cookie("tracker", "1", httponly=True)
    return response


@csp_exempt()
def image(request):
    return page(request, f'<img src="{elsewhere(request)}/leak/theirs/?who=you" alt="">')


def refused_image(request):
    """The same under our own policy for content."""
    return page(request, f'<img src="{elsewhere(request)}/leak/refused/" alt="">')


@csp_exempt()
def frame(request):
    return page(request, f'<iframe src="{elsewhere(request)}/leak/map/" title="Map"></iframe>')


@csp_exempt()
def hint(request):
    return page(request, '<link rel="preconnect" href="https://fonts.example.com">')


def theirs(request):
    return HttpResponse("theirs")


def left(request):
    """Sets what is declared when it may, at a path where nothing takes it away."""
    response = page(request)
    if may(request, "functional"):
        response.set_cookie("_left", "1", path="/leak/")
    return response


def deaf(request):
    """Asks for consent and overhears the browser's signal."""
    response = page(request)
    if all(f"{code}-yes" in request.COOKIES.get("kept_allows", "") for code in ("performance", "functional")):
        response.set_cookie("_ads", "1", path="/leak/")
    return response


def shy(request):
    """As it should be."""
    response = page(request)
    if may(request, "functional"):
        response.set_cookie("_shy", "1")
    elif "_shy" in request.COOKIES:
        response.delete_cookie("_shy")
    return response


def broken(request):
    return HttpResponse("Out of order", status=503)


urlpatterns = [
    path("leak/<str:name>.js", script),
    path("leak/script/<str:name>/", scripted),
    path("leak/cookie/", cookie),
    path("leak/image/", image),
    path("leak/refused-image/", refused_image),
    path("leak/frame/", frame),
    path("leak/hint/", hint),
    path("leak/theirs/", theirs),
    path("leak/map/", theirs),
    path("leak/left/", left),
    path("leak/deaf/", deaf),
    path("leak/shy/", shy),
    path("leak/broken/", broken),
    *site,
]
handler400 = "config.errors.bad_request"
