"""Whatever leaks is found, told where, and in which states; what does not leak is not."""

from dataclasses import replace

import pytest

from policies.consent.auditing.actions import judge_crawl, plan_audit
from policies.consent.models import Choice, Purpose, Service
from policies.ledger.models import Entry
from tests.factories import locale, policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EVERYWHERE = {
    "undecided",
    "undecided+gpc",
    "refused",
    "only:performance",
    "only:functional",
    "only:targeting",
    "granted",
    "granted+gpc",
    "withdrawn",
}


@pytest.fixture
def audit(live_server, chromium, settings):
    """Looks at some of the leaking pages."""
    settings.SITE_URL = live_server.url
    settings.ROOT_URLCONF = "tests.policies.consent.auditing.leaking_urls"
    policy()

    def _audit(*paths):
        plan = replace(plan_audit(live_server.url), first=tuple(f"/leak/{path}/" for path in paths))
        return judge_crawl(plan.crawl(chromium), plan)

    return _audit


def declare(purpose, *names):
    """A purpose tells of these cookies."""
    row = Purpose.objects.get(code=purpose, locale__language_code="en")
    row.cookies = [("cookie", {"name": name, "owner": "", "lifetime": "a day", "why": "a test"}) for name in names]
    row.save()


def serve(purpose, address):
    """A service of somebody else waits for a purpose."""
    Service.objects.create(
        code=purpose, name=purpose, purpose=purpose, form="frame", provider="Maps", address=address, locale=locale()
    )


def told(result):
    """By what was found: the pages, why, and the states."""
    found = {}
    for each in result.findings:
        key = (each["kind"], each["name"], each["page"], each["because"])
        found.setdefault(key, set()).add(each["state"])
    return found


def theirs(live_server, path=""):
    """The same server by another name: somebody else."""
    return live_server.url.replace("localhost", "127.0.0.1") + path


def test_whatever_nobody_declared_is_found_in_every_state(audit, live_server):
    scripts = [f"script/{name}" for name in ("storage", "database", "cache", "worker", "late", "beacon")]
    result = audit("cookie", "image", "refused-image", "hint", "broken", *scripts)
    found = told(result)
    assert set(found) == {
        ("cookie", "tracker", "/leak/cookie/", "undeclared"),
        ("cookie", "late", "/leak/script/late/", "undeclared"),
        ("request", theirs(live_server, "/leak/theirs/"), "/leak/image/", "undeclared"),
        ("request", theirs(live_server, "/leak/sent/"), "/leak/script/beacon/", "undeclared"),
        ("request", "https://fonts.example.com/", "/leak/hint/", "undeclared"),
        ("local_storage", "theme", "/leak/script/storage/", "undeclared"),
        ("session_storage", "seen", "/leak/script/storage/", "undeclared"),
        ("database", "visits", "/leak/script/database/", "undeclared"),
        ("cache", "pages", "/leak/script/cache/", "undeclared"),
        ("worker", f"{live_server.url}/leak/idle.js", "/leak/script/worker/", "undeclared"),
        ("page", "/leak/broken/", "/leak/broken/", "failed"),
    }
    assert {name for (_, name, _, _), states in found.items() if states != EVERYWHERE} <= {"visits"}
    # What the browser refuses was never sent: it is told, and is no finding.
    refused = {(each["page"], each["form"], each["state"]) for each in result.refusals}
    assert refused == {("/leak/refused-image/", "image", state) for state in EVERYWHERE}


def test_what_is_declared_is_found_where_it_does_not_wait_for_consent(audit, live_server):
    declare("performance", "_stat_*")
    declare("functional", "_left")
    declare("targeting", "_ads")
    serve("functional", theirs(live_server, "/leak/map/"))
    serve("performance", f"{live_server.url}/leak/tag.js")
    found = told(audit("script/tag", "frame", "left", "deaf", "refused-image"))
    counted, shown = ({f"only:{purpose}", "granted", "granted+gpc"} for purpose in ("performance", "functional"))
    early = EVERYWHERE - counted - {"withdrawn"}
    refused = ("request", theirs(live_server, "/leak/refused/"), "/leak/refused-image/", "refused")
    assert found == {
        # a tag that does not wait, though it is served from here, and its cookie
        ("request", f"{live_server.url}/leak/tag.js", "/leak/script/tag/", "not_allowed"): EVERYWHERE - counted,
        ("cookie", "_stat_7", "/leak/script/tag/", "not_allowed"): early,
        ("cookie", "_stat_7", "/leak/script/tag/", "left"): {"withdrawn"},
        # a frame that does not wait
        ("request", theirs(live_server, "/leak/map/"), "/leak/frame/", "not_allowed"): EVERYWHERE - shown,
        # a cookie that is left when the consent is gone
        ("cookie", "_left", "/leak/left/", "left"): {"withdrawn"},
        # a page that overhears the browser's signal
        ("cookie", "_ads", "/leak/deaf/", "not_allowed"): {"granted+gpc"},
        ("cookie", "_ads", "/leak/deaf/", "left"): {"withdrawn"},
        # what was agreed to and is refused by our own policy for content
        refused: shown,
    }


def test_a_page_that_waits_and_tidies_up_passes_and_nobody_is_left_behind_who_agreed(audit):
    declare("functional", "_shy")
    result = audit("shy")
    assert result.findings == []
    assert {state.name for state in result.crawled.seen} == EVERYWHERE
    assert Choice.objects.exists()
    assert not Choice.objects.granted().exists()
    assert set(Entry.objects.values_list("facts__method", flat=True)) >= {"button", "form"}
