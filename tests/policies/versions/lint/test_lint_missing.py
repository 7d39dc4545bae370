"""What a privacy policy has to say, and where it may say it."""

from dataclasses import dataclass
from datetime import date

import pytest

from policies.versions.lint import findings
from tests.wording import document, section


@dataclass(frozen=True)
class Facts:
    name: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    authority: str = ""


BARE = [section("What we collect", "Your name."), section("Your rights", "Ask us.")]
WHOLE = [
    section("What we collect", "Your name. Lamp Shop is the controller."),
    section("Why we use it", "Orders: performance of a contract. Letters: with your consent, which you can withdraw."),
    section("How long we keep it", "Two years after the last order, then erased."),
    section("Complaints", "You can complain to the data protection authority, the Lamp Commissioner for Privacy."),
    section("Contact", "Postal address: 12 Canal Road, Lahore. Write to lamps@lamps.example."),
]
URDU = [
    section("ہم کیا جمع کرتے ہیں", "آپ کا نام۔ ان معلومات کے ذمہ دار ہم ہیں، چراغ گھر۔"),
    section("ہم ڈیٹا کیوں استعمال کرتے ہیں", "ہر استعمال کی قانونی بنیاد معاہدہ ہے۔"),
    section("مدت", "دو سال تک رکھا جاتا ہے۔"),
    section("شکایت", "آپ نگران ادارے سے شکایت کر سکتے ہیں، مثلاً ICO۔"),
    section("رابطہ", "ڈاک کا پتہ: نہر روڈ، لاہور۔ ای میل chiragh@lamps.example"),
]


def codes(parts, facts=None, title="Privacy policy", effective_on=None):
    text = document(*parts, title=title)
    return [each.code for each in findings(text, language="en", controller=facts, effective_on=effective_on)]


def test_a_bare_policy_lacks_almost_everything():
    assert codes(BARE) == [
        "no-controller",
        "no-postal-address",
        "no-contact",
        "no-legal-basis",
        "no-complaint",
        "no-retention",
        "no-date",
    ]


@pytest.mark.parametrize("parts", [WHOLE, URDU])
def test_a_whole_policy_lacks_nothing_in_either_language(parts):
    assert codes(parts) == []


def test_facts_in_the_settings_need_not_be_in_the_text():
    facts = Facts("Lamp Shop", "12 Canal Road", "a@b.example", "", "Lamp Commissioner")
    assert codes(BARE, facts) == ["no-legal-basis", "no-complaint", "no-retention"]


def test_an_authority_in_the_settings_is_a_name_but_no_right_to_complain():
    unnamed = [section("Complaints", "You can complain to a supervisory authority."), *BARE]
    assert "no-authority" in codes(unnamed)
    assert "no-authority" not in codes(unnamed, Facts(authority="Lamp Commissioner"))


def test_a_telephone_number_is_a_contact_too():
    assert "no-contact" not in codes(BARE, Facts(phone="0300 1234567"))


@pytest.mark.parametrize(
    ("code", "without"),
    [
        ("no-controller", "Lamp Shop is the controller."),
        ("no-postal-address", "Postal address: 12 Canal Road, Lahore."),
        ("no-contact", "Write to lamps@lamps.example."),
        ("no-legal-basis", "performance of a contract"),
        ("no-authority", ", the Lamp Commissioner for Privacy"),
        ("no-withdrawal", ", which you can withdraw"),
    ],
)
def test_each_omission_is_told_by_itself(code, without):
    parts = [section(each["heading"], each["blocks"][0]["html"].replace(without, "")) for each in WHOLE]
    assert [each for each in codes(parts) if each != "no-date"] == [code]


def test_who_speaks_to_california_says_what_the_signal_does():
    silent = [*WHOLE, section("California", "The CCPA gives you rights.")]
    assert codes(silent) == ["no-gpc"]
    assert codes([*silent, section("Signal", "We honour Global Privacy Control.")]) == []


def test_terms_and_lists_of_cookies_need_not_say_all_this():
    assert codes([section("Delivery", "Within Lahore.")], title="Terms of sale") == []
    assert codes([section("Cookies", "One.")], title="Cookies") == []


def test_a_text_without_author_and_date_is_told_unless_the_version_has_a_date():
    assert "no-date" in codes(BARE)
    assert "no-date" not in codes(BARE, effective_on=date(2026, 3, 1))
    assert "no-date" not in codes([*BARE, section("Since", "In force since 1 March 2026.")])
