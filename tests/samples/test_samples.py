"""The samples are what their labels say: PDFs are remade byte for byte, and every expected quotation is printed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pypdfium2 as pdfium
import pytest

HERE = Path(__file__).parent
EXPECTED = sorted(HERE.glob("*.*.expected.json"))
DOCUMENTS = sorted([*HERE.glob("*.txt"), *HERE.glob("*.pdf")])
DATED = re.compile(r"\b(\w+day),? (\d{1,2} \w+ 20\d\d)\b")


def letters(words: str) -> str:
    """Words without what the layout of a page may change: case, spaces, signs and hyphens."""
    return re.sub(r"[\W_]+", "", words.casefold())


@cache
def printed(name: str) -> str:
    """The words of a sample, its pages joined."""
    path = HERE / name
    if path.suffix == ".txt":
        return path.read_text(encoding="utf-8")
    with pdfium.PdfDocument(path) as document:
        # Without the foot of the page, which would stand in the middle of a sentence that runs over it.
        return "\n".join(page.get_textpage().get_text_bounded(bottom=70) for page in document)


def quotations(expected: dict[str, Any]) -> Iterator[str]:
    """Every stretch that the expectations of one document quote from it."""
    for item in expected["recommendations"]:
        yield from (item["head"], item["tail"])
    for key in ("statistics", "mentions", "sentences"):
        yield from (item["text"] for item in expected[key])
    for key in ("marked", "survives", "inspectors"):
        yield from expected.get(key, [])
    yield from filter(None, (expected["lead"], expected["focus"], expected["authority"]))


def test_pdfs_are_remade_byte_for_byte(tmp_path: Path) -> None:
    pytest.importorskip("reportlab", reason="reportlab makes the sample PDFs; they are also in the repository")
    subprocess.run([sys.executable, HERE / "make_pdfs.py", tmp_path], check=True, timeout=60)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.pdf")}
    assert len(made) == len(list((HERE / "sources").glob("*.source"))) + 2
    assert [str(path) for path, words in made.items() if (HERE / path).read_bytes() != words] == []


def test_the_word_letter_and_the_workbook_are_remade_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, HERE / "formats" / "make_office.py", tmp_path], check=True, timeout=60)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in HERE.glob("formats/*.???x")}
    assert {path.suffix for path in tmp_path.iterdir()} == {".docx", ".xlsx"}


def test_every_document_has_its_expectations() -> None:
    assert [path.name.removesuffix(".expected.json") for path in EXPECTED] == [path.name for path in DOCUMENTS]


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.split(".")[0])
def test_what_is_expected_is_printed(path: Path) -> None:
    words = letters(printed(path.name.removesuffix(".expected.json")))
    expected = json.loads(path.read_text(encoding="utf-8"))
    assert [quoted for quoted in quotations(expected) if letters(quoted) not in words] == []


def test_the_action_plan_holds_the_words_of_every_expected_action() -> None:
    name = "harrowdale-2017-committee-pack.txt"
    words = set(re.findall(r"[\w']+", printed(name)))
    for action in json.loads((HERE / f"{name}.expected.json").read_text(encoding="utf-8"))["actions"]:
        said = [action["action"], action["expected_impact"], action["progress"] or "", *action["leads"]]
        assert set(re.findall(r"[\w']+", " ".join([*said, *action["impact_measure"]]))) <= words, action["ref"]
        year, month, day = action["due"].split("-")
        assert any(f"{day}/{month}/{y}" in printed(name) for y in (year, year[2:])), action["ref"]


def test_the_story_quotes_its_documents() -> None:
    story = json.loads((HERE / "story.json").read_text(encoding="utf-8"))
    quoted = [(row["earlier"], row["recommendation"]) for row in story["revisits"]]
    quoted += [(row["later"], words) for row in story["revisits"] for words in (*row["core"], *row["also"])]
    quoted += [(row[end]["doc"], row[end]["what"]) for row in story["not_links"] for end in ("from", "to")]
    assert [(name, words) for name, words in quoted if letters(words) not in letters(printed(name))] == []


def test_printed_weekdays_are_true() -> None:
    found = [match for path in DOCUMENTS for match in DATED.findall(printed(path.name))]
    dated = [(day, datetime.strptime(when, "%d %B %Y")) for day, when in found]
    assert len(dated) == 4
    assert [(day, when) for day, when in dated if f"{when:%A}" != day] == []


def test_inspections_run_from_a_working_day_to_a_later_one() -> None:
    for path in EXPECTED:
        expected = json.loads(path.read_text(encoding="utf-8"))
        days = [date.fromisoformat(expected[key]) for key in ("start", "end", "published") if expected[key]]
        assert days == sorted(days) and all(day.weekday() < 5 for day in days), path.name


@pytest.mark.parametrize("name", ["saved-page.pdf", "truncated.pdf", "encrypted.pdf"])
def test_broken_pdfs_do_not_open(name: str) -> None:
    with pytest.raises(pdfium.PdfiumError):
        pdfium.PdfDocument(HERE / "broken" / name)


def test_the_locked_pdf_opens_with_its_password() -> None:
    with pdfium.PdfDocument(HERE / "broken" / "encrypted.pdf", password="opensesame") as document:
        assert len(document) == 3


def test_broken_texts_are_empty_and_not_text() -> None:
    assert (HERE / "broken" / "empty.txt").read_bytes() == b""
    with pytest.raises(UnicodeDecodeError):
        (HERE / "broken" / "binary.txt").read_bytes().decode("utf-8")


def test_the_two_authorities_are_neighbours_of_each_other() -> None:
    found = list(ox.parse(path=HERE / "authorities.ttl", format=ox.RdfFormat.TURTLE))
    pairs = {(q.subject.value[-9:], q.object.value[-9:]) for q in found if q.predicate.value.endswith("Neighbour")}
    assert pairs == {("E99000001", "E99000002"), ("E99000002", "E99000001")}
