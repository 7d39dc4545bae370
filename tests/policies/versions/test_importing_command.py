"""A policy that somebody already has becomes its first version."""

from io import StringIO
from pathlib import Path

import docx
import pytest
from django.core.management import CommandError, call_command

from policies.notices.models import Notice
from policies.versions.models import Version
from tests.factories import home

pytestmark = pytest.mark.django_db

TEXT = """PRIVACY POLICY
We sell boats. This is what we do with what you tell us.

Information We Collect
We collect little:
- your name
- your address

Data Retention
Invoices: Kept for 7 years.
Letters: Kept for 2 years.

Contact
Write to boats@example.com.
"""


@pytest.fixture
def policy_file(tmp_path):
    home()
    path = tmp_path / "privacy.txt"
    path.write_text(TEXT)
    return path


def import_policy(path, **options):
    out = StringIO()
    call_command("import_policy", path, stdout=out, **options)
    return out.getvalue()


def test_it_is_published_under_the_slug_of_its_title(policy_file, client):
    from datetime import date

    import_policy(policy_file, title="Privacy Policy", effective_on=date(2026, 1, 5))
    version = Version.objects.get()
    assert (version.work.slug, version.permalink, version.approval) == ("privacy-policy", "2026-01-05", "import")
    page = client.get("/privacy-policy/").content.decode()
    assert "Kept for 7 years." in page
    assert not Notice.objects.exists()


def test_the_same_text_again_changes_nothing(policy_file):
    import_policy(policy_file)
    assert "Nothing changed" in import_policy(policy_file)
    assert Version.objects.count() == 1


def test_a_later_text_is_the_next_version(policy_file):
    import_policy(policy_file)
    policy_file.write_text(TEXT.replace("7 years", "6 years"))
    import_policy(policy_file, summary="Six years.")
    assert [version.number for version in Version.objects.order_by("number")] == [1, 2]
    assert not Version.objects.get(number=2).is_coming()


def test_a_version_cannot_take_effect_before_the_one_before_it(policy_file):
    from datetime import date

    import_policy(policy_file, effective_on=date(2026, 2, 1))
    policy_file.write_text(TEXT.replace("7 years", "6 years"))
    with pytest.raises(CommandError, match="cannot be earlier"):
        import_policy(policy_file, effective_on=date(2026, 1, 1))


def test_the_outline_can_be_read_before_anything_is_published(policy_file):
    out = import_policy(policy_file, outline=True)
    assert "Data Retention" in out
    assert "Every sentence of the file is there, once and in order." in out
    assert not Version.objects.exists()


@pytest.mark.parametrize("suffix", ["md", "html", "docx"])
def test_other_kinds_of_files_are_read_too(tmp_path, suffix):
    home()
    path = tmp_path / f"privacy.{suffix}"
    if suffix == "docx":
        document = docx.Document()
        document.add_heading("Privacy", 0)
        document.add_heading("Contact", 1)
        document.add_paragraph("Write to us.")
        document.save(path)
    else:
        path.write_text(
            {"md": "# Privacy\n\n## Contact\n\nWrite to us.\n"}.get(suffix)
            or "<h1>Privacy</h1><h2>Contact</h2><p>Write to us."
        )
    import_policy(path)
    assert Version.objects.get().work.slug == "privacy"


@pytest.mark.parametrize(
    "content",
    [b"", b"   \n", b"\x00\x01\x02" * 100, "Grüße an alle".encode("latin-1"), b"x" * 50_000_000],
    ids=["empty", "blank", "binary", "wrong encoding", "50 MB"],
)
def test_what_cannot_be_read_is_a_clear_error(tmp_path, content):
    home()
    path = tmp_path / "privacy.txt"
    path.write_bytes(content)
    with pytest.raises(CommandError) as error:
        import_policy(path)
    assert "Traceback" not in str(error.value)
    assert "privacy.txt" in str(error.value)


def test_a_file_that_is_not_there_is_a_clear_error():
    home()
    with pytest.raises(CommandError):
        import_policy(Path("nowhere.txt"))


def test_without_a_home_page_in_the_language_it_says_what_to_do(policy_file):
    with pytest.raises(CommandError, match="load_example"):
        import_policy(policy_file, language="ur")
