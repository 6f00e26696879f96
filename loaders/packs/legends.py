"""What a plan's own legend says that its ratings mean: "Blue: complete", for progress and for impact apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from loaders.packs.ratings import rating
from loaders.text import Block, Span, Text
from ontology import Vocabulary

Side = Literal["progress", "impact"]

_ENTRY = re.compile(
    r"(?P<sign>[A-Za-z]{1,8}(?: [a-z]{2,8})?)\s*(?:[=:–—]|\s-)\s*(?P<meaning>[A-Za-z].{2,160}?)[\s.;,]*", re.DOTALL
)
_NEXT = re.compile(r"\t+|[;|]\s*|[,.]\s+(?=[A-Z]\w{0,8}\s*(?:[=:–—]|-\s))")
_SIDES: tuple[tuple[Side, re.Pattern[str]], ...] = (
    ("impact", re.compile(r"\b(?:impact|outcomes?|effect)\b", re.IGNORECASE)),
    ("progress", re.compile(r"\b(?:progress|actions?|delivery|implementation|status)\b", re.IGNORECASE)),
)
_MOST = 400
"""Characters of a line that may belong to a legend."""
_MOST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Legend:
    """Meanings by side and printed sign or rating id, and the stretches of text that give them."""

    meanings: Mapping[tuple[Side, str], str] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()

    def meaning(self, side: Side, printed: str, rated: str | None) -> str | None:
        """What a cell that prints a rating means, by the printed sign, else by the id that it was read as."""
        return self.meanings.get((side, _bare(printed))) or (self.meanings.get((side, rated)) if rated else None)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line's entries as (sign, rating's id, meaning), and its other words."""

    entries: tuple[tuple[str, str, str], ...]
    besides: str
    span: Span


def explained(
    blocks: Sequence[Block], text: Text, vocabulary: Vocabulary, signs: Mapping[str, str] | None = None
) -> Legend:
    """The legend in these blocks: lines, one after another, that together explain two ratings or more.

    `signs` are the ratings that single letters stand for. A rating that is explained once for both sides means the
    same for both; of two explanations of one rating the first holds.
    """
    shared: dict[str, str] = {}
    told: dict[tuple[Side, str], str] = {}
    spans: list[Span] = []
    for title, run in _runs(blocks, text, vocabulary, signs or {}):
        if len({id for line in run for _, id, _ in line.entries}) < 2:
            continue
        side = _side(title)
        for line in run:
            side = _side(line.besides) or side
            spans.append(line.span)
            for sign, id, meaning in line.entries:
                for key in (sign, id):
                    (told.setdefault((side, key), meaning) if side else shared.setdefault(key, meaning))
    both = {(side, key): meaning for key, meaning in shared.items() for side, _ in _SIDES}
    return Legend({**both, **told}, tuple(spans))


def _runs(
    blocks: Sequence[Block], text: Text, vocabulary: Vocabulary, signs: Mapping[str, str]
) -> Iterator[tuple[str, list[_Line]]]:
    """Lines with entries that stand together, with the short line above the first."""
    title, above = "", ""
    run: list[_Line] = []
    for block in blocks:
        line = _line(block, text, vocabulary, signs)
        if line.entries:
            title = title if run else above
            run.append(line)
            continue
        if run:
            yield title, run
            run = []
        above = line.besides if len(line.besides) <= _MOST_TITLE else ""
    if run:
        yield title, run


def _line(block: Block, text: Text, vocabulary: Vocabulary, signs: Mapping[str, str]) -> _Line:
    words = text.words(block)
    if len(words) > _MOST:
        return _Line((), words, block.span)
    pieces = [" ".join(piece.split()) for piece in _NEXT.split(words)]
    found = [_entry(piece, vocabulary, signs) for piece in pieces]
    entries = tuple(entry for entry in found if entry is not None)
    cells = [" ".join(text.words(cell).split()) for cell in block.cells]
    if not entries:
        entries = _two_cells([cell for cell in cells if cell], vocabulary, signs)
    elif block.kind == "row" and len(entries) < max(2, sum(map(bool, cells)) - 1):
        entries = ()  # an action whose progress begins with a colour
    besides = " ".join(piece for piece, entry in zip(pieces, found, strict=True) if entry is None)
    return _Line(entries, besides, block.span)


def _entry(words: str, vocabulary: Vocabulary, signs: Mapping[str, str]) -> tuple[str, str, str] | None:
    """A rating and its meaning, of words such as "Blue: complete"."""
    match = _ENTRY.fullmatch(words)
    id = _rated(match["sign"], vocabulary, signs) if match else None
    return (_bare(match["sign"]), id, match["meaning"]) if match and id else None


def _two_cells(
    cells: Sequence[str], vocabulary: Vocabulary, signs: Mapping[str, str]
) -> tuple[tuple[str, str, str], ...]:
    """The entry of a row that has a rating in one cell and words on it in the other."""
    if len(cells) != 2 or not re.match(r"[A-Za-z].{2}", cells[1]):
        return ()
    id = _rated(cells[0], vocabulary, signs)
    bare = rating(cells[1], vocabulary)  # two ratings side by side are an action's
    return ((_bare(cells[0]), id, cells[1].rstrip(" .;,")),) if id and bare in (None, id) else ()


def _rated(sign: str, vocabulary: Vocabulary, signs: Mapping[str, str]) -> str | None:
    return rating(sign, vocabulary, signs)


def _side(words: str) -> Side | None:
    """Which of a plan's two ratings words are about; None where they name neither or both."""
    named = [side for side, pattern in _SIDES if pattern.search(words)]
    return named[0] if len(named) == 1 else None


def _bare(words: str) -> str:
    return " ".join(re.sub(r"[^a-z ]+", " ", words.lower()).split())
