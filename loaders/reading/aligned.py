"""Tables of two columns that a text shows by white space alone, as text taken from a page with its layout does.

lines -> stretches in which words begin at one place behind a wide gap -> rows, their cells parted by a tab
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_FEWEST = 2
"""Lines with both cells that make a table."""
_WIDEST = 60
"""Characters of the second cell: what is longer is a second column of prose."""


def with_rows(lines: Sequence[str]) -> list[str]:
    """The lines, those of a table of two columns as rows with a tab between their cells."""
    out: list[str] = []
    at = 0
    while at < len(lines):
        column = gutter(lines[at])
        end = _end(lines, at, column) if column is not None else at
        table = lines[at:end]
        if column is not None and _is_table(table, column):
            out += _rows(table, column)
            at = end
        else:
            out.append(lines[at])
            at += 1
    return out


def gutter(line: str) -> int | None:
    """Where the words behind the one wide gap of a line begin; None where it has no gap or several."""
    found = list(_GAP.finditer(line)) if "\t" not in line else []
    return found[0].end() if len(found) == 1 else None


def _end(lines: Sequence[str], at: int, column: int) -> int:
    """Behind the last line that has something in the second column, with what belongs to its row."""
    end = last = at
    while end < len(lines) and _fits(lines[end], column) and "\f" not in lines[end][1:]:
        if lines[end][column:].strip():
            last = end
        end += 1
    while last + 1 < end and lines[last + 1].strip():
        last += 1
    return last + 1


def _fits(line: str, column: int) -> bool:
    """Whether a line leaves the gap open: it is empty, or its words stand on the two sides of it."""
    return "\t" not in line and (len(line.rstrip()) < column - 1 or not line[column - 2 : column].strip())


def _is_table(lines: Sequence[str], column: int) -> bool:
    seconds = [line[column:].strip() for line in lines if line[:column].strip() and line[column:].strip()]
    words = [cell for cell in seconds if not cell.isdigit()]  # a contents page has nothing but numbers there
    return len(seconds) >= _FEWEST and 2 * len(words) > len(seconds) and max(map(len, seconds)) <= _WIDEST


def _rows(lines: Sequence[str], column: int) -> Iterator[str]:
    """The rows: what stands between two empty lines, or, where none is empty, from each second cell to the next."""
    groups = [list(group) for filled, group in groupby(lines, key=lambda line: bool(line.strip())) if filled]
    if len(groups) < _FEWEST:
        groups = _cut(lines, column)
    for group in groups:
        first = " ".join(cell for line in group if (cell := line[:column].strip()))
        second = " ".join(cell for line in group if (cell := line[column:].strip()))
        yield ""
        yield f"{first}\t{second}" if second else first
    yield ""


def _cut(lines: Sequence[str], column: int) -> list[list[str]]:
    groups: list[list[str]] = []
    for line in lines:
        both = line[:column].strip() and line[column:].strip()
        if both or not groups:
            groups.append([])
        groups[-1].append(line)
    return groups
