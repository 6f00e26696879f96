"""The `Text`: what every file format becomes before anybody tries to understand it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

# Joint inspections since 2016 set examples in boxes, which stand in the midst of paragraphs and lists.
_BOX_TITLE = re.compile(
    r"\W*(?:(?:case|practice)\s+stud(?:y|ies)|places\s+and\s+spaces|(?:good\s+)?practice\s+examples?)"
    r"\s*[:–-]\s*[^.!?:]{3,60}",
    re.IGNORECASE,
)

BlockKind = Literal["heading", "paragraph", "bullet", "row", "footnote"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of `Text.content`: offsets in code points, `end` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, bullet, table row or footnote; `span` holds its words without marker or number."""

    kind: BlockKind
    span: Span
    level: int = 0
    """Of a heading: 1 is the highest. Of a bullet: 1 or 2. Otherwise 0."""
    number: str | None = None
    """The number that is printed before it ("12", "5.2", "a)"), without its full stop."""
    cells: tuple[Span, ...] = ()
    """Of a row: its cells from left to right, empty ones included."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words in reading order, free of running heads, page numbers and line breaks within a block.

    Each block stands on a line of `content` of its own (a row's cells are parted by tabs); lines end in LF only.
    `page_starts[k]` is the offset at which page k+1 begins, and is empty where the source has no pages.
    """

    content: str
    blocks: tuple[Block, ...]
    page_starts: tuple[int, ...] = ()

    def words(self, of: Block | Span) -> str:
        """The words of a block or span, exactly as `content` holds them."""
        span = of.span if isinstance(of, Block) else of
        return self.content[span.start : span.end]

    def page(self, offset: int) -> int | None:
        """The page, from 1, that the character at `offset` stands on; None where the source has no pages."""
        return bisect_right(self.page_starts, offset) or 1 if self.page_starts else None

    def sections(self) -> Iterator[tuple[Block | None, list[Block]]]:
        """Each heading with the blocks up to the next heading of any level; first what stands before any heading."""
        heading: Block | None = None
        held: list[Block] = []
        for block in self.blocks:
            if block.kind == "heading":
                yield heading, held
                heading, held = block, []
            else:
                held.append(block)
        yield heading, held


def is_box_title(words: str) -> bool:
    """Whether words are the title of a box in running text and nothing else.

    >>> is_box_title("Case study: area for improvement"), is_box_title("Case studies show progress.")
    (True, False)
    """
    return _BOX_TITLE.fullmatch(words.strip()) is not None
