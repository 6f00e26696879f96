"""Figures in running words, with their value: digits, words, percentages, money, fractions, average times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from loaders.figures.numerals import ANY, IN_DIGITS, IN_WORDS, NUMBER_WORDS, ONE_TO_NINETEEN, PARTS, share_of, value_of
from loaders.figures.uncounted import TIME, counts_nothing

_SCALES = {"million": 1_000_000, "m": 1_000_000, "billion": 1_000_000_000, "bn": 1_000_000_000, "k": 1000}
_DIGITS = re.compile(
    rf"(?<![\w.,/£'’–−-])(?P<money>£)?(?P<digits>{IN_DIGITS})(?:\s?(?P<scale>million|billion|bn|m|k)\b)?"
    r"(?P<percent>\s?%|\s?per\s?cent\b|\s+percentage\s+points?\b)?(?![\w/]|[.,]\d|[-–−](?:\d|[a-z]))"
)
_WORDS = re.compile(rf"(?<![\w/'’–-])(?P<words>{IN_WORDS})(?P<percent>\s+per\s?cent\b)?(?![\w/]|[-–−]\w)")
# "Half of" and "a third of" say how prevalent something is; "two thirds" is a figure.
_FRACTION = re.compile(rf"(?<![\w-])(?P<many>{ONE_TO_NINETEEN})[-\s](?P<part>{PARTS})\s+(?:of|the)\b")
_AVERAGE = re.compile(
    r"\b(?:averag\w+|mean|median|took|takes?|wait(?:s|ed|ing)?|threshold|performance|national\s+figure"
    r"|timeliness|length\s+of)\b"
)
_AGO = re.compile(r"[’']|\s+(?:ago|earlier|before|later|old|of\s+age)\b")
_ON_AVERAGE = re.compile(r"\baverag\w+[^.;]{0,30}$")
_LASTING = re.compile(rf"\b(?P<number>{ANY})\s+(?:(?:working|calendar|school)\s+)?(?P<time>{TIME})\b")
_LIMIT = re.compile(
    r"\b(?:within|in|over|during|for|after|every|past|last|next|previous|first|following|least|than|under|statutory"
    r"|targets?\s+of|timescale\s+of|(?:statutory|required|national)\s+timescales\s+of|exceed(?:s|ed|ing)?|extending)(?:\s+(?:the|a|an|its|their|only|about|approximately))*\s*$"
)
# A stretch of years that an average was taken over is no average itself.
_TAKEN_OVER = re.compile(r"\b(?:over|during|last|past|previous)(?:\s+(?:the|a|these|last|past))*\s*$")
# "fell from 44 weeks to 31 weeks", "range from 16 to 809 days"
_CHANGES = re.compile(r"\b(?:rang\w+|reduc\w+|improv\w+|increas\w+|decreas\w+|f[ae]ll\w*|rose|ris\w+|cut|down|up)\b")
_FROM_TO = re.compile(
    rf"\b(?:from|between)\s+(?P<first>{ANY})(?:\s+(?P<unit>{TIME}))?\s+(?:to|and)\s+(?P<second>{ANY})\s+(?P<time>{TIME})\b"
)
_AGED = re.compile(r"\b(?:aged?|ages)\s+(?:\w+\s+){0,3}$")
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"[a-z]+")


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
    lower = words.lower()
    if len(lower) != len(words) or not has_number(lower):
        return ()
    lasting = list(_durations(lower))
    found = [
        figure
        for figure in _numbers(lower)
        if not any(time.start < figure.end and figure.start < time.end for time in lasting)
        and not counts_nothing(lower, figure.start, figure.end, plain=not figure.unit)
    ]
    return tuple(sorted([*lasting, *found], key=lambda figure: (figure.start, figure.end)))


def has_number(lower: str) -> bool:
    """Whether words in lower case hold a digit or a number in words: asked of every block, so it is cheap."""
    return _DIGIT.search(lower) is not None or not NUMBER_WORDS.isdisjoint(_TOKEN.findall(lower))


def _numbers(lower: str) -> Iterator[Figure]:
    worded = not NUMBER_WORDS.isdisjoint(_TOKEN.findall(lower))
    parts = list(_FRACTION.finditer(lower)) if worded else []
    for match in parts:
        yield Figure(share_of(match["many"], match["part"]), "%", match.start(), match.end("part"), worded=True)
    if _DIGIT.search(lower):
        for match in _DIGITS.finditer(lower):
            value = value_of(match["digits"]) * _SCALES.get(match["scale"] or "", 1)
            unit = "GBP" if match["money"] else "%" if match["percent"] else ""
            if not match["digits"].startswith("0") or unit or "." in match["digits"]:
                yield Figure(value, unit, match.start(), match.end())
    for match in _WORDS.finditer(lower) if worded else ():
        if not any(part.start() <= match.start() < part.end() for part in parts):
            yield Figure(value_of(match["words"]), "%" if match["percent"] else "", *match.span(), worded=True)


def _durations(lower: str) -> Iterator[Figure]:
    """Stretches of time that are performance: how long something took on average, not within which time it must be."""
    changed = list(_changed_durations(lower))
    yield from changed
    if not _AVERAGE.search(lower):
        return
    for match in _LASTING.finditer(lower):
        if _AGO.match(lower, match.end()) or any(match.start() <= figure.start < match.end() for figure in changed):
            continue
        before = lower[max(0, match.start() - 60) : match.start()]
        if match["time"].startswith("year") and _AGED.search(before):
            continue
        averaged = _ON_AVERAGE.search(before) and not _TAKEN_OVER.search(before)
        if averaged or not _LIMIT.search(before):
            worded = not match["number"][0].isdigit()
            unit = match["time"].rstrip("s") + "s"
            yield Figure(value_of(match["number"]), unit, *match.span(), worded=worded)


def _changed_durations(lower: str) -> Iterator[Figure]:
    """Two stretches of time, of one unit, between which something changed or lies."""
    if not (_CHANGES.search(lower) or _AVERAGE.search(lower)):
        return
    for match in _FROM_TO.finditer(lower):
        if match["time"].startswith("year") and _AGO.match(lower, match.end()):
            continue
        unit = match["time"].rstrip("s") + "s"
        if match["unit"] is None or match["unit"].rstrip("s") + "s" == unit:
            for part in ("first", "second"):
                worded = not match[part][0].isdigit()
                yield Figure(value_of(match[part]), unit, match.start(part), match.end(part), worded=worded)
