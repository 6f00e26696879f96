"""A Word document keeps its headings, lists, numbers and tables; what is not its text is left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from loaders.errors import EmptyFile, LoaderError, UnreadableFile, WrongFormat
from loaders.reading.archives import DOCX
from loaders.reading.docx import read_docx
from loaders.reading.source import open_document
from loaders.text import Text
from tests.loaders.office import altered, archive, letter, sheet, word


def read(document: Any) -> Text:
    return read_docx(word(document), "plan.docx")


def said(text: Text) -> list[tuple[str, int, str | None, str]]:
    return [(block.kind, block.level, block.number, text.words(block)) for block in text.blocks]


def cells(text: Text) -> list[list[str]]:
    return [[text.words(cell) for cell in block.cells] for block in text.blocks if block.kind == "row"]


def test_styles_make_headings_and_lists_of_two_levels() -> None:
    document = docx.Document()
    document.add_heading("Improvement plan", 0)
    document.add_heading("What inspectors found", 2)
    document.add_paragraph("Services are good.")
    document.add_paragraph("Visits are timely", style="List Bullet")
    document.add_paragraph("even in August", style="List Bullet 2")
    document.add_paragraph("Agree the plan", style="List Number")
    document.add_paragraph("Publish it", style="List Number")
    assert said(read(document)) == [
        ("heading", 1, None, "Improvement plan"),
        ("heading", 2, None, "What inspectors found"),
        ("paragraph", 0, None, "Services are good."),
        ("bullet", 1, None, "Visits are timely"),
        ("bullet", 2, None, "even in August"),
        ("paragraph", 0, "1", "Agree the plan"),
        ("paragraph", 0, "2", "Publish it"),
    ]


def test_a_short_bold_paragraph_is_a_heading_and_a_bold_label_is_not() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("Help and protection").bold = True
    document.add_paragraph().add_run("Lead inspector: Ann Lee").bold = True
    document.add_paragraph().add_run("This sentence is bold all through.").bold = True
    assert [kind for kind, *_ in said(read(document))] == ["heading", "paragraph", "paragraph"]


def test_signs_and_numbers_that_are_typed_count_as_those_of_lists() -> None:
    document = docx.Document()
    for words in ("• Visits are timely", "12. Children are safe.", "5.2\tPlans are clear."):
        document.add_paragraph(words)
    assert said(read(document)) == [
        ("bullet", 1, None, "Visits are timely"),
        ("paragraph", 0, "12", "Children are safe."),
        ("paragraph", 0, "5.2", "Plans are clear."),
    ]


def _numbered(document: Any, words: str, list_id: int, level: int) -> None:
    properties = document.add_paragraph(words)._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = list_id


def test_numbers_that_word_prints_without_storing_them_are_printed() -> None:
    document = docx.Document()
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate([("decimal", "%1."), ("decimal", "%1.%2"), ("lowerRoman", "(%3)")])
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    root.insert(0, abstract)
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="88"><w:abstractNumId w:val="77"/></w:num>'))
    for words, level in [
        ("Plan", 0),
        ("Visit", 1),
        ("Write", 1),
        ("at once", 2),
        ("in a week", 2),
        ("Check", 0),
        ("Ask", 1),
    ]:
        _numbered(document, words, 88, level)
    assert [(number, words) for _, _, number, words in said(read(document))] == [
        ("1", "Plan"), ("1.1", "Visit"), ("1.2", "Write"), ("(i)", "at once"), ("(ii)", "in a week"), ("2", "Check"),
        ("2.1", "Ask"),
    ]  # fmt: skip


def test_merged_cells_are_one_and_nested_tables_follow_their_row() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=4)
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            cell.text = f"{at}{column}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "across"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "down"
    inner = table.cell(2, 3).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "left", "right"
    assert cells(read(document)) == [
        ["00", "across", "", "03"],
        ["down", "11", "12", "13"],
        ["", "21", "22", "23"],
        ["left", "right"],
    ]


def test_a_table_of_one_cell_is_a_frame_around_its_paragraphs() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].text = "What must improve"
    cell.add_paragraph("Visits", style="List Bullet")
    assert [(kind, words) for kind, _, _, words in said(read(document))] == [
        ("paragraph", "What must improve"),
        ("bullet", "Visits"),
    ]


def test_headers_footers_and_deleted_words_are_left_out_and_inserted_ones_are_not() -> None:
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text, section.footer.paragraphs[0].text = "OFFICIAL", "Page 1"
    paragraph = document.add_paragraph("Visits are ")
    for tag, inner, words in (("w:del", "w:delText", "rarely "), ("w:ins", "w:t", "always ")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        text.text = words
        text.set(qn("xml:space"), "preserve")
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run("timely.")
    assert read(document).content == "Visits are always timely.\n"


def test_the_paragraphs_of_a_cell_are_one_cell_and_offsets_hold() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "1.1"
    table.cell(0, 1).text = "Audit\nPerformance\tInformation"
    text = read(document)
    assert text.content == "1.1\tAudit Performance Information\n"
    assert cells(text) == [["1.1", "Audit Performance Information"]]
    assert text.page_starts == ()


CONTENT_TYPES = b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.presentationml"/></Types>'
LETTER = letter()
BAD = [
    ("cut.docx", LETTER[: len(LETTER) // 2], UnreadableFile, "damaged or was cut off"),
    ("bomb.docx", altered(LETTER, {"word/media/a.bin": bytes(101 * 2**20)}), UnreadableFile, "would unpack to 101 MB"),
    ("long.docx", altered(LETTER, {"word/other.xml": bytes(31 * 2**20)}), UnreadableFile, "larger than 30 MB"),
    ("macros.docx", altered(LETTER, {"word/vbaProject.bin": b"x"}), UnreadableFile, "holds macros"),
    ("report.pdf", LETTER, WrongFormat, "the name says PDF, but the content is a Word document"),
    ("plan.docx", sheet([["a"]]), WrongFormat, "the name says DOCX, but the content is an Excel workbook"),
    (
        "locked.docx",
        b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        UnreadableFile,
        "asks for a password",
    ),
    ("old.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 99, WrongFormat, "an old Word or Excel file"),
    ("talk.pptx", archive(ppt__slides__a=b"x"), WrongFormat, "a PowerPoint presentation"),
    ("things.zip", archive(a=b"x"), WrongFormat, "a zip archive and no Word or Excel file"),
    (
        "odd.docx",
        altered(LETTER, {"word/document.xml": b"<w:document"}),
        UnreadableFile,
        "the Word document is damaged",
    ),
    ("blank.docx", word(docx.Document()), EmptyFile, "holds no words"),
    ("words.docx", b"only words", WrongFormat, "the name says DOCX, but the content is not"),
]


@pytest.mark.parametrize(("name", "data", "kind", "problem"), BAD, ids=[name for name, *_ in BAD])
def test_a_bad_file_is_named_with_its_problem_and_a_remedy(
    tmp_path: Path, name: str, data: bytes, kind: type[LoaderError], problem: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(kind) as caught:
        open_document(tmp_path / name)
    assert caught.value.file == name
    assert problem in caught.value.problem
    assert caught.value.remedy


def test_a_word_document_is_opened_as_one(tmp_path: Path) -> None:
    (tmp_path / "letter").write_bytes(LETTER)
    source, text = open_document(tmp_path / "letter")
    assert (source.media_type, text.content) == (DOCX, "Visits are timely.\n")


def test_entities_that_grow_without_end_are_refused() -> None:
    lines = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    body = "<w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body>"
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "ha">{lines}]><w:document {nsdecls("w")}>{body}</w:document>'
    with pytest.raises(LoaderError):
        read_docx(altered(LETTER, {"word/document.xml": bomb.encode()}), "bomb.docx")
