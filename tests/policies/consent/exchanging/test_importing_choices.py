"""Choices that people made elsewhere: entered once, marked as foreign, and nobody's name in the ledger."""

import csv
import hashlib
import io
import json
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from common import clock
from policies.consent.deciding import check
from policies.consent.models import Choice, ImportedPerson
from policies.ledger.models import Entry, Kind
from tests.policies.consent.visitors import Visitor, ledger

YESTERDAY = (clock.now() - timedelta(days=1)).replace(microsecond=0)
SARA = {
    "person": "sara@example.com",
    "purpose": "email_offers",
    "granted": True,
    "chosen_at": YESTERDAY.isoformat(),
    "method": "checkbox",
    "wording": "Yes, send me offers.",
}


@pytest.fixture
def imports(tmp_path, version):
    """Runs the import of some lines; what it said."""

    def _import(*lines, name="choices.jsonl", **options):
        file = tmp_path / name
        if lines:
            file.write_bytes(b"".join(_bytes(each) + b"\n" for each in lines))
        out = io.StringIO()
        wanted = {"system": "old shop", "signed_by": "Privacy officer", "policy_version": version.permalink} | options
        call_command("import_choices", str(file), stdout=out, stderr=out, **wanted)
        return out.getvalue()

    return _import


def _bytes(row):
    return row if isinstance(row, bytes) else json.dumps(row).encode()


def imported():
    return [entry for entry in ledger() if "foreign" in entry.facts]


def test_a_choice_is_entered_as_foreign(imports, version, tmp_path):
    assert "Entered 1." in imports(SARA)
    [entry] = imported()
    row, file = Choice.objects.get(), hashlib.sha256((tmp_path / "choices.jsonl").read_bytes()).hexdigest()
    assert (entry.kind, entry.facts["method"]) == ("consent.given", "signed_import")
    assert entry.facts["version"]["permalink"] == version.permalink
    foreign = entry.facts["foreign"]
    assert (foreign["system"], foreign["file"], foreign["method"]) == ("old shop", file, "checkbox")
    assert foreign["chosen_at"].startswith(YESTERDAY.isoformat()[:19])
    assert foreign["wording"] == hashlib.sha256(b"Yes, send me offers.").hexdigest()
    assert (row.method, row.wording, row.entry, row.subject) == ("signed_import", None, entry, entry.subject)
    assert check(row.subject, "email_offers").verdict.allowed


def test_the_run_is_signed_for(imports):
    imports(SARA)
    facts = Entry.objects.get(kind=Kind.CHOICES_IMPORTED).facts
    assert (facts["system"], facts["signed_by"], facts["lines"], facts["entered"]) == (
        "old shop",
        "Privacy officer",
        1,
        1,
    )
    assert facts["file"] == imported()[0].facts["foreign"]["file"]


def test_nobodys_name_stands_in_the_ledger(imports):
    imports(SARA)
    plain = [hashlib.sha256(words).hexdigest() for words in (b"sara@example.com", _bytes(SARA), _bytes(SARA) + b"\n")]
    told = json.dumps([[entry.facts, str(entry.uid), str(entry.subject)] for entry in imported()])
    assert "sara" not in told
    assert plain[0] not in told
    assert plain[1] not in told
    assert "sara" not in json.dumps(list(ImportedPerson.objects.values("key", "salt")))


def test_running_it_twice_imports_nothing_twice(imports):
    imports(SARA)
    said = imports(SARA)
    assert "Entered 0. Left out: 1 imported before" in said
    assert len(ledger()) == 2


def test_another_format_and_order_is_the_same_choice(imports):
    imports(SARA)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(reversed(SARA)))
    writer.writeheader()
    writer.writerow(SARA | {"granted": "Yes"})
    assert "1 imported before" in imports(out.getvalue().encode(), name="choices.csv")


def test_one_person_is_one_subject_in_every_file(imports):
    imports(SARA)
    imports(SARA | {"purpose": "email_guides", "granted": False})
    assert len({row.subject for row in Choice.objects.all()}) == 1
    imports(SARA, system="another shop")
    assert len({row.subject for row in Choice.objects.all()}) == 2


def test_the_order_is_that_in_which_people_chose(imports):
    before = SARA | {"chosen_at": (YESTERDAY - timedelta(days=3)).isoformat()}
    imports(SARA | {"granted": False}, before)
    assert [entry.kind for entry in imported()] == ["consent.given", "consent.withdrawn"]
    assert Choice.objects.get().state == "withdrawn"


def test_what_is_older_than_what_is_on_record_changes_nothing(imports):
    imports(SARA | {"granted": False})
    said = imports(SARA | {"chosen_at": (YESTERDAY - timedelta(days=3)).isoformat()})
    assert "1 older than what is on record" in said
    assert Choice.objects.get().state == "refused"


def test_a_yes_that_has_run_out_is_entered_and_allows_nothing(imports):
    imports(SARA | {"chosen_at": (YESTERDAY - timedelta(days=400)).isoformat()})
    assert check(Choice.objects.get().subject, "email_offers").verdict.because == "expired"


def test_people_who_chose_here_are_left_alone(imports):
    bilal = Visitor()
    bilal.answers(all="yes")
    before = set(Choice.objects.values_list("subject", "purpose", "state"))
    imports(SARA | {"purpose": "performance", "granted": False})
    assert before < set(Choice.objects.values_list("subject", "purpose", "state"))


def test_looking_imports_nothing(imports):
    assert "1 good" in imports(SARA, check=True)
    assert not ledger()
    assert not ImportedPerson.objects.exists()


BAD = {
    "future": (SARA | {"chosen_at": (YESTERDAY + timedelta(days=9)).isoformat()}, "in the future"),
    "no zone": (SARA | {"chosen_at": "2025-01-01T10:00:00"}, "no time zone"),
    "no moment": (SARA | {"chosen_at": "yesterday"}, "must be a moment"),
    "a number": (SARA | {"chosen_at": 1735725600}, "must be a moment"),
    "long ago": (SARA | {"chosen_at": "0001-01-01T00:00:00+14:00"}, "must be a moment"),
    "before": (SARA | {"chosen_at": "1999-01-01T00:00:00+00:00"}, "before the year 2000"),
    "purpose": (SARA | {"purpose": "mining"}, "no purpose “mining”"),
    "essential": (SARA | {"purpose": "essential"}, "no purpose “essential”"),
    "granted": (SARA | {"granted": "perhaps"}, "true or false"),
    "two": (SARA | {"granted": 2}, "true or false"),
    "method": (SARA | {"method": "scroll"}, "deliberate act"),
    "no method": ({name: value for name, value in SARA.items() if name != "method"}, "“method” is missing"),
    "nobody": (SARA | {"person": "  "}, "1 to 200"),
    "long name": (SARA | {"person": "x" * 201}, "1 to 200"),
    "controls": (SARA | {"person": "sara\x00"}, "must be text"),
    "half a letter": (SARA | {"wording": "\ud800"}, "must be text"),
    "version": (SARA | {"version": "1066-10-14"}, "no version “1066-10-14”"),
    "field": (SARA | {"email": "x"}, "no field “email”"),
    "a list": (b"[1]", "not an object"),
    "no json": (b"{", "not JSON"),
    "deep": (b"[" * 9000, "not JSON"),
    "nan": (b'{"person": NaN}', "NaN is not a number"),
    "twice": (b'{"granted": true, "granted": false}', "stands twice"),
    "latin": ('{"person": "Zoé"}'.encode("latin-1"), "not UTF-8"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_line_is_told_by_its_number_and_nothing_is_imported(imports, name):
    bad, said = BAD[name]
    with pytest.raises(CommandError, match="Nothing was imported"):
        imports(SARA, bad)
    assert not ledger()
    told = imports(SARA, bad, skip_bad=True)
    assert "Line 2: " in told
    assert said in told
    assert len(imported()) == 1


def test_a_line_that_stands_twice_is_told(imports):
    assert "It repeats line 1." in imports(SARA, SARA, skip_bad=True)
    assert "It contradicts line 1" in imports(SARA, SARA | {"granted": False}, skip_bad=True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (json.dumps(SARA).encode("utf-16"), "not UTF-8"),
        (b"x" * 70_000, "longer than"),
        (b"\x00\x00\x00", "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(imports, content, said):
    with pytest.raises(CommandError, match=said):
        imports(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"person,person\n1,2", "same name"),
        (b'person,purpose\n"1,2', "not CSV"),
    ],
)
def test_broken_csv_is_told(imports, content, said):
    with pytest.raises(CommandError, match=said):
        imports(content, name="choices.csv")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"person;purpose\n1;2", "no field"),
        (b"person,purpose\n1,2,3", "3 cells under 2 headings"),
        ("person,purpose\né,2".encode("latin-1"), "not UTF-8"),
    ],
)
def test_wrong_rows_of_csv_are_told(imports, content, said):
    assert said in imports(content, name="choices.csv", skip_bad=True)


def test_a_file_from_a_spreadsheet_with_its_mark_is_read(imports):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(SARA))
    writer.writeheader()
    writer.writerow(SARA | {"wording": "Yes,\nsend me offers."})
    assert "Entered 1." in imports(b"\xef\xbb\xbf" + out.getvalue().encode(), name="choices.csv")


def test_without_a_version_nothing_can_be_imported(imports, version):
    with pytest.raises(CommandError, match="Nothing was imported"):
        imports(SARA, policy_version="")
    with pytest.raises(CommandError, match="no version “2001-01-01”"):
        imports(SARA, policy_version="2001-01-01")
    assert "Entered 1." in imports(SARA | {"version": version.permalink}, policy_version="")


@pytest.mark.parametrize("option", ["system", "signed_by"])
def test_somebody_must_answer_for_it(imports, option):
    with pytest.raises(CommandError, match="1 to 120"):
        imports(SARA, **{option: " "})


def test_a_file_that_is_not_there_is_told(imports):
    with pytest.raises(CommandError, match="cannot be read"):
        imports(name="nothing.jsonl")


def test_an_empty_file_imports_nothing(imports):
    assert "0 read" in imports(b"")
    assert not ledger()


def test_ten_thousand_choices_are_imported_in_a_minute(imports):
    rows = [SARA | {"person": f"person{number}@example.com"} for number in range(10_000)]
    started = time.perf_counter()
    assert "Entered 10000." in imports(*rows)
    assert time.perf_counter() - started < 60
    assert Choice.objects.count() == 10_000


def test_who_is_erased_leads_to_nothing(imports):
    imports(SARA)
    [entry] = imported()
    ImportedPerson.objects.all().delete()
    imports(SARA)
    assert entry.uid not in {each.uid for each in imported()[1:]}
    assert len({each.facts["foreign"]["line"] for each in imported()}) == 2


def test_the_answer_by_api_says_that_the_proof_is_foreign(imports, client, admin_user):
    from wagtail.models import APIToken

    imports(SARA)
    token = APIToken.create_token(user=admin_user, name="test")[1]
    query = {"purpose": "email_offers", "subject": Choice.objects.get().subject}
    told = client.get("/api/v1/choices/check", query, headers={"Authorization": f"Bearer {token}"}).json()
    assert (told["allowed"], told["foreign"], told["wording"]) == (True, True, None)
    assert told["chosen_at"].startswith(YESTERDAY.isoformat()[:19])
