"""One visitor's tab in one state of consent, and everything that is seen in it."""

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from .declared import origin_of
from .judging import Kind, Sight
from .states import State

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Request, WebSocket

SCREEN = {"width": 1280, "height": 4000}
"""So tall that pictures that wait to be scrolled to are loaded as well."""
LOADED_WITHIN = 10_000
"""Milliseconds; what has not been loaded by then was asked for all the same."""

NO_PAGE = ("Download is starting", "ERR_ABORTED")
"""What the browser says of an address that is a file, or has nothing to show (204)."""

GPC = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true, configurable: true})"
LOOK = """async () => {
  const found = [];
  const add = async (kind, names) => { try { for (const name of await names()) found.push([kind, name]); } catch {} };
  await add("local_storage", () => Object.keys(localStorage));
  await add("session_storage", () => Object.keys(sessionStorage));
  await add("database", async () => (await indexedDB.databases()).map((each) => each.name));
  await add("cache", () => caches.keys());
  await add("worker", async () => (await navigator.serviceWorker.getRegistrations())
    .map((each) => (each.active || each.waiting || each.installing).scriptURL));
  await add("request", () => [...document.querySelectorAll("link[rel~=preconnect], link[rel~=dns-prefetch]")]
    .map((each) => each.href));
  const all = (what, tell) => [...document.querySelectorAll(what)].map(tell);
  return {
    found, origin: self.origin,
    links: [...document.links].map((each) => each.href),
    holds: [
      ...all("[data-consent]", (each) => [each.dataset.consent, each.dataset.service, each.dataset.src].join(" ")),
      ...all("script[src], iframe[src], embed[src], video[src], audio[src]", (each) => each.src),
      ...all("img[src]", (each) => new URL(each.src, location).origin),
    ],
  };
}"""

LEAVE = """() => {
  Object.defineProperty(document, "visibilityState", {value: "hidden", configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
  dispatchEvent(new PageTransitionEvent("pagehide"));
  dispatchEvent(new Event("unload"));
}"""
"""What a page sends when it is left is sent while the browser has already forgotten whose it was: so leave it in play."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a page is like: where it links to, and what it holds that can be waiting for consent."""

    links: tuple[str, ...] = ()
    holds: frozenset[str] = frozenset()


class NothingAnswers(RuntimeError):
    """There is no site at that address."""


class Tab:
    """A visitor of their own, with cookies of their own. What is seen is added to `sights`, each thing as it comes up."""

    def __init__(self, browser: "Browser", site: str, state: State) -> None:
        headers = {"Sec-GPC": "1"} if state.signal else {}
        self.context = browser.new_context(viewport=SCREEN, extra_http_headers=headers)  # type: ignore[arg-type]
        if state.signal:
            self.context.add_init_script(GPC)
        self.page = self.context.new_page()
        self.site, self.here = site, ""
        self.came_with: dict[tuple[str, str, str], str] = {}  # the pages that things on the device came with
        self.becomes(state)
        self.context.on("request", self._asked)
        self.context.on("requestfailed", self._failed)
        self.page.on("websocket", self._called)

    def becomes(self, state: State) -> None:
        """What is seen from now on belongs to another state."""
        self.state = state
        self.sights: list[Sight] = []
        self._asking: dict[Any, int] = {}
        self._kept: set[tuple[str, str, str]] = set()

    def reach(self) -> None:
        """See whether there is a site at all. Raises NothingAnswers."""
        from playwright.sync_api import Error

        try:
            self.page.goto(self.site, wait_until="commit", timeout=LOADED_WITHIN)
        except Error as trouble:
            raise NothingAnswers(_("Nothing answers at %(url)s.") % {"url": self.site}) from trouble

    def open(self, path: str) -> None:
        """Go to a page; one that fails is seen as such."""
        from playwright.sync_api import Error

        self.here = path
        try:
            response = self.page.goto(self.site + path, wait_until="commit", timeout=LOADED_WITHIN)
        except Error as trouble:
            if not any(word in trouble.message for word in NO_PAGE):
                self._add(Kind.PAGE, path)
        else:
            if response and response.status >= 500:
                self._add(Kind.PAGE, path)

    def fetch(self, path: str) -> None:
        """Get a file without showing it: it may bring cookies all the same."""
        from playwright.sync_api import Error

        self.here = path
        with suppress(Error):
            self.context.request.get(self.site + path, max_redirects=0, timeout=LOADED_WITHIN)
        self._see_cookies()

    def settle(self, milliseconds: int) -> None:
        """Wait until everything has been loaded, and then for scripts that take their time."""
        from playwright.sync_api import Error

        with suppress(Error):
            self.page.wait_for_load_state("load", timeout=LOADED_WITHIN)
        if milliseconds:
            self.page.wait_for_timeout(milliseconds)

    def look(self) -> Looked:
        """See what is kept on the device, by the page and by the frames in it; then leave it."""
        from playwright.sync_api import Error

        self._see_cookies()
        for frame in self.page.frames[1:]:
            self._look_into(frame)
        seen = self._look_into(self.page.main_frame)
        with suppress(Error):
            self.page.evaluate(LEAVE)
        if seen.get("origin") != self.site:
            return Looked()
        return Looked(tuple(seen["links"]), frozenset(seen["holds"]))

    def close(self) -> None:
        """Forget this visitor."""
        self.context.close()

    def _look_into(self, frame: "Frame") -> dict[str, Any]:
        from playwright.sync_api import Error

        try:
            seen: dict[str, Any] = frame.evaluate(LOOK)
        except Error:
            return {}  # the frame has gone, or shows what is no page
        for kind, name in seen["found"]:
            if kind == Kind.REQUEST:
                self._keep(Kind.REQUEST, name, origin_of(name), form="preconnect")
            else:
                self._keep(Kind(kind), name, seen["origin"])
        return seen

    def _see_cookies(self) -> None:
        host = urlsplit(self.site).hostname or ""
        for cookie in self.context.cookies():
            domain = cookie["domain"].lstrip(".")
            is_ours = host == domain or host.endswith(f".{domain}")
            self._keep(Kind.COOKIE, cookie["name"], self.site if is_ours else domain)

    def _keep(self, kind: Kind, name: str, origin: str, *, form: str = "") -> None:
        """What is kept on the device is seen on every page, and told of once in a state: with the page that brought it."""
        thing = (kind, name, origin)
        page = self.came_with.setdefault(thing, self.here)
        if thing not in self._kept:
            self._kept.add(thing)
            self.sights.append(Sight(kind, name, page, origin, form))

    def _asked(self, request: "Request") -> None:
        if not _is_own_navigation(request):
            self._asking[request] = self._add(Kind.REQUEST, request.url, form=request.resource_type)

    def _called(self, socket: "WebSocket") -> None:
        self._add(Kind.REQUEST, socket.url, form="websocket")

    def _failed(self, request: "Request") -> None:
        """The browser tells of what our Content-Security-Policy refused as of a request that failed."""
        place = self._asking.get(request)
        if place is not None and "csp" in (request.failure or "").lower():
            seen = self.sights[place]
            self.sights[place] = Sight(seen.kind, seen.name, seen.page, seen.origin, seen.form, refused=True)

    def _add(self, kind: Kind, name: str, *, form: str = "") -> int:
        origin = origin_of(name.replace("ws", "http", 1) if name.startswith("ws") else name)
        self.sights.append(Sight(kind, name, self.here, origin, form))
        return len(self.sights) - 1


def _is_own_navigation(request: "Request") -> bool:
    """Where the tab itself goes is what a visitor clicked on. Pictures in the page are addresses of no one."""
    from playwright.sync_api import Error

    if not request.url.startswith("http"):
        return True
    try:
        return request.is_navigation_request() and request.frame.parent_frame is None
    except Error:
        return False  # a service worker has no frame
