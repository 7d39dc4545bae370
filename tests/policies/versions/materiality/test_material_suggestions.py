"""What the redline suggests to the editor, and why."""

from copy import deepcopy

import pytest
from django.utils.translation import override

from policies.versions.materiality import Trigger, suggestions
from tests.wording import document, promise, section

COLLECT = section("What we collect", "To deliver we need little:", ["your name", "your postal address"])
USE = section("How we use data", "We do these things:", ["confirm your order", "print the invoice"])
SHARE = section("Who receives data", "Couriers receive your name and nothing else.", "We never sell your data.")
KEEP = section("How long we keep it", promise("Invoices stay 7 years.", "retention_transactions", 7, "years"))
RIGHTS = section(
    "Your rights",
    "You can ask for a copy at any time.",
    promise("We answer within 72 hours.", "first_reply", 72, "hours"),
    'Use the <a href="/requests/">form</a>.',
)
SAFE = section("Security", "Doors are locked at night.", "Our staff may look at orders.")
THANKS = section("Thank you", "It was a pleasure to pack your lamp.")
OLD = document(COLLECT, USE, SHARE, KEEP, RIGHTS, SAFE, THANKS)


def changed(heading, *, was="", now="", add=None, drop=None):
    """The old text with one thing in one section changed."""
    new = deepcopy(OLD)
    part = next(each for each in new["sections"] if each["heading"] == heading)
    for block in part["blocks"]:
        if "html" in block and was:
            block["html"] = block["html"].replace(was, now)
        if "items" in block:
            block["items"] = [item.replace(was, now) if was else item for item in block["items"]]
            block["items"] += [add] if add else []
    if drop is not None:
        del part["blocks"][drop]
    elif add and not any("items" in block for block in part["blocks"]):
        part["blocks"].append({"type": "paragraph", "html": add})
    return new


def triggers(new, old=OLD, **tags):
    return sorted({each.trigger.value for each in suggestions(old, new, **tags)})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (changed("What we collect", add="your date of birth"), ["data_categories"]),
        (changed("How we use data", add="train our chat program"), ["new_purpose", "purposes"]),
        (changed("How we use data", was="print the invoice", now="print the invoice and a voucher"), ["purposes"]),
        (changed("Who receives data", add="Banks receive your name too."), ["sharing", "third_parties"]),
        (changed("Who receives data", add="Parcels travel with Swift Parcels Ltd."), ["sharing", "third_parties"]),
        (changed("Who receives data", add="Our pages load maps.example.com for you."), ["sharing", "third_parties"]),
        (changed("Who receives data", was="never ", now=""), ["sharing"]),
        (changed("Your rights", was="at any time", now="once a year"), ["rights_methods"]),
        (changed("Your rights", was="/requests/", now="/ask/"), ["rights_methods"]),
        (changed("Your rights", drop=0), ["rights_methods"]),
        (changed("Security", was="may look", now="must look"), ["rights_methods"]),
        (changed("Thank you", add="We also share your orders with insurers."), ["sharing", "third_parties"]),
        (changed("Thank you", add="We may use your photos to advertise."), ["new_purpose", "purposes"]),
        (changed("Thank you", add="Lamp Ltd is the controller now."), ["controller"]),
        (changed("Thank you", add="Come again."), []),
        (changed("Security", was="locked", now="shut"), []),
        (changed("What we collect", was="postal", now="potsal"), []),
    ],
)
def test_a_change_suggests_the_triggers_that_it_touches(change, expected):
    assert triggers(change) == expected


def test_a_changed_promise_says_what_it_was_and_what_it_is():
    new = deepcopy(OLD)
    new["sections"][3]["blocks"] = [promise("Invoices stay 10 years.", "retention_transactions", 10, "years")]
    (found,) = suggestions(OLD, new)
    assert found.reason == "“How long we keep it” changed a promise: 7 years became 10 years."
    assert found.evidence == "7 years → 10 years"
    assert (found.section_id, found.anchor, found.heading) == ("how-long-we-keep-it",) * 2 + ("How long we keep it",)
    assert found.trigger is Trigger.DATA_CATEGORIES


def test_a_deadline_is_about_how_people_use_their_rights_even_if_given_up():
    new = deepcopy(OLD)
    del new["sections"][4]["blocks"][1]
    assert ("“Your rights” gave up a promise: 72 hours.") in [each.reason for each in suggestions(OLD, new)]


def test_a_name_that_the_text_knew_is_no_new_recipient():
    old = document(section("Who receives data", "Swift Parcels Ltd brings it."), THANKS)
    new = document(section("Who receives data", "It is Swift Parcels Ltd that brings it to you."), THANKS)
    assert "third_parties" not in triggers(new, old)


def test_new_and_removed_sections_speak_for_themselves():
    new = document(*OLD["sections"], section("Transfers abroad", "Copies lie in Norway."))
    (come,) = [each for each in suggestions(OLD, new) if each.trigger is Trigger.SHARING]
    (gone,) = [each for each in suggestions(new, OLD) if each.trigger is Trigger.SHARING]
    assert come.reason == "“Transfers abroad” is a new section."
    assert gone.reason == "The section “Transfers abroad” is gone."


def test_a_section_that_now_speaks_to_fewer_people_is_told():
    new = deepcopy(OLD)
    new["sections"][4]["regimes"] = ["gdpr"]
    (found,) = suggestions(OLD, new)
    assert (found.trigger, found.evidence) == (Trigger.RIGHTS_METHODS, "everybody → gdpr")


def test_moving_sections_lines_and_layout_suggests_nothing():
    new = document(*reversed(deepcopy(OLD)["sections"]))
    new["sections"][-1]["blocks"][1]["items"].reverse()
    new["sections"][-3]["blocks"] = [
        {"type": "paragraph", "html": "<b>Couriers</b> receive your name and nothing else. We never sell your data."}
    ]
    assert suggestions(OLD, new) == []


def test_a_sentence_that_moved_to_another_section_suggests_nothing():
    new = deepcopy(OLD)
    new["sections"][6]["blocks"].append(new["sections"][2]["blocks"].pop(0))
    assert suggestions(OLD, new) == []


def test_tags_decide_what_a_change_means():
    new = changed("Thank you", add="Come again.")
    assert triggers(new, tags={"thank-you": ["retention"]}) == ["data_categories"]


def test_another_company_under_the_whole_text_is_noticed():
    old = document(section("Welcome", *[f"Here {name} Bright Lamps helps." for name in ("today", "and", "now")]))
    new = document(section("Welcome", *[f"Here {name} Dark Shades helps." for name in ("today", "and", "now")]))
    (found,) = suggestions(old, new)
    assert (found.trigger, found.evidence) == (Trigger.CONTROLLER, "Bright Lamps → Dark Shades")


def test_a_date_that_somebody_wrote_by_hand_is_no_promise():
    old = document(section("Your rights", "Last updated: 1 March 2026."))
    new = document(section("Your rights", "Last updated: 2 April 2026."))
    assert "In “Your rights” 1 March 2026 became 2 April 2026." not in [e.reason for e in suggestions(old, new)]


URDU = document(
    section("ہم کیا جمع کرتے ہیں", "ہمیں یہ چاہیے:", ["آپ کا نام"]),
    section("ہم ڈیٹا کیوں استعمال کرتے ہیں", "ہمارے کام:", ["آرڈر کی تصدیق"]),
    section("ہم کس سے شیئر کرتے ہیں", "کوریئر کو صرف آپ کا نام ملتا ہے۔", "ہم آپ کا ڈیٹا فروخت نہیں کرتے۔"),
    section("حفاظت", "دفتر رات کو بند رہتا ہے۔"),
)


@pytest.mark.parametrize(
    ("place", "block", "text", "expected"),
    [
        (0, 1, ["آپ کا نام", "آپ کی تاریخِ پیدائش"], ["data_categories"]),
        (1, 1, ["آرڈر کی تصدیق", "اشتہار دکھانا"], ["new_purpose", "purposes"]),
        (2, 0, "کوریئر کو آپ کا نام ملتا ہے۔", ["sharing"]),
        (2, 0, "کوریئر اور Blue Bank کو صرف آپ کا نام ملتا ہے۔", ["sharing", "third_parties"]),
        (2, 1, "ہم آپ کا ڈیٹا فروخت کرتے ہیں۔", ["sharing"]),
        (2, 0, "کوریئر کو صرف آپکا نام ملتا ہے۔", []),
        (3, 0, "دفتر رات بھر بند رہتا ہے۔", []),
        (3, 0, "ہم آپ کی تصویریں جمع کرتے ہیں۔", ["data_categories"]),
    ],
)
def test_urdu_is_understood_as_well(place, block, text, expected):
    new = deepcopy(URDU)
    new["sections"][place]["blocks"][block] = (
        {"type": "paragraph", "html": text}
        if isinstance(text, str)
        else {"type": "list", "ordered": False, "items": text}
    )
    assert triggers(new, URDU) == expected


def test_reasons_are_in_the_language_of_the_editor():
    new = changed("What we collect", add="your date of birth")
    with override("en"):
        english = suggestions(OLD, new)
    assert english[0].reason == "“What we collect” says something that it did not say before."


def test_every_trigger_explains_itself():
    assert all(str(trigger.help) and str(trigger.label) for trigger in Trigger)
