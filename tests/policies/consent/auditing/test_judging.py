"""What was seen against what was declared: no browser, no database."""

import pytest

from policies.consent.auditing.declared import Declarations, Talk
from policies.consent.auditing.judging import Judge, Kind, Sight, findings_of, refusals_of
from policies.consent.auditing.states import State, states_of

SITE = "https://shop.example"
DECLARED = Declarations(
    cookies=(
        ("essential", "csrftoken"),
        ("performance", "_stat_*"),
        ("targeting", "_ads"),
        ("functional", "both"),
        ("targeting", "both"),
    ),
    talks=(
        Talk("functional", "https://maps.example/embed?at=1"),
        Talk("functional", "https://*.tiles.example"),
        Talk("performance", f"{SITE}/static/tag.js"),
    ),
    asked=("performance", "functional", "targeting"),
    free=frozenset({"essential"}),
    switched_off=frozenset({"targeting"}),
)
JUDGE = Judge(DECLARED, SITE)
STATES = {state.name: state for state in states_of(DECLARED.asked)}


def why(kind, name, state="undecided", *, origin=SITE, **kwargs):
    return JUDGE.verdict(Sight(kind, name, "/", origin, **kwargs), STATES[state])


def test_every_purpose_has_a_state_of_its_own_and_the_signal_has_two():
    assert list(STATES) == [
        "undecided",
        "undecided+gpc",
        "refused",
        "only:performance",
        "only:functional",
        "only:targeting",
        "granted",
        "granted+gpc",
        "withdrawn",
    ]


def test_where_nothing_is_asked_there_are_two_states():
    assert [state.name for state in states_of(())] == ["undecided", "undecided+gpc"]


@pytest.mark.parametrize(
    ("name", "state", "because"),
    [
        ("csrftoken", "undecided", None),
        ("csrftoken2", "granted", "undeclared"),
        ("CSRFTOKEN", "granted", "undeclared"),
        ("_stat_1", "undecided", "not_allowed"),
        ("_stat_1", "only:performance", None),
        ("_stat_1", "only:functional", "not_allowed"),
        ("_stat", "granted", "undeclared"),
        ("_ads", "granted", None),
        ("_ads", "granted+gpc", "not_allowed"),
        ("_stat_1", "granted+gpc", None),
        ("_ads", "withdrawn", "left"),
        ("tracker", "withdrawn", "undeclared"),
        ("both", "only:functional", None),
        ("both", "only:performance", "not_allowed"),
    ],
)
def test_a_cookie_may_be_there_where_a_purpose_that_declares_it_is_allowed(name, state, because):
    assert why(Kind.COOKIE, name, state) == because


def test_what_another_site_keeps_only_that_site_can_remove():
    assert why(Kind.COOKIE, "_ads", "withdrawn", origin="ads.example") is None
    assert why(Kind.COOKIE, "_ads", "refused", origin="ads.example") == "not_allowed"


@pytest.mark.parametrize(
    ("address", "state", "because"),
    [
        (f"{SITE}/", "undecided", None),
        ("https://shop.example.evil.example/", "granted", "undeclared"),
        ("http://shop.example/", "granted", "undeclared"),
        ("https://maps.example/other.js", "undecided", "not_allowed"),
        ("https://maps.example/other.js", "only:functional", None),
        ("https://a.tiles.example/1/2.png", "only:functional", None),
        ("https://tiles.example.evil.example/", "only:functional", "undeclared"),
        (f"{SITE}/static/tag.js?v=1", "undecided", "not_allowed"),
        (f"{SITE}/static/tag.js", "only:performance", None),
        (f"{SITE}/static/site.js", "undecided", None),
        ("wss://maps.example/live", "granted", "undeclared"),
    ],
)
def test_a_request_may_be_made_where_its_service_is_allowed(address, state, because):
    origin = "/".join(address.split("/")[:3])
    assert why(Kind.REQUEST, address, state, origin=origin) == because


def test_what_the_browser_refused_was_never_sent():
    image = {"origin": "https://ads.example", "refused": True}
    assert why(Kind.REQUEST, "https://ads.example/1.png", **image) is None
    sights = [Sight(Kind.REQUEST, "https://ads.example/1.png?you=1", "/", "https://ads.example", "image", refused=True)]
    assert [each["name"] for each in refusals_of(sights, STATES["refused"], JUDGE)] == ["https://ads.example/1.png"]


def test_the_same_thing_on_many_pages_is_one_finding_without_what_the_address_tells_of_a_person():
    sights = [
        Sight(
            Kind.REQUEST,
            f"https://ads.example/1.png?page={page}&you=carol",
            f"/{page}/",
            "https://ads.example",
            "image",
        )
        for page in range(5)
    ]
    [finding] = findings_of(sights, State("undecided"), JUDGE)
    assert (finding["name"], finding["page"], finding["more"]) == ("https://ads.example/1.png", "/0/", 4)
