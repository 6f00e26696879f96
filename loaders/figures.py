"""Figures in running words, with their value: digits, words, percentages, money, fractions, average times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from loaders.numerals import ANY, IN_DIGITS, IN_WORDS, ONE_TO_NINETEEN, PARTS, share_of, value_of
from loaders.uncounted import TIME, uncounted

_SCALES = {"million": 1_000_000, "m": 1_000_000, "billion": 1_000_000_000, "bn": 1_000_000_000, "k": 1000}
_DIGITS = re.compile(
    rf"(?<![\w.,/£'’–−-])(?P<money>£)?(?P<digits>{IN_DIGITS})(?:\s?(?P<scale>million|billion|bn|m|k)\b)?"
    r"(?P<percent>\s?%|\s?per\s?cent\b|\s+percentage\s+points?\b)?(?![\w/]|[.,]\d|[-–−](?:\d|[a-z]))",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"(?<![\w/'’–-])(?P<words>{IN_WORDS})(?P<percent>\s+per\s?cent\b)?(?![\w/]|[-–−]\w)", re.IGNORECASE
)
_FRACTION = re.compile(
    rf"(?<![\w-])(?:(?P<many>{ONE_TO_NINETEEN}|an?)[-\s])?(?P<part>{PARTS})\s+(?:of|the)\b", re.IGNORECASE
)
_AVERAGE = re.compile(
    r"\b(?:averag\w+|mean|median|took|takes?|wait(?:s|ed|ing)?|threshold|performance)\b", re.IGNORECASE
)
_ON_AVERAGE = re.compile(r"\baverag\w+[^.;]{0,30}$", re.IGNORECASE)
_LASTING = re.compile(rf"\b(?P<number>{ANY})\s+(?:(?:working|calendar|school)\s+)?(?P<time>{TIME})\b", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?:within|in|over|during|for|after|every|past|last|next|previous|first|following|least|than|under|statutory|to"
    r"|target\s+of|timescale\s+of)(?:\s+(?:the|a|an|its|their|only|about|approximately))*\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its value and the offsets of its words; `unit` is "%", "GBP", a unit of time or empty."""

    value: Decimal
    unit: str
    start: int
    end: int
    worded: bool = False


def figures(words: str) -> tuple[Figure, ...]:
    """The numbers that may count something, in order.

    >>> [(str(figure.value), figure.unit) for figure in figures("In May 2018 one child and 12% of families")]
    [('1', ''), ('12', '%')]
    """
    lasting = list(_durations(words))
    barred = [*uncounted(words), *((figure.start, figure.end) for figure in lasting)]
    others = (figure for figure in _numbers(words) if not _overlaps(figure, barred))
    return tuple(sorted([*lasting, *others], key=lambda figure: (figure.start, figure.end)))


def _overlaps(figure: Figure, spans: list[tuple[int, int]]) -> bool:
    return any(start < figure.end and figure.start < end for start, end in spans)


def _numbers(words: str) -> Iterator[Figure]:
    parts = list(_FRACTION.finditer(words))
    for match in parts:
        yield Figure(share_of(match["many"], match["part"]), "%", match.start(), match.end("part"), worded=True)
    for match in _DIGITS.finditer(words):
        value = value_of(match["digits"]) * _SCALES.get((match["scale"] or "").lower(), 1)
        unit = "GBP" if match["money"] else "%" if match["percent"] else ""
        yield Figure(value, unit, match.start(), match.end())
    for match in _WORDS.finditer(words):
        if not any(part.start() <= match.start() < part.end() for part in parts):
            yield Figure(value_of(match["words"]), "%" if match["percent"] else "", *match.span(), worded=True)


def _durations(words: str) -> Iterator[Figure]:
    """Stretches of time that are performance: how long something took on average, not within which time it must be."""
    if not _AVERAGE.search(words):
        return
    for match in _LASTING.finditer(words):
        before = words[: match.start()]
        if _ON_AVERAGE.search(before) or not _LIMIT.search(before):
            time = match["time"].lower()
            worded = not match["number"][0].isdigit()
            yield Figure(value_of(match["number"]), time.rstrip("s") + "s", *match.span(), worded=worded)
