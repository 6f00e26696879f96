"""The parts of a committee's pack: its agenda, minutes of an earlier meeting, and the papers under its items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from loaders.text import Block, Text

PackKind = Literal["agenda", "minutes", "paper"]

_ITEM_PAGE = re.compile(r"agenda\s+item(?:\s+no\.?)?\s*:?\s*(\d{1,3}[a-z]?)\W*", re.IGNORECASE)
_MINUTES = re.compile(
    r"(?:draft\s+|public\s+|confirmed\s+)?minutes\s+of\s+(?:the\s+|a\s+)(?:[\w,&'’-]+\s+){0,12}?"
    r"(?:meeting|committee|panel|board|held)\b",
    re.IGNORECASE,
)
_MINUTES_ALONE = re.compile(r"(?:draft\s+)?minutes\W*", re.IGNORECASE)
_HELD = re.compile(r"\bheld\s+(?:on|at|in)\b|\bmeeting\b", re.IGNORECASE)
_BODY = r"(?:Sub-)?(?:Committee|Panel|Board|Commission|Cabinet|Forum|COMMITTEE|PANEL|BOARD|COMMISSION|CABINET|FORUM)\b"
COMMITTEE = re.compile(
    rf"(?:[A-Z][\w&'’-]*,?\s+(?:(?:and|of|for|the|on)\s+){{0,2}}){{1,8}}{_BODY}|\b(?:Cabinet|CABINET)\b"
)
"""A committee's name, in capitals as headings print it or not."""
_AGENDA = re.compile(r"agenda\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PackPart:
    """One part with its blocks; `item` is the agenda item that it belongs to, where the page says so."""

    kind: PackKind
    item: str | None
    blocks: tuple[Block, ...]


def pack_parts(blocks: Sequence[Block], text: Text) -> tuple[PackPart, ...]:
    """All blocks of a pack in order, each in one part."""
    starts = sorted({0, *_starts(blocks, text)})
    bounds = zip(starts, [*starts[1:], len(blocks)], strict=True)
    return tuple(_part(tuple(blocks[start:end]), text) for start, end in bounds if start < end)


def minutes_line(blocks: Sequence[Block], at: int, text: Text) -> bool:
    """Whether minutes begin with a block: "Minutes of the meeting held on …", or "Minutes" above the like."""
    words = text.words(blocks[at])
    titled = blocks[at].kind != "row" and _MINUTES.match(words) is not None and not words.rstrip().endswith(".")
    return titled or _minutes_heading(blocks, at, text)


def is_agenda(block: Block, text: Text) -> bool:
    """Whether a block is the heading "Agenda"."""
    return _AGENDA.fullmatch(text.words(block)) is not None


def _starts(blocks: Sequence[Block], text: Text) -> Iterator[int]:
    for at, block in enumerate(blocks):
        words = text.words(block)
        if block.kind != "row" and _ITEM_PAGE.fullmatch(words):
            yield at
        elif minutes_line(blocks, at, text):
            yield at - _committee_lines(blocks, at, text)


def _minutes_heading(blocks: Sequence[Block], at: int, text: Text) -> bool:
    """A line "Minutes" below which a meeting is said to have been held."""
    if blocks[at].number is not None or not _MINUTES_ALONE.fullmatch(text.words(blocks[at])):
        return False
    return any(_HELD.search(text.words(block)) and len(text.words(block)) < 250 for block in blocks[at + 1 : at + 4])


def _committee_lines(blocks: Sequence[Block], at: int, text: Text) -> int:
    """How many lines just above a title name the committee, or the item of the agenda that the minutes are."""
    above = 0
    while above < 3 and at - above > 0:
        words = text.words(blocks[at - above - 1])
        if _ITEM_PAGE.fullmatch(words):
            return above + 1
        if not COMMITTEE.fullmatch(" ".join(words.split())):
            break
        above += 1
    return above


def _part(blocks: tuple[Block, ...], text: Text) -> PackPart:
    paged = _ITEM_PAGE.fullmatch(text.words(blocks[0]))
    item = paged[1] if paged else None
    if any(minutes_line(blocks, at, text) for at in range(min(8, len(blocks)))):
        return PackPart("minutes", item, blocks)
    agenda = item is None and any(is_agenda(block, text) for block in blocks)
    return PackPart("agenda" if agenda else "paper", item, blocks)
