"""Translators: PO files, the machine translation hook, what changed since their last translation, numbers that follow."""

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from marketing.products.models import ProductIndexPage, ProductPage
from policies.versions.models import PolicyPage, VersionText
from tests.editing import edit_form, section_form
from tests.factories import (
    RETENTION,
    clarifying,
    faster_reply,
    home,
    locale,
    material,
    newest,
    policy,
    promise,
    publish,
    section,
    sections,
)
from tests.people import editor, officer, signed_in

# wagtail-localize publishes when its transaction is over.
pytestmark = pytest.mark.django_db

URDU = {
    "Privacy policy": "رازداری",
    "Retention": "مدت",
    "We keep invoices for seven years.": "ہم رسیدیں سات سال رکھتے ہیں۔",
    "We keep invoices for ten years.": "ہم رسیدیں دس سال رکھتے ہیں۔",
    "Contact": "رابطہ",
    "Write to us.": "ہمیں لکھیں۔",
    "We answer within {amount}.": "ہم {amount} میں جواب دیتے ہیں۔",
    "We answer sooner.": "ہم جلد جواب دیتے ہیں۔",
    "Key": "چابی",
    "Kept Inverter": "انورٹر",
    "Quiet and small.": "خاموش اور چھوٹا۔",
}

TEN_YEARS = [section("Retention", "We keep invoices for ten years.", regimes=["gdpr"])]
CONTACT = section("Contact", "Write to us.", blocks=[promise("We answer within {amount}.")])
DUMMY = {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"}


@pytest.fixture
def english():
    home("ur")
    return policy(RETENTION, CONTACT)


@pytest.fixture
def desk(english, django_capture_on_commit_callbacks):
    """The translator at work on the Urdu text."""
    return Desk(english, django_capture_on_commit_callbacks)


class Desk:
    """What a translator does in wagtail-localize, by its own addresses."""

    def __init__(self, page, commits):
        self.browser, self.commits = signed_in(officer()), commits
        self.source_page, self.locale = page, locale("ur")
        self.submit()
        self.translation = Translation.objects.get(source__object_id=page.translation_key)

    def submit(self):
        url = reverse("wagtail_localize:submit_page_translation", args=[self.source_page.pk])
        with self.commits(execute=True):
            response = self.browser.post(url, {"locales": [self.locale.pk]})
        assert response.status_code == 302, response.content

    def sync(self):
        source = TranslationSource.objects.get_for_instance(self.source_page)
        with self.commits(execute=True):
            response = self.browser.post(reverse("wagtail_localize:update_translations", args=[source.pk]), {})
        assert response.status_code == 302

    @property
    def page(self):
        return self.translation.get_target_instance()

    @property
    def edit_url(self):
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def download(self):
        response = self.browser.get(reverse("wagtail_localize:download_pofile", args=[self.translation.pk]))
        return polib.pofile(response.content.decode())

    def upload(self, po):
        url = reverse("wagtail_localize:upload_pofile", args=[self.translation.pk])
        file = SimpleUploadedFile("ur.po", str(po).encode())
        response = self.browser.post(url, {"file": file, "next": self.edit_url}, follow=True)
        assert "Successfully imported" in response.content.decode()

    def fill_in(self, words=URDU):
        """Through the file: every string that there are words for."""
        po = self.download()
        for entry in po:
            entry.msgstr = entry.msgstr or words.get(entry.msgid, "")
        self.upload(po)

    def publish(self):
        with self.commits(execute=True):
            return self.browser.post(self.edit_url, {"action": "publish"}, follow=True)

    def look(self):
        return self.browser.get(self.edit_url).content.decode()


def urdu_of(version):
    return version.texts.filter(language="ur").order_by("-sequence").first()


# --- files and machines


def test_a_policy_is_translated_through_a_po_file(desk, english):
    asked = {entry.msgid for entry in desk.download()}
    assert asked == {"Privacy policy", "Retention", "Contact", "Write to us.", *URDU} & asked
    assert not {"contact", "retention", "hours", "72", "first_reply", "privacy"} & asked
    desk.fill_in()
    desk.publish()
    text, original = urdu_of(newest(english)), newest(english).texts.get(language="en")
    assert text.source_sha256 == original.sha256
    for ours, theirs in zip(text.content["sections"], original.content["sections"], strict=True):
        assert (ours["id"], ours["anchor"], ours["regimes"]) == (theirs["id"], theirs["anchor"], theirs["regimes"])
    promised = text.content["sections"][1]["blocks"][1]
    assert (promised["html"], promised["amount"], promised["unit"]) == ("ہم 72 گھنٹے میں جواب دیتے ہیں۔", 72, "hours")


def test_a_po_file_that_lacks_a_string_reaches_no_reader(client, desk, english):
    desk.fill_in({key: words for key, words in URDU.items() if key != "Write to us."})
    assert "missing translations" in desk.publish().content.decode()
    assert urdu_of(newest(english)) is None
    desk.fill_in()
    desk.publish()
    assert urdu_of(newest(english)).title == "رازداری"


def test_a_promise_that_lost_its_number_is_refused_with_words(desk, english):
    desk.fill_in(URDU | {"We answer within {amount}.": "ہم جلد جواب دیتے ہیں۔"})
    assert "has no sentence, number or unit" in desk.publish().content.decode()
    assert urdu_of(newest(english)) is None
    assert not desk.page.live


def test_a_machine_translates_by_the_hook_and_a_person_publishes(desk, english, settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = DUMMY
    url = reverse("wagtail_localize:machine_translate", args=[desk.translation.pk])
    assert desk.browser.post(url, {"next": desk.edit_url}).status_code == 302
    assert urdu_of(newest(english)) is None
    desk.publish()
    text = urdu_of(newest(english))
    assert text.title == "policy Privacy"
    assert text.content["sections"][1]["blocks"][1]["html"] == "72 گھنٹے. within answer We"


def test_a_product_is_translated_through_a_po_file_and_its_facts_are_written_by_the_software(
    django_capture_on_commit_callbacks,
):
    for code in ("en", "ur"):
        locale(code)
    index = home().add_child(instance=ProductIndexPage(title="Products", slug="products", locale=locale()))
    home("ur")
    product = ProductPage(title="Kept Inverter", slug="kept", locale=locale(), live=False, price_pkr=40000)
    product.sections = sections(section("Key", "Quiet and small."))
    index.add_child(instance=product)
    publish(product)
    desk = Desk(product, django_capture_on_commit_callbacks)
    desk.fill_in()
    desk.publish()
    text = urdu_of(newest(product))
    assert text.content["sections"][0]["id"] == "facts"
    assert "قیمت" in str(text.content)
    publish(product, price_pkr=43000)
    dearer = urdu_of(newest(product))
    assert newest(product).number == 2
    assert "43,000" in str(dearer.content)
    assert dearer.content["sections"][1]["heading"] == "چابی"


# --- exactly that text


def test_a_correction_belongs_to_the_text_it_was_made_from_though_a_newer_has_the_same_numbers(desk, english):
    desk.fill_in()
    desk.publish()
    parts = [section("Retention", "We keep invoices for ten years."), CONTACT]
    version = publish(english, sections=sections(*parts), **reworded())
    correct(desk, "Write to us.", "ہمیں ضرور لکھیں۔")
    desk.publish()
    assert urdu_of(version) is None
    assert VersionText.objects.get(language="ur", sequence=2).version.number == 1
    desk.sync()
    assert len([entry for entry in desk.download() if not entry.msgstr and not entry.obsolete]) == 1
    desk.publish()
    assert urdu_of(version) is None
    desk.fill_in()
    desk.publish()
    assert "دس سال" in str(urdu_of(version).content)


def test_the_number_of_a_promise_follows_the_original_when_the_rest_is_untouched(desk, english):
    desk.fill_in()
    desk.publish()
    version = publish(english, sections=faster_reply(), **material())
    desk.sync()
    assert not [entry for entry in desk.download() if not entry.msgstr and not entry.obsolete]
    desk.publish()
    promised = urdu_of(version).content["sections"][1]["blocks"][1]
    assert (promised["amount"], promised["html"]) == (48, "ہم 48 گھنٹے میں جواب دیتے ہیں۔")


def test_a_summary_that_nobody_translated_is_not_the_originals(desk, english):
    desk.fill_in()
    desk.publish()
    version = publish(english, sections=faster_reply(), **material())
    desk.sync()
    desk.publish()
    assert "sooner" not in urdu_of(version).summary
    assert "رابطہ" in urdu_of(version).summary


def test_the_draft_of_the_original_can_be_translated_ahead_and_goes_out_with_it(desk, english):
    desk.fill_in()
    desk.publish()
    page = PolicyPage.objects.get(pk=english.pk)
    page.sections = faster_reply()
    for name, value in material().items():
        setattr(page, name, value)
    revision = page.save_revision()
    assert "Take over the words" in since(desk)
    desk.browser.post(since_url(desk))
    desk.publish()
    assert urdu_of(newest(english)).sequence == 1
    revision.publish()
    version = newest(english)
    assert (version.number, urdu_of(version).added_late) == (2, False)
    assert urdu_of(version).source_sha256 == version.texts.get(language="en").sha256


# --- what translators are shown


def test_the_editor_of_wagtail_localize_says_what_is_to_do_and_leads_to_the_redline(desk, english):
    desk.fill_in()
    desk.publish()
    assert "See what changed" not in desk.look()
    publish(english, sections=sections(*TEN_YEARS, CONTACT), **reworded())
    told = desk.look()
    assert "1 section is to be translated." in told
    assert since_url(desk) in told
    page = since(desk)
    assert "1 of 1 changed sections is still to be translated." in page
    assert "<del" in page
    assert "seven" in page
    assert "Take over the words" in page
    desk.browser.post(since_url(desk))
    assert "1 string missing" in since(desk)
    desk.fill_in()
    assert "translated in your draft" in since(desk)
    desk.publish()
    assert "Nothing has changed in the original since." in since(desk)


def test_the_page_editor_shows_translators_the_redline_of_the_original(english):
    urdu = by_hand(english)
    publish(english, sections=sections(*TEN_YEARS, CONTACT), **reworded())
    text = signed_in(officer()).get(f"/admin/pages/{urdu.pk}/edit/").content.decode()
    assert "1 of 1 changed sections is still to be translated." in text
    assert "Show what changed in the original" in text
    assert "ten" in text


def test_what_a_draft_has_done_already_is_ticked_off(english):
    urdu = by_hand(english)
    page = PolicyPage.objects.get(pk=english.pk)
    page.sections = sections(*TEN_YEARS, CONTACT, section("Cookies", "We set one."))
    page.save_revision()
    urdu.sections = in_urdu("ہم رسیدیں دس سال رکھتے ہیں۔")
    urdu.save_revision()
    text = signed_in(officer()).get(f"/admin/policies/{urdu.pk}/since-translation/").content.decode()
    assert "1 of 2 changed sections is still to be translated." in text
    assert "not announced yet" in text


def test_the_page_of_the_translators_is_for_who_may_edit(client, english):
    urdu = by_hand(english)
    url = f"/admin/policies/{urdu.pk}/since-translation/"
    assert client.get(url).status_code == 302
    assert signed_in(editor()).get(url).status_code == 200
    assert signed_in(editor()).get(f"/admin/policies/{english.pk}/since-translation/").status_code == 404


def test_a_translation_beside_its_original_is_no_redline(english):
    urdu = english.copy_for_translation(locale("ur"))
    text = signed_in(officer()).get(f"/admin/pages/{urdu.pk}/edit/").content.decode()
    assert "no text in this language yet" in text
    assert edit_form(urdu)["title"] == "Privacy policy"


def test_a_translation_is_published_from_the_page_editor_and_its_original_is_not(english):
    urdu, browser = by_hand(english), signed_in(officer())
    menus = [browser.get(f"/admin/pages/{page.pk}/edit/").content.decode() for page in (english, urdu)]
    assert ["action-publish" in menu for menu in menus] == [False, True]
    form = edit_form(urdu, section_form("مدت"), action="publish") | {"sections-0-id": str(urdu.sections[0].id)}
    publish(english, sections=sections(RETENTION), **reworded())
    assert browser.post(f"/admin/pages/{urdu.pk}/edit/", form).status_code == 302
    text = urdu_of(newest(english))
    assert (text.content["sections"][-1]["heading"], text.sequence) == ("مدت", 2)


def since_url(desk):
    return f"/admin/policies/{desk.page.pk}/since-translation/"


def since(desk):
    response = desk.browser.get(since_url(desk))
    assert response.status_code == 200
    return response.content.decode()


def correct(desk, string, words):
    """Change a translation that is there already."""
    rows = StringTranslation.objects.filter(translation_of__data=string, locale=locale("ur"))
    assert rows.update(data=words) == 1


def reworded():
    return clarifying() | {"class_reason": "It was meant so before."}


def in_urdu(retention="ہم رسیدیں سات سال رکھتے ہیں۔"):
    parts = [section("Retention", retention), section("Contact", "ہمیں لکھیں۔", blocks=[promise("ہم {amount} میں")])]
    return sections(*parts)


def by_hand(english):
    urdu = english.copy_for_translation(locale("ur"))
    urdu.title, urdu.sections = "رازداری", in_urdu()
    urdu.save_revision().publish()
    return PolicyPage.objects.get(pk=urdu.pk)
