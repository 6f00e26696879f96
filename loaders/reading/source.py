"""A path becomes its `Source` and `Text`: what a file is, its bytes tell, not its name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from loaders.errors import EmptyFile, MissingPath, UnreadableFile, WrongFormat
from loaders.reading.archives import DOCX, XLSX, office_type
from loaders.reading.docx import read_docx
from loaders.reading.html import read_html
from loaders.reading.markdown import read_markdown
from loaders.reading.pdf import read_pdf
from loaders.reading.plain import read_plain
from loaders.reading.spreadsheet import read_csv, read_xlsx
from loaders.records import Source
from loaders.text import Text

MOST_BYTES = 200 * 2**20
SUFFIXES = {
    ".pdf": "application/pdf",
    ".docx": DOCX,
    ".xlsx": XLSX,
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".csv": "text/csv",
    ".tsv": "text/csv",
    ".txt": "text/plain",
    ".text": "text/plain",
}
_READERS = {
    "application/pdf": read_pdf,
    DOCX: read_docx,
    XLSX: read_xlsx,
    "text/html": read_html,
    "text/markdown": read_markdown,
    "text/csv": read_csv,
    "text/plain": read_plain,
}
_TEXTS = ("text/plain", "text/markdown", "text/csv")
_NAMES = {
    "application/pdf": "PDF",
    DOCX: "DOCX",
    XLSX: "XLSX",
    "text/html": "HTML",
    "text/markdown": "Markdown",
    "text/csv": "CSV",
    "text/plain": "text",
}
_SUFFIX = {"application/pdf": ".pdf", DOCX: ".docx", XLSX: ".xlsx", "text/html": ".html"}
_REMEDY = "PDF, DOCX, XLSX, CSV, HTML, Markdown and plain text can be read: save it as one of these"
_KNOWN = ".pdf, .docx, .html, .md, .txt, .csv or .xlsx"
_FOLDERS_OWN = re.compile(r"(?:readme|license|licence|changelog|contributing)\b", re.I)


def open_document(path: Path) -> tuple[Source, Text]:
    """The file's identity and words; a LoaderError names the file, the place, what is wrong and what to do."""
    data = _bytes(path)
    media = media_type(data, path)
    text = _READERS[media](data, path.name)
    return Source(path.name, hashlib.sha256(data).hexdigest(), media, len(data)), text


def documents(paths: Iterable[Path]) -> list[Path]:
    """The documents at the paths, each once: files as named, and below folders those of readable formats, in order."""
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise MissingPath(str(path), "nothing is there", remedy="check the spelling of the path")
        inside = list(_below(path)) if path.is_dir() else [path]
        if not inside:
            raise EmptyFile(str(path), "the folder holds no documents", remedy=f"it should hold {_KNOWN} files")
        for file in inside:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        own = hidden or _FOLDERS_OWN.match(path.name)  # what is said about the folder is no document of the field
        if not own and path.suffix.lower() in SUFFIXES and path.is_file():
            yield path


def _bytes(path: Path) -> bytes:
    if not path.exists():
        raise MissingPath(str(path), "nothing is there", remedy="check the spelling of the path")
    if path.is_dir():
        raise UnreadableFile(str(path), "it is a folder", remedy="name the files in it")
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UnreadableFile(path.name, f"the file is larger than {MOST_BYTES // 2**20} MB", remedy="split it")
        data = path.read_bytes()
    except OSError as error:
        problem = f"the file cannot be opened: {error.strerror}"
        raise UnreadableFile(path.name, problem, remedy="check who may read it") from error
    if not data:
        raise EmptyFile(path.name, "the file is empty", remedy="get the document again from where it was published")
    return data


_CONTENT = {
    "application/pdf": "a PDF",
    DOCX: "a Word document",
    XLSX: "an Excel workbook",
    "text/html": "a web page",
}
_OTHERS = (
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
)
_WEB_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.I)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def media_type(data: bytes, path: Path) -> str:
    """What the bytes are, and among texts what the name says; WrongFormat where it cannot be read or they disagree."""
    named = SUFFIXES.get(path.suffix.lower())
    found = _by_content(data, path.name, named)
    if found == "text/plain":
        if named in (None, *_TEXTS):
            return named or found
        problem = f"the name says {_NAMES[named]}, but the content is not"
        raise WrongFormat(
            path.name, problem, place="byte 0", remedy="get the document again from where it was published"
        )
    if found == named or named is None or (found == "application/pdf" and named == "text/plain"):
        return found
    problem = f"the name says {_NAMES[named]}, but the content is {_CONTENT[found]}"
    if found == "text/html" and named == "application/pdf":
        remedy = "download the PDF itself, not the page that shows it"
    else:
        remedy = f"if it is the right document, rename it so that it ends in {_SUFFIX[found]}"
    raise WrongFormat(path.name, problem, place="byte 0", remedy=remedy)


def _by_content(data: bytes, name: str, named: str | None) -> str:
    """What the first bytes say; `named` settles what they leave open."""
    head = data[:1024]
    if b"%PDF-" in head:
        return "application/pdf"
    if head.startswith(b"PK\x03\x04"):
        return office_type(data, name)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        _old_office(data, name)
    what = next((what for sign, what in _OTHERS if head.startswith(sign)), None)
    if what:
        claim = f"the name says {_NAMES[named]}, but the content" if named else "this"
        raise WrongFormat(name, f"{claim} is {what}, which cannot be read", place="byte 0", remedy=_REMEDY)
    if named == "text/html" or (named != "text/markdown" and _WEB_PAGE.search(head)):
        return "text/html"
    return "text/plain"


def _old_office(data: bytes, name: str) -> NoReturn:
    if _ENCRYPTED in data:
        problem, remedy = "the Office file is encrypted and asks for a password", "save a copy without the password"
        raise UnreadableFile(name, problem, remedy=remedy)
    remedy = "save it as .docx, .xlsx or PDF"
    raise WrongFormat(name, "this is an old Word or Excel file, which cannot be read", place="byte 0", remedy=remedy)
