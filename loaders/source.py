"""A path becomes its `Source` and `Text`: what a file is, its bytes tell, not its name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from loaders.errors import EmptyFile, MissingPath, UnreadableFile, WrongFormat
from loaders.pdf import read_pdf
from loaders.plain import read_plain
from loaders.records import Source
from loaders.text import Text

MOST_BYTES = 200 * 2**20
SUFFIXES = frozenset({".pdf", ".txt", ".text"})
_READERS = {"application/pdf": read_pdf, "text/plain": read_plain}
_REMEDY = "PDF and plain text can be read: save it as one of these"


def open_document(path: Path) -> tuple[Source, Text]:
    """The file's identity and words; a LoaderError names the file, the place, what is wrong and what to do."""
    data = _bytes(path)
    media = media_type(data, path)
    text = _READERS[media](data, path.name)
    return Source(path.name, hashlib.sha256(data).hexdigest(), media, len(data)), text


def documents(paths: Iterable[Path]) -> list[Path]:
    """The documents at the paths, each once: files as named, and PDF and text files below folders, in order."""
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise MissingPath(str(path), "nothing is there", remedy="check the spelling of the path")
        inside = list(_below(path)) if path.is_dir() else [path]
        if not inside:
            raise EmptyFile(str(path), "the folder holds no documents", remedy="it should hold .pdf or .txt files")
        for file in inside:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.suffix.lower() in SUFFIXES and path.is_file():
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


_OTHERS = (
    (b"PK\x03\x04", "a Word file or another zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
_WEB_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.I)


def media_type(data: bytes, path: Path) -> str:
    """What the bytes are; WrongFormat where that cannot be read, or is not what the name says."""
    head = data[:1024]
    if b"%PDF-" in head:
        return "application/pdf"
    named_pdf = path.suffix.lower() == ".pdf"
    what = next((what for sign, what in _OTHERS if head.startswith(sign)), None)
    if what is None and _WEB_PAGE.search(head):
        what = "a web page"
    if what is None and not named_pdf:
        return "text/plain"
    if named_pdf:
        problem = f"the name says PDF, but the content is {what or 'not'}"
    else:
        problem = f"this is {what}, which cannot be read yet"
    remedy = "download the PDF itself, not the page that shows it" if named_pdf and what == "a web page" else _REMEDY
    raise WrongFormat(path.name, problem, place="byte 0", remedy=remedy)
