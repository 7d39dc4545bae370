"""What is on record is worked out again, and told where it differs."""

from copy import deepcopy
from uuid import uuid4

from django.db.models import QuerySet
from wagtail.models import Page

from common.canonical import sha256
from common.immutable import changes_allowed
from policies.ledger.models import Entry
from policies.versions.models import VersionText
from tests import factories


def _tamper(row, **values):
    """What somebody with the keys of the database can do."""
    with changes_allowed([row._meta.db_table]):
        QuerySet(type(row)).filter(pk=row.pk).update(**values)


def _differing(answer):
    return [check.about for check in answer.context["checks"] if not check.holds]


def _reworded(text):
    content = deepcopy(text.content)
    content["sections"][0]["blocks"][0]["html"] = "We keep invoices for ever."
    return content


def test_an_honest_record_matches(version_page, second):
    answer = version_page(second)
    assert _differing(answer) == []
    assert "Everything matches" in answer.text
    assert "does not match" not in answer.text


def test_a_tampered_text_does_not_match(version_page, second):
    text = second.texts.get()
    _tamper(text, content=_reworded(text))
    answer = version_page(second)
    assert "does not match" in answer.text
    assert _differing(answer) == [
        "SHA-256 of the text (en, 1)",
        "What visitors read (en, 1)",
        "SHA-256 of the version",
        "What the ledger says of the version",
    ]


def test_who_tampers_with_the_hashes_too_is_betrayed_by_the_ledger(version_page, second):
    text = second.texts.get()
    content = _reworded(text)
    html = dict(text.html) | {content["sections"][0]["id"]: "<p>We keep invoices for ever.</p>"}
    _tamper(text, content=content, html=html, sha256=sha256(content), html_sha256=sha256(html))
    _tamper(second, sha256=sha256({"en": sha256(content)}))
    answer = version_page(second)
    assert _differing(answer) == ["What the ledger says of the version"]
    assert "differs in: sha256, texts, html" in answer.text


def test_who_tampers_with_the_ledger_is_betrayed_by_the_leaf(version_page, second):
    entry = Entry.objects.get(facts__number=2)
    _tamper(entry, facts=entry.facts | {"summaries": {}})
    differing = _differing(version_page(second))
    assert differing == ["Leaf of the ledger line version.announced", "What the ledger says of the version"]


def test_other_words_for_visitors_than_were_hashed_are_found(version_page, second):
    text = second.texts.get()
    _tamper(text, html={key: f"{body}<p>Buy now!</p>" for key, body in text.html.items()})
    assert _differing(version_page(second)) == [
        "SHA-256 of what is shown (en, 1)",
        "What visitors read (en, 1)",
        "What the ledger says of the version",
    ]


def test_a_text_that_is_no_document_is_told_and_breaks_nothing(version_page, second):
    _tamper(second.texts.get(), content=[2**60])
    answer = version_page(second)
    assert answer.status_code == 200
    assert "cannot be hashed" in answer.text


def test_a_version_that_was_never_entered_in_the_ledger_is_told(version_page, many):
    answer = version_page(many(1).versions.get())
    assert "The ledger holds no line that announced this version." in answer.text


def test_a_translation_that_came_later_is_checked_by_itself(version_page, page, second):
    urdu = page.copy_for_translation(factories.locale("ur"), copy_parents=True)
    urdu.title = "رازداری"
    urdu.sections = factories.faster_reply()
    urdu.save_revision().publish()
    assert VersionText.objects.filter(version=second, language="ur", added_late=True).exists()
    answer = version_page(second)
    assert _differing(answer) == []
    assert "version.translation_added" in answer.text


def test_the_log_tells_who_published(version_page, second):
    newest = version_page(second).context["log"][0]
    assert (newest["by"], newest["line"].action) == ("reviewer", "wagtail.publish")


def test_the_log_outlives_the_page(version_page, page, second):
    Page.objects.filter(pk=page.pk).update(translation_key=uuid4())  # as good as gone: nothing leads to it
    assert version_page(second).context["log"][0]["by"] == "reviewer"


def test_the_log_of_a_version_ends_with_it(version_page, first, second):
    revisions = {each["line"].revision_id for each in version_page(first).context["log"]}
    assert second.revision_id not in revisions
