"""Through every public page, in every state of consent at once."""

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .choosing import answer, withdraw
from .declared import Declarations, origin_of
from .judging import Sight
from .places import is_file, is_public, kind_of
from .states import GRANTED, WITHDRAWN, State, states_of
from .tab import Looked, Tab

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LINGER = 300
"""Milliseconds that the first page of a kind stays open after it was loaded, for scripts that wait."""
FILES = 60
"""Files that are fetched for the cookies that they might bring."""


@dataclass
class Crawled:
    """What was seen, state by state, and how far the crawl came."""

    seen: dict[State, list[Sight]] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Pages that were known of when the limit was reached."""


@dataclass
class Crawl:
    """One run. Visitors go to a page together, so that they wait together."""

    browser: "Browser"
    site: str
    declared: Declarations
    models: Mapping[str, str]
    """The models of pages, by path."""
    most: int
    files: int = 0
    found: Crawled = field(default_factory=Crawled)

    def run(self, first: Sequence[str]) -> Crawled:
        """Open every page once. Raises NothingAnswers, CannotChoose."""
        tabs: list[Tab] = []
        try:
            # Who granted everything takes it back in the end: no tab of their own.
            for state in (state for state in states_of(self.declared.asked) if not state.is_withdrawn):
                tabs += [Tab(self.browser, self.site, state)]
            self._through(tabs, first)
        finally:
            for tab in tabs:
                tab.close()
        return self.found

    def _through(self, tabs: list[Tab], first: Sequence[str]) -> None:
        tabs[0].reach()
        for tab in tabs:
            if tab.state.answers:
                answer(tab, asked=self.declared.asked)
        one_of_each = self._everywhere(tabs, first)
        self._keep(tabs)
        self._take_back(tabs, one_of_each)

    def _everywhere(self, tabs: list[Tab], first: Sequence[str]) -> list[str]:
        """Every page, and the first of each kind, which is given back."""
        waiting, known, listed = deque(first), set(first), set(first)
        kinds: dict[Hashable, str] = {}
        while waiting and len(self.found.pages) < self.most:
            path = waiting.popleft()
            if is_file(path):
                self._fetch(tabs[0], path)
                continue
            looked = self._visit(tabs[:1], path)
            kind = (kind_of(path, self.models), looked.holds)
            is_new = kinds.setdefault(kind, path) == path
            self._others(tabs, path, is_new=is_new, is_listed=path in listed)
            self.found.pages.append(path)
            fresh = [each for each in dict.fromkeys(self._paths(looked.links)) if each not in known]
            known.update(fresh)
            waiting.extend(fresh)
        self.found.left_out = [path for path in waiting if not is_file(path)]
        return list(kinds.values())

    def _others(self, tabs: list[Tab], path: str, *, is_new: bool, is_listed: bool) -> None:
        """The undecided see every page; the others one of each kind, and some all pages of the site's own list."""
        self._visit([tab for tab in tabs[1:] if is_new or (is_listed and tab.state.everywhere)], path, linger=is_new)
        if is_new:
            tabs[0].look()  # the first visitor has lingered with the others

    def _fetch(self, tab: Tab, path: str) -> None:
        self.files += 1
        if self.files <= FILES:
            tab.fetch(path)

    def _visit(self, tabs: list[Tab], path: str, *, linger: bool = False) -> Looked:
        """All of them go there, and wait together. What the first of them saw."""
        for tab in tabs:
            tab.open(path)
        for tab in tabs:
            tab.settle(0)
        if linger:
            tabs[0].settle(LINGER)
        looked = [tab.look() for tab in tabs]
        return looked[0] if looked else Looked()

    def _paths(self, links: Iterable[str]) -> Iterator[str]:
        for link in links:
            parts = urlsplit(link)
            if origin_of(link) == self.site and is_public(parts.path):
                yield f"{parts.path}?{parts.query}" if parts.query else parts.path

    def _keep(self, tabs: Iterable[Tab]) -> None:
        """What was seen, with what the last page sent when it was left."""
        for tab in tabs:
            tab.page.goto("about:blank")
            self.found.seen[tab.state] = tab.sights

    def _take_back(self, tabs: Iterable[Tab], paths: list[str]) -> None:
        for tab in tabs:
            if tab.state.granted:
                withdraw(tab)
            if tab.state.name == GRANTED:
                tab.becomes(State(WITHDRAWN))
                for path in paths:
                    self._visit([tab], path)
                self._keep([tab])
