"""An action plan as printed: recommendations one after another, each with what is quoted under it and its table.

Knows nothing of files: it takes the blocks of a `Text`, in which tables are blocks of kind "row".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.packs.plan_columns import Columns, Header, header
from loaders.packs.plan_references import Reference, prefix_of, printed, references, style
from loaders.packs.plan_rows import Line, PlanRow, rows
from loaders.packs.ratings import is_legend
from loaders.records import RecommendationKind
from loaders.text import Block, Span, Text
from ontology import Vocabulary

# The first letters may be lost at the cut edge of a scanned page, as they are of what stands below.
_OPENING = re.compile(
    r"(?P<kind>R?E?C?OMMENDATION|AREA FOR IMPROVEMENT|AREA FOR PRIORITY ACTION|PRIORITY ACTION)"
    r"\s*(?:NO\.?|NUMBER|#)?\s*(?P<number>\d{1,2})\b\s*(?P<mark>[:.)–—-]*)\s*",
    re.IGNORECASE,
)
_BROKEN = re.compile(r"\w{1,4}\.")
_LABEL = re.compile(r"[^.!?]{0,80}:$")


@dataclass(frozen=True, slots=True)
class Part:
    """One recommendation of a plan: its number, kind, words, what is quoted under it, and its actions.

    `number` is None for actions that stand under none. `cut` says that the page's left edge is lost at its heading.
    """

    number: int | None
    kind: RecommendationKind
    statement: tuple[Block, ...]
    statement_spans: tuple[Span, ...]
    quoted: tuple[Block, ...]
    rows: tuple[PlanRow, ...]
    references: tuple[Reference, ...]
    heading: Span | None
    cut: bool
    torn: tuple[Span, ...]
    """Lines of the table with fewer cells than columns that matter."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A part while its blocks are gathered."""

    heading: Span | None = None
    number: int | None = None
    kind: RecommendationKind = "recommendation"
    cut: bool = False
    inline: Span | None = None
    blocks: tuple[Block, ...] = ()
    lines: tuple[Line, ...] = ()


def parts(blocks: Sequence[Block], text: Text, vocabulary: Vocabulary) -> tuple[Part, ...]:
    """The parts of the plan in these blocks, in order; those with neither words nor actions are left out."""
    drafts = [draft for draft in _drafts(blocks, text, vocabulary) if draft.lines or draft.number is not None]
    way = style([cell for draft in drafts for line in draft.lines for cell in _printed_references(line, text)])
    made = [rows(draft.lines, text, way) for draft in drafts]
    shown = list(_prefixes(drafts, made, text, way))
    return tuple(_part(draft, its, text, way, shown) for draft, its in zip(drafts, made, strict=True))


def _printed_references(line: Line, text: Text) -> list[str]:
    return [text.words(cell) for k, cell in enumerate(line.cells) if line.columns.role(k) == "reference"]


def _cells(block: Block, text: Text) -> tuple[str, ...]:
    return tuple(text.words(cell) for cell in block.cells)


def begins_table(blocks: Sequence[Block], text: Text, vocabulary: Vocabulary) -> Header | None:
    """The header of a plan's table that begins with the first of these blocks."""
    run = []
    for block in blocks[:3]:
        if block.kind != "row":
            break
        run.append(_cells(block, text))
    return header(run, vocabulary)


def _drafts(blocks: Sequence[Block], text: Text, vocabulary: Vocabulary) -> Iterator[_Draft]:
    draft, columns, at = _Draft(), None, 0
    while at < len(blocks):
        block = blocks[at]
        opened = _opened(block, text)
        if opened is not None:
            yield draft
            draft, at = opened, at + 1
            continue
        found = begins_table(blocks[at : at + 3], text, vocabulary) if block.kind == "row" else None
        if found is not None:
            at += found.lines
            columns = found.columns
            below = blocks[at] if at < len(blocks) else None
            if below is not None and below.kind == "row":
                cells = _without_overflow(below, columns, text)
                draft = replace(draft, lines=(*draft.lines, Line(cells, columns, first=not draft.lines)))
                at += 1
            continue
        if block.kind == "row" and is_legend(_cells(block, text), vocabulary):
            at += 1
            continue
        if columns is not None and _of_another_table(blocks, at):
            columns = None
        if block.kind == "row" and columns is not None:
            draft = replace(draft, lines=(*draft.lines, Line(block.cells, columns, first=not draft.lines)))
        else:
            draft = replace(draft, blocks=draft.blocks if draft.lines else (*draft.blocks, block))
        at += 1
    yield draft


def _of_another_table(blocks: Sequence[Block], at: int) -> bool:
    """Whether a row is the first below a heading and narrower than the rows above: the next sheet of a workbook.

    A table that goes on below the head of a page keeps its width.
    """
    if blocks[at].kind != "row" or at < 2 or blocks[at - 1].kind != "heading" or blocks[at - 1].level != 1:
        return False
    above = next((block for block in reversed(blocks[: at - 1]) if block.kind == "row"), None)
    return above is not None and len(blocks[at].cells) < len(above.cells)


def _opened(block: Block, text: Text) -> _Draft | None:
    """The part that a block opens: a heading "Recommendation 3", with or without the words of it on the same line."""
    if block.kind == "row":
        held = [cell for cell in block.cells if text.words(cell).strip()]
        if len(held) != 1:
            return None
        span = held[0]
    else:
        span = block.span
    words = text.words(span)
    match = _OPENING.match(words)
    if match is None or (match.end() < len(words) and not match["mark"] and not words[match.end()].isupper()):
        return None
    kind = _kind(match["kind"].lower())
    rest = Span(span.start + match.end(), span.end)
    cut = kind == "recommendation" and len(match["kind"]) < len("recommendation")
    return _Draft(span, int(match["number"]), kind, cut, rest if rest.start < rest.end else None)


def _kind(name: str) -> RecommendationKind:
    if "priority" in name:
        return "area-for-priority-action"
    return "area-for-improvement" if "improvement" in name else "recommendation"


def _without_overflow(block: Block, columns: Columns, text: Text) -> tuple[Span, ...]:
    """The cells of the line below a header without header words that slipped into them, where two cells show such."""
    titles = (*columns.titles, *([""] * len(block.cells)))
    over = [_overflow(text.words(cell), title) for cell, title in zip(block.cells, titles, strict=False)]
    if sum(map(bool, over)) < 2:
        return block.cells
    return tuple(Span(cell.start + length, cell.end) for cell, length in zip(block.cells, over, strict=True))


def _overflow(words: str, title: str) -> int:
    """How many characters at the start of a cell repeat the last word of its column's title."""
    last = title.rsplit(maxsplit=1)[-1] if title else ""
    begins = re.match(rf"\s*{re.escape(last)}(?:\s+|$)", words) if last else None
    return begins.end() if begins else 0


def _prefixes(
    drafts: Sequence[_Draft], made: Sequence[tuple[PlanRow, ...]], text: Text, way: str | None
) -> Iterator[tuple[int, str]]:
    for draft, its in zip(drafts, made, strict=True):
        for row in its:
            found = printed(row.words(text, "reference"), way)
            if found and draft.number is not None:
                yield draft.number, found.prefix


def _part(
    draft: _Draft, its: tuple[PlanRow, ...], text: Text, way: str | None, shown: Sequence[tuple[int, str]]
) -> Part:
    statement, quoted = _said(draft, text)
    spans = ((draft.inline,) if draft.inline else ()) + tuple(block.span for block in statement)
    first = [_printed_reference(row, text, way) for row in its]
    prefix = prefix_of(draft.number, shown) if draft.number is not None else None
    found = references(first, way, prefix) if prefix is not None or draft.number is not None else _by_runs(first, way)
    short = (line.cells for line in draft.lines if len(line.cells) <= _last_that_matters(line.columns))
    torn = tuple(cells[0] for cells in short if cells)
    return Part(draft.number, draft.kind, statement, spans, quoted, its, found, draft.heading, draft.cut, torn)


def _last_that_matters(columns: Columns) -> int:
    """The last column that says what, who or when."""
    mattering = ("action", "lead", "due", "lead-and-due")
    return max(column for column, role in enumerate(columns.roles) if role in mattering)


def _printed_reference(row: PlanRow, text: Text, way: str | None) -> str:
    """What a row prints as its reference: on its first line, with the next where it breaks off after a full stop.

    A row that is vertically centred has it further down; there only a clean one counts.
    """
    spans = row.cells.get("reference", ())
    words = [text.words(span) for span in spans]
    if not spans or spans[0].start > row.cells["action"][0].start:
        return next((one for one in words if printed(one, way)), "")
    words = words[:2]
    broken = len(words) == 2 and _BROKEN.fullmatch(words[0]) and words[1].isdigit()
    return " ".join(words) if broken else words[0]


def _by_runs(cells: Sequence[str], way: str | None) -> tuple[Reference, ...]:
    """References of actions under no recommendation, each run of one prefix counted for itself."""
    found: list[Reference] = []
    run: list[str] = []
    prefix: str | None = None
    for cell in cells:
        one = printed(cell, way)
        if one and prefix is not None and one.prefix != prefix:
            found += references(run, way, prefix)
            run = []
        prefix = one.prefix if one else prefix
        run.append(cell)
    return (*found, *references(run, way, prefix))


def _said(draft: _Draft, text: Text) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The blocks of the recommendation's own words, and those that are quoted under it; labels are neither."""
    held = [block for block in draft.blocks if block.kind in ("paragraph", "bullet", "heading")]
    statement: tuple[Block, ...] = ()
    if draft.heading is not None and draft.inline is None and held:
        statement, held = (held[0],), held[1:]
    if draft.heading is None:
        return (), ()
    quoted = (block for block in held if block.kind != "heading" and not _LABEL.fullmatch(text.words(block)))
    return statement, tuple(quoted)
