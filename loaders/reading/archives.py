"""What an Office file is, told from its archive before anything of it is unpacked: DOCX and XLSX are zip files."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from loaders.errors import LoaderError, UnreadableFile, WrongFormat

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MOST_UNPACKED = 100 * 2**20
MOST_OF_ONE = 30 * 2**20
"""No text of a part that is read may be larger: pictures are not read."""
MOST_PARTS = 5_000

_AGAIN = "get the document again from where it was published"
_AS_OOXML = "save it as .docx, .xlsx or PDF"
_OTHERS = (
    ("ppt/", "a PowerPoint presentation", "save it as PDF"),
    ("visio/", "a Visio drawing", "save it as PDF"),
    ("xl/workbook.bin", "a binary Excel workbook", "save it as .xlsx"),
    ("content.xml", "an OpenDocument file", _AS_OOXML),
    ("META-INF/container.xml", "an electronic book", "save it as PDF"),
)


def office_type(data: bytes, name: str) -> str:
    """The media type of the Office file in a zip archive; an error where it is none, damaged, too large or unsafe."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _measured(parts, name)
            return _told([part.filename for part in parts], _types(archive), name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        problem = "the archive that the file is (Word, Excel or zip) is damaged or was cut off"
        raise UnreadableFile(name, problem, place=f"byte {len(data)}", remedy=_AGAIN) from error


def damaged(name: str, what: str, error: Exception) -> LoaderError:
    """The error for a file whose archive is sound and whose contents are not; libraries report that in many ways."""
    if isinstance(error, LoaderError):
        return error
    told = str(error).splitlines()
    problem = f"{what} is damaged: {type(error).__name__}" + (f", {told[0][:120]}" if told else "")
    return UnreadableFile(name, problem, remedy=f"open it in its own program and save it again, or {_AGAIN}")


def _measured(parts: list[zipfile.ZipInfo], name: str) -> None:
    """What an archive says of its parts' sizes holds: no more than that is ever unpacked."""
    largest = max(parts, key=lambda part: part.file_size if _is_read(part) else 0, default=None)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
        problem = f"the archive would unpack to {unpacked // 2**20} MB in {len(parts)} parts, more than a document has"
        raise UnreadableFile(name, problem, remedy="save it without pictures, or as PDF")
    if largest is not None and _is_read(largest) and largest.file_size > MOST_OF_ONE:
        problem = f"a part of the archive is larger than {MOST_OF_ONE // 2**20} MB, more than a document's text has"
        raise UnreadableFile(name, problem, place=largest.filename[:80], remedy="split the document")


def _is_read(part: zipfile.ZipInfo) -> bool:
    return part.filename.lower().endswith((".xml", ".rels"))


def _types(archive: zipfile.ZipFile) -> bytes:
    try:
        return archive.read("[Content_Types].xml")
    except KeyError:
        return b""


def _told(names: list[str], types: bytes, name: str) -> str:
    if b"macroEnabled" in types or any(part.endswith("vbaProject.bin") for part in names):
        remedy = "save it as .docx or .xlsx, which keep the words and drop the macros"
        raise UnreadableFile(name, "the Office file holds macros and is not opened", remedy=remedy)
    if b"wordprocessingml.document.main+xml" in types:
        return DOCX
    if b"spreadsheetml.sheet.main+xml" in types:
        return XLSX
    found = ((what, remedy) for sign, what, remedy in _OTHERS if any(part.startswith(sign) for part in names))
    what, remedy = next(found, ("a zip archive and no Word or Excel file", "unpack it and name the files in it"))
    raise WrongFormat(name, f"this is {what}, which cannot be read", place="byte 0", remedy=remedy)
