"""What Sara reads when she opens her receipt, without an account and without an e-mail."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils.translation import override

from common.signing import token_for
from policies.consent.links import receipt_url
from policies.consent.models import Purpose
from policies.ledger import keys
from policies.ledger.actions import append
from policies.ledger.models import Entry, Kind
from policies.ledger.sealing import seal
from tests.policies.consent.receipts.lines_told import KINDS, controller, line
from tests.policies.consent.visitors import Visitor, ledger

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(tmp_path, settings):
    settings.LEDGER_KEYS = str(tmp_path / "keys")


def page(entry, language="en"):
    with override(language):
        return Client().get(receipt_url(entry))


def text(answer):
    plain = re.sub(r"<[^>]+>", " ", unescape(answer.content.decode()))
    return re.sub(r"\s+", " ", plain)


@pytest.fixture
def agreed(sara):
    controller()
    sara.answers(performance="yes", targeting="no")
    return ledger()[0]


def test_she_reads_what_she_said_and_what_it_was_for(agreed):
    words = text(page(agreed))
    assert "You agreed Statistics Counting visits and clicks" in words
    assert "You refused Advertising Showing you our offers on other sites" in words
    assert "Convenience" not in words.partition("Your receipt")[2].partition("When and how")[0]


def test_she_reads_when_how_until_when_and_who_is_responsible(agreed):
    words = text(page(agreed))
    assert f"{agreed.happened_at:%Y-%m-%d %H:%M:%S} UTC" in words
    assert "With a form, purpose by purpose" in words
    assert "It holds to the end of" in words
    assert "We do not ask you again before" in words
    assert "Buy Inverter 12 Mall Road Lahore privacy@buyinverter.example" in words
    assert "You can complain to: Ministry of Information Technology" in words


def test_she_finds_the_version_the_wording_and_the_way_back(agreed, version):
    found = page(agreed).content.decode()
    assert f'/privacy/versions/{version.permalink}/"' in found
    assert f'href="/choices/wordings/{agreed.facts["wording"]}/"' in found
    assert 'class="button" href="/choices/"' in found


def test_it_says_that_it_will_be_sealed_and_then_that_it_is(agreed):
    assert "It will be sealed within a minute." in text(page(agreed))
    head = seal()
    assert f"Sealed as line 0 . The first checkpoint that vouches for it seals {head.size} lines" in text(page(agreed))
    assert agreed.leaf in text(page(agreed))


def test_an_older_checkpoint_than_the_newest_vouches_for_it(agreed, sara):
    first = seal()
    sara.answers(targeting="yes")
    seal()
    assert f"vouches for it seals {first.size} lines" in text(page(agreed))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_kind_of_line_has_a_page_and_two_files(version, announce, kind, language):
    entry = line(kind, announce)
    assert page(entry, language).status_code == 200
    with override(language):
        path = receipt_url(entry)[:-1]
    assert Client().get(f"{path}.json").status_code == 200
    assert Client().get(f"{path}.jws").status_code == 200


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("withdrawn", "You took your consent back Statistics"),
        ("renewed", "You agreed again Statistics"),
        ("expired", "Your consent ran out Statistics"),
        ("refused by nobody known", "You refused Statistics"),
        ("opt-out", "You asked us not to sell or share anything about you"),
        ("bare opt-out", "Nothing about you is sold or shared."),
        ("imported", "This is what another system told us"),
    ],
)
def test_it_says_what_happened(version, announce, kind, words):
    assert words in text(page(line(kind, announce)))


def test_a_line_of_the_first_release_tells_its_category(version, announce):
    words = text(page(line("first release", announce)))
    assert "You agreed Advertising" in words
    assert "It holds to the end of" in words


def test_an_expiry_tells_on_which_wording_the_yes_was_given(version, announce):
    entry = line("expired", announce)
    given = ledger()[0]
    assert f"wordings/{given.facts['wording']}/" in page(entry).content.decode()
    assert version.permalink in text(page(entry))


def test_an_expiry_after_two_answers_tells_both_wordings(version, announce, sara):
    sara.answers(performance="yes", targeting="yes")
    announce(2)
    sara.answers(targeting="yes")
    given = [entry.facts["wording"] for entry in ledger()]
    until = {"performance": "2027-01-01", "targeting": "2027-01-01"}
    over = append(kind=Kind.CONSENT_EXPIRED, subject=ledger()[0].subject, facts={"expired": until})
    found = page(over).content.decode()
    assert all(f"wordings/{each}/" in found for each in given)


def test_it_is_hers_alone(agreed):
    for answer in (page(agreed), *(Client().get(receipt_url(agreed)[:-1] + end) for end in (".json", ".jws"))):
        assert "private" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"
        assert not answer.cookies
    assert '<meta name="robots" content="noindex">' in page(agreed).content.decode()


def test_the_files_are_saved_under_names_that_tell_them_apart(agreed):
    saved = Client().get(receipt_url(agreed)[:-1] + ".jws")["Content-Disposition"]
    assert saved == f'attachment; filename="receipt-{agreed.happened_at:%Y-%m-%d}-{str(agreed.uid)[:8]}.jws"'


def test_a_look_changes_nothing(agreed):
    before = Entry.objects.count()
    page(agreed)
    assert Entry.objects.count() == before
    assert Client().post(receipt_url(agreed)).status_code == 405


@pytest.mark.parametrize("end", ["/", ".json", ".jws"])
@pytest.mark.parametrize(
    "change", [lambda token: token[:-1] + "!", lambda token: token[::-1], lambda token: "x", str.upper]
)
def test_a_forged_address_leads_to_a_kind_page(agreed, change, end):
    token = receipt_url(agreed).rstrip("/").rpartition("/")[2]
    answer = Client().get(f"/choices/receipts/{change(token)}{end}")
    assert answer.status_code == 404
    assert "receipt" in text(answer) or "does not exist" in text(answer)


@pytest.mark.parametrize("token", ["\x00", "a" * 5000, "../../etc", "é.ü", "A" * 22 + "." + "B" * 43])
def test_garbage_is_nothing_worse(version, token):
    assert Client().get(f"/choices/receipts/{token}/").status_code == 404


def test_a_token_made_for_something_else_opens_no_receipt(agreed):
    other = token_for(agreed.uid, purpose="preferences")
    assert Client().get(f"/choices/receipts/{other}/").status_code == 404


@pytest.mark.parametrize(
    "kind", [Kind.NOTICE_ACKNOWLEDGED, Kind.SUBSCRIPTION_ENDED, Kind.CONSENT_SERVED, Kind.OBJECTION_MADE]
)
def test_lines_about_something_else_have_no_receipt(version, kind):
    assert page(append(kind=kind, facts={"method": "form"})).status_code == 404


def test_without_a_key_the_words_are_shown_all_the_same(agreed, settings, tmp_path):
    settings.LEDGER_KEYS, settings.LEDGER_MAKES_KEYS = str(tmp_path / "none"), False
    words = text(page(agreed))
    assert "You agreed Statistics" in words
    assert "the ledger has no key" in words
    assert "Signed file" not in words
    answer = Client().get(receipt_url(agreed)[:-1] + ".jws")
    assert answer.status_code == 503
    assert "cannot be signed at the moment" in answer.content.decode()
    assert Client().get(receipt_url(agreed)[:-1] + ".json").status_code == 200
    assert keys.published() == []


def test_what_an_editor_writes_is_text(version):
    Purpose.objects.filter(code="performance").update(name="<b>Bold</b>", text="<script>alert(1)</script>")
    Visitor().answers(performance="yes")
    found = page(ledger()[0]).content.decode()
    assert "&lt;script&gt;" in found
    assert "<script>alert" not in found
