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
from loaders.layout import Line, Piece, text_of
from loaders.text import Text

_END_OF_LINE = re.compile(r"\r\n|[\r\n]|[\x02\ufffe]")
_HYPHENS = "\x02\ufffe"  # what PDFium writes for a hyphen at a line's end
_RAISED = re.compile(r"(?<=[^\W\d_]|[.,;:)’'”%])\d{1,2}(?=$|[\s.,;:)’])")
_WORD = re.compile(r"\w")
_WIDE = 1.5  # ems of white between two words that make them stand in two columns
_SMALL = 0.8


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
    if not any(line.text for line in lines):
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
        start = 0
        for end in [*_END_OF_LINE.finditer(self._words), None]:
            stop = end.start() if end else len(self._words)
            words = self._words[start:stop]
            if words.strip():
                yield self._line(words, start, bool(end) and end.group() in _HYPHENS)
            start = end.end() if end else stop

    def _line(self, words: str, at: int, hyphen: bool) -> Line:
        first = at + len(words) - len(words.lstrip())
        last = at + len(words.rstrip()) - 1
        words = self._words[first : last + 1]
        letters = [match.start() for match in _WORD.finditer(words)]
        asked = first + (letters[len(letters) // 2] if letters else 0)
        size = self._size(asked)
        marked = self._size(first) < _SMALL * size and words[0].isdigit()
        pieces = self._pieces(words, first, size)
        ends = (first + letters[0], first + letters[-1]) if letters else (first, last)
        return Line(
            page=self._number,
            pieces=pieces,
            y=self._baseline(asked),
            height=self._height,
            size=size,
            bold=self._bold(ends[-1]) and self._bold(ends[0]) if not marked else False,
            hyphen=hyphen,
            marked=marked,
        )

    def _pieces(self, words: str, first: int, size: float) -> tuple[Piece, ...]:
        """The stretches of a line that wide gaps part, without the raised digits that lead to footnotes."""
        cuts = [0]
        for gap in re.finditer(r"\s+", words):
            if self._left(first + gap.end()) - self._right(first + gap.start() - 1) > _WIDE * size:
                cuts.append(gap.end())
        raised = {
            i
            for match in _RAISED.finditer(words)
            if self._is_raised(first + match.start(), size)
            for i in range(*match.span())
        }
        pieces = []
        for start, stop in zip(cuts, [*cuts[1:], len(words)], strict=True):
            kept = "".join(words[i] for i in range(start, stop) if i not in raised)
            end = first + start + len(words[start:stop].rstrip()) - 1
            pieces.append(Piece(kept.strip(), self._left(first + start), self._right(end)))
        return tuple(pieces)

    def _is_raised(self, at: int, size: float) -> bool:
        return self._size(at) < _SMALL * size or self._baseline(at) - self._baseline(at - 1) > 0.15 * size

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
