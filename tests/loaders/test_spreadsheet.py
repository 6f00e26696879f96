"""A plan kept as a sheet gives a row of true cells a row, whatever separates or encodes them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

import ontology
from loaders.errors import EmptyFile, LoaderError, UnreadableFile, WrongFormat
from loaders.packs.plans import Place, read_plan
from loaders.reading.archives import XLSX
from loaders.reading.source import open_document
from loaders.reading.spreadsheet import read_csv, read_xlsx, separator, shown
from loaders.text import Text
from tests.loaders.office import altered, sheet, workbook

HEADER = ("Ref", "Action", "Expected impact", "Lead", "Due", "Progress", "RAG")
ROWS = (
    ("1.1", "Recruit; train and keep\nthree officers", "Less drift", "Ann Lee", "28/02/2018", "Two, of three", "Green"),
    ("1.10", "Visit “daily”", "Trust", "Bo Ray", "31/03/2018", "", "Red"),
)


@pytest.fixture(scope="module")
def vocabulary() -> ontology.Vocabulary:
    return ontology.load()


def cells(text: Text) -> list[list[str]]:
    return [[text.words(cell) for cell in block.cells] for block in text.blocks if block.kind == "row"]


def csv_of(sign: str, encoding: str = "utf-8") -> bytes:
    lines = ["Saltmere improvement plan", "", *(sign.join(f'"{cell}"' for cell in row) for row in (HEADER, *ROWS))]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_csv_is_read_whatever_its_separator_and_encoding(sign: str, encoding: str) -> None:
    text = read_csv(csv_of(sign, encoding), "plan.csv")
    assert (text.blocks[0].kind, text.words(text.blocks[0])) == ("heading", "Saltmere improvement plan")
    assert cells(text) == [list(HEADER), *([" ".join(cell.split()) for cell in row] for row in ROWS)]


def test_a_separator_that_the_file_names_is_used() -> None:
    assert cells(read_csv(b"sep=;\r\na,b;c,d\r\n", "plan.csv")) == [["a,b", "c,d"]]


def test_commas_in_prose_do_not_outvote_the_separator() -> None:
    assert separator("Ref;Action\n1;Visit, ask, write\n2;Listen, and act\n") == ";"


def test_a_sheet_shows_dates_numbers_and_merged_cells_as_printed() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Saltmere plan"])
    page.append(["Ref", "Action", "Due", "Share", "Cost", ""])
    page.append([1.1, "Visit", date(2018, 2, 28), 0.44, 85000, None])
    page.append([1.1, None, datetime(2018, 3, 1, 9), "#N/A", None, None])
    page["A4"].number_format, page["D3"].number_format, page["E3"].number_format = "0.00", "0%", '"£"#,##0'
    page["C4"].number_format = "mmm yyyy"
    page.merge_cells("B3:B4")
    page["A6"] = "Key: Green"
    page["A6"].font = Font(bold=True)
    text = read_xlsx(workbook(book), "plan.xlsx")
    assert cells(text) == [
        ["Ref", "Action", "Due", "Share", "Cost"],
        ["1.1", "Visit", "28/02/2018", "44%", "£85,000"],
        ["1.10", "", "March 2018", "", ""],
    ]
    assert [(block.kind, text.words(block)) for block in text.blocks if block.kind != "row"] == [
        ("heading", "Saltmere plan"),
        ("paragraph", "Key: Green"),
    ]


def test_hidden_sheets_are_left_out_and_several_are_named() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Ref", "Action"])
    for title in ("Lists", "Health", "Empty"):
        book.create_sheet(title)
    book["Lists"].append(["Green", "Amber"])
    book["Lists"].sheet_state = "hidden"
    assert cells(read_xlsx(workbook(book), "a.xlsx")) == [["Ref", "Action"]]
    book["Health"].append(["Ref", "Task"])
    assert read_xlsx(workbook(book), "a.xlsx").content == "Sheet\nRef\tAction\nHealth\nRef\tTask\n"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_plan_of_a_sheet_is_read_field_by_field(form: str, vocabulary: ontology.Vocabulary) -> None:
    text = read_csv(csv_of(";"), "a.csv") if form == "csv" else read_xlsx(sheet([HEADER, *ROWS]), "a.xlsx")
    plan = read_plan(text.blocks, text, vocabulary, Place(None, "body"))
    assert plan is not None
    found = [(one.reference, one.statement, one.leads[0].name, one.due, one.progress) for one in plan.plan.actions]
    assert found == [
        ("1.1", "Recruit; train and keep three officers", "Ann Lee", date(2018, 2, 28), "Two, of three"),
        ("1.10", "Visit “daily”", "Bo Ray", date(2018, 3, 31), None),
    ]


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [(3, "General", "3"), (1.1, "General", "1.1"), (True, "General", "True"), (2.5, "0.0", "2.5"), ("5.", "@", "5.")],
)
def test_a_value_is_shown_as_its_form_says(value: object, form: str, words: str) -> None:
    assert shown(value, form) == words


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Ref", "far"
    assert read_xlsx(workbook(book), "a.xlsx").content == "Ref\n"


PLAN = sheet([HEADER, *ROWS])
BAD = [
    ("plan.xlsx", PLAN[: len(PLAN) // 3], UnreadableFile, "damaged or was cut off"),
    ("macros.xlsm", altered(PLAN, {"xl/vbaProject.bin": b"x"}), UnreadableFile, "holds macros"),
    ("big.xlsx", altered(PLAN, {"xl/worksheets/sheet1.xml": b" " * (31 * 2**20)}), UnreadableFile, "larger than 30 MB"),
    ("odd.xlsx", altered(PLAN, {"xl/workbook.xml": b"<workbook"}), UnreadableFile, "the workbook is damaged"),
    ("plan.csv", PLAN, WrongFormat, "the name says CSV, but the content is an Excel workbook"),
    ("long.csv", b'"' + b"a" * 200_000, UnreadableFile, "the CSV is broken"),
    ("many.csv", b"a,b,c\n" * 70_000, UnreadableFile, "more than 200000 cells"),
    ("blank.csv", b",,,\n,,\n", EmptyFile, "holds no words"),
    ("blank.xlsx", sheet([]), EmptyFile, "holds no words"),
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


def test_a_workbook_is_opened_as_one(tmp_path: Path) -> None:
    (tmp_path / "plan").write_bytes(PLAN)
    assert open_document(tmp_path / "plan")[0].media_type == XLSX
