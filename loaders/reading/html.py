"""A web page becomes a `Text`: the only module that knows lxml's HTML parser.

lxml and not selectolax: python-docx brings it along anyway, and it stops by itself at pages nested too deeply.
page -> its main part, without navigation, scripts and what is hidden -> blocks -> text
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from loaders.errors import UnreadableFile
from loaders.reading.archives import damaged
from loaders.reading.drafts import Draft, cleaned
from loaders.reading.plain import decoded
from loaders.reading.structured import bullet, heading, paragraph, row, written_text
from loaders.text import Text

MOST_BYTES = 30 * 2**20
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)
_REMEDY = "pages drawn by scripts hold none: open it in a browser and save it as PDF"

# lxml has no types, so its elements are `Any` here.
_UNREAD = frozenset((
    "head", "script", "style", "noscript", "template", "nav", "aside", "footer", "svg", "math", "object",
    "iframe", "button", "select", "option", "input", "textarea", "audio", "video", "canvas", "map", "dialog",
    "menu",
))  # fmt: skip
_UNREAD_ROLES = frozenset((
    "navigation", "search", "banner", "contentinfo", "complementary", "dialog", "alertdialog", "menu",
    "menubar",
))  # fmt: skip
_ASIDE = re.compile(r"(?:^|[\s_-])(?:cookies?|breadcrumbs?|skip-?link|visually-hidden|pagination)(?:$|[\s_-])", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset(("ul", "ol"))
_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "li", "main", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
)) | frozenset(_HEADINGS)  # fmt: skip
_BOLD = frozenset(("b", "strong"))
_SHARE = 0.4  # of the page's words, which articles must hold to be what it is about


def read_html(data: bytes, name: str) -> Text:
    """The words of a web page's main part with headings, lists and tables; a LoaderError names file and remedy."""
    if len(data) > MOST_BYTES:
        problem = f"the web page is larger than {MOST_BYTES // 2**20} MB"
        raise UnreadableFile(name, problem, remedy="save what it shows as PDF")
    return text_of_page(_characters(data, name), name, remedy=_REMEDY)


def text_of_page(page: str, name: str, *, remedy: str) -> Text:
    """The text of a page's characters; EmptyFile with the remedy where they hold no words."""
    try:
        parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
        root = etree.fromstring(page.replace("\0", "").encode("utf-8", "replace"), parser)
        drafts = [] if root is None else [draft for part in _main(root) for draft in _blocks(part)]
    except etree.LxmlError as error:
        drafts = []
        if page.strip() and "empty" not in str(error).lower():
            raise damaged(name, "the web page", error) from error
    return written_text(drafts, name, remedy=remedy)


def _characters(data: bytes, name: str) -> str:
    """The characters of the page, in the encoding that it declares where that can be."""
    found = _DECLARED.search(data[:4096])
    if found and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(found[1].decode())
        except (LookupError, UnicodeError, ValueError):
            pass  # it declares what it is not, as pages saved by browsers do
    return decoded(data, name)


def _main(root: Any) -> list[Any]:
    """The parts of a page that hold what it is about."""
    mains = [one for one in root.iter("main", "div", "section") if one.tag == "main" or one.get("role") == "main"]
    if mains and _length(mains[0]):
        return mains[:1]
    articles = [one for one in root.iter("article") if not any(above.tag == "article" for above in one.iterancestors())]
    whole = _length(root)
    return articles if whole and sum(map(_length, articles)) >= _SHARE * whole else [root]


def _length(element: Any) -> int:
    return sum(len(cleaned(words)) for words in element.itertext() if words.strip())


def _is_unread(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNREAD or element.get("role") in _UNREAD_ROLES:
        return True
    if element.tag == "header" and not any(above.tag in ("main", "article") for above in element.iterancestors()):
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return bool(_HIDDEN.search(element.get("style", "")) or (element.tag != "body" and _ASIDE.search(named)))


@dataclass(slots=True)
class _Inline:
    """Words that flow on one after another until a block begins."""

    parts: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, words: str | None, bold: bool = False) -> None:
        self.parts.append((words or "", bold))

    def taken(self) -> tuple[str, bool]:
        """The words so far and whether all are bold; what follows begins anew."""
        words = cleaned("".join(words for words, _ in self.parts))
        bold = all(bold for words, bold in self.parts if words.strip())
        self.parts.clear()
        return words, bold


def _blocks(element: Any, level: int = 0) -> Iterator[Draft]:
    """The blocks below an element; `level` says within how many lists it stands."""
    inline = _Inline()
    inline.add(element.text)
    for child in element:
        if not _is_unread(child):
            if child.tag == "br":
                broken = _is_break(child)
                inline.add(" ")
                if broken:
                    yield from _paragraph(inline)
            elif _is_block(child):
                yield from _paragraph(inline)
                yield from _block(child, level)
            else:
                _flow(child, inline, child.tag in _BOLD)
        inline.add(child.tail)
    yield from _paragraph(inline)


def _paragraph(inline: _Inline) -> Iterator[Draft]:
    words, bold = inline.taken()
    if words:
        yield paragraph(words, bold=bold)


def _is_break(element: Any) -> bool:
    """Whether a line break follows on another, as between paragraphs."""
    before = element.getprevious()
    return before is not None and before.tag == "br" and not (before.tail or "").strip()


def _is_block(element: Any) -> bool:
    return element.tag in _BLOCKS or any(below.tag in _BLOCKS for below in element.iterdescendants())


def _flow(element: Any, inline: _Inline, bold: bool) -> None:
    if element.tag == "sup" and (element.text or "").strip().isdigit() and inline.parts:
        return  # leads to a footnote
    inline.add(element.text, bold)
    for child in element:
        if not _is_unread(child):
            if child.tag == "br":
                inline.add(" ")
            else:
                _flow(child, inline, bold or child.tag in _BOLD)
        inline.add(child.tail, bold)


def _block(element: Any, level: int) -> Iterator[Draft]:
    if element.tag in _HEADINGS:
        inline = _Inline()
        _flow(element, inline, False)
        words, _ = inline.taken()
        if words:
            yield heading(words, _HEADINGS[element.tag])
    elif element.tag in _LISTS:
        yield from _list(element, level + 1)
    elif element.tag == "table":
        yield from _table(element, level)
    elif element.tag == "dl":
        yield from _terms(element, level)
    else:
        yield from _blocks(element, level)


def _list(element: Any, level: int) -> Iterator[Draft]:
    start = element.get("start", "1")
    count = int(start) - 1 if start.isdecimal() and len(start) < 6 else 0
    for child in element:
        if _is_unread(child):
            continue
        if child.tag != "li":
            yield from _block(child, level - 1)
            continue
        count += 1
        for at, draft in enumerate(_blocks(child, level)):
            yield draft if at else _item(draft, level, _number(element, count))


def _number(element: Any, count: int) -> str:
    if element.tag != "ol":
        return ""
    if element.get("type") in ("a", "A") and count <= 26:
        return f"{chr(ord(element.get('type')) + count - 1)})"
    return f"{count}."


def _item(own: Draft, level: int, number: str) -> Draft:
    """What stands first in a list item, as the item; a number typed there is the one that is printed."""
    if own.kind not in ("paragraph", "bullet"):
        return own
    words, printed = " ".join(bit.words for bit in own.bits), own.printed or number
    if printed[:1].isdigit() and (level == 1 or "." in printed.strip(".")):
        return paragraph(words, number=printed)
    return bullet(words, level, printed)


def _terms(element: Any, level: int) -> Iterator[Draft]:
    """A list of terms with what they are: a row each."""
    cells: list[list[str]] = []
    for child in element.iter("dt", "dd"):
        words = _said(_blocks(child, level))
        if child.tag == "dt" and cells:
            yield row(cells)
            cells = []
        cells.append(words)
    if cells:
        yield row(cells)


def _said(drafts: Iterator[Draft]) -> list[str]:
    return [cleaned(f"{one.printed} {' '.join(bit.words for bit in one.bits)}") for one in drafts]


_MOST_COLUMNS = 64
_MOST_ROWS = 1000


def _table(table: Any, level: int) -> Iterator[Draft]:
    rows = list(_rows(table))
    frames = table.get("role") in ("presentation", "none") or max(map(len, rows), default=0) <= 1
    if frames or any(one.find(".//h1") is not None or one.find(".//h2") is not None for cells in rows for one in cells):
        yield from _blocks_of_cells(table, rows, level)
        return
    above: dict[int, int] = {}
    for cells in rows:
        drafts = [list(_blocks(cell)) for cell in cells]
        yield row(_spread(cells, [_said(one for one in held if one.kind != "row") for held in drafts], above))
        yield from (one for held in drafts for one in held if one.kind == "row")


def _blocks_of_cells(table: Any, rows: Sequence[Sequence[Any]], level: int) -> Iterator[Draft]:
    """The blocks of a table that only arranges the page."""
    if not rows:
        yield from _blocks(table, level)
    for cell in (cell for cells in rows for cell in cells):
        yield from _blocks(cell, level)


def _rows(within: Any) -> Iterator[list[Any]]:
    for child in within:
        if child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)
        elif child.tag == "tr" and not _is_unread(child):
            yield [cell for cell in child if cell.tag in ("td", "th")]


def _spread(cells: Sequence[Any], words: Sequence[list[str]], above: dict[int, int]) -> list[list[str]]:
    """The cells of a row with empty ones for what cells span; `above` holds how many rows still lie under which."""
    spread: list[list[str]] = []

    def under() -> None:
        while above.get(len(spread), 0) and len(spread) < _MOST_COLUMNS:
            above[len(spread)] -= 1
            spread.append([])

    for cell, said in zip(cells, words, strict=True):
        under()
        columns, deep = _span(cell, "colspan", _MOST_COLUMNS), _span(cell, "rowspan", _MOST_ROWS) - 1
        for at in range(columns):
            above[len(spread)] = deep
            spread.append([] if at else said)
    under()
    return spread


def _span(cell: Any, name: str, most: int) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), most) if value.isdecimal() and len(value) < 9 else 1
