"""A PDF becomes lines with their place and font, and then a `Text`: this and pdf_rules.py alone know PDFium.

PDFium is not safe in threads: read in processes.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from loaders.errors import EmptyFile, UnreadableFile
from loaders.reading.frames import in_printed_order
from loaders.reading.layout import text_of
from loaders.reading.lines import WIDE, Cell, Gap, Line, Piece
from loaders.reading.pdf_rules import rules
from loaders.reading.ruled import Grid, filled_tables, grids, ordered
from loaders.text import Text

_END_OF_LINE = re.compile(r"\r\n|[\r\n]|[\x02\ufffe]")
_HYPHENS = "\x02\ufffe"  # what PDFium writes for a hyphen at a line's end
_MARK = re.compile(r"(?<=[^\W\d_]|[.,;:)’'”%?!]) ?\d{1,2}(?=$|[\s.,;:)’])")
_DIGIT = re.compile(r"[0-9]")
_SPACE = re.compile(r"\s+")
_WIDER = 0.7  # ems of white that are more than a space
_OPEN = 5.0  # points of white between two stretches of text: more than a space of the smallest print
_APART = 8.0  # points of white between two columns, at the least
_BESIDE, _CLIMBS = 3, 3  # fewer are seen in running text
_SMALL = 0.8  # of the words before them: raised numbers are smaller

_Rect = tuple[float, float, float, float]  # left, top, right, foot


def read_pdf(data: bytes, name: str) -> Text:
    """The words of a PDF with its layout; UnreadableFile or EmptyFile says which file, where, why, and what to do."""
    document = _opened(data, name)
    try:
        pages = len(document)
        if not pages:
            raise EmptyFile(name, "the PDF has no pages", remedy="get the document again from where it was published")
        lines: list[Line] = []
        for number in range(1, pages + 1):
            lines += _lines_of_page(document, number, name)
    finally:
        document.close()
    text = text_of(lines, pages)
    if not text.blocks:  # a scanned page may have its number printed on it
        raise EmptyFile(
            name,
            "no page of the PDF holds any text, so it is probably scanned",
            place=f"pages 1 to {pages}" if pages > 1 else "page 1",
            remedy="run text recognition (OCR) over it and read the result",
        )
    return text


def _opened(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableFile(
                name, "the PDF is encrypted and asks for a password", remedy="save a copy without the password"
            ) from error
        raise UnreadableFile(
            name,
            "the PDF cannot be opened: it is damaged or was cut off",
            place=f"byte {len(data)}" if b"%%EOF" not in data[-2048:] else None,
            remedy="get the document again from where it was published",
        ) from error


def _lines_of_page(document: pypdfium2.PdfDocument, number: int, name: str) -> list[Line]:
    try:
        page = document[number - 1]
        try:
            textpage = page.get_textpage()
            try:
                return list(_Page(page, textpage, number).lines())
            finally:
                textpage.close()
        finally:
            page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(
            name, "the page cannot be read", place=f"page {number}", remedy="get the document again, or repair it"
        ) from error


class _Page:
    """One page's characters, asked for place and font only where a line needs them: asking for all costs four times."""

    def __init__(self, page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, number: int) -> None:
        self._page = page
        self._raw = textpage.raw
        self._words = textpage.get_text_range()
        self._number = number
        self._height = page.get_height()
        self._shift = 0
        self._shifts = len(self._words) != textpage.count_chars()
        self._sides = tuple(ctypes.c_double() for _ in range(4))
        self._flags = ctypes.c_int()
        self._name = ctypes.create_string_buffer(256)

    def lines(self) -> list[Line]:
        """The lines of the page in reading order."""
        rects = [self._rect(index) for index in range(pdfium.FPDFText_CountRects(self._raw, 0, -1))]
        open_rows = list(_open_rows(rects))
        tables = grids(rules(self._page)) if _stand_beside(rects) else ()
        lines = [line for run in self._runs() for line in self._cut(*run, open_rows, tables)]
        if tables and (filled := filled_tables(tables, lines)) != tables:
            lines = [line for run in self._runs() for line in self._cut(*run, open_rows, filled)]
        return ordered(lines) if tables else in_printed_order(lines)

    def _runs(self) -> Iterator[tuple[str, int, bool]]:
        """The words of each line, where they begin, and whether a hyphen was broken off them."""
        start = 0
        for end in _END_OF_LINE.finditer(self._words + "\n"):
            words = self._words[start : end.start()].rstrip()
            if bare := words.lstrip():
                yield bare, start + len(words) - len(bare), end.group() in _HYPHENS
            start = end.end()

    def _cut(
        self, words: str, first: int, hyphen: bool, open_rows: Sequence[tuple[float, float]], tables: Sequence[Grid]
    ) -> Iterator[Line]:
        """A line, cut where one cell of a ruled table ends and another begins."""
        begin = 0
        cells = self._cells(words, first, tables) if tables else []
        for cell, group in groupby(cells):
            end = begin + len(list(group))
            part = words[begin:end].rstrip()
            at = first + begin + len(part) - len(part.lstrip())
            broken = hyphen and end == len(words)
            line = self._line(part.lstrip(), at, broken, () if cell else open_rows)
            yield replace(line, cell=cell) if cell else line
            begin = end
        if not cells:
            yield self._line(words, first, hyphen, open_rows)

    def _cells(self, words: str, first: int, tables: Sequence[Grid]) -> list[Cell | None]:
        """The cell that each character stands in; white space stands where the words before it do."""
        found: list[Cell | None] = []
        self._find_shift(first)
        for at, letter in enumerate(words):
            if letter.isspace() and found:
                found.append(found[-1])
                continue
            pdfium.FPDFText_GetCharBox(self._raw, first + at + self._shift, *self._sides)
            left, right, foot, top = (side.value for side in self._sides)
            found.append(_cell_at((left + right) / 2, (foot + top) / 2, tables))
        return found

    def _rect(self, index: int) -> tuple[float, float, float, float]:
        pdfium.FPDFText_GetRect(self._raw, index, *self._sides)
        left, top, right, foot = self._sides
        return left.value, top.value, right.value, foot.value

    def _find_shift(self, first: int) -> None:
        if self._shifts:  # a few characters have no letter of their own, or two
            self._shift = pdfium.FPDFText_GetCharIndexFromTextIndex(self._raw, first) - first

    def _line(self, words: str, first: int, hyphen: bool, open_rows: Sequence[tuple[float, float]]) -> Line:
        self._find_shift(first)
        left, right = _outermost(words)
        size, main = self._body(first + left, first + right)
        y = self._baseline(main)
        is_open = any(foot - 3 < y + size / 3 < top + 3 for foot, top in open_rows)
        cuts, gaps = self._gaps(words, first, size) if is_open else ([0], ())
        pieces = tuple(self._pieces(words, first, cuts))
        text = pieces[0].text if len(pieces) == 1 else " ".join(piece.text for piece in pieces)
        return Line(
            page=self._number,
            pieces=pieces,
            text=text,
            y=y,
            height=self._height,
            size=size,
            bold=self._bold(first + left) and self._bold(first + right),
            hyphen=hyphen,
            raised=words[0].isdigit() and self._size(first) < _SMALL * size,
            gaps=gaps if text == words else (),
        )

    def _body(self, left: int, right: int) -> tuple[float, int]:
        """The font size of most of a line, and a character that has it."""
        size = self._size(left)
        if size == self._size(right):
            return size, left
        middle = (left + right) // 2
        return sorted([(size, left), (self._size(middle), middle), (self._size(right), right)])[1]

    def _gaps(self, words: str, first: int, size: float) -> tuple[list[int], tuple[Gap, ...]]:
        """Where wide gaps cut a line, and the gaps that are only wider than usual."""
        cuts, wide, wider = [0], [], []
        for space in _SPACE.finditer(words):
            begin, end = space.span()
            left, right = self._left(first + end), self._right(first + begin - 1)
            if left - right > WIDE * size:
                cuts.append(end)
                wide.append(left - right)
            elif left - right > _WIDER * size:
                wider.append(Gap(end, right, left))
        if len(wide) >= 3 and 2 * len(wide) >= words.count(" ") and max(wide) < 1.3 * min(wide):
            return [0], ()  # one line stretched to the margin
        return cuts, tuple(wider)

    def _pieces(self, words: str, first: int, cuts: list[int]) -> Iterator[Piece]:
        """The stretches of a line between cuts, without the raised digits that lead to footnotes."""
        for begin, end in zip(cuts, [*cuts[1:], len(words)], strict=True):
            piece = words[begin:end].rstrip()
            sides = self._left(first + begin), self._right(first + begin + len(piece) - 1)
            yield Piece(self._without_marks(piece, first + begin), *sides)

    def _without_marks(self, words: str, first: int) -> str:
        if not _DIGIT.search(words):
            return words
        marks = [mark for mark in _MARK.finditer(words) if self._is_raised(first + mark.end() - 1)]
        for mark in reversed(marks):
            words = words[: mark.start()] + words[mark.end() :]
        return words

    def _is_raised(self, at: int) -> bool:
        before = next(index for index in range(at - 1, -1, -1) if not self._words[index].isdigit())
        before -= self._words[before].isspace()
        size = self._size(before)
        return self._size(at) < _SMALL * size or self._baseline(at) - self._baseline(before) > 0.15 * size

    def _size(self, at: int) -> float:
        # Damaged files give sizes of nothing and less.
        return max(round(float(pdfium.FPDFText_GetFontSize(self._raw, at + self._shift)), 1), 0.1)

    def _bold(self, at: int) -> bool:
        if pdfium.FPDFText_GetFontWeight(self._raw, at + self._shift) >= 600:
            return True
        pdfium.FPDFText_GetFontInfo(self._raw, at + self._shift, self._name, 256, self._flags)
        return b"bold" in self._name.value.lower()

    def _baseline(self, at: int) -> float:
        pdfium.FPDFText_GetCharOrigin(self._raw, at + self._shift, self._sides[0], self._sides[1])
        return float(self._sides[1].value)

    def _left(self, at: int) -> float:
        pdfium.FPDFText_GetCharBox(self._raw, at + self._shift, *self._sides)
        return float(self._sides[0].value)

    def _right(self, at: int) -> float:
        pdfium.FPDFText_GetCharBox(self._raw, at + self._shift, *self._sides)
        return float(self._sides[1].value)


def _open_rows(rects: Sequence[_Rect]) -> Iterator[tuple[float, float]]:
    """Foot and top of the stretches of text that white parts from what stands before them on their line."""
    for before, (left, top, _, foot) in pairwise(rects):
        if left - before[2] > _OPEN and foot < before[1] and before[3] < top:
            yield min(foot, before[3]), max(top, before[1])


def _stand_beside(rects: Sequence[_Rect]) -> bool:
    """Whether words stand as in a table of several columns: four beside each other, or some that begin higher anew."""
    climbs = beside = 0
    for before, (left, top, _, foot) in pairwise(rects):
        apart = left - before[2] > _APART and top > before[3]
        climbs += apart and foot >= before[1]
        beside = beside + 1 if apart and foot < before[1] else 0
        if beside == _BESIDE or climbs == _CLIMBS:
            return True
    return False


def _cell_at(x: float, y: float, tables: Sequence[Grid]) -> Cell | None:
    found = ((table, grid, grid.cell(x, y)) for table, grid in enumerate(tables))
    return next((Cell(table, *cell, len(grid.xs) - 1) for table, grid, cell in found if cell), None)


def _outermost(words: str) -> tuple[int, int]:
    """The first and last letter or digit of a line, by which its font is known: signs have fonts of their own."""
    left, right = 0, len(words) - 1
    while left < right and not words[left].isalnum():
        left += 1
    while right > left and not words[right].isalnum():
        right -= 1
    return left, right
