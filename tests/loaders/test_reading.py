"""A path becomes a source and a text, or an error that names the file, the place, the problem and the remedy."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path

import pytest

from loaders.errors import EmptyFile, LoaderError, MissingPath, UnreadableFile, WrongFormat
from loaders.reading.pdf import read_pdf
from loaders.reading.source import documents, open_document
from tests.loaders.drawn import FILLING, Run, lines, pdf

DRAWN = pdf(lines(FILLING))
PAGE = b"<!DOCTYPE html>\n<html><body>Not found</body></html>"

BAD = [
    ("empty.txt", b"", EmptyFile, "the file is empty"),
    ("blank.txt", b" \n\n\t\n", EmptyFile, "the file holds no words"),
    ("page.pdf", PAGE, WrongFormat, "the name says PDF, but the content is a web page"),
    ("page.txt", PAGE, WrongFormat, "the name says text, but the content is a web page"),
    ("letter.docx", b"PK\x03\x04rest", UnreadableFile, "the archive that the file is"),
    ("words.pdf", b"only words", WrongFormat, "the name says PDF, but the content is not"),
    ("locked.pdf", pdf(lines(FILLING), password="secret"), UnreadableFile, "the PDF is encrypted"),
    ("cut.pdf", DRAWN[: len(DRAWN) // 2], UnreadableFile, "it is damaged or was cut off"),
    ("scan.pdf", pdf([]), EmptyFile, "no page of the PDF holds any text"),
    ("stamped.pdf", pdf([Run(300, 30, "1")], [Run(300, 30, "2")]), EmptyFile, "no page of the PDF holds any text"),
    ("noise.txt", bytes(range(256)), UnreadableFile, "the file is not text"),
]


@pytest.mark.parametrize(("name", "data", "kind", "problem"), BAD, ids=[name for name, *_ in BAD])
def test_a_bad_file_is_named_with_its_problem_and_a_remedy(
    tmp_path: Path, name: str, data: bytes, kind: type[LoaderError], problem: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(kind) as caught:
        open_document(path)
    assert caught.value.file == name
    assert problem in caught.value.problem
    assert caught.value.remedy
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), str(again)) == (type(caught.value), str(caught.value))


def test_a_file_is_what_its_bytes_say_and_not_its_name(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(DRAWN)
    source, text = open_document(path)
    assert (source.name, source.media_type, source.size) == ("report.txt", "application/pdf", len(DRAWN))
    assert source.sha256 == hashlib.sha256(DRAWN).hexdigest()
    assert text.page_starts == (0,)


def test_words_of_no_size_are_read() -> None:
    text = read_pdf(pdf([*lines(FILLING), *lines(["Small.", "Print."], y=500, size=0)]), "odd.pdf")
    assert text.content.startswith("Children are helped early")


def test_a_missing_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingPath, match="nothing is there"):
        documents([tmp_path / "nowhere"])
    with pytest.raises(MissingPath, match="nothing is there"):
        open_document(tmp_path / "nowhere.pdf")


def test_folders_give_their_documents_in_order_and_each_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.PDF", "a/notes.json", ".hidden/c.txt", "a/.d.txt", "odd.letter"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Words.")
    found = documents([tmp_path / "b.txt", tmp_path, tmp_path / "a" / ".." / "b.txt", tmp_path / "odd.letter"])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["b.txt", "a/z.PDF", "odd.letter"]


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EmptyFile, match="the folder holds no documents"):
        documents([tmp_path])


def test_a_web_page_saved_as_a_report_is_told_from_one(shared: Path) -> None:
    with pytest.raises(WrongFormat, match="a web page"):
        open_document(shared / "documents" / "broken" / "html-saved-as.pdf")
