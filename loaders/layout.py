"""Lines with their place on the page become blocks and a `Text`: no file format is known here.

lines -> without running heads -> footnotes apart -> rows of tables and groups of lines -> blocks -> text
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from loaders.text import Block, BlockKind, Span, Text


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line between wide gaps; `x0` and `x1` are its sides in points."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; `y` is its baseline in points from the page's foot, `size` its font's."""

    page: int
    pieces: tuple[Piece, ...]
    y: float
    height: float
    size: float
    bold: bool = False
    hyphen: bool = False
    """It ends in a hyphen that joins it with the next."""
    marked: bool = False
    """It begins with a small raised number, as footnotes do."""

    @property
    def text(self) -> str:
        """All words of the line."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def x0(self) -> float:
        """Where its words begin."""
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        """Where its words end."""
        return self.pieces[-1].x1


@dataclass(slots=True)
class Draft:
    """A block while it is put together: the words with the page that each of their lines stands on."""

    kind: BlockKind
    cells: list[list[tuple[str, int]]] = field(default_factory=lambda: [[]])
    level: int = 0
    number: str | None = None
    marker: str = ""
    size: float = 0.0
    bold: bool = False
    x0: float = 0.0
    hang: float | None = None
    last: Line | None = None

    @property
    def page(self) -> int:
        """The page that it begins on."""
        return next((page for cell in self.cells for _, page in cell), 1)


def text_of(lines: Sequence[Line], pages: int) -> Text:
    """The `Text` of a document's lines, given page by page in reading order."""
    kept = without_running_heads(lines, pages)
    body = body_size(kept)
    spacing = leading(kept)
    main, notes = apart_from_footnotes(kept, body)
    blocks = list(drafts(main, body, spacing))
    return written(levelled(with_footnotes(blocks, footnotes(notes))), pages)


# --- running heads, feet and page numbers

_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—|\s]*(?:\d{1,3}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,3})?[-–—|\s]*", re.I)
_MARGIN = 0.11


def without_running_heads(lines: Sequence[Line], pages: int) -> list[Line]:
    """The lines without page numbers and without what stands at the same place of many pages."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for line in lines:
        if in_margin(line):
            seen[_recurring(line)].add(line.page)
    often = 2 if pages <= 4 else max(3, pages // 5)
    return [
        line
        for line in lines
        if not in_margin(line)
        or not (_PAGE_NUMBER.fullmatch(line.text) or any(_near(seen, line, often)))
    ]


def in_margin(line: Line) -> bool:
    """Whether it stands at the very top or foot of its page."""
    return not _MARGIN * line.height <= line.y <= (1 - _MARGIN) * line.height


def _recurring(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.y / 6)


def _near(seen: dict[tuple[str, int], set[int]], line: Line, often: int) -> Iterator[bool]:
    words, y = _recurring(line)
    return (len(seen.get((words, y + d), ())) >= often for d in (-1, 0, 1))


# --- measures of the whole document


def body_size(lines: Iterable[Line]) -> float:
    """The font size that most characters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=12.0)


def leading(lines: Sequence[Line]) -> dict[float, float]:
    """The usual distance between two lines of each font size, in points."""
    gaps: dict[float, Counter[float]] = defaultdict(Counter)
    for a, b in zip(lines, lines[1:], strict=False):
        if a.page == b.page and a.size == b.size and 0.9 * a.size < a.y - b.y < 2.2 * a.size:
            gaps[a.size][round(2 * (a.y - b.y)) / 2] += 1
    return {size: min(counts, key=lambda gap: (-counts[gap], gap)) for size, counts in gaps.items()}


# --- footnotes

_NOTE = re.compile(r"(\d{1,3})\s*(?=\D)|[*†‡]\s*")


def apart_from_footnotes(lines: Sequence[Line], body: float) -> tuple[list[Line], list[Line]]:
    """Main lines, and those of footnotes: small print at the foot of a page that begins with a raised number."""
    main: list[Line] = []
    notes: list[Line] = []
    for _, group in groupby(lines, key=lambda line: line.page):
        page = sorted(group, key=lambda line: -line.y)
        at = len(page)
        while at and page[at - 1].size < body - 0.6:
            at -= 1
        while at < len(page) and not (page[at].marked or (_NOTE.match(page[at].text) and at > 0)):
            at += 1
        small = set(map(id, page[at:]))
        for line in sorted(page, key=lambda line: 0):
            pass
        main += [line for line in lines if line.page == page[0].page and id(line) not in small]
        notes += page[at:]
    return main, notes


def footnotes(lines: Sequence[Line]) -> list[Draft]:
    """One draft a footnote."""
    notes: list[Draft] = []
    for line in lines:
        mark = _NOTE.match(line.text)
        if not notes or notes[-1].page != line.page or (mark and (line.marked or mark.group(1))):
            notes.append(Draft("footnote", number=mark.group(1) if mark else None))
            words = line.text[mark.end() :] if mark else line.text
        else:
            words = line.text
        notes[-1].cells[0].append((words + ("-\n" if line.hyphen else ""), line.page))
    return notes


def with_footnotes(blocks: list[Draft], notes: Sequence[Draft]) -> list[Draft]:
    """The blocks with each page's notes behind those that begin on it, but before one that runs over to the next."""
    waiting = sorted(notes, key=lambda note: note.page)
    merged: list[Draft] = []
    for at, block in enumerate(blocks):
        following = blocks[at + 1].page if at + 1 < len(blocks) else block.page + 1
        runs_over = any(page > block.page for cell in block.cells for _, page in cell)
        while waiting and (waiting[0].page < block.page or (waiting[0].page == block.page and runs_over and following > block.page)):
            merged.append(waiting.pop(0))
        merged.append(block)
    return merged + waiting


# --- markers of list items

_BULLET = re.compile(r"([\ue000-\uf8ff■◼▪•●○◦‣⁃∙·✓➢❖□▫►]+|[-–—](?=\s)|o(?=\s))\s*(?=\S)")
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,2}){0,2}\.?|\(?[a-z]{1,4}\)|\(?\d{1,2}\))\s*(?=[A-Z‘“'\"(£\d]|\s[a-z])")
_SECOND = frozenset("-–—o○◦▫\uf02d\uf0b0")


@dataclass(frozen=True, slots=True)
class Marker:
    """What a list item or numbered paragraph begins with."""

    kind: BlockKind
    number: str | None
    sign: str
    end: int


def marker(words: str) -> Marker | None:
    """The marker that the words begin with, if they do."""
    if bullet := _BULLET.match(words):
        return Marker("bullet", None, bullet.group(1)[0], bullet.end())
    if numbered := _NUMBER.match(words):
        number = numbered.group(1)
        if "." in number or ")" in number:
            return Marker("paragraph", number.rstrip("."), "", numbered.end())
    return None


# --- blocks

_ENDS = re.compile(r"[.!?:;][’”\"')\]]*$")


def drafts(lines: Sequence[Line], body: float, spacing: dict[float, float]) -> Iterator[Draft]:
    """The blocks of the main lines, in reading order."""
    current: Draft | None = None
    at = 0
    while at < len(lines):
        table, following = rows(lines, at, spacing)
        if table:
            if current:
                yield current
            yield from table
            current, at = None, following
            continue
        line = lines[at]
        if current and continues(current, line, body, spacing):
            extend(current, line)
        else:
            if current:
                yield current
            current = begun(line, body)
        at += 1
    if current:
        yield current


def begun(line: Line, body: float) -> Draft:
    """A new block that begins with this line."""
    found = marker(line.text)
    large = is_large(line, body)
    kind: BlockKind = "heading" if large else found.kind if found else "paragraph"
    draft = Draft(
        kind,
        number=found.number if found else None,
        marker=found.sign if found else "",
        size=line.size,
        bold=line.bold,
        x0=line.x0,
    )
    _add(draft, line, line.text[found.end :] if found else line.text)
    return draft


def extend(draft: Draft, line: Line) -> None:
    """Add a further line to a block."""
    if draft.hang is None:
        draft.hang = line.x0
    _add(draft, line, line.text)


def _add(draft: Draft, line: Line, words: str) -> None:
    draft.cells[0].append((words + ("-\n" if line.hyphen else ""), line.page))
    draft.last = line


_PAIR = re.compile(r"^[^:]{2,40}:\s+\S")


def is_large(line: Line, body: float) -> bool:
    """Whether the line is set as a heading: larger than the body and bold, much larger, or bold and short."""
    if line.size >= 1.3 * body or (line.bold and line.size > body + 0.8):
        return True
    return line.bold and line.size > body - 0.6 and len(line.text) < 130 and not _PAIR.match(line.text)


def continues(draft: Draft, line: Line, body: float, spacing: dict[float, float]) -> bool:
    """Whether the line goes on with the block."""
    last = draft.last
    if last is None:
        return False
    heading = draft.kind == "heading"
    if heading or is_large(line, body):
        same = heading and is_large(line, body) and line.bold == draft.bold and abs(line.size - draft.size) < 0.6
        return same and line.page == last.page and 0 < last.y - line.y < 1.5 * line.size and not marker(line.text)
    if line.page != last.page:
        return runs_over(draft, line)
    if abs(line.size - last.size) > 1.1:
        return False
    gap = last.y - line.y
    usual = spacing.get(line.size, 1.25 * line.size)
    inner = draft.hang if draft.hang is not None else draft.x0
    if gap < -2:
        return False
    if marker(line.text) and (gap > 1.2 * usual or line.x0 < inner - 4 or _ends(draft)):
        return False
    if draft.kind == "bullet" or draft.number:
        if draft.hang is None:
            return line.x0 > draft.x0 + 4 and gap < 2.4 * usual or gap < 1.3 * usual
        return abs(line.x0 - draft.hang) < 6 and gap < 2.4 * usual
    return gap < 1.3 * usual and abs(line.x0 - inner) < 12


def _ends(draft: Draft) -> bool:
    return bool(_ENDS.search(draft.cells[-1][-1][0]))


def runs_over(draft: Draft, line: Line) -> bool:
    """Whether a block goes on with the first line of the next page."""
    last = draft.last
    if last is None or abs(line.size - last.size) > 0.6:
        return False
    words = line.text
    if marker(words) and not (words[0].isdigit() and not _ends(draft)):
        return False
    if not _ends(draft) and (words[0].islower() or not words[0].isupper() or last.x1 > 0.7 * last.pieces[0].x0):
        return True
    return draft.hang is not None and draft.hang > draft.x0 + 6 and abs(line.x0 - draft.hang) < 4


# --- rows of tables


def rows(lines: Sequence[Line], at: int, spacing: dict[float, float]) -> tuple[list[Draft], int]:
    """The table that begins at this line, as rows, and the index behind it; no rows where there is none."""
    found: list[Draft] = []
    while at < len(lines):
        row, following = row_at(lines, at, spacing)
        if row is None:
            break
        found.append(row)
        at = following
    return found, at


def row_at(lines: Sequence[Line], at: int, spacing: dict[float, float]) -> tuple[Draft | None, int]:
    """One row: cells beside each other on one line, or a label's lines with what stands to the right of them."""
    cell = [lines[at]]
    following = at + 1
    pieces = _columns(lines[at])
    if len(pieces) > 1:
        return _row([[(piece.text, lines[at].page)] for piece in pieces], lines[at]), following
    while following < len(lines) and _below(cell[-1], lines[following], spacing):
        cell.append(lines[following])
        following += 1
    right: list[Line] = []
    while following < len(lines) and _beside(cell, right, lines[following], spacing):
        right.append(lines[following])
        following += 1
    if not right:
        return None, at
    return _row([_cell(cell), _cell(right)], cell[0]), following


def _columns(line: Line) -> list[Piece]:
    pieces = list(line.pieces)
    found = marker(line.text)
    if len(pieces) > 1 and found and found.end >= len(pieces[0].text):
        pieces[:2] = [Piece(f"{pieces[0].text} {pieces[1].text}", pieces[0].x0, pieces[1].x1)]
    return pieces


def _below(above: Line, line: Line, spacing: dict[float, float]) -> bool:
    usual = spacing.get(line.size, 1.25 * line.size)
    return line.page == above.page and 0 < above.y - line.y < 1.35 * usual and len(line.pieces) == 1


def _beside(left: Sequence[Line], right: Sequence[Line], line: Line, spacing: dict[float, float]) -> bool:
    if line.page != left[0].page or line.x0 < max(item.x1 for item in left) + line.size / 2:
        return False
    if not right:
        return left[-1].y - 2 * line.size < line.y <= left[0].y + 2 * line.size
    return abs(line.x0 - right[0].x0) < 4 and _below(right[-1], line, spacing)


def _cell(lines: Iterable[Line]) -> list[tuple[str, int]]:
    return [(line.text + ("-\n" if line.hyphen else ""), line.page) for line in lines]


def _row(cells: list[list[tuple[str, int]]], line: Line) -> Draft:
    words, page = cells[0][0]
    found = marker(words)
    number = found.number if found else None
    if found:
        cells[0][0] = (words[found.end :], page)
    return Draft("row", cells=cells, number=number, size=line.size, bold=line.bold, x0=line.x0, last=line)


# --- levels and the text itself


def levelled(blocks: Sequence[Draft]) -> list[Draft]:
    """The blocks with levels of headings, by size and weight, and of bullets, by sign."""
    looks = sorted({(draft.size, draft.bold) for draft in blocks if draft.kind == "heading"}, reverse=True)
    first = [draft.x0 for draft in blocks if draft.kind == "bullet" and draft.marker not in _SECOND]
    for draft in blocks:
        if draft.kind == "heading":
            draft.level = looks.index((draft.size, draft.bold)) + 1
        elif draft.kind == "bullet":
            draft.level = 2 if draft.marker in _SECOND and first and draft.x0 > min(first) + 6 else 1
    return list(blocks)


_SPACES = re.compile(r"[\s\u200b\ufeff\u00ad]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff\ufffe\uffff\ufffd\u200b-\u200f\u2060\ufeff\u00ad]")


def cleaned(words: str) -> str:
    """The words in NFC with single spaces and without control characters."""
    return _SPACES.sub(" ", _CONTROLS.sub("", unicodedata.normalize("NFC", words.replace("\t", " ").replace("\n", " ")))).strip()


def written(blocks: Sequence[Draft], pages: int) -> Text:
    """The text that the blocks make: one line each, cells parted by tabs, numbers and bullets before the words."""
    out: list[str] = []
    at = 0
    starts: dict[int, int] = {}
    done: list[Block] = []
    for draft in blocks:
        prefix = f"{draft.number}. " if draft.number and draft.number[-1] != ")" else f"{draft.number} " if draft.number else ""
        prefix = "• " * (draft.kind == "bullet") + prefix
        spans: list[Span] = []
        line = prefix
        for cell in draft.cells:
            if spans:
                line += "\t"
            begin = len(line)
            for words, page in cell:
                words = cleaned(words) if not words.endswith("-\n") else cleaned(words[:-2]) + "-"
                if not words:
                    continue
                if len(line) > begin and not (line.endswith("-") and hyphen):
                    line += " "
                starts.setdefault(page, at + (len(line) if len(line) > begin or spans else 0))
                line += words
                hyphen = words.endswith("-")
            spans.append(Span(at + begin, at + len(line)))
        if not any(span.end > span.start for span in spans):
            continue
        whole = Span(spans[0].start, spans[-1].end)
        done.append(Block(draft.kind, whole, draft.level, draft.number, tuple(spans) if draft.kind == "row" else ()))
        out.append(line)
        at += len(line) + 1
    content = "\n".join(out) + "\n" * bool(out)
    return Text(content, tuple(done), _page_starts(starts, pages, len(content)))


def _page_starts(starts: dict[int, int], pages: int, end: int) -> tuple[int, ...]:
    offsets = []
    following = end
    for page in range(pages, 0, -1):
        following = min(following, starts.get(page, following))
        offsets.append(following)
    return tuple(reversed(offsets)) and (0, *reversed(offsets[:-1]))
