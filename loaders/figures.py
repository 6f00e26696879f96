"""Numbers in running words, with their value: digits, words, percentages, money and fractions.

What looks like a number but counts nothing is left out here: dates, ages, stretches of time, legal sections, levels,
school years, telephone numbers, numbers in names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: value for value, word in enumerate(_ONES.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), 2)
}
_ONE = "(?:" + "|".join(_ONES.split()[1:]) + ")"
_TEN = "(?:" + "|".join(_TENS.split()) + ")"
_UNDER_100 = rf"(?:{_TEN}(?:[-\s]{_ONE})?|{_ONE})"
_WORDED = rf"(?:{_UNDER_100}\s+hundred(?:\s+and\s+{_UNDER_100})?|{_UNDER_100})"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALES = {"million": 1_000_000, "m": 1_000_000, "billion": 1_000_000_000, "bn": 1_000_000_000, "k": 1000}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10}

_FIGURE = re.compile(
    rf"(?<![\w.,/£'’–−-])(?P<money>£)?(?P<digits>{_DIGITS})(?:\s?(?P<scale>million|billion|bn|m|k)\b)?"
    r"(?P<percent>\s?%|\s?per\s?cent\b|\s+percentage\s+points?\b)?(?![\w/]|[.,]\d|[-–−](?:\d|[a-z]))",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(rf"(?<![\w/'’–-])(?P<words>{_WORDED})(?P<percent>\s+per\s?cent\b)?(?![\w/]|[-–−]\w)", re.IGNORECASE)
_FRACTION = re.compile(
    rf"(?<![\w-])(?:(?P<many>{_ONE}|an?)[-\s])?(?P<part>half|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)\s+(?:of\b|the\b)",
    re.IGNORECASE,
)

# --- what is no figure

_MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_NUM = rf"(?:\d+(?:[.,]\d+)*|{_WORDED})"
_SPAN_OF = rf"{_NUM}(?:\s*(?:to|and|or|[-–−—/])\s*{_NUM})?"
_TIME = r"(?:minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|years?|terms?)"
_ORDERED = (
    r"(?:sections?|regulations?|regs?\.?|parts?|articles?|schedules?|paragraphs?|paras?\.?|chapters?|annex|appendix|appendices"
    r"|pages?|figures?|tables?|levels?|tiers?|stages?|quarters?|ks|(?-i:Years?)|(?:in|into|to|at|from)\s+years?|steps?|phases?|bands?|grades?|items?|versions?"
    r"|volumes?|recommendations?|priorit(?:y|ies)|standards?|outcomes?|categor(?:y|ies)|zones?|rooms?|no\.|number"
    r"|domains?|objectives?|principles?|questions?|issue|edition|model|channel|wave|round|types?|class|entry)"
)
_NOT = re.compile(
    "|".join(
        (
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:to|and|or|[-–,])\s*\d{{1,2}}(?:st|nd|rd|th)?)*\s+(?:of\s+)?{_MONTH}\b(?:,?\s+\d{{4}})?",
            rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!,\d)(?:,?\s+\d{{4}})?|\b{_MONTH},?\s+\d{{4}}",
            r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{1,2}[:.]\d{2}\s*(?:am|pm|hours)\b|\b\d{1,2}\s?(?:am|pm)\b|\b24/7\b",
            r"(?<![\d,.£])(?:19|20)\d\d(?:\s?[-–−/]\s?(?:(?:19|20)?\d\d))?(?!\d|,\d|\s?%|\.\d)",
            rf"\b(?:aged?|ages)\s+(?:of\s+|between\s+|from\s+|under\s+|over\s+|up\s+to\s+|about\s+)*{_SPAN_OF}(?:[-\s]years?\b)?(?:\s+(?:or|and)\s+(?:over|under|above|below|older|younger)\b)?",
            rf"\b{_SPAN_OF}(?:[-\s]|\s+)years?[-\s]+(?:olds?\b|of\s+age\b|or\s+(?:older|younger|over|under)\b|and\s+(?:older|over|under)\b)",
            rf"\b{_NUM}[-–−]?\s*(?:,|and|to|or)\s+{_NUM}[-\s]years?[-\s]olds?\b",
            r"\bunder[- ](?:the\s+age\s+of\s+)?(?:\d{1,2}|one|two|three|four|five|eight|ten|eleven|sixteen|eighteen|nineteen)s?\b(?!\s*%)",
            r"\b(?:over|post|pre|under)-\d{1,2}s?\b|\bover[- ]\d{1,2}s\b|\b\d{1,2}\s?\+(?!\w)|\b\d{1,2}s\b",
            rf"\b(?:turn(?:s|ed|ing)?|reach(?:es|ed|ing)?|until(?:\s+they\s+(?:are|reach|turn))?|to\s+the\s+age\s+of|at|post|over|beyond|after)\s+(?:1[4-9]|2[0-5])(?=\s*(?:[.,;)]|and\b|or\b|years\b|to\b|who\b|in\s+order|$))",
            r"\b\d{1,2}\s?(?:[-–−]|to)\s?\d{1,2}(?!\s?%)(?=\s+(?:population|age|years?|service|team|provision|offer|pathway|partnership|strategy|public))",
            rf"\b(?:key\s+stage|{_ORDERED})\s*{_NUM}(?:\s*(?:,|and|to|or|[-–/&])\s*{_NUM})*\b(?!\s*%)",
            rf"(?<!['’])\bss?\.?\s?\d{{2,3}}\b|(?<![\d,.])\b0\d+(?:\s\d+)*|\b[A-Z]{{1,2}}\d[\dA-Z]?\s+\d[A-Z]{{2}}\b",
            rf"\b{_NUM}\s+or\s+(?:more|fewer|less|over|{_NUM})\b|\b(?:more|fewer|less)\s+than\s+one\b",
            rf"\b(?:per|every|in\s+every)\s+{_NUM}\b",
            rf"\b{_SPAN_OF}[-–\s]+(?:[a-z]+[-\s])?{_TIME}\b(?:['’]s?)?",
            rf"\b(?:five|5)\s+(?:or\s+more\s+)?(?:good\s+)?(?:A\*|GCSEs?)|\bA\*?\s?(?:[-–−]|to)\s?[A-G]\b",
            r"\bone[-\s](?:to|on|stop|off|another|by)[-\s]|\bone\s+another\b|\b(?:no|any|every|some|each|which|the|this|that)[-\s]one\b",
            r"\bone\s+(?:and\s+the\s+same|hand|way|thing|time|aspect|example|reason|area|element|occasion|instance\s+of)\b",
            rf"\bone\s+of\s+(?:only\s+)?(?:the\s+)?{_NUM}?|\b(?:top|bottom|best|worst|first|last|next|previous)\s+{_NUM}\b(?!\s*%)",
        )
    ),
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"\b(?:averag\w+|mean|median|took|take|takes|waits?|waited|waiting|threshold|performance)\b", re.IGNORECASE)
_LASTING = re.compile(rf"\b({_NUM})\s+(?:working\s+|calendar\s+|school\s+)?({_TIME})\b", re.IGNORECASE)
_TIME_LIMIT = re.compile(
    r"\b(?:within|in|over|during|for|after|every|past|last|next|previous|first|following|least|than|under|statutory|to|target\s+of|timescale\s+of)"
    r"(?:\s+(?:the|a|an|its|their|only|about|approximately))*\s*$",
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

    >>> [(str(f.value), f.unit) for f in figures("In May 2018 one child and 12% of families")]
    [('1', ''), ('12', '%')]
    """
    barred = [match.span() for match in _NOT.finditer(words)]
    lasting = list(_durations(words))
    found = [figure for figure in _all(words) if not _overlaps(figure, barred)]
    covered = [(figure.start, figure.end) for figure in lasting]
    return tuple(sorted([*lasting, *(f for f in found if not _overlaps(f, covered))], key=lambda f: (f.start, f.end)))


def value_of(words: str) -> Decimal:
    """The value of a number written in words below a thousand."""
    total = 0
    for word in re.split(r"[-\s]+", words.lower()):
        if word == "hundred":
            total = (total or 1) * 100
        elif word != "and":
            total += _VALUES[word]
    return Decimal(total)


def _overlaps(figure: Figure, spans: list[tuple[int, int]]) -> bool:
    return any(start < figure.end and figure.start < end for start, end in spans)


def _all(words: str) -> Iterator[Figure]:
    taken: list[tuple[int, int]] = []
    for match in _FRACTION.finditer(words):
        many = (match["many"] or "a").lower()
        part = _PARTS[match["part"].lower().rstrip("s") if match["part"].lower() != "half" else "half"]
        share = Decimal(100) * (1 if many in ("a", "an") else value_of(many)) / part
        taken.append((match.start(), match.end("part")))
        yield Figure(round(share, 1).normalize() if share % 1 else Decimal(int(share)), "%", *taken[-1], worded=True)
    for match in _FIGURE.finditer(words):
        value = Decimal(match["digits"].replace(",", "")) * _SCALES.get((match["scale"] or "").lower(), 1)
        unit = "GBP" if match["money"] else "%" if match["percent"] else ""
        yield Figure(value, unit, match.start(), match.end())
    for match in _IN_WORDS.finditer(words):
        if not any(start <= match.start() < end for start, end in taken):
            yield Figure(value_of(match["words"]), "%" if match["percent"] else "", *match.span(), worded=True)


def _durations(words: str) -> Iterator[Figure]:
    """Stretches of time that are performance: how long something took on average, not within which time it must be."""
    if not _AVERAGE.search(words):
        return
    for match in _LASTING.finditer(words):
        if _TIME_LIMIT.search(words[: match.start()]) and not re.search(r"\baverag\w+[^.;]{0,30}$", words[: match.start()], re.I):
            continue
        number = match[1]
        digits = number[0].isdigit()
        value = Decimal(number.replace(",", "")) if digits else value_of(number)
        unit = match[2].lower()
        yield Figure(value, unit if unit.endswith("s") else unit + "s", match.start(), match.end(), worded=not digits)
