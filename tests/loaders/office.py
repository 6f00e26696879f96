"""Word documents, workbooks and damaged archives for the tests of reading."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import docx
import openpyxl


def word(document: Any) -> bytes:
    """The bytes of a python-docx document."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def sheet(rows: Iterable[Sequence[object]], *, title: str = "Plan") -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return workbook(book)


def workbook(book: Any) -> bytes:
    """The bytes of an openpyxl workbook."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def letter() -> bytes:
    """A short Word document."""
    document = docx.Document()
    document.add_paragraph("Visits are timely.")
    return word(document)


def altered(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """An archive with parts replaced or added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    """A zip archive of the parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, held in parts.items():
            new.writestr(name.replace("__", "/"), held)
    return out.getvalue()
