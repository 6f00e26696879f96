"""Blocks while they are put together, and the `Text` that they are written into."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from loaders.text import Block, BlockKind, Span, Text


class Bit(NamedTuple):
    """The words of one line with the page that they stand on; `hyphen` where they were broken at their end."""

    words: str
    page: int
    hyphen: bool = False


@dataclass(slots=True)
class Draft:
    """A block that grows line by line; every kind but a row has one cell."""

    kind: BlockKind
    cells: list[list[Bit]] = field(default_factory=lambda: [[]])
    level: int = 0
    printed: str = ""
    """Its sign or number, as printed."""

    @property
    def number(self) -> str | None:
        """The printed number without its full stop."""
        return self.printed.rstrip(".") if any(map(str.isalnum, self.printed)) and self.printed != "o" else None

    @property
    def bits(self) -> list[Bit]:
        """The words of all cells."""
        return [bit for cell in self.cells for bit in cell]

    @property
    def words(self) -> str:
        """The words of its last line."""
        return self.cells[-1][-1].words if self.cells[-1] else ""


def written(drafts: Iterable[Draft], pages: int) -> Text:
    """The text that the blocks make: a line each, cells parted by tabs, signs and numbers before the words."""
    lines: list[str] = []
    blocks: list[Block] = []
    starts: dict[int, int] = {}
    at = 0
    for draft in drafts:
        line, spans, turns = _line(draft)
        if not any(span.end > span.start for span in spans):
            continue
        for page, offset in turns:
            starts.setdefault(page, at + offset)
        spans = [Span(at + span.start, at + span.end) for span in spans]
        cells = tuple(spans) if draft.kind == "row" else ()
        blocks.append(Block(draft.kind, Span(spans[0].start, spans[-1].end), draft.level, draft.number, cells))
        lines.append(line)
        at += len(line) + 1
    content = "".join(f"{line}\n" for line in lines)
    return Text(content, tuple(blocks), _page_starts(starts, pages, len(content)))


def _line(draft: Draft) -> tuple[str, list[Span], list[tuple[int, int]]]:
    """A block's line, the spans of its cells in it, and where in it which page begins."""
    line = _prefix(draft)
    spans: list[Span] = []
    turns: list[tuple[int, int]] = []
    for cell in draft.cells:
        line += "\t" if spans else ""
        begin = len(line)
        joined = True
        for bit in cell:
            words = cleaned(bit.words)
            if not words:
                continue
            line += "" if joined or (line.endswith("-") and not _AND.match(words)) else " "
            if not turns or turns[-1][0] != bit.page:
                turns.append((bit.page, len(line) if turns else 0))
            line += f"{words}-" if bit.hyphen else words
            joined = False
        spans.append(Span(begin, len(line)))
    return line, spans, turns


_AND = re.compile(r"(?:and|or|to)\b(?!-)")  # "pre- and post-adoption": the hyphen stands for a word left out


def _prefix(draft: Draft) -> str:
    sign = "" if draft.kind != "bullet" else "– " if draft.level > 1 else "• "
    return sign + (f"{draft.printed} " if draft.number else "")


def _page_starts(starts: dict[int, int], pages: int, end: int) -> tuple[int, ...]:
    """The offset of each page's first word; a page without words begins where the next one does."""
    offsets = [end] * pages
    for page in range(pages, 0, -1):
        following = offsets[page] if page < pages else end
        offsets[page - 1] = min(starts.get(page, following), following)
    return (0, *offsets[1:]) if pages else ()


_DROPPED = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufeff\ufff0-\uffff]"
)


def cleaned(words: str) -> str:
    """The words in NFC with single spaces, without control characters or signs that only one font knows."""
    if words.isascii() and words.isprintable():
        return " ".join(words.split())
    spaced = re.sub(r"[\s\u200b]+", " ", unicodedata.normalize("NFC", words))
    return " ".join(_DROPPED.sub("", spaced).split())


def without_empty(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that hold words."""
    return [draft for draft in drafts if any(cleaned(bit.words) for bit in draft.bits)]
