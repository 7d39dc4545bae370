"""What was published once reads the same for ever: after an upgrade of Wagtail, of Django, or of our own templates.

`tests/golden/first-release.json` was written by the first release. It is never written again; a change of our renderer
that makes a test here fail is a technical change, for new texts only, and gets a golden file of its own.
"""

import json
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from common import clock
from common.canonical import canonical, sha256
from policies.ledger.models import Entry
from policies.ledger.rules import leaf_hash
from policies.notices.models import Notice
from policies.versions.actions.rerendering import OtherWords, render_anew
from policies.versions.history import History
from policies.versions.models import Rendering, Version, VersionText
from policies.versions.redline import new_of, old_of, with_unchanged
from policies.versions.rendering import section_html
from policies.versions.showing import shown
from tests.factories import policy

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "first-release.json").read_text())
OLD, NEW = GOLDEN["old"], GOLDEN["new"]


@pytest.fixture
def once_published(db):
    """A version of the first release beside a page of today, shown then in markup that nobody writes any more."""
    page = policy()
    work = Version.objects.get().work
    moment = datetime.fromisoformat("2026-11-01T00:00:00+05:00")
    version = Version.objects.create(
        work=work,
        number=2,
        permalink="2026-11-01",
        change_class="editorial",
        announced_at=moment,
        effective_at=moment,
        approval="import",
        sha256=sha256({"en": OLD["sha256"]}),
    )
    once = GOLDEN["as_once_shown"]
    text = VersionText.objects.create(
        version=version,
        language="en",
        title=OLD["content"]["title"],
        content=OLD["content"],
        html=once["html"],
        sha256=OLD["sha256"],
        html_sha256=once["html_sha256"],
        source_sha256=OLD["sha256"],
    )
    return page, text


@pytest.mark.parametrize("text", [OLD, NEW])
def test_a_text_has_the_hash_it_was_given(text):
    assert sha256(text["content"]) == text["sha256"]
    assert sha256(text["html"]) == text["html_sha256"]


@pytest.mark.parametrize("text", [OLD, NEW])
def test_the_renderer_writes_what_it_wrote(text):
    assert {section["id"]: section_html(section) for section in text["content"]["sections"]} == text["html"]


def test_a_stored_redline_still_leads_from_one_text_to_the_other():
    redline = with_unchanged(GOLDEN["redline"], NEW["content"])
    assert (old_of(redline), new_of(redline)) == (OLD["content"], NEW["content"])
    assert [(figure["old"], figure["new"]) for figure in shown(redline)["figures"]] == [("72 hours", "48 hours")]


def test_a_line_of_the_ledger_has_the_leaf_it_was_given():
    entry = GOLDEN["entry"]
    leaf = leaf_hash(
        uid=UUID(entry["uid"]),
        kind=entry["kind"],
        subject=None,
        happened_at=datetime.fromisoformat(entry["happened_at"]),
        facts=entry["facts"],
    )
    assert leaf == entry["leaf"]


def test_visitors_read_it_byte_for_byte_as_it_was_shown(client, once_published):
    page = client.get("/privacy/versions/2026-11-01/").content.decode()
    for body in GOLDEN["as_once_shown"]["html"].values():
        assert body in page
    assert 'data-promise="first_reply"' not in page


def test_its_data_is_the_bytes_that_were_hashed(client, once_published):
    answer = client.get("/privacy/versions/2026-11-01.json")
    assert answer.content == canonical(OLD["content"])
    assert client.get("/api/v1/policies/privacy/versions/2026-11-01").json()["content"] == OLD["content"]


def test_a_template_change_is_a_technical_rendering_and_never_a_version(client, once_published):
    page, text = once_published
    rendering = render_anew(text, because="A pledge is marked up as a promise.")
    assert rendering.html == OLD["html"]
    assert Version.objects.of(page.translation_key).count() == 2
    assert not Notice.objects.exists()
    assert History.of_page(page).text(text.version).html == GOLDEN["as_once_shown"]["html"]
    assert OLD["html"]["5a1c0c1e-0000-4000-8000-000000000003"] in client.get("/privacy/").content.decode()
    assert Entry.objects.get(kind="version.rerendered").facts["html"] == OLD["html_sha256"]
    assert render_anew(text, because="Again.") is None


def test_other_words_are_never_a_technical_matter(once_published):
    _, text = once_published
    html = {key: body.replace("48", "72").replace("little", "everything") for key, body in text.html.items()}
    other = VersionText(pk=text.pk, version=text.version, language="en", content=text.content, html=html)
    with pytest.raises(OtherWords):
        render_anew(other, because="Nobody will notice.")
    assert not Rendering.objects.exists()


def test_the_operator_gives_the_reason(once_published, capsys):
    with pytest.raises(CommandError):
        call_command("render_anew", "privacy", "1999-01-01", because="None.")
    call_command("render_anew", "privacy", "2026-11-01", because="Better tables.")
    assert OLD["html_sha256"] in capsys.readouterr().out
    assert Rendering.objects.get().because == "Better tables."
    assert Rendering.objects.get().made_at <= clock.now()
