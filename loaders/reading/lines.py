"""Printed lines with their place on the page, whatever format they come from, and what is measured on them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from loaders.reading.markers import ends

WIDE = 1.2  # ems of white that part two columns


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line between wide gaps; `x0` and `x1` are its sides in points."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Gap:
    """White that is wider than a space: it may part two columns; `at` is the index of the word behind it."""

    at: int
    x1: float
    x0: float


class Cell(NamedTuple):
    """A cell of a ruled table: the number of its table on the page, its first row and column, the table's columns."""

    table: int
    row: int
    column: int
    columns: int


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; `y` is its baseline in points from the page's foot, `size` its font's."""

    page: int
    pieces: tuple[Piece, ...]
    text: str
    """All its words: those of the pieces."""
    y: float
    height: float
    """Of the page."""
    size: float
    bold: bool = False
    hyphen: bool = False
    """A hyphen at its end joins it with the next."""
    raised: bool = False
    """It begins with a small raised number, as footnotes do."""
    gaps: tuple[Gap, ...] = ()
    """Of a line of one piece."""
    cell: Cell | None = None
    """Where it stands in a ruled table."""

    @property
    def x0(self) -> float:
        """Where its words begin."""
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        """Where its words end."""
        return self.pieces[-1].x1


def rejoined(lines: Iterable[Line]) -> list[Line]:
    """The lines, those that a raised number or another font cut in two made whole again."""
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        if last is None or not _beside(last, line):
            whole.append(line)
        elif not (line.text.isdigit() and line.size < _SMALL * last.size):
            whole[-1] = _joined(last, line)
    return whole


_SMALL = 0.8  # of the other words' size: raised numbers are smaller


def _beside(last: Line, line: Line) -> bool:
    size = max(last.size, line.size)
    rise = 0.55 if min(last.size, line.size) < _SMALL * size else 0.3
    return (
        line.page == last.page
        and line.cell == last.cell
        and not last.hyphen
        and abs(line.y - last.y) < rise * size
        and last.x1 - 0.2 * size < line.x0
    )


def without_mark(line: Line) -> Line:
    """The line without the raised number at its begin, which leads to a footnote from the words before it."""
    if not line.raised or not _MARK.match(line.text):
        return line
    first = replace(line.pieces[0], text=_MARK.sub("", line.pieces[0].text))
    return replace(line, pieces=(first, *line.pieces[1:]), text=_MARK.sub("", line.text), raised=False)


_MARK = re.compile(r"^\d{1,2}\s+(?=[^\W\d_])")


def _joined(last: Line, line: Line) -> Line:
    white = line.x0 - last.x1
    line = without_mark(line) if last.text[-1].isalpha() or ends(last.text) else line
    if white > WIDE * last.size:
        pieces = (*last.pieces, *line.pieces)
    else:
        before, after = last.pieces[-1], line.pieces[0]
        space = "" if white < 0.15 * last.size and not (last.text.isdigit() and last.size < line.size) else " "
        middle = Piece(f"{before.text}{space}{after.text}", before.x0, after.x1)
        pieces = (*last.pieces[:-1], middle, *line.pieces[1:])
    main = last if len(last.text) >= len(line.text) else line
    raised = last.raised or (last.text.isdigit() and last.size < _SMALL * line.size)
    words = " ".join(piece.text for piece in pieces)
    bold = last.bold and line.bold
    return replace(main, pieces=pieces, text=words, bold=bold, hyphen=line.hyphen, raised=raised)


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in a document: the body's font size, and for each size the distance of two lines."""

    body: float
    leading: Mapping[float, float]

    def gap(self, above: Line, line: Line) -> float:
        """How far a line stands below another, in usual distances of its lines; below 0 where it stands higher."""
        return (above.y - line.y) / self.leading.get(line.size, 1.22 * line.size)


def measured(lines: Sequence[Line]) -> Measures:
    """The measures of a document."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    gaps: dict[float, Counter[float]] = defaultdict(Counter)
    for above, line in pairwise(lines):
        if above.page == line.page and above.size == line.size and 0.9 < (above.y - line.y) / line.size < 1.5:
            gaps[line.size][round(2 * (above.y - line.y)) / 2] += 1
    leading = {size: min(found, key=lambda gap: (-found[gap], gap)) for size, found in gaps.items()}
    return Measures(max(sizes, key=lambda size: (sizes[size], size), default=12.0), leading)


_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—|\s]*(?:\d{1,3}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,3})?[-–—|\s]*", re.I)
_MARGIN = 0.115  # of the page's height, at its top and at its foot


def without_running_heads(lines: Sequence[Line], pages: int) -> list[Line]:
    """The lines without page numbers and without what many pages repeat at their top or foot."""
    seen: dict[tuple[str, bool], dict[int, int | None]] = defaultdict(dict)
    for line in lines:
        if in_margin(line):
            words, number = _repeated(line)
            seen[line.text, _above(line)][line.page] = None
            if number is not None:
                seen[words, _above(line)][line.page] = number
    often = 2 if pages <= 4 else max(3, pages // 5)

    def runs(line: Line) -> bool:
        for words in (line.text, _repeated(line)[0]):
            found = seen[words, _above(line)]
            # Page numbers keep their distance from the page; the numbers of headings do not.
            offsets = {number - page for page, number in found.items() if number is not None}
            if len(found) >= often and len(offsets) <= 1:
                return True
        return False

    return [line for line in lines if not in_margin(line) or not (_PAGE_NUMBER.fullmatch(line.text) or runs(line))]


def in_margin(line: Line) -> bool:
    """Whether a line stands at the very top or foot of its page; the head of a table that goes on there does not."""
    return line.cell is None and not _MARGIN * line.height <= line.y <= (1 - _MARGIN) * line.height


def _above(line: Line) -> bool:
    return line.y > line.height / 2


_PRINTED_PAGE = re.compile(
    r"^(?:page\s*)?(\d{1,3})\s+(?=\D)|[\s|]*(?:page\s*)?(?<![\d/.])(\d{1,3})(?:\s*(?:of|/)\s*\d{1,3})?$", re.I
)


def _repeated(line: Line) -> tuple[str, int | None]:
    """What a line repeats on other pages, and the number at its end, or else its beginning."""
    found = max(_PRINTED_PAGE.finditer(line.text), key=lambda match: match.end(), default=None)
    if found is None:
        return line.text, None
    return line.text[: found.start()] + line.text[found.end() :], int(found.group(1) or found.group(2))


def contents_pages(lines: Iterable[Line]) -> frozenset[int]:
    """The pages that are tables of contents: most of their lines end in numbers that never fall."""
    numbers: dict[int, list[int | None]] = defaultdict(list)
    for line in lines:
        found = _LAST_NUMBER.search(line.text) if line.text[-1:].isdigit() and not line.cell else None
        numbers[line.page].append(int(found.group(1)) if found else None)
    found_pages = set()
    for page, of_page in numbers.items():
        given = [number for number in of_page if number is not None]
        if len(given) >= 4 and 2 * len(given) > len(of_page) and given == sorted(given):
            found_pages.add(page)
    return frozenset(found_pages)


_LAST_NUMBER = re.compile(r"[\s.?]*(?<!\d)(\d{1,3})$")


def title_and_page(line: Line) -> tuple[str, str] | None:
    """The title and the page number of a line of a table of contents."""
    found = _LAST_NUMBER.search(line.text)
    title = re.sub(r"[\s.…_]{2,}$|\s+$", "", line.text[: found.start(1)]) if found else ""
    return (title, found.group(1)) if found and title else None
