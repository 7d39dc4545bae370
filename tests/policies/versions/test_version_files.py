"""One version to keep: the bytes that were hashed, plain text for people, and a PDF for every reader's device."""

import hashlib
import io
import json
import re
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from common import clock
from common.canonical import sha256
from policies.versions import formats
from policies.versions.formats import Imprint
from policies.versions.formats.pdf.content import content_of
from policies.versions.formats.pdf.typesetting import typeset
from policies.versions.models import Version, VersionFile, VersionText
from policies.versions.rendering import plain
from tests.factories import newest, policy
from tests.policies.versions.test_golden import NEW

pytestmark = pytest.mark.django_db

IMPRINT = Imprint(
    address="https://example.com/privacy/versions/2026-12-22/", publisher="Buy Inverter", contact=("Lahore",)
)
HOSTILE = [
    "#eval(1)",
    "$x^2$",
    "*not bold*",
    "\\u{1F600}",
    "@label",
    "<b>no tag</b>",
    "\u202eright to left",
    "a" * 400,
    "`code`",
    "= no heading",
]


def text_of(content, language="en"):
    """A text that nobody has stored."""
    moment = clock.now()
    version = Version(permalink="2026-12-22", announced_at=moment, effective_at=moment, sha256="0" * 64)
    return VersionText(
        version=version,
        language=language,
        title=content["title"],
        content=content,
        sha256=sha256(content),
        added_at=moment,
    )


def document(*words, heading="A heading"):
    blocks = [{"type": "paragraph", "html": each.replace("&", "&amp;").replace("<", "&lt;")} for each in words]
    section = {"id": "s", "anchor": "a", "heading": heading, "regimes": [], "blocks": blocks}
    return {"title": "Privacy policy", "sections": [section]}


def read(pdf):
    return PdfReader(io.BytesIO(pdf))


def words_of(pdf):
    """What a machine reads in it, spaces aside: lines are broken anywhere."""
    return re.sub(r"\s|-\n", "", "".join(page.extract_text() for page in read(pdf).pages))


def squeezed(html):
    return re.sub(r"\s", "", plain(html))


def test_the_data_are_the_bytes_that_were_hashed():
    text = text_of(NEW["content"])
    assert hashlib.sha256(formats.as_json(text)).hexdigest() == text.sha256 == NEW["sha256"]


def test_the_plain_text_has_every_block_and_every_address():
    said = formats.as_text(text_of(NEW["content"]), IMPRINT)
    for words in (
        "From you",
        "your address, to deliver",
        "1. first you ask",
        "takes the payment and checks it",
        "We answer within 48 hours.",
    ):
        assert words in " ".join(said.split())
    assert "Invoices" in said
    assert "7 years" in said
    assert NEW["sha256"] in said
    assert IMPRINT.address in said
    assert max(map(len, said.splitlines())) <= 100


def test_the_pdf_is_tagged_titled_and_knows_its_language():
    pdf = read(formats.as_pdf(text_of(NEW["content"]), IMPRINT))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("en")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == NEW["content"]["title"]
    assert b"pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_object().get_data()


def test_the_pdf_says_every_sentence_of_an_english_text():
    content = document("We keep little.", "We say why, and until when.", "Write to us at any time.")
    said = words_of(formats.as_pdf(text_of(content), IMPRINT))
    for sentence in ("We keep little.", "We say why, and until when.", "Write to us at any time."):
        assert said.count(squeezed(sentence)) == 1


def test_an_urdu_text_is_set_from_the_right_with_its_own_font():
    content = document("آپ ہمیں لکھ سکتے ہیں۔", heading="رابطہ")
    pdf = read(formats.as_pdf(text_of(content, "ur"), IMPRINT))
    assert str(pdf.trailer["/Root"]["/Lang"]).startswith("ur")
    fonts = {str(font.get_object()["/BaseFont"]) for page in pdf.pages for font in page["/Resources"]["/Font"].values()}
    assert any("Nastaliq" in name for name in fonts), fonts


def test_the_sections_are_in_the_outline():
    pdf = read(formats.as_pdf(text_of(NEW["content"]), IMPRINT))
    titles = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    nested = [
        each.title for entry in pdf.outline if isinstance(entry, list) for each in entry if not isinstance(each, list)
    ]
    assert {"What we collect", "Partners", "Your rights"} <= {*titles, *nested}


@pytest.mark.parametrize("words", HOSTILE)
def test_no_word_is_read_as_markup(words):
    said = words_of(formats.as_pdf(text_of(document(f"Before {words} after.")), IMPRINT))
    assert "Before" in said
    assert ("after." in said) or ".retfa" in said  # an override turns what follows


def test_two_processes_write_the_same_bytes():
    text = newest(policy()).texts.get()
    content = content_of(text, IMPRINT)
    code = (
        "import sys, json, hashlib, datetime; sys.path[:0] = ['site', '.']\n"
        "import django; django.setup()\n"
        "from policies.versions.formats.pdf.typesetting import typeset\n"
        "content, moment = json.loads(sys.stdin.read())\n"
        "pdf = typeset(content, made_at=datetime.datetime.fromisoformat(moment))\n"
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    told = json.dumps([content, text.added_at.isoformat()])
    there = subprocess.run(
        [sys.executable, "-c", code], input=told, capture_output=True, text=True, check=True, timeout=60
    )
    here = typeset(content, made_at=text.added_at)
    assert there.stdout.strip() == hashlib.sha256(here).hexdigest()


def test_it_is_made_once_whoever_asks():
    text = newest(policy()).texts.select_related("version__work").get()
    assert formats.stored_pdf(text) == formats.stored_pdf(text)
    stored = VersionFile.objects.get()
    assert hashlib.sha256(bytes(stored.content)).hexdigest() == stored.sha256


@given(
    words=st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=60), min_size=1, max_size=4
    )
)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_becomes_a_file(words):
    text = text_of(document(*words))
    assert formats.as_pdf(text, IMPRINT).startswith(b"%PDF-")
    assert formats.as_text(text, IMPRINT)
