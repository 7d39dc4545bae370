"""`manage.py verify` works everything out again, and says in a sentence what is wrong and where."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from rfc8785 import CanonicalizationError

from common.canonical import sha256
from common.immutable import Frozen, changes_allowed, missing_triggers
from policies.audit.verifying import problems
from policies.ledger.models import Entry
from policies.notices.models import Notice
from policies.versions.actions import cancel_version, correct_version
from policies.versions.actions.rerendering import render_anew
from policies.versions.models import Act, Rendering, StoredRedline, Version, VersionFile, VersionText
from tests.factories import faster_reply, home, locale, material, policy, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(client):
    """A record with something of everything in it."""
    page = policy()
    publish(page, title="Our privacy policy", change_class="editorial")
    correct_version(Version.objects.get(number=2), words={"en": "We mean 2026."}, by=None, anchor="retention")
    coming = publish(page, sections=faster_reply(), **material())
    home("ur")
    urdu = page.copy_for_translation(locale("ur"))
    urdu.title, urdu.sections = "رازداری", faster_reply()
    urdu.save_revision().publish()
    client.get(f"/privacy/versions/{coming.permalink}.pdf")
    wording = client.get("/choices/").context["wording"]
    client.post("/choices/", {"wording": wording.sha256, "all": "yes"})
    cancel_version(coming, words={"en": "Not yet."}, by=None)
    return page


def change(model, where, **values):
    """Somebody with the password of the database."""
    row = model.objects.filter(**where).first()
    assignments = ", ".join(f"{name} = %s" for name in values)
    fields = [model._meta.get_field(name) for name in values]
    prepared = [field.get_db_prep_save(value, connection) for field, value in zip(fields, values.values(), strict=True)]
    table = model._meta.db_table
    with changes_allowed([table]), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {assignments} WHERE id = %s", [*prepared, row.pk])


def remove(model, **where):
    row = model.objects.filter(**where).first()
    if model is Act:
        Notice.objects.filter(act=row).delete()
    table = model._meta.db_table
    with changes_allowed([table]), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [row.pk])


def found():
    return "\n".join(problems())


def test_an_honest_record_has_nothing_wrong(record, capsys):
    assert found() == ""
    call_command("verify")
    assert "All is well" in capsys.readouterr().out


def test_every_table_that_only_grows_is_closed(db):
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, Frozen)]
    assert len(tables) >= 9
    assert missing_triggers(tables) == []


def test_a_table_whose_trigger_is_gone_is_named(record):
    with connection.cursor() as cursor:
        name = "versions_act_no_update" if connection.vendor == "sqlite" else "versions_act_no_change"
        cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else " ON versions_act"))
    assert "versions_act" in found()


def test_other_words_in_a_text_are_found(record):
    text = VersionText.objects.get(version__number=2)
    content = text.content | {"title": "Our privacy policy, softened"}
    change(VersionText, {"pk": text.pk}, content=content, sha256=sha256(content))
    said = found()
    assert f"{text.version}: SHA-256 of the version" in said
    assert "What the ledger says of the version" in said


def test_other_markup_for_visitors_is_found(record):
    text = VersionText.objects.get(version__number=1)
    change(VersionText, {"pk": text.pk}, html={key: f"{body}<p>Buy now!</p>" for key, body in text.html.items()})
    assert "SHA-256 of what is shown (en, 1)" in found()


@pytest.mark.parametrize(
    ("model", "where", "values", "sentence"),
    [
        (Version, {"number": 2}, {"change_class": "clarifying"}, "differs in: change_class"),
        (Version, {"number": 3}, {"class_reason": "Nobody asked."}, "differs in: reasons"),
        (Version, {"number": 3}, {"triggers": []}, "differs in: triggers"),
        (Version, {"number": 2}, {"number": 7}, "versions are missing"),
        (Act, {"kind": "cancelled"}, {"words": {"en": "Never mind."}}, "version.cancelled is not in the record"),
        (
            StoredRedline,
            {"text__version__number": 3},
            {"changes": {"format": 1, "sections": [], "was": {}, "title": ""}},
            "stored redline",
        ),
        (VersionFile, {}, {"content": b"%PDF-forged"}, "the stored pdf file is not the one that was made"),
        (Entry, {"kind": "version.announced"}, {"facts": {"work": "x"}}, "Leaf"),
    ],
)
def test_what_was_changed_is_named(record, model, where, values, sentence):
    change(model, where, **values)
    if model is Entry:
        assert found() != ""
    else:
        assert sentence in found()


@pytest.mark.parametrize(
    ("model", "where", "sentence"),
    [
        (Act, {"kind": "corrected"}, "version.corrected is not in the record and the ledger alike"),
        (
            Entry,
            {"kind": "version.translation_added"},
            "the translation ur 1 is not in the record and the ledger alike",
        ),
        (Entry, {"kind": "version.announced", "facts__number": 2}, "the ledger announces it 0 times"),
    ],
)
def test_what_was_taken_away_is_missed(record, model, where, sentence):
    remove(model, **where)
    assert sentence in found()


def test_a_rendering_that_says_something_else_is_found(record):
    text = VersionText.objects.get(version__number=1)
    body = {key: html.replace("seven", "two") for key, html in text.html.items()}
    Rendering.objects.create(text=text, html=body, html_sha256=sha256(body), because="Nicer.")
    assert "says something else than the text" in found()
    assert render_anew(text, because="As it was.") is not None


def test_the_command_says_how_much_is_wrong(record, capsys):
    change(VersionFile, {}, content=b"%PDF-forged")
    with pytest.raises(CommandError, match="1 thing is wrong"):
        call_command("verify")
    assert "the stored pdf file" in capsys.readouterr().out


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces rows in passing")
def test_a_row_is_not_replaced_in_passing(record):
    table = Act._meta.db_table
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE kind = 'corrected'")


def test_two_keys_that_look_the_same_have_no_hash():
    with pytest.raises(CanonicalizationError):
        sha256({"café": 1, "cafe\u0301": 2})
