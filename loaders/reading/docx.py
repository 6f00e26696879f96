"""A Word document (DOCX) becomes a `Text`: the only module that knows python-docx.

python-docx and not docx2python: it leaves the paragraphs as they are, with styles, numbering and merged cells to be
asked for, where docx2python flattens them. Headers, footers, comments and deleted words are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from loaders.reading.archives import damaged, office_type
from loaders.reading.docx_numbering import Look, Numbering, Styles
from loaders.reading.drafts import Draft, cleaned
from loaders.reading.structured import bullet, footnote, heading, paragraph, row, written_text
from loaders.text import Text

# lxml has no types, so its elements are `Any` here.
_P, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_WITHIN = frozenset(
    map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag", "w:hyperlink", "w:fldSimple"))
)
_BOX = qn("w:txbxContent")
_WHITE = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "-"}
_UNREAD = frozenset(map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:instrText", "w:txbxContent"))) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_REMEDY = "if it holds pictures of pages, run text recognition (OCR) over them and read the result"


def read_docx(data: bytes, name: str) -> Text:
    """The words of a Word document with headings, lists and tables; a LoaderError names the file and the remedy."""
    office_type(data, name)
    try:
        document = docx.Document(BytesIO(data))
        drafts = list(_Reader(document).blocks(document.element.body))
    except Exception as error:  # python-docx and lxml raise whatever they trip over in a damaged part
        raise damaged(name, "the Word document", error) from error
    return written_text(drafts, name, remedy=_REMEDY)


class _Reader:
    """One document's styles, numbering (which counts on from paragraph to paragraph) and footnotes."""

    def __init__(self, document: Any) -> None:
        self._styles = Styles(document.styles.element)
        self._numbering = Numbering(_part(document, RELATIONSHIP_TYPE.NUMBERING))
        self._notes = _notes(_part(document, RELATIONSHIP_TYPE.FOOTNOTES))

    def blocks(self, within: Any) -> Iterator[Draft]:
        """The blocks of a body, text box or cell."""
        for element in within:
            if element.tag == _P:
                yield from self._paragraph(element)
            elif element.tag == _TABLE:
                yield from self._table(element)
            elif element.tag in _WITHIN:
                yield from self.blocks(element)

    def _paragraph(self, element: Any) -> Iterator[Draft]:
        words = _words(element)
        look = self._styles.look(element)
        number, is_sign = self._numbering.number(look)
        if words:
            yield _block(words, look, number, is_sign)
        for reference in element.iter(qn("w:footnoteReference")):
            yield from self._notes.get(reference.get(qn("w:id")), ())
        for box in _boxes(element):
            yield from self.blocks(box)

    def _table(self, table: Any) -> Iterator[Draft]:
        rows = [list(_found(one, _CELL)) for one in _found(table, _ROW)]
        if max(map(len, rows), default=0) <= 1:  # a frame around paragraphs
            for cell in (cell for cells in rows for cell in cells):
                yield from self.blocks(cell)
            return
        for one, cells in zip(_found(table, _ROW), rows, strict=True):
            yield row(
                [[]] * _span(one, "w:trPr/w:gridBefore") + [words for cell in cells for words in self._cell(cell)]
            )
            for inner in (inner for cell in cells for inner in _found(cell, _TABLE)):
                yield from self._table(inner)

    def _cell(self, cell: Any) -> list[list[str]]:
        """The paragraphs of a cell, and an empty cell for each further column that it spans."""
        merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        goes_on = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
        words = [] if goes_on else [said for one in _found(cell, _P) if (said := self._said(one))]
        return [words, *([[]] * (max(_span(cell, "w:tcPr/w:gridSpan"), 1) - 1))]

    def _said(self, element: Any) -> str:
        """The words of a paragraph in a cell with the number that Word prints before them."""
        number, is_sign = self._numbering.number(self._styles.look(element))
        return cleaned(_words(element) if is_sign else f"{number} {_words(element)}")


def _block(words: str, look: Look, number: str, is_sign: bool) -> Draft:
    if look.heading:
        return heading(f"{number} {words}" if number and not is_sign else words, look.heading)
    if is_sign:
        return bullet(words, look.depth + 1)
    if number and (not any(map(str.isdigit, number)) or (look.depth and "." not in number.strip("."))):
        return bullet(words, look.depth + 1, number)
    return paragraph(words, bold=look.bold, number=number)


def _words(element: Any) -> str:
    return cleaned("".join(_runs(element)))


def _runs(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _WHITE:
            yield _WHITE[child.tag]
        elif child.tag not in _UNREAD:
            yield from _runs(child)


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes that hang on a paragraph; those for older programs repeat them."""
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag not in _UNREAD:
            yield from _boxes(child)


def _found(within: Any, tag: str) -> Iterator[Any]:
    """The elements of a tag directly within another, or within what only wraps them."""
    for element in within:
        if element.tag == tag:
            yield element
        elif element.tag in _WITHIN:
            yield from _found(element, tag)


_MOST_COLUMNS = 64


def _span(element: Any, path: str) -> int:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    value = found.get(qn("w:val"), "0") if found is not None else "0"
    return min(int(value), _MOST_COLUMNS) if value.isdecimal() else 0


def _part(document: Any, kind: str) -> Any:
    """The root of a part that the document refers to; None where there is none."""
    part = next((one.target_part for one in document.part.rels.values() if one.reltype == kind), None)
    return parse_xml(part.blob) if part is not None else None


def _notes(root: Any) -> dict[str, list[Draft]]:
    found = ((note.get(qn("w:id")), " ".join(map(_words, note.iter(_P)))) for note in (() if root is None else root))
    return {key: [footnote(words, key)] for key, words in found if key and words.strip()}
