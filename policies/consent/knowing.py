"""What is asked for now, in a language: read once per generation, then kept by the process."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

from asgiref.local import Local
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import DatabaseError, connection
from django.dispatch import receiver
from django.utils.translation import get_language

from policies.jurisdictions.asking import AskingRules, asking_rules
from policies.versions.document import promises
from policies.versions.generation import read_generation
from policies.versions.history import History
from policies.versions.models import Version, Work
from policies.versions.promises import amount_words
from policies.versions.states import ChangeClass

from .models import Category, Kind, LegalBasis, Purpose, Service


@dataclass(frozen=True, slots=True)
class DeclaredCookie:
    """A cookie, or another thing kept on the device."""

    name: str
    owner: str
    lifetime: str
    why: str


@dataclass(frozen=True, slots=True)
class Declared:
    """A purpose as people are told of it in a language."""

    code: str
    category: str
    name: str
    text: str
    legal_basis: str
    dpv: str
    data_categories: tuple[str, ...]
    recipients: tuple[str, ...]
    retention: str
    cookies: tuple[DeclaredCookie, ...]
    signals: tuple[str, ...]
    honours_gpc: bool
    kind: str

    @property
    def needs_consent(self) -> bool:
        """Whether it is off until somebody says yes."""
        return self.kind != Kind.ESSENTIAL and self.legal_basis == LegalBasis.CONSENT

    @property
    def is_asked_here(self) -> bool:
        """Whether banner and choices page ask for it; e-mail purposes are asked for where an address is given."""
        return self.kind == Kind.SITE and self.needs_consent


@dataclass(frozen=True, slots=True)
class DeclaredCategory:
    """Purposes that belong together."""

    code: str
    name: str
    text: str
    kind: str
    purposes: tuple[Declared, ...]


@dataclass(frozen=True)
class Known:
    """What is asked for in a language at a generation."""

    language: str
    version: Version | None
    categories: tuple[DeclaredCategory, ...]
    services: tuple[Service, ...]
    renewals: dict[str, tuple[int, ...]]
    """By purpose, the numbers of the versions that have taken effect and ask for its consent again, newest first."""
    permalinks: dict[int, str]
    """Of every version of the policy, by number."""
    rules: AskingRules
    made: dict[str, Any] = field(default_factory=dict)
    """What others make of it and keep with it, such as the wordings."""

    @cached_property
    def purposes(self) -> dict[str, Declared]:
        """Every purpose by code, in the order of the page."""
        return {purpose.code: purpose for category in self.categories for purpose in category.purposes}

    @cached_property
    def renewed_in(self) -> dict[str, int]:
        """By purpose, the newest of those."""
        return {code: numbers[0] for code, numbers in self.renewals.items()}

    def renewed_by(self, purpose: str, scope: int | None = None) -> int:
        """The number of the newest version that asks again for a purpose, 0 where none does. With a scope, later ones
        are left out: who still works as that version says may go on with a yes that was given to it."""
        numbers = self.renewals.get(purpose, ())
        return next((number for number in numbers if scope is None or number <= scope), 0)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The codes that banner and choices page ask for."""
        return tuple(code for code, purpose in self.purposes.items() if purpose.is_asked_here)

    @cached_property
    def switched_off_by_signal(self) -> frozenset[str]:
        """What Global Privacy Control switches off."""
        codes = (code for code, purpose in self.purposes.items() if purpose.honours_gpc)
        return frozenset(codes) if self.rules.honours_gpc else frozenset()

    @classmethod
    def read(cls, language: str) -> Self:
        """From the database."""
        history = policy_history(language)
        version = history.in_force if history else None
        return cls(
            language=language,
            version=version,
            categories=tuple(_categories(language, _promises(history, version))),
            services=tuple(_in_language(Service, language)),
            renewals=_renewals(history) if history else {},
            permalinks={each.number: each.permalink for each in history.versions} if history else {},
            rules=asking_rules(),
        )


_request: Any = Local()
_kept: dict[str, tuple[Hashable, Known]] = {}
shown: dict[str, Any] = {}
"""Wordings by their hash, which never change."""


def known(language: str) -> Known:
    """What is asked for now. One small query; more after something has changed.

    Inside of a transaction nothing is kept, because what it sees may be undone. Where the database does not answer, what
    was known last still is.
    """
    if connection.in_atomic_block:
        return Known.read(language)
    found = _kept.get(language)
    try:
        generation = _generation()
        if found and found[0] == generation:
            return found[1]
        fresh = Known.read(language)
    except DatabaseError:
        if found is None:
            raise
        return found[1]
    _kept[language] = (generation, fresh)
    return fresh


def _generation() -> Hashable:
    """Looked up once for each request: nothing that is asked for changes while a page is made."""
    if not hasattr(_request, "generation"):
        return read_generation()
    if _request.generation is None:
        _request.generation = read_generation()
    return _request.generation


@receiver(request_started)
def _begin(**kwargs: Any) -> None:
    _request.generation = None


@receiver(request_finished)
def _end(**kwargs: Any) -> None:
    if hasattr(_request, "generation"):
        del _request.generation


def kept() -> list[Known]:
    """What this process knows without asking anybody."""
    return [known_here for _generation, known_here in _kept.values()]


def forget() -> None:
    """Read everything anew the next time."""
    _kept.clear()
    shown.clear()


def policy_history(language: str) -> History | None:
    """The versions of the policy that consent is tied to: the one of the setting, or else the oldest policy."""
    policies = Work.objects.filter(kind=Work.Kind.POLICY).order_by("pk")
    slug = getattr(settings, "CONSENT_POLICY_SLUG", "privacy")
    work = policies.filter(slug=slug).first() or policies.first()
    return History(work.key, language=language) if work else None


def _renewals(history: History) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for version in history.standing:
        if version.change_class == ChangeClass.MATERIAL and not version.is_coming(history.at):
            for code in version.renews:
                found[code] = (*found.get(code, ()), version.number)
    return found


def _in_language(model: Any, language: str) -> Iterator[Any]:
    """The rows of a language; where one is not translated, that of the default language. Facts are those of the original,
    whose translations may wait to be told of them."""
    wanted = [language, settings.LANGUAGE_CODE]
    rows = list(model.objects.filter(locale__language_code__in=wanted).select_related("locale"))
    originals = {row.code: row for row in rows if row.locale.language_code == settings.LANGUAGE_CODE}
    best = dict(originals)
    for row in rows:
        if row.locale.language_code == language:
            best[row.code] = _with_facts_of(originals.get(row.code, row), row)
    yield from sorted(best.values(), key=lambda row: (row.position, row.code))


def _with_facts_of(original: Any, row: Any) -> Any:
    for name in row.facts():
        setattr(row, name, getattr(original, name))
    return row


def _categories(language: str, promises: dict[str, str]) -> Iterator[DeclaredCategory]:
    purposes = [purpose for purpose in _in_language(Purpose, language) if not purpose.ended]
    for row in _in_language(Category, language):
        mine = (purpose for purpose in purposes if purpose.category == row.code)
        declared = tuple(_declared(purpose, row.kind, promises) for purpose in mine)
        yield DeclaredCategory(code=row.code, name=row.name, text=row.text, kind=row.kind, purposes=declared)


def _declared(row: Purpose, kind: str, promises: dict[str, str]) -> Declared:
    cookies = (DeclaredCookie(**{name: str(block.value[name] or "") for name in COOKIE}) for block in row.cookies)
    return Declared(
        code=row.code,
        category=row.category,
        name=row.name,
        text=row.text,
        legal_basis=row.legal_basis,
        dpv=row.dpv,
        data_categories=_lines(row.data_categories),
        recipients=_lines(row.recipients),
        retention=promises.get(row.retention, "") or row.retention_text,
        cookies=tuple(cookies),
        signals=tuple(row.signals),
        honours_gpc=row.honours_gpc,
        kind=kind,
    )


COOKIE = ("name", "owner", "lifetime", "why")


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def _promises(history: History | None, version: Version | None) -> dict[str, str]:
    """What the version in force promises, by kind, as its readers see it."""
    if history is None or version is None or not version.texts.exists():
        return {}
    blocks = (block for _section, block in promises(history.text(version).content))
    return {each["kind"]: amount_words(each["amount"], each["unit"], language=history.language) for each in blocks}


def asked_choices() -> list[tuple[str, str]]:
    """Codes and names of what the site itself can ask for again, for editors."""
    purposes = known(get_language() or settings.LANGUAGE_CODE).purposes.values()
    return [(purpose.code, purpose.name) for purpose in purposes if purpose.is_asked_here]
