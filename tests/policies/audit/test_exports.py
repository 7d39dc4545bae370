"""What the auditor takes home."""

import csv
import io

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from common.spreadsheets import guarded


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
def test_what_could_be_a_formula_is_written_as_text(start):
    assert guarded(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("value", ["privacy", "", "a=1", 7, -7, None])
def test_everything_else_is_left_as_it_is(value):
    assert guarded(value) == value


def test_translated_words_are_guarded_too():
    assert guarded(gettext_lazy("=1+1")) == "'=1+1"


def _csv(auditor):
    sheet = auditor.get(reverse("audit:versions"), {"export": "csv"}).getvalue().decode()
    return list(csv.DictReader(io.StringIO(sheet)))


def _xlsx(auditor):
    answer = auditor.get(reverse("audit:versions"), {"export": "xlsx"})
    book = load_workbook(io.BytesIO(answer.getvalue()))
    head, *rows = book.active.iter_rows()
    return [{name.value: cell for name, cell in zip(head, row, strict=True)} for row in rows]


def test_csv_holds_whole_hashes_and_people(auditor, second, first):
    newer, older = _csv(auditor)
    assert (newer["SHA-256"], older["SHA-256"]) == (second.sha256, first.sha256)
    assert newer["Written by"] == "editor"
    assert newer["Languages"] == "en"


def test_so_does_xlsx(auditor, second, first):
    newer, older = _xlsx(auditor)
    assert (newer["SHA-256"].value, older["SHA-256"].value) == (second.sha256, first.sha256)
    assert newer["Written by"].value == "editor"


def test_a_name_made_like_a_formula_harms_no_spreadsheet(auditor, second):
    User.objects.filter(username="editor").update(first_name='=HYPERLINK("//evil.example")')
    assert _csv(auditor)[0]["Written by"].startswith("'=HYPERLINK")
    assert _xlsx(auditor)[0]["Written by"].data_type == "s"


def test_an_export_holds_what_the_filters_leave(auditor, second, many):
    many(2)
    answer = auditor.get(reverse("audit:versions"), {"export": "csv", "work": second.work.pk})
    assert len(answer.getvalue().decode().splitlines()) == 3
