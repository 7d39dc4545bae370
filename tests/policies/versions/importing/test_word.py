import zipfile
from io import BytesIO

import docx
import pytest

from policies.versions.importing import UnreadableFile, lost_text, outline, read_policy
from policies.versions.importing.files import MAX_UNZIPPED_BYTES

PIXEL = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"


def word_file(write):
    document, file = docx.Document(), BytesIO()
    write(document)
    document.save(file)
    return file.getvalue()


def notice(document, section_level=1):
    document.add_paragraph("We sell lamps.")
    document.add_heading("What we keep", section_level)
    paragraph = document.add_paragraph("We keep ")
    paragraph.add_run("little").bold = True
    paragraph.add_run(".")
    document.add_paragraph("your name", style="List Bullet")
    document.add_paragraph("your order", style="List Bullet")
    document.add_heading("California lamps", section_level)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Name", "a year"


def titled(document):
    document.add_heading("Privacy Notice", 0)
    notice(document)


def with_heading_1_as_title(document):
    document.add_heading("Privacy Notice", 1)
    notice(document, 2)


@pytest.mark.parametrize("write", [titled, with_heading_1_as_title])
def test_a_word_file_is_read_whichever_way_its_title_is_set(write, shape_of):
    imported = read_policy("notice.docx", word_file(write))
    assert imported.document["title"] == "Privacy Notice"
    assert shape_of(imported.document) == ["", "What we keep", "California lamps"]
    assert lost_text(imported.visible_text, imported.document) == []


def test_runs_lists_and_tables_keep_their_shape():
    _, kept, california = read_policy("notice.docx", word_file(titled)).document["sections"]
    assert [block["type"] for block in kept["blocks"]] == ["paragraph", "list"]
    assert kept["blocks"][0]["html"] == "We keep <b>little</b>."
    assert california["blocks"][0]["rows"] == [["Name", "a year"]]
    assert california["regimes"] == ["ccpa"]


def test_text_that_is_no_zip_is_no_word_file():
    with pytest.raises(UnreadableFile, match="not a Word file"):
        read_policy("notice.docx", b"Dear reader")


def test_an_old_word_file_is_called_what_it_is():
    with pytest.raises(UnreadableFile, match="old Word file"):
        read_policy("notice.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def zipped(**entries):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def test_a_zip_of_something_else_is_no_word_file():
    with pytest.raises(UnreadableFile, match="zip archive but not"):
        read_policy("notice.docx", zipped(readme="hello"))


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = zipped(word__document_xml=b"0" * (MAX_UNZIPPED_BYTES + 1))
    with pytest.raises(UnreadableFile, match="more than 50 MB"):
        read_policy("notice.docx", bomb)


def test_a_document_type_that_could_expand_is_refused():
    with pytest.raises(UnreadableFile, match="declares a document type"):
        read_policy("notice.docx", zipped(word__document_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'))


def test_a_damaged_word_file_is_refused():
    with pytest.raises(UnreadableFile, match="not a Word file that can be read"):
        read_policy("notice.docx", zipped(word__document_xml="<open>"))


def test_a_doubt_about_a_word_file_has_no_line_number():
    def with_picture(document):
        titled(document)
        document.add_picture(BytesIO(PIXEL))

    imported = read_policy("notice.docx", word_file(with_picture))
    assert imported.unplaced[0].line_number is None
    assert "somewhere: " in outline(imported.document, imported.unplaced)
