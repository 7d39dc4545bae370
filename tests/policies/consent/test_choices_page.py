"""What one visitor sees on the choices page: what holds, what was entered, and what can be taken back."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from common import clock
from common.signing import subject_of
from policies.consent.actions import expire_choices
from policies.consent.models import Choice, Purpose
from policies.jurisdictions.asking import months_after
from policies.ledger.actions import line
from policies.ledger.models import Entry, Kind
from tests.factories import root
from tests.policies.consent.visitors import Visitor, ledger, told


def day(moment):
    return f"{moment.day} {moment:%B %Y}"


def holds(visitor):
    """What stands under "What holds now", as plain text."""
    found = re.search(r'aria-labelledby="holds".*?</section>', visitor.text, re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def past(visitor):
    """The lines of the history, as plain text."""
    items = re.findall(r"<li>\s*<p class=\"muted small\">\s*<time.*?</ul>", visitor.text, re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", each)).strip() for each in items]


def answers_after(visitor, **fields):
    answer = visitor.opens_the_page().sends(**fields)
    assert answer.status_code == 303
    visitor.page = visitor.browser.get(answer["Location"])
    return visitor


def test_who_has_not_answered_is_told_that_all_is_off(sara):
    sara.opens_the_page()
    assert "You have not answered yet" in holds(sara)
    assert "Nothing is stored about you" in sara.text
    assert 'name="withdraw"' not in sara.text


def test_the_answer_its_days_its_version_and_its_wording_are_shown(sara, version):
    sara.answers(performance="yes", functional="no")
    today = clock.today()
    said = holds(sara)
    assert f"You said yes on {day(today)}. It holds to the end of {day(months_after(today, 6))}." in said
    assert f"You said no on {day(today)}. It stays off, and we do not ask you again before" in said
    assert f"Version {version.permalink}" in said
    assert f"/choices/wordings/{Choice.objects.first().wording_id}/" in sara.text


def test_one_purpose_is_taken_back_in_one_step_and_the_others_stay(sara):
    sara.answers(all="yes")
    sara.answers(withdraw="performance")
    assert told()[3:] == [("withdrawn", "performance", 1)]
    assert sara.ticked == {"performance": "no", "functional": "yes", "targeting": "yes"}
    assert "You took your yes back on" in holds(sara)


def test_everything_is_taken_back_in_one_step_and_only_what_was_granted(sara):
    sara.answers(performance="yes", targeting="yes")
    sara.answers(withdraw="*")
    assert sorted(told()[2:]) == [("withdrawn", "performance", 1), ("withdrawn", "targeting", 1)]
    assert "functional" not in sara.ticked
    assert ledger()[-1].facts["method"] == "button"


def test_taking_back_twice_is_as_good_as_once(sara):
    sara.answers(all="yes")
    sara.answers(withdraw="*")
    sara.answers(withdraw="*")
    sara.answers(withdraw="performance")
    assert len(ledger()) == 2


def test_what_is_not_asked_for_any_more_can_still_be_taken_back(sara):
    sara.answers(all="yes")
    Purpose.objects.filter(code="functional").delete()
    assert "functional" in holds(sara.opens_the_page())
    sara.answers(withdraw="functional")
    assert told()[-1] == ("withdrawn", "functional", 1)


@pytest.mark.parametrize("unknown", ["mining", "essential", "**", "' OR 1=1"])
def test_taking_back_what_there_is_not_changes_nothing_and_keeps_the_ticks(sara, unknown):
    sara.answers(performance="yes", functional="no")
    sara.page = sara.sends(withdraw=unknown)
    assert sara.page.status_code == 422
    assert "There is no such purpose" in sara.text
    assert sara.ticked == {"performance": "yes", "functional": "no"}
    assert len(ledger()) == 1


def test_after_saving_the_receipt_of_just_this_is_offered(sara):
    answers_after(sara, all="yes")
    token = re.search(r"/choices/receipts/([^/]+)/", sara.text)[1]
    assert "Your choices are saved." in sara.text
    assert subject_of(token, purpose="receipt") == ledger()[0].uid


def test_who_refuses_is_offered_a_receipt_without_getting_an_identifier(sara):
    answers_after(sara, all="no")
    token = re.search(r"/choices/receipts/([^/]+)/", sara.text)[1]
    assert subject_of(token, purpose="receipt") == ledger()[0].uid
    assert ledger()[0].subject is None
    assert ".id-" not in sara.cookie


def test_a_link_with_somebody_elses_receipt_shows_none(sara):
    answer = sara.opens_the_page().sends(all="yes")
    page = Client().get(answer["Location"]).content.decode()
    assert "/choices/receipts/" not in page


@pytest.mark.parametrize("token", ["", "x", "a.b", "\x00", "é" * 3000])
def test_a_forged_receipt_in_the_address_is_none(sara, token):
    page = sara.browser.get("/choices/", {"saved": "1", "receipt": token})
    assert page.status_code == 200
    assert "/choices/receipts/" not in page.content.decode()


def test_who_only_refused_reads_that_nothing_is_stored_and_what_their_own_cookie_says(sara):
    sara.answers(all="no")
    assert "nothing is stored about you, and there is no history" in sara.text
    assert "You said no." in holds(sara)
    assert "cookie of your own browser" in holds(sara)
    assert past(sara) == []


def test_the_history_tells_every_line_newest_first_each_with_its_receipt(sara):
    sara.answers(performance="yes")
    sara.answers(performance="no", targeting="yes")
    newest, oldest = past(sara)
    assert "You said yes to: Advertising." in newest
    assert "You took back your yes to: Statistics." in newest
    assert "You said yes to: Statistics." in oldest
    receipts = re.findall(r'href="/choices/receipts/([^/]+)/"', sara.text)
    assert [subject_of(each, purpose="receipt") for each in receipts] == [each.uid for each in reversed(ledger())]


def test_nobody_reads_the_history_of_somebody_else(sara):
    bilal = Visitor()
    sara.answers(all="yes")
    bilal.answers(performance="yes")
    assert len(past(bilal)) == 1
    assert "Advertising" not in past(bilal)[0]


def test_a_yes_that_ran_out_and_the_one_after_it_are_both_in_the_history(sara):
    sara.answers(performance="yes")
    with time_machine.travel(clock.now() + timedelta(days=190)):
        assert expire_choices() == 1
        sara.opens_the_page()
        assert "Your yes ran out on" in holds(sara)
        assert sara.ticked == {}
        sara.answers(performance="yes")
        newest, middle, oldest = past(sara)
    assert "You said yes to: Statistics." in newest
    assert "Your yes ran out for: Statistics." in middle
    assert "You said yes to: Statistics." in oldest


def test_a_history_of_ten_thousand_lines_is_shown_a_page_at_a_time(sara, django_assert_max_num_queries):
    sara.answers(all="yes")
    subject, facts = ledger()[0].subject, ledger()[0].facts
    Entry.objects.bulk_create(line(kind=Kind.CONSENT_GIVEN, subject=subject, facts=facts) for _ in range(10_000))
    with django_assert_max_num_queries(40):
        sara.opens_the_page()
    assert len(past(sara)) == 50
    assert "Page 1 of 201" in sara.text
    sara.page = sara.browser.get("/choices/?page=201")
    assert len(past(sara)) == 1
    assert sara.browser.get("/choices/?page=nonsense").status_code == 200
    assert sara.browser.get("/choices/?page=-99999999999999999999").status_code == 200


def test_all_that_has_to_be_known_stands_beside_each_question(sara):
    Purpose.objects.filter(code="targeting").update(
        recipients="Ad Partner Ltd.\nOther Ads", retention_text="13 months", data_categories="pd:IPAddress\npd:ShoeSize"
    )
    sara.opens_the_page()
    for words in ("Legal basis", "Ad Partner Ltd., Other Ads", "13 months", "your IP address, shoe size"):
        assert words in sara.text
    assert "kept_choices" in sara.text


def test_letters_are_told_of_and_not_asked_for(sara):
    sara.opens_the_page()
    assert "Product news" in sara.text
    assert 'name="choice-email_offers"' not in sara.text
    assert 'href="/updates/"' in sara.text


def test_an_empty_form_is_answered_with_links_to_each_question(sara):
    sara.opens_the_page()
    sara.page = sara.sends()
    assert sara.page.status_code == 422
    assert re.findall(r'href="#choice-(\w+)"', sara.text) == ["performance", "functional", "targeting"]
    assert "<title>" in sara.text
    assert "Error:" in re.search(r"<title>.*?</title>", sara.text, re.DOTALL)[0]


def test_a_browser_that_does_not_tell_is_asked_to_confirm_what_it_sent(sara):
    sara.answers(all="yes")
    del sara.browser.defaults["HTTP_ORIGIN"]
    sara.page = sara.opens_the_page().sends(withdraw="targeting")
    assert "Please confirm" in sara.text
    assert "Advertising" in sara.text
    assert len(ledger()) == 1
    fields = dict(re.findall(r'<input type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', sara.text))
    assert sara.browser.post("/choices/", fields).status_code == 303
    assert told()[-1] == ("withdrawn", "targeting", 1)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_zainab_gives_and_takes_back_by_keyboard_alone_on_a_phone_without_script(chromium, live_server, settings):
    settings.SITE_URL = live_server.url
    root()
    call_command("load_example")
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 375, "height": 740}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/choices/")
    presses(page, "button[name=all][value=yes]")
    assert page.get_by_role("status").first.inner_text().startswith("Your choices are saved.")
    given = steps(page, "button[name=all][value=yes]")
    assert steps(page, "button[name=withdraw][value='*']") <= given
    presses(page, "button[name=withdraw][value=targeting]")
    assert page.locator("input[name=choice-targeting][value=no]").is_checked()
    assert page.locator("input[name=choice-performance][value=yes]").is_checked()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def steps(page, selector):
    """How often Tab is pressed from the top of the page until a button has the focus."""
    page.goto("/choices/")
    for count in range(1, 80):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return count
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def presses(page, selector):
    steps(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")
