"""Labels that readers gave by hand, read from JSON lines or CSV into frozen rows."""

from __future__ import annotations

import csv
import difflib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import LabelsError

SCHEMES = ("polarity", "theme", "prevalence", "cohort", "change")
ONE_OF = frozenset({"polarity", "prevalence", "change"})
"""Schemes of which a sentence bears one concept at the most."""
COLUMNS = (
    "id", "document", "name", "page", "passage", "before", "text", "after", "finding", "polarity", "themes",
    "prevalence", "cohort", "change", "note", "weight",
)  # fmt: skip
"""Of a CSV file: `document`, `text` and `finding` are needed; the others may be missing, and more may stand there."""
_COLUMN = {"theme": "themes"}
_YES, _NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})
_PARTED = re.compile(r"[;|\n]")
_MOST_PROBLEMS = 20

Known = Mapping[str, Mapping[str, str]]
"""By scheme: what a reader may write, in lower case (the id or the label), with the id that it means."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence as a reader labelled it, with the line of the file, from 1."""

    line: int
    id: str
    document: str
    """As the reader names it: the beginning of the file's sha256, or the file's name."""
    text: str
    finding: bool
    labels: Mapping[str, frozenset[str]]
    """By scheme; a scheme that the reader did not label is missing, one of which nothing is said is empty."""
    also_right: str | None = None
    """A second polarity that one could defend."""
    weight: float = 1.0
    """For how many sentences it stands, where it was drawn unevenly."""


@dataclass(frozen=True, slots=True)
class LabelFile:
    """The labelled rows of one file, and the lines of rows that nobody has labelled yet."""

    path: Path
    rows: tuple[Labelled, ...]
    unlabelled: tuple[int, ...]


def sentence_key(words: str) -> str:
    """By which two copies of a sentence are known as the same: its letters and digits of ASCII in lower case.

    >>> sentence_key("Children’s plans – 3 of them.")
    'childrensplans3ofthem'
    """
    return re.sub(r"[^a-z0-9]+", "", words.lower())


def read_labels(path: Path, known: Known) -> LabelFile:
    """The labels in a file, JSON lines or, by its name, CSV; LabelsError names each wrong line with what is wrong."""
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise LabelsError(path, ((None, f"cannot be read: {error.strerror}"),)) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problem = "not UTF-8: in a spreadsheet program, save it as “CSV UTF-8”"
        raise LabelsError(path, ((line, problem),)) from None
    lines = _csv_rows(path, content) if path.suffix.lower() in (".csv", ".tsv") else _json_rows(content)
    rows: list[Labelled] = []
    unlabelled: list[int] = []
    problems: list[tuple[int | None, str]] = []
    for line, row in lines:
        try:
            if isinstance(row, str):
                raise _Wrong(row)
            if row.get("finding") in (None, ""):
                unlabelled.append(line)
            else:
                rows.append(_labelled(line, row, known))
        except _Wrong as wrong:
            problems.append((line, str(wrong)))
    if problems:
        raise LabelsError(path, tuple(problems[:_MOST_PROBLEMS]), len(problems))
    if not rows:
        empty = (
            "no row is labelled yet: fill the column “finding” with yes or no" if unlabelled else "no label is in it"
        )
        raise LabelsError(path, ((None, empty),))
    return LabelFile(path, tuple(rows), tuple(unlabelled))


class _Wrong(Exception):
    """A row that is not understood."""


def _json_rows(content: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Each line with its object, or what is wrong with it."""
    for number, line in enumerate(content.splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                yield number, f"not JSON: {error.msg} at column {error.colno}"
                continue
            if not isinstance(row, dict):
                yield number, "expected an object such as {“document”: …, “text”: …, “finding”: true}"
            else:
                yield number, {**row, "document": row.get("document") or row.get("sha")}


def _csv_rows(path: Path, content: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    head = content.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    names: list[str] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield line, f"not CSV: {error}"
            return
        if cells is None:
            return
        if not names:
            names = [name.strip().lower() for name in cells]
            _check_columns(path, line, names)
        elif any(cell.strip() for cell in cells):
            if len(cells) > len(names):
                yield line, f"{len(cells)} cells under {len(names)} columns: quote cells that hold “{delimiter}”"
            else:
                yield line, dict(zip(names, (cell.strip() for cell in cells), strict=False))


def _check_columns(path: Path, line: int, names: Sequence[str]) -> None:
    missing = [f"“{name}”" for name in ("document", "text", "finding") if name not in names]
    if missing:
        told = f"expected a first line with the columns document, text and finding: {', '.join(missing)} is missing"
        raise LabelsError(path, ((line, told),))


def _labelled(line: int, row: Mapping[str, Any], known: Known) -> Labelled:
    text, document = row.get("text"), row.get("document")
    if not isinstance(text, str) or not sentence_key(text):
        raise _Wrong("“text” is missing: expected the sentence")
    if not isinstance(document, str) or not document:
        raise _Wrong("“document” is missing: expected the first 16 digits of the file's sha256, or its name")
    finding = _truth(row["finding"])
    labels = {scheme: ids for scheme in SCHEMES if (ids := _ids(scheme, row, known)) is not None} if finding else {}
    also = _ids("polarity", row, known, "polarity_alt")
    return Labelled(
        line=line,
        id=str(row.get("id") or f"line {line}"),
        document=document,
        text=text,
        finding=finding,
        labels=labels,
        also_right=next(iter(also), None) if also else None,
        weight=_weight(row.get("weight")),
    )


def _truth(value: object) -> bool:
    word = str(value).strip().lower()
    if word not in _YES | _NO:
        raise _Wrong(f"“finding” is “{value}”: expected yes or no")
    return word in _YES


def _weight(value: object) -> float:
    if value in (None, ""):
        return 1.0
    try:
        weight = float(str(value))
    except ValueError:
        weight = 0.0
    if not 0 < weight < 1e9:
        raise _Wrong(f"“weight” is “{value}”: expected a number above 0")
    return weight


def _ids(scheme: str, row: Mapping[str, Any], known: Known, column: str = "") -> frozenset[str] | None:
    """The ids given in a row; None where the reader did not say.

    Polarity and themes are never empty in a finding, so that nothing there means that nobody looked.
    """
    column = column or _COLUMN.get(scheme, scheme)
    if column not in row:
        return None
    value = row[column]
    words = value if isinstance(value, list) else [] if value is None else _PARTED.split(str(value))
    ids = frozenset(_id(scheme, column, str(word), known) for word in words if str(word).strip())
    if len(ids) > 1 and scheme in ONE_OF:
        raise _Wrong(f"“{column}” holds {len(ids)} values: expected one")
    return None if not ids and scheme in ("polarity", "theme") else ids


def _id(scheme: str, column: str, word: str, known: Known) -> str:
    wanted = word.strip().lower()
    if wanted in known[scheme]:
        return known[scheme][wanted]
    ids = sorted(set(known[scheme].values()))
    near = difflib.get_close_matches(wanted, known[scheme], n=1, cutoff=0.6)
    expected = f"expected one of {', '.join(ids[:8])}{' …' * (len(ids) > 8)}"
    remedy = f"did you mean “{known[scheme][near[0]]}”?" if near else expected
    raise _Wrong(f"“{column}” is “{word.strip()}”: {remedy}")
