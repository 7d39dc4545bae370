"""A shop with a map and a counter of visits from somebody else, and the cookies that say who allows them."""

from datetime import timedelta

from common import clock
from home.models import StandardPage
from policies.consent.models import Purpose, Service
from tests.factories import home, locale

COUNTER = "_shop_visits"


def services(partner="http://partner.localhost"):
    """A map that waits for convenience, a counter on every page that waits for statistics."""
    facts = {"locale": locale(), "provider": "Example Maps", "text": "It learns where you are."}
    Service.objects.create(
        code="map", name="Map", purpose="functional", form="frame", address=f"{partner}/map/", **facts
    )
    Service.objects.create(
        code="visits",
        name="Visits",
        purpose="performance",
        form="script",
        address=f"{partner}/visits.js",
        everywhere=True,
        **facts,
    )
    statistics = Purpose.objects.get(code="performance", locale=locale())
    statistics.cookies = [
        ("cookie", {"name": name, "owner": "Example Visits", "lifetime": "a year", "why": "Counts."})
        for name in (COUNTER, "_shop_id_*")
    ]
    statistics.save()


def page_with_a_map(slug="find-us"):
    """Published below the home page; every page carries the counter."""
    page = StandardPage(title="Find us", slug=slug, locale=locale(), body="<p>Near Lahore.</p>")
    page.embeds = [("service", "map")]
    return home().add_child(instance=page)


def allows(*purposes, number=1, days=30):
    """What the readable cookie says of somebody who agreed to these."""
    until = clock.today() + timedelta(days=days)
    return ".".join(f"{purpose}-yes-{number}-{until:%Y%m%d}" for purpose in sorted(purposes))
