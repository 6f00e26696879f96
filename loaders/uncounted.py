"""Numbers that count nothing: dates, ages, stretches of time, legal sections, levels, telephone numbers, idioms."""

from __future__ import annotations

import calendar
import re

from loaders.numerals import ANY

_DASH = r"[-–−/]"
_MONTH = rf"(?:{'|'.join(calendar.month_name[1:])}|(?:{'|'.join(calendar.month_abbr[1:])}|Sept)\b\.?)"
_TH = r"(?:st|nd|rd|th)?"
_RANGE = rf"{ANY}(?:\s*(?:to|and|or|[-–−—/])\s*{ANY})?"
TIME = r"(?:minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|years?|terms?)"
"""A pattern for units of time."""

_DATES = (
    rf"\b\d{{1,2}}{_TH}(?:\s*(?:to|and|or|[-–,])\s*\d{{1,2}}{_TH})*\s+(?:of\s+)?{_MONTH}\b(?:,?\s+\d{{4}})?",
    rf"\b{_MONTH}\s+\d{{1,2}}{_TH}\b(?!,\d)(?:,?\s+\d{{4}})?|\b{_MONTH},?\s+\d{{4}}",
    r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{1,2}[:.]\d{2}\s*(?:am|pm|hours)\b|\b\d{1,2}\s?(?:am|pm)\b|\b24/7\b",
    rf"(?<![\d,.£])(?:19|20)\d\d(?:\s?{_DASH}\s?(?:(?:19|20)?\d\d))?(?!\d|,\d|\s?%|\.\d)",
)
_AGES = (
    rf"\b(?:aged?|ages)\s+(?:(?:of|between|from|under|over|up\s+to|about)\s+)*{_RANGE}(?:[-\s]years?\b)?"
    r"(?:\s+(?:or|and)\s+(?:over|under|above|below|older|younger)\b)?",
    rf"\b{_RANGE}[-\s]+years?[-\s]+(?:olds?\b|of\s+age\b|(?:or|and)\s+(?:older|younger|over|under)\b)",
    rf"\b{ANY}[-–−]?\s*(?:,|and|to|or)\s+{ANY}[-\s]years?[-\s]olds?\b",
    r"\bunder[- ](?:the\s+age\s+of\s+)?"
    r"(?:\d{1,2}|one|two|three|four|five|eight|ten|eleven|sixteen|eighteen|nineteen)s?\b(?!\s*%)",
    r"\b(?:over|post|pre|under)-\d{1,2}s?\b|\bover[- ]\d{1,2}s\b|\b\d{1,2}\s?\+(?!\w)|\b\d{1,2}s\b",
    r"\b(?:turn(?:s|ed|ing)?|reach(?:es|ed|ing)?|until(?:\s+they\s+(?:are|reach|turn))?|to\s+the\s+age\s+of|at|post|over"
    r"|beyond|after)\s+(?:1[4-9]|2[0-5])(?=\s*(?:[.,;)]|(?:and|or|years|to|who)\b|in\s+order|$))",
    rf"\b\d{{1,2}}\s?(?:{_DASH}|to)\s?\d{{1,2}}(?!\s?%)"
    r"(?=\s+(?:population|age|years?|service|team|provision|offer|pathway|partnership|strategy|public))",
)
_ORDERED = (
    r"(?:key\s+stage|sections?|regulations?|regs?\.?|parts?|articles?|schedules?|paragraphs?|paras?\.?|chapters?|annex"
    r"|appendix|appendices|pages?|figures?|tables?|levels?|tiers?|stages?|quarters?|ks|(?-i:Years?)"
    r"|(?:in|into|to|at|from)\s+years?|steps?|phases?|bands?|grades?|items?|versions?|volumes?|recommendations?"
    r"|priorit(?:y|ies)|standards?|outcomes?|categor(?:y|ies)|zones?|rooms?|no\.|number|domains?|objectives?"
    r"|principles?|questions?|issue|edition|model|channel|wave|round|types?|class|entry)"
)
_ORDER = (
    rf"\b{_ORDERED}\s*{ANY}(?:\s*(?:,|and|to|or|[-–/&])\s*{ANY})*\b(?!\s*%)",
    r"(?<!['’])\bss?\.?\s?\d{2,3}\b|(?<![\d,.])\b0\d+(?:\s\d+)*|\b[A-Z]{1,2}\d[\dA-Z]?\s+\d[A-Z]{2}\b",
    rf"\b(?:top|bottom|best|worst|first|last|next|previous)\s+{ANY}\b(?!\s*%)",
    r"\b(?:five|5)\s+(?:or\s+more\s+)?(?:good\s+)?(?:A\*|GCSEs?)|\bA\*?\s?(?:[-–−]|to)\s?[A-G]\b",
)
_TIMES = (rf"\b{_RANGE}[-–\s]+(?:[a-z]+[-\s])?{TIME}\b(?:['’]s?)?", rf"\b(?:per|every|in\s+every)\s+{ANY}\b")
_IDIOMS = (
    rf"\b{ANY}\s+or\s+(?:more|fewer|less|over|{ANY})\b|\b(?:more|fewer|less)\s+than\s+one\b",
    r"\bone[-\s](?:to|on|stop|off|another|by)[-\s]|\bone\s+another\b"
    r"|\b(?:no|any|every|some|each|which|the|this|that)[-\s]one\b",
    r"\bone\s+(?:and\s+the\s+same|hand|way|thing|time|aspect|example|reason|area|element|occasion|instance\s+of)\b",
    rf"\bone\s+of\s+(?:only\s+)?(?:the\s+)?{ANY}?",
)
_UNCOUNTED = re.compile("|".join((*_DATES, *_AGES, *_ORDER, *_TIMES, *_IDIOMS)), re.IGNORECASE)


def uncounted(words: str) -> tuple[tuple[int, int], ...]:
    """The stretches of the words whose numbers count nothing, as start and end."""
    return tuple(match.span() for match in _UNCOUNTED.finditer(words))
