"""Dates as reports print them: one day, several days of one month, stretches, stretches in stages.

"6 to 10 December 2021 and 15 to 16 February 2022" is one stretch of two stages: it starts on the first day named and
ends on the last. A day takes the month and year that it does not name from the next one that does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_ABBREVIATED = {name[:3]: number for number, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_NUMBER = {name: number for number, name in enumerate(_MONTHS, 1)} | _ABBREVIATED

_MONTH = r"(?:" + "|".join((*_MONTHS, *sorted(_ABBREVIATED, key=len, reverse=True))) + r")(?![a-z])\.?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\b"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_DASH = r"[-\u2010-\u2015\u2212\u2500\u2501]"
_DAY = r"(?<![\d.,/£])(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th)\b)?(?![\d/:%])"
_POINT = (
    rf"(?:the\s+)?(?:{_WEEKDAY},?\s+)?(?:the\s+)?{_DAY}"
    rf"(?:\s*(?:of\s+)?{_MONTH}(?:,?\s*{_YEAR})?)?"
)
_JOINT = rf"\s*(?:{_DASH}|to\b|and\b|&|until\b|till\b|through\b|,\s*and\b|,)\s*(?:on\b\s*|from\b\s*|between\b\s*)?"
_STRETCH = re.compile(rf"\b(?:{_POINT}(?:{_JOINT})?)+(?<=\w)", re.IGNORECASE)
_PART = re.compile(
    rf"({_DAY})(?:\s*(?:of\s+)?({_MONTH})(?:,?\s*({_YEAR}))?)?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_DAY_OF_MONTH = re.compile(rf"\d(?:\s?(?:st|nd|rd|th))?\s*(?:of\s+)?{_MONTH}", re.IGNORECASE)
_JOINED = re.compile(_JOINT, re.IGNORECASE)
_FIGURES = re.compile(
    r"(?<![\d/])(?<!\d\.)(\d{1,2})(/)(\d{1,2})/((?:19|20)?\d\d)(?![\d/])"
    r"|(?<![\d/.-])(\d{1,2})([.-])(\d{1,2})\6((?:19|20)\d\d)(?![\d/])"
)
_MONTH_FIRST = re.compile(
    rf"(?<!\d )\b(?P<month>{_MONTH})\s+(?P<day>{_DAY})"
    rf"(?:\s*(?:{_DASH}|to\b|and\b)\s*(?:(?P<until>{_MONTH})\s+)?(?P<last>{_DAY}))?,?\s+(?P<year>{_YEAR})",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![\d/-])((?:19|20)\d\d)-(\d\d)-(\d\d)(?![\d-])")
_MONTH_YEAR = re.compile(rf"\b({_MONTH})(?:\s+of)?,?\s+({_YEAR})", re.IGNORECASE)
_YEAR_ALONE = re.compile(rf"(?<![\d/–-])({_YEAR})(?![/–-]\d)")


@dataclass(frozen=True, slots=True)
class Day:
    """One date with the offsets of its words; what they leave out is taken from the words around them."""

    day: date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days that one expression names, in the order of the words, with the offsets of all of it."""

    days: tuple[Day, ...]
    start: int
    end: int

    @property
    def first(self) -> date:
        """The day on which it begins."""
        return self.days[0].day

    @property
    def last(self) -> date:
        """The day on which it ends."""
        return self.days[-1].day


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as it is said: YYYY, YYYY-MM or YYYY-MM-DD, with the offsets of its words."""

    when: str
    start: int
    end: int


def dates(words: str, year: int | None = None) -> tuple[Day, ...]:
    """Every full date in the words, in order; `year` is for those whose year nothing in the words gives.

    >>> [str(day.day) for day in dates("on 4 and 5 September 2019, not in May 2018")]
    ['2019-09-04', '2019-09-05']
    """
    return tuple(day for stretch in stretches(words, year) for day in stretch.days)


def date_range(words: str, year: int | None = None) -> Stretch | None:
    """The first stretch of days that the words name (a single day is one too); None where there is none."""
    return next(iter(stretches(words, year)), None)


def stretches(words: str, year: int | None = None) -> tuple[Stretch, ...]:
    """Every expression of days; days that do not follow each other in time are expressions of their own."""
    if not _DIGIT.search(words):
        return ()
    found = [*_in_words(words, year), *_in_figures(words)]
    found += [one for one in _month_first(words) if not any(one.start < f.end and f.start < one.end for f in found)]
    return tuple(_joined(sorted(found, key=lambda stretch: stretch.start), words))


def moments(words: str) -> tuple[Moment, ...]:
    """Every date as far as it is said, days before months before years, none inside another, in order."""
    if not _DIGIT.search(words):
        return ()
    full = stretches(words)
    covered = [(stretch.start, stretch.end) for stretch in full]
    found = [Moment(day.day.isoformat(), day.start, day.end) for stretch in full for day in stretch.days]
    for match in _MONTH_YEAR.finditer(words):
        if not _inside(match.start(), covered):
            found.append(Moment(f"{match[2]}-{_month(match[1]):02}", match.start(), match.end()))
            covered.append(match.span())
    found += (
        Moment(match[1], match.start(), match.end())
        for match in _YEAR_ALONE.finditer(words)
        if not _inside(match.start(), covered)
    )
    return tuple(sorted(found, key=lambda moment: moment.start))


def _joined(found: list[Stretch], words: str) -> Iterator[Stretch]:
    """The stretches, those joined by "to" or a dash as one ("3/10/2022 - 14/10/2022")."""
    held: Stretch | None = None
    for stretch in found:
        if held and held.last < stretch.first and _JOINED.fullmatch(words, held.end, stretch.start):
            held = Stretch((*held.days, *stretch.days), held.start, stretch.end)
            continue
        if held:
            yield held
        held = stretch
    if held:
        yield held


def _inside(offset: int, covered: list[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in covered)


def _in_words(words: str, year: int | None) -> Iterator[Stretch]:
    if not _DAY_OF_MONTH.search(words):
        return
    for expression in _STRETCH.finditer(words):
        days = _resolved(list(_PART.finditer(words, expression.start(), expression.end())), year)
        yield from _chained(days)


def _resolved(parts: list[re.Match[str]], year: int | None) -> list[Day]:
    """The parts as days; what one does not name comes from the next, and those that no month follows are no dates."""
    months: list[int | None] = [_month(part[2]) if part[2] else None for part in parts]
    for at in range(len(parts) - 2, -1, -1):
        months[at] = months[at] or months[at + 1]
    years = _years([int(part[3]) if part[3] else None for part in parts], months, year)
    days = (_date(y, m, int(re.sub(r"\D", "", part[1]))) for y, m, part in zip(years, months, parts, strict=True))
    return [Day(day, part.start(), part.end()) for day, part in zip(days, parts, strict=True) if day]


def _years(named: list[int | None], months: list[int | None], year: int | None) -> list[int | None]:
    """Each part's year: its own, else the next one's, else the last one's; the months tell where a year turns."""
    years = [*named]
    for at in range(len(named) - 1, -1, -1):
        month, following = months[at], months[at + 1] if at + 1 < len(months) else None
        after = years[at + 1] if at + 1 < len(years) else None
        if years[at] is None and after is not None and month and following:
            years[at] = after - (month > following)
    for at, month in enumerate(months):
        before = years[at - 1] if at else year
        earlier = months[at - 1] if at else None
        if years[at] is None and before is not None and month:
            years[at] = before + bool(earlier and month < earlier)
    return years


def _chained(days: list[Day]) -> Iterator[Stretch]:
    """Runs of days of which each is later than the one before."""
    run: list[Day] = []
    for day in days:
        if run and day.day <= run[-1].day:
            yield Stretch(tuple(run), run[0].start, run[-1].end)
            run = []
        run.append(day)
    if run:
        yield Stretch(tuple(run), run[0].start, run[-1].end)


def _in_figures(words: str) -> Iterator[Stretch]:
    for match in _FIGURES.finditer(words):
        day, _, month, year = match.groups()[:4] if match[1] else match.groups()[4:]
        yield from _single(match, int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    for match in _ISO.finditer(words):
        yield from _single(match, int(match[1]), int(match[2]), int(match[3]))


def _month_first(words: str) -> Iterator[Stretch]:
    """Dates that name the month before the day ("June 6 to 17, 2022")."""
    for match in _MONTH_FIRST.finditer(words):
        year, month = int(match["year"]), _month(match["month"])
        ends = [(month, "day")]
        if match["last"]:
            ends.append((_month(match["until"]) if match["until"] else month, "last"))
        days = [(_date(year, of, int(re.sub(r"\D", "", match[name]))), name) for of, name in ends]
        held = [Day(day, match.start(name), match.end(name)) for day, name in days if day]
        yield from (Stretch(one.days, match.start(), match.end()) for one in _chained(held))


def _single(match: re.Match[str], year: int, month: int, day: int) -> Iterator[Stretch]:
    found = _date(year, month, day)
    if found is not None:
        yield Stretch((Day(found, *match.span()),), *match.span())


def _month(name: str) -> int:
    return _NUMBER[name.rstrip(".").lower()]


def _date(year: int | None, month: int | None, day: int) -> date | None:
    if year is None or month is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
