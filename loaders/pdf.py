"""A PDF becomes lines with their place and font, and then a `Text`: the only module that knows PDFium.

PDFium is not safe in threads: read in processes.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from loaders.errors import EmptyFile, UnreadableFile
from loaders.layout import text_of
from loaders.lines import Line, Piece
from loaders.text import Text

_END_OF_LINE = re.compile(r"\r\n|[\r\n]|[\x02\ufffe]")
_HYPHENS = "\x02\ufffe"  # what PDFium writes for a hyphen at a line's end
_MARK = re.compile(r"(?<=[^\W\d_]|[.,;:)’'”%?!]) ?\d{1,2}(?=$|[\s.,;:)’])")
_WORD = re.compile(r"\w")
_LAST_WORD = re.compile(r"\w(?=\W*$)")
_GAP = re.compile(r"\s+")
_WIDE = 1.2  # ems of white between two words that make them stand in two columns
_NARROW = 0.4  # ems that a character takes at least, on average over a word
_SMALL = 0.8  # of a line's font size: raised numbers are smaller


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
    if not lines:
        raise EmptyFile(
            name,
            "no page of the PDF holds any text, so it is probably scanned",
            place=f"pages 1 to {pages}",
            remedy="run text recognition (OCR) over it and read the result",
        )
    return text_of(lines, pages)


def _opened(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
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
                return list(_Page(textpage, number, page.get_height()).lines())
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

    def __init__(self, textpage: pypdfium2.PdfTextPage, number: int, height: float) -> None:
        self._raw = textpage.raw
        self._words = textpage.get_text_range()
        self._number = number
        self._height = height
        self._sides = tuple(ctypes.c_double() for _ in range(4))
        self._flags = ctypes.c_int()
        self._name = ctypes.create_string_buffer(256)

    def lines(self) -> Iterator[Line]:
        """The lines of the page in reading order."""
        start = 0
        for end in _END_OF_LINE.finditer(self._words + "\n"):
            words = self._words[start : end.start()]
            if words.strip():
                yield self._line(words, start, end.group() in _HYPHENS)
            start = end.end()

    def _line(self, words: str, start: int, hyphen: bool) -> Line:
        words = words.rstrip()
        first = start + len(words) - len(words.lstrip())
        words = words.lstrip()
        begin, end = _WORD.search(words), _LAST_WORD.search(words)
        left, right = (begin.start(), end.start()) if begin and end else (0, len(words) - 1)
        sizes = self._size(first + left), self._size(first + right)
        size = max(sizes)
        pieces = tuple(self._pieces(words, first, size))
        return Line(
            page=self._number,
            pieces=pieces,
            text=" ".join(piece.text for piece in pieces),
            y=self._baseline(first + (left if sizes[0] == size else right)),
            height=self._height,
            size=size,
            bold=self._bold(first + left) and self._bold(first + right),
            hyphen=hyphen,
            raised=words[0].isdigit() and self._size(first) < _SMALL * size,
        )

    def _pieces(self, words: str, first: int, size: float) -> Iterator[Piece]:
        """The stretches of a line that wide gaps part, without the raised digits that lead to footnotes."""
        wide = _WIDE * size
        cuts = [0]
        widths = []
        word, left = 0, self._left(first)
        for gap in _GAP.finditer(words):
            begin, end = gap.span()
            at, before = self._left(first + end), left
            # Asking for one side of each word is enough until the next word is further off than this one is long.
            if at - before > wide + _NARROW * size * (begin - word):
                width = at - self._right(first + begin - 1)
                if width > wide:
                    cuts.append(end)
                    widths.append(width)
            word, left = end, at
        if len(widths) >= 3 and 2 * len(widths) >= words.count(" ") and max(widths) < 1.3 * min(widths):
            cuts = [0]  # one line stretched to the margin
        for begin, end in zip(cuts, [*cuts[1:], len(words)], strict=True):
            piece = words[begin:end].rstrip()
            sides = self._left(first + begin), self._right(first + begin + len(piece) - 1)
            yield Piece(self._without_marks(piece, first + begin, size), *sides)

    def _without_marks(self, words: str, first: int, size: float) -> str:
        marks = [mark for mark in _MARK.finditer(words) if self._is_raised(first + mark.end() - 1, size)]
        for mark in reversed(marks):
            words = words[: mark.start()] + words[mark.end() :]
        return words

    def _is_raised(self, at: int, size: float) -> bool:
        before = at - 1 if self._words[at - 1].isalpha() else at - 2
        return self._size(at) < _SMALL * size or self._baseline(at) - self._baseline(before) > 0.15 * size

    def _size(self, at: int) -> float:
        return round(float(pdfium.FPDFText_GetFontSize(self._raw, at)), 1)

    def _bold(self, at: int) -> bool:
        if pdfium.FPDFText_GetFontWeight(self._raw, at) >= 600:
            return True
        pdfium.FPDFText_GetFontInfo(self._raw, at, self._name, 256, self._flags)
        return b"bold" in self._name.value.lower()

    def _baseline(self, at: int) -> float:
        pdfium.FPDFText_GetCharOrigin(self._raw, at, self._sides[0], self._sides[1])
        return float(self._sides[1].value)

    def _left(self, at: int) -> float:
        pdfium.FPDFText_GetCharBox(self._raw, at, *self._sides)
        return float(self._sides[0].value)

    def _right(self, at: int) -> float:
        pdfium.FPDFText_GetCharBox(self._raw, at, *self._sides)
        return float(self._sides[1].value)
