"""The same document as Word file, web page, Markdown or sheet is understood as it is as text."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from html import escape
from io import StringIO
from itertools import groupby
from pathlib import Path

import docx
import pytest

import ontology
from loaders.reading.docx import read_docx
from loaders.reading.html import read_html
from loaders.reading.markdown import read_markdown
from loaders.reading.source import open_document
from loaders.reading.spreadsheet import read_csv, read_xlsx
from loaders.records import Report, Source
from loaders.text import Block, Text
from loaders.understand import understand
from tests.loaders.office import sheet, word

SAMPLES = Path(__file__).parents[1] / "samples"
DOCUMENTS = (
    "harrowdale-2019-focused-visit-letter.txt",
    "saltmere-2015-single-inspection.txt",
    "saltmere-2024-joint-targeted-inspection.txt",
    "harrowdale-2017-committee-pack.txt",
)
PACK = "harrowdale-2017-committee-pack.txt"


@pytest.fixture(scope="module")
def vocabulary() -> ontology.Vocabulary:
    return ontology.load((SAMPLES / "authorities.ttl",))


def tables(text: Text) -> Iterator[Block | list[list[str]]]:
    """The blocks, those of rows together as tables; cells that hold nothing are empty."""
    for width, group in groupby(text.blocks, key=lambda block: len(block.cells)):
        if width == 0:
            yield from group
        else:
            yield [[text.words(cell) for cell in block.cells] for block in group]


def printed(block: Block, text: Text) -> str:
    """A paragraph with its number."""
    number = f"{block.number}{'' if ')' in block.number or '.' in block.number else '.'} " if block.number else ""
    return number + text.words(block)


def as_docx(text: Text) -> Text:
    document = docx.Document()
    for one in tables(text):
        if isinstance(one, list):
            table = document.add_table(len(one), len(one[0]))
            for row, cells in zip(table.rows, one, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
        elif one.kind == "heading":
            document.add_heading(printed(one, text), min(one.level, 9))
        elif one.kind == "bullet" and one.number is None:
            document.add_paragraph(text.words(one), style="List Bullet" if one.level == 1 else "List Bullet 2")
        else:
            document.add_paragraph(printed(one, text))
    return read_docx(word(document), "a.docx")


def as_html(text: Text) -> Text:
    page = ["<!doctype html><html><head><title>Documents</title></head><body><nav>Home</nav><main>"]
    for one in tables(text):
        if isinstance(one, list):
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in cells) for cells in one)
            page.append("<table>" + "".join(f"<tr>{cells}</tr>" for cells in rows) + "</table>")
        elif one.kind == "heading":
            page.append(f"<h{min(one.level, 6)}>{escape(printed(one, text))}</h{min(one.level, 6)}>")
        elif one.kind == "bullet" and one.number is None:
            opened, closed = "<ul>" * one.level, "</ul>" * one.level
            page.append(f"{opened}<li>{escape(text.words(one))}</li>{closed}")
        else:
            page.append(f"<p>{escape(printed(one, text))}</p>")
    return read_html("\n".join([*page, "</main><footer>Contact</footer></body></html>"]).encode(), "a.html")


def as_markdown(text: Text) -> Text:
    lines: list[str] = []
    for one in tables(text):
        if isinstance(one, list):
            lines += ["| " + " | ".join(cells) + " |" for cells in [one[0], ["---"] * len(one[0]), *one[1:]]]
        elif one.kind == "heading":
            lines.append("#" * min(one.level, 6) + " " + printed(one, text).replace(". ", "\\. ", 1))
        elif one.kind == "bullet" and one.number is None:
            lines.append("  " * (one.level - 1) + "* " + text.words(one))
        else:
            lines.append(printed(one, text).replace(". ", "\\. ", 1))
        lines.append("")
    return read_markdown("\n".join(lines).encode(), "a.md")


FORMATS: dict[str, Callable[[Text], Text]] = {"docx": as_docx, "html": as_html, "markdown": as_markdown}


def report(text: Text, vocabulary: ontology.Vocabulary) -> Report:
    return understand(Source("report", "0" * 64, "text/plain", 1), text, vocabulary)


def stated(found: Report) -> dict[str, object]:
    """What a report says, without where it says it."""
    inspection = found.inspection
    return {
        "kind": found.kind,
        "issued": found.issued,
        "inspection": inspection and (inspection.authorities, inspection.framework, inspection.start, inspection.end),
        "people": inspection and [one.name for one in inspection.inspectors],
        "judgements": [(one.area, one.grade) for one in found.judgements],
        "recommendations": [(one.number, one.kind, one.statement) for one in found.recommendations],
        "actions": [
            (one.reference, one.statement, one.due, one.progress, one.progress_rating, one.impact_measures)
            for plan in found.plans
            for one in plan.actions
        ],
        "resolutions": [(one.item, one.statement) for meeting in found.meetings for one in meeting.resolutions],
        "findings": sorted(one.statement for one in found.findings),
    }


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("form", FORMATS)
def test_a_document_states_the_same_in_every_format(form: str, name: str, vocabulary: ontology.Vocabulary) -> None:
    _, text = open_document(SAMPLES / name)
    assert stated(report(FORMATS[form](text), vocabulary)) == stated(report(text, vocabulary))


def plan_rows(text: Text) -> list[list[str]]:
    """The plan of the pack as a sheet: each recommendation on a row of its own, its table below."""
    begin = next(at for at, block in enumerate(text.blocks) if text.words(block).endswith("IMPROVEMENT PLAN"))
    return [[text.words(cell) for cell in block.cells] or [text.words(block)] for block in text.blocks[begin:]]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_plan_kept_as_a_sheet_has_the_same_actions(form: str, vocabulary: ontology.Vocabulary) -> None:
    _, text = open_document(SAMPLES / PACK)
    rows = plan_rows(text)
    if form == "csv":
        out = StringIO()
        csv.writer(out).writerows(rows)
        kept = read_csv(out.getvalue().encode(), "plan.csv")
    else:
        kept = read_xlsx(sheet(rows), "plan.xlsx")
    found = report(kept, vocabulary)
    assert found.kind == "action-plan"
    expected = stated(report(text, vocabulary))
    assert [stated(found)[key] for key in ("actions", "recommendations")] == [
        expected[key] for key in ("actions", "recommendations")
    ]
