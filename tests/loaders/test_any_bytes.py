"""Whatever the bytes and whatever the name: a text whose offsets hold, or one clear error, in bounded time."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.errors import LoaderError
from loaders.reading.source import SUFFIXES, open_document
from loaders.text import Text
from tests.loaders.drawn import FILLING, lines, pdf
from tests.loaders.drawn_plans import in_one_table
from tests.loaders.office import altered, sheet, word

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = ["a", *(f"a{suffix}" for suffix in SUFFIXES)]
UNHURRIED = settings(max_examples=60, deadline=5_000, suppress_health_check=[HealthCheck.function_scoped_fixture])
PAGE = (
    b"<!doctype html><html><body><nav>a</nav><main><h1>Plan</h1><ul><li>One<ol><li>two</ol></ul>"
    b"<table><tr><td rowspan=2>1<td colspan=3>2</tr><tr><td>3</table><p>Words<br><br>more</main>"
)
NOTES = b"# Plan\n\n- one\n  - two\n\n| Ref | Action |\n|---|---|\n| 1.1 | Visit |\n\n1. first\n"
TABLE = b'Plan,,\r\nRef,Action,Lead\r\n1.1,"Visit, daily",Ann\r\n'


@cache
def whole(form: str) -> bytes:
    """A sound document of each form."""
    if form == "a.docx":
        document = docx.Document()
        document.add_heading("Plan")
        document.add_paragraph("Visits", style="List Number 2")
        document.add_table(2, 3).cell(0, 0).text = "Ref"
        return word(document)
    if form == "a.pdf":
        return pdf(lines(FILLING))
    if form == "plan.pdf":
        return in_one_table((SAMPLES / "harrowdale-2017-committee-pack.txt").read_text(encoding="utf-8"))
    return sheet([["Ref", "Action"], [1.1, "Visit"]]) if form == "a.xlsx" else TEXTS[form]


TEXTS = {"a.html": PAGE, "a.md": NOTES, "a.csv": TABLE, "a.txt": b"Plan\n\n1.1\tVisit\tAnn\n"}
FORMS = ["a.docx", "a.xlsx", "a.pdf", "plan.pdf", *TEXTS]


def read(path: Path, data: bytes) -> Text | LoaderError:
    """What becomes of the bytes under the name; what holds of every text and error is checked."""
    path.write_bytes(data)
    try:
        _, text = open_document(path)
    except LoaderError as error:
        assert error.file in (path.name, str(path))
        assert error.problem
        assert error.remedy
        return error
    assert text.blocks
    assert text.content.endswith("\n")
    assert all(text.words(block).strip() for block in text.blocks)
    assert all(cell.start <= cell.end for block in text.blocks for cell in block.cells)
    assert all(one.span.end < other.span.start for one, other in pairwise(text.blocks))
    assert list(text.page_starts) == sorted(text.page_starts)
    assert not any(0xD800 <= ord(letter) < 0xE000 or letter in "\0\r\f" for letter in text.content)
    return text


@UNHURRIED
@given(data=st.binary(max_size=400), name=st.sampled_from(NAMES))
def test_any_bytes_under_any_name(data: bytes, name: str, tmp_path: Path) -> None:
    read(tmp_path / name, data)


@UNHURRIED
@given(words=st.text(max_size=300), name=st.sampled_from(NAMES))
def test_any_words_under_any_name(words: str, name: str, tmp_path: Path) -> None:
    read(tmp_path / name, words.encode("utf-8", "surrogatepass"))


@UNHURRIED
@given(form=st.sampled_from(FORMS), seed=st.integers(0, 2**32), name=st.sampled_from([None, *NAMES]))
def test_documents_with_some_bytes_changed(form: str, seed: int, name: str | None, tmp_path: Path) -> None:
    read(tmp_path / (name or form), mutated(whole(form), random.Random(seed)))


@UNHURRIED
@given(
    form=st.sampled_from(["a.docx", "a.xlsx"]),
    seed=st.integers(0, 2**32),
    part=st.sampled_from(
        ["word/document.xml", "word/styles.xml", "word/numbering.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]
    ),
)
def test_office_files_with_a_part_changed_inside_a_sound_archive(
    form: str, seed: int, part: str, tmp_path: Path
) -> None:
    with zipfile.ZipFile(BytesIO(whole(form))) as archive:
        if part in archive.namelist():
            changed = mutated(archive.read(part), random.Random(seed), most=6)
            read(tmp_path / form, altered(whole(form), {part: changed}))


def mutated(data: bytes, chance: random.Random, most: int = 30) -> bytes:
    """The bytes with some changed, left out, repeated or moved."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, most)):
        at, length = chance.randrange(len(changed) + 1), chance.choice((1, 1, 2, 8, 64))
        change: Callable[[], object] = chance.choice(
            (
                lambda at=at: changed.__setitem__(slice(at, at + 1), bytes([chance.randrange(256)])),
                lambda at=at, length=length: changed.__delitem__(slice(at, at + length)),
                lambda at=at, length=length: changed.__setitem__(slice(at, at), changed[at : at + length] * 3),
                lambda at=at, length=length: changed.__setitem__(slice(at, at), chance.randbytes(length)),
            )
        )
        change()
    return bytes(changed)


@pytest.mark.parametrize("form", FORMS)
def test_the_sound_documents_are_read(form: str, tmp_path: Path) -> None:
    assert isinstance(read(tmp_path / form, whole(form)), Text)


@pytest.mark.parametrize("form", FORMS)
def test_a_document_cut_anywhere_ends_in_a_text_or_an_error(form: str, tmp_path: Path) -> None:
    data = whole(form)
    for tenth in range(10):
        read(tmp_path / form, data[: len(data) * tenth // 10])
