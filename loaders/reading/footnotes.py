"""Footnotes, which stand apart at the foot of a page and must not cut the paragraph that runs past them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from loaders.reading.drafts import Bit, Draft
from loaders.reading.lines import Line

_MARK = re.compile(r"(\d{1,3})\s*(?=[^\d.)%]|$)|[*†‡]\s*")


def apart(lines: Sequence[Line], body: float) -> tuple[list[Line], list[Line]]:
    """The main lines, and those of footnotes: small print at the foot of a page, from its first mark on."""
    main: list[Line] = []
    notes: list[Line] = []
    for _, group in groupby(lines, key=lambda line: line.page):
        page = list(group)
        foot = _foot(page, body)
        main += [line for line in page if line not in foot]
        notes += foot
    return main, notes


def _foot(page: Sequence[Line], body: float) -> list[Line]:
    lowest = max((-line.y for line in page if line.size >= body - 0.6), default=None)
    if lowest is None:
        return []
    small = sorted((line for line in page if -line.y > lowest and not line.cell), key=lambda line: (-line.y, line.x0))
    first = next((at for at, line in enumerate(small) if _begins(line)), len(small))
    return small[first:]


def _begins(line: Line) -> bool:
    return line.raised or (len(line.pieces) == 1 and _MARK.match(line.text) is not None)


def footnotes(lines: Sequence[Line]) -> list[Draft]:
    """One draft for each footnote."""
    notes: list[Draft] = []
    raised = any(line.raised or line.text.isdigit() for line in lines)
    for line in lines:
        found = _MARK.match(line.text)
        begins = found is not None and (line.raised or not raised or line.text.isdigit())
        if begins or not notes or notes[-1].bits[-1].page != line.page:
            notes.append(Draft("footnote", printed=found.group().strip() if found else ""))
            notes[-1].cells[0].append(Bit(line.text[found.end() :] if found else line.text, line.page, line.hyphen))
        else:
            notes[-1].cells[0].append(Bit(line.text, line.page, line.hyphen))
    return notes


def put_back(blocks: Sequence[Draft], notes: Sequence[Draft]) -> list[Draft]:
    """The blocks with each page's notes behind those that end on it, before one that runs over to the next."""
    waiting = list(notes)
    merged: list[Draft] = []
    for block in blocks:
        pages = [bit.page for bit in block.bits]
        while waiting and waiting[0].bits[0].page <= pages[0] and waiting[0].bits[0].page < pages[-1]:
            merged.append(waiting.pop(0))
        merged.append(block)
    return merged + waiting
