"""Lines with their place on the page become blocks and a `Text`: no file format is known here.

lines -> without running heads -> footnotes apart -> contents, rows of tables, headings, paragraphs, bullets
-> levels -> footnotes put back -> text
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from loaders.reading.drafts import Bit, Draft, without_empty, written
from loaders.reading.footnotes import apart, footnotes, put_back
from loaders.reading.lines import (
    Line,
    Measures,
    contents_pages,
    measured,
    rejoined,
    title_and_page,
    without_mark,
    without_running_heads,
)
from loaders.reading.markers import ends, is_second
from loaders.reading.ruled import ruled_row
from loaders.reading.tables import columns_of, in_columns, item, row_at, rows_of_contents
from loaders.text import BlockKind, Text, is_box_title


def text_of(lines: Sequence[Line], pages: int) -> Text:
    """The `Text` of a document's lines, given page by page in reading order."""
    kept = without_running_heads(rejoined(lines), pages)
    measures = measured(kept)
    main, small = apart(kept, measures.body)
    blocks = levelled(with_plain_headings(list(shaped(main, measures))))
    return written(put_back(without_empty(blocks), without_empty(footnotes(small))), pages)


@dataclass(slots=True)
class Shape:
    """A block with how its lines are set: its first and last line, and where its further lines begin."""

    draft: Draft
    first: Line
    last: Line
    hang: float | None = None
    edge: float = 0.0
    """Where the longest line on its page ends."""
    reach: float = 0.0
    """Where the longest of its lines before the last ends: in a box earlier than on the page."""


def shaped(lines: Sequence[Line], measures: Measures) -> Iterator[Shape]:
    """The blocks of the main lines in reading order."""
    contents = contents_pages(lines)
    edges = right_edges(lines)
    for is_contents, group in groupby(lines, key=lambda line: line.page in contents):
        if is_contents:
            yield from _contents(list(group), measures)
        else:
            yield from _blocks(list(group), measures, edges)


def _contents(lines: Sequence[Line], measures: Measures) -> Iterator[Shape]:
    titles = [title_and_page(line) for line in lines]
    first = next((at for at, title in enumerate(titles) if title), 0)
    while first and not is_large(lines[first - 1], measures):
        first -= 1
    yield from _blocks(lines[:first], measures, {})
    for draft in rows_of_contents(lines[first:], titles[first:]):
        yield Shape(draft, lines[first], lines[first])


def _blocks(lines: Sequence[Line], measures: Measures, edges: dict[tuple[int, float], float]) -> Iterator[Shape]:
    current: Shape | None = None
    columns: list[float] = []
    at = 0
    while at < len(lines):
        line = in_columns(lines[at], columns)
        if current and not line.cell and len(columns_of(line)) == 1 and continues(current, line, measures):
            extend(current, line)
            at += 1
            continue
        if current:
            yield current
        current = None
        if ruled := ruled_row(lines, at):
            draft, taken = ruled
            columns = []
            yield Shape(draft, line, lines[at + taken - 1])
        elif found := row_at([line, *lines[at + 1 : at + _ROW]], measures):
            draft, taken = found
            columns = [piece.x0 for piece in columns_of(line)] if len(columns_of(line)) > 1 else columns
            yield Shape(draft, line, lines[at + taken - 1])
        else:
            current, taken = begun(line, measures, edges.get((line.page, line.size), 0.0)), 1
            columns = []
        at += taken
    if current:
        yield current


_ROW = 60  # lines that one row of a table may have


def right_edges(lines: Sequence[Line]) -> dict[tuple[int, float], float]:
    """Where the longest line of each page and font size ends."""
    edges: dict[tuple[int, float], float] = {}
    for line in lines:
        key = (line.page, line.size)
        edges[key] = max(edges.get(key, 0.0), line.x1)
    return edges


def begun(line: Line, measures: Measures, edge: float) -> Shape:
    """A new block that begins with this line."""
    found = item(line)
    kind: BlockKind = "heading" if is_large(line, measures) else found.kind if found else "paragraph"
    words = line.text[found.end :] if found else line.text
    draft = Draft(kind, cells=[[Bit(words, line.page, line.hyphen)]], printed=found.printed if found else "")
    return Shape(draft, line, line, edge=edge)


def extend(shape: Shape, line: Line) -> None:
    """Add a further line to a block."""
    if shape.hang is None or line.page != shape.last.page:
        shape.hang = line.x0
    line = without_mark(line) if ends(shape.draft.words) else line
    shape.draft.cells[0].append(Bit(line.text, line.page, line.hyphen))
    shape.reach = max(shape.reach, shape.last.x1)
    shape.last = line


_VALUE = re.compile(r"[^:]{2,40}:\s+.*\d")
_LABEL = re.compile(r"[A-Z][^:.]{1,39}:\s+\S")


def is_large(line: Line, measures: Measures) -> bool:
    """Whether a line is set as a heading: much larger than the body, larger and bold, or bold and short."""
    if line.size >= 1.3 * measures.body:
        return True
    if not line.bold or line.size < measures.body - 0.6 or _VALUE.match(line.text):
        return False
    return line.size > measures.body + 0.8 or (len(line.text) < 130 and not _LABEL.match(line.text))


def continues(shape: Shape, line: Line, measures: Measures) -> bool:
    """Whether a line goes on with a block."""
    if is_box_title(line.text):
        return False
    if line.page != shape.last.page:
        return runs_over(shape, line, measures)
    gap = measures.gap(shape.last, line)
    if gap < -0.2 or abs(line.size - shape.last.size) > 1.1:
        return False
    cut = line.text[0].islower() and not ends(shape.draft.words) and gap < 2.0
    large = is_large(line, measures)
    if shape.draft.kind == "heading" or large:
        alike = shape.draft.kind == "heading" and large and line.bold == shape.first.bold
        if shape.draft.kind != "heading":
            return cut or (shape.first.bold and line.bold and gap < 1.3 and not _LABEL.match(line.text))
        return alike and gap < 1.35 and not item(line) and (cut or not _was_full_stop(shape, line))
    return _same_paragraph(shape, line, gap, cut)


def _same_paragraph(shape: Shape, line: Line, gap: float, cut: bool) -> bool:
    inner = shape.first.x0 if shape.hang is None else shape.hang
    beside = bool(shape.draft.printed) and abs(line.x0 - shape.first.x0) < 6
    if item(line) and (gap > 1.2 or beside or line.x0 < inner - 4 or ends(shape.draft.words)):
        return False
    if shape.draft.printed:
        return _same_item(shape, line, gap)
    if abs(line.x0 - inner) > (12 if not cut else 60) or (_LABEL.match(line.text) and _LABEL.match(shape.first.text)):
        return False
    return cut or (gap < 1.3 and not _was_full_stop(shape, line))


def _same_item(shape: Shape, line: Line, gap: float) -> bool:
    """Bullets and numbered paragraphs keep what is set in below them, further paragraphs too."""
    if shape.hang is None:
        return gap < 1.3 or (gap < 2.4 and line.x0 > shape.first.x0 + 4)
    return abs(line.x0 - shape.hang) < 6 and gap < 2.4 and (gap < 1.3 or shape.hang > shape.first.x0 + 6)


_LINES = 4  # by which a paragraph's own width is known


def _was_full_stop(shape: Shape, line: Line) -> bool:
    """Whether the last line was ended early: the next word would still have found room."""
    words = line.text.split()[0]
    each = (line.x1 - line.x0) / max(len(line.text), 1)
    whole = ends(shape.draft.words) or len(shape.draft.cells[0]) < _LINES
    room = (shape.edge if whole else max(shape.reach, shape.last.x1)) - shape.last.x1
    return not line.text[0].islower() and not shape.last.hyphen and room > (len(words) + 1) * each + 2.5 * line.size


def runs_over(shape: Shape, line: Line, measures: Measures) -> bool:
    """Whether a block goes on with the first line of the next page."""
    if shape.draft.kind == "heading" or is_large(line, measures) or abs(line.size - shape.last.size) > 0.6:
        return False
    finished = ends(shape.draft.words) and not (line.text[0].islower() and shape.draft.words[-1] in ";:")
    found = item(line)
    if found and (finished or found.kind == "bullet" or _follows(shape.draft.number, found.number)):
        return False
    if not finished and (shape.last.hyphen or not _was_full_stop(shape, line)):
        return True
    set_in = shape.hang is not None and shape.hang > shape.first.x0 + 6
    return bool(set_in and shape.hang is not None and abs(line.x0 - shape.hang) < 5)


def _follows(number: str | None, following: str | None) -> bool:
    """Whether a number is the next of its list: "18." at a line's begin may also be a sentence's end."""
    last, then = re.search(r"\d+$", number or ""), re.search(r"\d+$", following or "")
    return bool(last and then and int(then.group()) == int(last.group()) + 1)


_TITLE = re.compile(r"[A-Z‘“'\"][^.@:;?!|]{2,68}$")
_ADDRESS = re.compile(r"\d|^(?:dear|yours|www)\b", re.I)


def with_plain_headings(shapes: Sequence[Shape]) -> list[Shape]:
    """The blocks, those short lines made headings that stand alone before running text or a list."""
    return [
        replace(shape, draft=replace(shape.draft, kind="heading"))
        if following is not None and _stands_alone(before, shape, following)
        else shape
        for before, shape, following in zip([None, *shapes], shapes, [*shapes[1:], None], strict=False)
    ]


def _stands_alone(before: Shape | None, shape: Shape, following: Shape) -> bool:
    draft = shape.draft
    if draft.kind != "paragraph" or draft.printed or shape.first is not shape.last:
        return False
    if not _TITLE.match(draft.words) or _ADDRESS.search(draft.words):
        return False
    runs = following.draft.kind == "bullet" or bool(following.draft.printed) or following.first is not following.last
    after = before is None or before.draft.kind == "heading" or ends(before.draft.words)
    return runs and after and following.draft.kind in ("bullet", "paragraph")


def levelled(shapes: Sequence[Shape]) -> list[Draft]:
    """The blocks with levels: of headings by size and weight, of bullets by sign and indent."""
    headings = [shape for shape in shapes if shape.draft.kind == "heading"]
    looks = sorted({(shape.first.size, shape.first.bold) for shape in headings}, reverse=True)
    firsts = [s.first.x0 for s in shapes if s.draft.kind == "bullet" and not is_second(s.draft.printed)]
    drafts = []
    for shape in shapes:
        level = 0
        if shape.draft.kind == "heading":
            level = looks.index((shape.first.size, shape.first.bold)) + 1
        elif shape.draft.kind == "bullet":
            second = is_second(shape.draft.printed) and firsts and shape.first.x0 > min(firsts) + 6
            level = 2 if second else 1
        drafts.append(replace(shape.draft, level=level))
    return drafts
