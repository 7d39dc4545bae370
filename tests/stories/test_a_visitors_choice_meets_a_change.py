"""A visitor without JavaScript chooses; the policy changes in what they agreed to; they are asked once, with what changed."""

from datetime import timedelta

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe

from common import clock
from tests.factories import LONG_AGO, faster_reply, material, policy, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sana(chromium, live_server, settings):
    """A visitor on a phone, whose browser runs no script."""
    settings.SITE_URL = live_server.url
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 375, "height": 740}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def asks(page):
    """Whether the banner is to be seen."""
    return page.locator(".consent__form").first.is_visible()


def choice(page, purpose):
    ticked = page.locator(f"#choices input[name=choice-{purpose}]:checked")
    return ticked.get_attribute("value") if ticked.count() else None


def test_a_choice_is_kept_until_the_change_that_touches_it(sana, chromium):
    page = policy(effective_on=LONG_AGO)
    sana.goto("/privacy/")
    assert asks(sana)
    with sana.expect_navigation():
        sana.click(".consent__form button[value=yes]")
    assert "/privacy/" in sana.url
    assert sana.get_by_text("Your choice is saved.").is_visible()
    assert not asks(sana)

    publish(page, sections=faster_reply(60), change_class="editorial")
    sana.goto("/privacy/")
    assert not asks(sana), "a typo asks nobody"

    changed = publish(page, sections=faster_reply(48), renews=["targeting"], **material(summary="Other partners."))
    sana.goto("/privacy/")
    assert not asks(sana), "nothing is asked before the change is in force"

    with time_machine.travel(changed.effective_at + timedelta(hours=1)):
        sana.goto("/privacy/")
        assert asks(sana)
        assert sana.locator(".consent__again").first.is_visible()
        with sana.expect_navigation():
            sana.click(".consent__again a")
        assert "Please answer again" in sana.locator("main").inner_text()
        assert "Other partners." in sana.locator("main").inner_text()
        assert [choice(sana, purpose) for purpose in ("performance", "functional", "targeting")] == ["yes", "yes", None]
        with sana.expect_navigation():
            sana.get_by_role("button", name="No", exact=True).first.click()
        assert "saved" in sana.locator("[role=status]").first.inner_text()
        receipt = sana.locator("a[href*='/receipts/']").first.get_attribute("href")
        sana.goto("/privacy/")
        assert not asks(sana)
        sana.goto(receipt)
        assert "Advertising" in sana.locator("main").inner_text()
        assert clock.today() == changed.effective_on

    sana.goto("/choices/")
    assert [choice(sana, purpose) for purpose in ("performance", "functional", "targeting")] == ["yes", "yes", "no"]
    other = chromium.new_page()
    other.goto(sana.url.split("/choices/")[0] + "/choices/opt-out/")
    assert [each["id"] for each in Axe().run(other).response["violations"]] == []
    other.close()
