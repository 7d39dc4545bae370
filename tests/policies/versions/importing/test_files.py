import pytest

from policies.versions.importing import UnreadableFile, read_policy
from policies.versions.importing.files import MAX_BYTES


def complaint(name, content, **wishes):
    with pytest.raises(UnreadableFile) as refused:
        read_policy(name, content, **wishes)
    return str(refused.value)


def test_an_unknown_kind_of_file_is_refused_by_name():
    assert complaint("policy.odt", b"x").startswith("policy.odt is of no kind known here")


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "docx"])
def test_an_empty_file_is_refused(suffix):
    assert "is empty" in complaint(f"policy.{suffix}", b"")


@pytest.mark.parametrize("suffix", ["txt", "md", "html"])
def test_white_space_alone_is_empty(suffix):
    assert "is empty" in complaint(f"policy.{suffix}", b"\xef\xbb\xbf \r\n\t\n")


@pytest.mark.parametrize(("suffix", "text"), [("txt", "Our Policy"), ("md", "# Policy"), ("html", "<h1>Policy</h1>")])
def test_a_title_without_a_text_is_refused(suffix, text):
    assert "no text" in complaint(f"policy.{suffix}", text.encode())


def test_fifty_megabytes_are_refused_before_they_are_read(tmp_path):
    huge = tmp_path / "policy.txt"
    with huge.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert complaint(huge, None) == "policy.txt has 50.0 MB; a policy may have at most 5 MB."


def test_content_over_the_limit_is_refused_as_well():
    assert "at most 5 MB" in complaint("policy.txt", b"a" * (MAX_BYTES + 1))


def test_a_missing_file_is_a_sentence_not_a_traceback(tmp_path):
    assert "cannot be opened" in complaint(tmp_path / "policy.txt", None)


@pytest.mark.parametrize("content", [b"text\x00text", b"\x7fELF\x02\x01\x01\x00\xff", b"ring the \x07 bell"])
def test_binary_content_is_refused(content):
    assert "binary" in complaint("policy.txt", content)


@pytest.mark.parametrize(
    ("magic", "kind"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"{\\rtf1", "an RTF file"),
        (b"\x89PNG\r\n", "a PNG image"),
        (b"PK\x03\x04", "a zip archive"),
    ],
)
def test_a_file_under_a_false_name_is_called_what_it_is(magic, kind):
    assert f"is {kind}" in complaint("policy.txt", magic + b"...")


def test_a_page_saved_as_text_is_sent_to_the_right_reader():
    assert "ending in .html" in complaint("policy.txt", b"<!DOCTYPE html><p>Hello")


def test_a_wrong_encoding_is_shown_by_line_and_byte():
    message = complaint("policy.txt", "Our Policy\nWir schützen Sie".encode("cp1252"))
    assert "line 2, byte 18 is 0xfc" in message
    assert "Save it as UTF-8" in message


def test_an_encoding_can_be_named():
    imported = read_policy("policy.txt", "Our Policy\nWir schützen Sie.".encode("cp1252"), encoding="cp1252")
    assert imported.document["sections"][0]["blocks"][0]["html"] == "Wir schützen Sie."


def test_an_encoding_nobody_knows_is_refused():
    assert "no encoding called" in complaint("policy.txt", b"Hello there.", encoding="klingon")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks_are_understood(encoding):
    imported = read_policy("policy.txt", "Our Policy\nWir schützen Sie.".encode(encoding))
    assert imported.document["title"] == "Our Policy"
