"""By when an action is due: a day where the words name one, and the words always.

Plans write days in figures with two-digit years, "End of March 2018", "28/02/18 and quarterly", "Ongoing".
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from loaders.facts.dates import dates, moments

_YEAR_TWO_DIGITS = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{2})(?![\d/])")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_SHORT_YEAR = re.compile(rf"\b({_MONTH})[\s,'’-]+(\d\d)(?!\d|(?:st|nd|rd|th)\b|\s*{_MONTH})", re.IGNORECASE)
_DAY = (
    r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?!\d)"
    r"|(?:19|20)\d\d-\d\d-\d\d"
    rf"|\d{{1,2}}(?:\s?(?:st|nd|rd|th))?\s+(?:of\s+)?{_MONTH}(?:[\s,'’-]+(?:\d{{4}}|\d\d)\b)?"
    rf"|{_MONTH}[\s,'’-]+(?:\d{{4}}|\d\d)\b"
    r"|(?:spring|summer|autumn|winter)(?:\s+term)?(?:\s+\d{4}(?:[/-]\d\d(?:\d\d)?)?)?(?=\s*$|\s+\d|[,;.])"
    r"|\bq(?:uarter\s*)?[1-4]\b(?:\s+\d{4}(?:[/-]\d\d(?:\d\d)?)?)?"
    r"|(?:19|20)\d\d\b"
)
_BEFORE_DAY = (
    r"(?:to\s+(?:commence|start|begin|be\s+(?:completed?|reviewed|in\s+place|launched))|commenc\w+|start(?:s|ing|ed)?"
    r"|complet\w+|review(?:ed)?|revised|extended|due|from|by|before|until|on|w/?c|week\s+commencing|target"
    r"|(?:the\s+)?(?:end|beginning|start|middle)(?:\s+of)?|mid|early|late|of|the|in|to)"
)
_STATE = (
    r"on-?\s?going|immediate(?:ly)?|complet(?:e|ed)|in\s+place|tbc|tba|asap|to\s+be\s+(?:confirmed|agreed)"
    r"|daily|weekly|fortnightly|monthly|quarterly|termly|annual(?:ly)?|bi-?\s?(?:monthly|annual(?:ly)?)"
)
_TIMING = re.compile(rf"(?<![\w/])(?:(?:{_BEFORE_DAY})[\s:-]+)*(?:{_DAY})|\b(?:{_STATE})\b", re.IGNORECASE)
_END_OF_MONTH = re.compile(r"\bend(?:\s+of)?\s+$", re.IGNORECASE)
_CHANGED = re.compile(r"\b(?:revised|extended|moved|now|new\s+date)\b(?:\s+\w+){0,2}[\s:-]*$", re.IGNORECASE)
_UNTIL = re.compile(r"^\s*(?:to|until|[-–—])\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Due:
    """What is printed, and the day that it names, if it names one."""

    text: str
    day: date | None


def due(words: str) -> Due | None:
    """The words of a cell that says by when; None where it is empty.

    >>> due("End of March 2018").day
    datetime.date(2018, 3, 31)
    """
    said = " ".join(words.split())
    return Due(said, _day(said)) if re.search(r"\w", said) else None


def parted(words: str) -> tuple[str, Due | None]:
    """A cell that names people and a time as the words before the time (or, if none, after it) and the time.

    >>> parted("Ann Lee/Bo Ray To commence from 08/01/18")
    ('Ann Lee/Bo Ray', Due(text='To commence from 08/01/18', day=datetime.date(2018, 1, 8)))
    """
    said = " ".join(words.split())
    timing = _TIMING.search(said)
    if timing is None:
        return said, None
    people = said[: timing.start()].strip(" ,;:–-(")
    if people:
        return people, due(said[timing.start() :])
    rest = said[timing.end() :].strip(" ,;:–-)")
    return (rest, due(timing[0])) if rest and not _TIMING.search(rest) and rest[0].isupper() else ("", due(said))


def names_time(words: str) -> bool:
    """Whether the words name a day, a month or another time by which something is to be done."""
    return _TIMING.search(words) is not None


def _day(words: str) -> date | None:
    """The day by which: the last of a stretch, one that replaces another, else the first that is named."""
    full = _SHORT_YEAR.sub(lambda m: f"{m[1]} 20{m[2]}", _YEAR_TWO_DIGITS.sub(_with_century, words))
    named = [(d.start, d.end, d.day) for d in dates(full)] + _month_ends(full)
    named.sort()
    if not named:
        return None
    for start, _, day in reversed(named[1:]):
        if _CHANGED.search(full[:start]):
            return day
    if len(named) > 1 and _UNTIL.match(full[named[0][1] : named[1][0]]):
        return named[1][2]
    return named[0][2]


def _with_century(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}{match[3]}{match[2]}20{match[4]}"


def _month_ends(words: str) -> list[tuple[int, int, date]]:
    found = []
    for moment in moments(words):
        if len(moment.when) == 7 and _END_OF_MONTH.search(words[: moment.start]):
            year, month = map(int, moment.when.split("-"))
            found.append((moment.start, moment.end, date(year, month, calendar.monthrange(year, month)[1])))
    return found
