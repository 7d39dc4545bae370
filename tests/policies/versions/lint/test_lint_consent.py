"""Clauses that are no valid consent, and clauses that only look like them."""

import pytest

from policies.versions.lint import findings
from tests.wording import document, section

DATA = section("What we collect", "Your name.")
KEEP = section("How long we keep it", "Two years.")
CONSENT = {
    "consent-by-use",
    "passive-acceptance",
    "deemed",
    "bundled-consent",
    "take-it-or-leave-it",
    "browser-as-choice",
    "check-back",
}


def codes(*texts, heading="Agreement", language="en"):
    found = findings(document(section(heading, *texts), DATA, KEEP), language=language, controller=None)
    return [each.code for each in found if each.code in CONSENT]


@pytest.mark.parametrize(
    ("code", "clause"),
    [
        ("consent-by-use", "By visiting our shop online you agree to how we treat your details."),
        ("consent-by-use", "You consent to this notice by using the site."),
        ("consent-by-use", "Your use of the app constitutes acceptance of everything below."),
        ("consent-by-use", "By simply browsing these pages, you are giving your consent to cookies."),
        ("consent-by-use", "ہماری سائٹ استعمال کرنے سے آپ ان شرائط پر رضامند ہو جاتے ہیں۔"),
        ("consent-by-use", "ایپ کے استعمال کا مطلب ہے کہ آپ ہماری پالیسی سے متفق ہیں۔"),
        ("passive-acceptance", "If you continue to order from us, you accept the new wording."),
        ("passive-acceptance", "Further use after a change means that you agree."),
        ("passive-acceptance", "By continuing to browse you accept our cookies."),
        ("passive-acceptance", "تبدیلی کے بعد خدمات جاری رکھنا نئی پالیسی کی منظوری ہے۔"),
        ("deemed", "You are deemed to have accepted the notice on your first visit."),
        ("deemed", "We assume that you agree to receive our letters."),
        ("deemed", "Unless you object, you consent to calls from our partners."),
        ("deemed", "یہ سمجھا جائے گا کہ آپ نے پالیسی قبول کر لی ہے۔"),
        ("bundled-consent", "By creating an account you agree to our privacy policy."),
        ("bundled-consent", "You must accept this privacy notice."),
        ("bundled-consent", "فارم جمع کرانے سے آپ ہماری پالیسی قبول کرتے ہیں۔ شکریہ۔"),
        ("take-it-or-leave-it", "If you disagree with any of it, do not use our services."),
        ("take-it-or-leave-it", "If you do not accept these uses, please leave our website."),
        ("take-it-or-leave-it", "Your only remedy is to stop visiting."),
        ("take-it-or-leave-it", "اگر آپ کو یہ منظور نہیں تو ہماری سائٹ کا استعمال بند کر دیں۔"),
        ("browser-as-choice", "Cookies can be refused through the settings of your browser."),
        ("browser-as-choice", "Manage cookies by changing your browser preferences."),
        ("browser-as-choice", "You can set your browser to refuse them all, cookies and pixels."),
        ("browser-as-choice", "کوکیز روکنے کے لیے اپنے براؤزر کی سیٹنگ بدلیں۔"),
        ("check-back", "Please review this page from time to time."),
        ("check-back", "It is your responsibility to check for changes."),
        ("check-back", "We suggest that you read this notice regularly."),
        ("check-back", "براہِ کرم یہ صفحہ باقاعدگی سے دیکھتے رہیں۔"),
    ],
)
def test_a_clause_that_is_no_consent_is_found(code, clause):
    assert codes(clause) == [code]


@pytest.mark.parametrize(
    "clause",
    [
        "Using our website never counts as consent.",
        "Continued use does not mean that you agree.",
        "By using the search you find lamps faster.",
        "By ticking the box you consent to our newsletter.",
        "You give consent by a click and take it back by a click.",
        "Silence is not treated as consent.",
        "If you do not agree, tell us and we stop.",
        "If you do not want the newsletter, do not tick the box.",
        "If you continue to the checkout, you see the price.",
        "If you continue to have trouble, you may accept our help.",
        "By using a number we know your basket; you agree to nothing by that.",
        "We regularly review this policy.",
        "Our lawyers review this notice from time to time.",
        "We may update this policy from time to time.",
        "Your browser sends us its version.",
        "The settings of your browser do not count as consent to cookies.",
        "محض استعمال کبھی رضامندی شمار نہیں ہوتا۔",
        "استعمال جاری رکھنے سے رضامندی ثابت نہیں ہوتی۔",
        "اگر آپ متفق نہیں تو ہمیں بتائیں۔",
        "ہم وقتاً فوقتاً اس پالیسی میں ترمیم کر سکتے ہیں۔",
        "آپ کا براؤزر کوکیز محفوظ رکھتا ہے۔",
        "ہم آپ کی رضامندی سے ہی ڈیٹا استعمال کرتے ہیں۔",
    ],
)
def test_a_clause_that_only_looks_like_it_is_left_alone(clause):
    assert codes(clause) == []


def test_a_browser_may_be_a_further_way_where_people_are_asked_first():
    ask, also = "We ask you before we set cookies.", "You can also block cookies in your browser settings."
    assert codes(ask, also) == []
    assert codes(also) == ["browser-as-choice"]


def test_what_one_cell_of_a_table_says_does_not_bear_on_the_next():
    rows = {"type": "table", "head": [], "rows": [["By using the search you find lamps", "You agree on a price"]]}
    assert codes(rows) == []


def test_ordering_does_accept_the_terms_of_a_sale():
    terms = document(section("Orders", "By ordering you accept the statement of prices."), title="Terms of sale")
    assert findings(terms, language="en", controller=None) == []


def test_a_clause_is_reported_with_its_place_its_reason_and_a_better_one_in_the_language_of_the_text():
    text = document(section("Odds and ends", "We are glad. By using the app you accept it all."), title="App")
    (found,) = findings(text, language="en", controller=None)
    assert (found.anchor, found.heading) == ("odds-and-ends", "Odds and ends")
    assert found.sentence == "By using the app you accept it all."
    assert "Planet49" in found.source
    assert found.why.startswith("Using a website is no clear affirmative act")
    assert found.suggestion.startswith("We ask for consent only where we need it")
    assert found.severity.label == "Not valid in law"
