"""Numbers that count nothing, by the words around them: dates, ages, stretches of time, law, levels, idioms.

Only the few words before and after a number are looked at, in lower case: a report holds hundreds of numbers.
"""

from __future__ import annotations

import calendar
import re

from loaders.figures.numerals import ANY

_MONTHS = "|".join(name.lower() for name in calendar.month_name[1:])
_MONTH = rf"(?:{_MONTHS}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_TH = r"(?:st|nd|rd|th)?"
TIME = r"(?:minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|years?|terms?)"
"""A pattern for units of time, in lower case."""
_OF_TIME = rf"(?:[-–]|\s+)(?:(?:working|calendar|school|consecutive|full|whole|further|more)\s+)?{TIME}\b"
_ORDERED = (
    r"(?:key\s+stages?|sections?|regulations?|regs?\.?|parts?|articles?|schedules?|paragraphs?|paras?\.?|chapters?|annex"
    r"|appendix|appendices|pages?|figures?|tables?|levels?|tiers?|stages?|quarters?|ks|(?:in|into|to|at|from)\s+years?"
    r"|steps?|phases?|bands?|grades?|items?|versions?|volumes?|recommendations?|priorit(?:y|ies)|standards?|outcomes?"
    r"|categor(?:y|ies)|zones?|rooms?|no\.|number|domains?|objectives?|principles?|questions?|issue|edition|model"
    r"|channel|wave|round|types?|class|entry|birth\s+to|ss?\.?)"
)
_BEFORE = re.compile(
    rf"(?:\b{_ORDERED}\s*(?:{ANY}[\s\d,&/–-]{{0,12}}(?:and|to|or|,|[-–/&])\s*)?"
    rf"|\b(?:aged?|ages)\s+(?:(?:of|between|from|under|over|up\s+to|about)\s+)*(?:{ANY}\s*(?:to|and|or|[-–−])\s*)?"
    rf"|\b(?:per|every|no|any|each|(?<!of\s)which|{ANY}\s+or|{_MONTH}\s*,?)\s+"
    r"|\b(?:19|20)\d\d\s?[-–−/]\s?|\b0\d+(?:\s\d+)*\s)$"
)
_NO_SHARE_BEFORE = re.compile(r"\b(?:top|bottom|best|worst|first|last|next|previous)\s+$")
_AGE_BEFORE = re.compile(r"\b(?:under[-\s](?:the\s+age\s+of\s+)?|the\s+age\s+of\s+|ages\s+of\s+)$")
_AT_AGE = re.compile(
    r"\b(?:turn(?:s|ed|ing)?|reach(?:es|ed|ing)?|until(?:\s+they\s+(?:are|reach|turn))?|at|post|over|beyond|after)\s+$"
)
_AT_LEVEL = re.compile(r"\b(?:low|lower|high|higher|stable|steady|stands?|stood|remain(?:s|ed)?)\s+at\s+(?:\w+\s+)?$")
_AGE_ENDS = re.compile(r"\s*(?:[.,;)](?!\d)|(?:and|or|years|to|who)\b|in\s+order|$)")
_BETWEEN = re.compile(r"\bbetween\s+(?:\d{1,2}\s+and\s+)?$")
_AND_AGE = re.compile(r"\s+and\s+(?:1\d|2[0-5])\b(?!\s*%|,\d)")
_AFTER = re.compile(
    rf"(?:{_TH}(?:\s*(?:to|and|or|[-–,])\s*\d{{1,2}}{_TH})*\s+(?:of\s+)?{_MONTH}"
    rf"|{_OF_TIME}|\s*(?:to|and|or|[-–−/])\s*{ANY}{_OF_TIME}|[-–−]\s*(?:and|to|or|,)|\s?\+|\s?(?:am|pm)\b"
    rf"|\s+or\s+(?:more|fewer|less|over|{ANY})\b|(?:\s+[a-z-]+){{1,2}}\s+or\s+(?:more|fewer|less)\b|\s+(?:or\s+more\s+)?(?:good\s+)?(?:a\*|gcses?)"
    r"|[-\s]miles?\b|\s?(?:km|kilomet(?:re|er)s?)\b"
    r"|\s+(?:of\s+(?:her|his)\s+majesty|on\s+site)\b)"
)
# "Year 8 pupils", but not "in the last year 12 pupils"
_SCHOOL_YEAR = re.compile(r"(?P<before>[\w’'-]*)\s*\byear\s+$")
_STRETCH_OF_YEAR = frozenset(
    (
        *("a", "academic", "calendar", "current", "each", "every", "financial", "first", "full", "last", "next", "one"),
        *("past", "per", "preceding", "previous", "same", "school", "that", "the", "this", "whole"),
    )
)
_OLDEST_SCHOOL_YEAR = 13
_GROUP = r"\s+(?:population|age|service|team|provision|offer|pathway|partnership|strategy|public)"
_FIRST_OF_GROUP = re.compile(rf"\s?(?:to|[-–−])\s?\d{{1,2}}{_GROUP}")
_LAST_OF_GROUP = re.compile(r"\d\s?(?:to|[-–−])\s?$")
_ONE_AFTER = re.compile(
    r"(?:[-\s](?:to|on|stop|off|another|by)[-\s]|\s+(?:another|of|hand|way|thing|time|aspect|example|reason|area|element"
    r"|occasion|and\s+the\s+same|instance\s+of)\b)"
)
_THAN = re.compile(r"\b(?:more|fewer|less)\s+than\s+$")
_OLDEST = 25
_AHEAD, _BACK = 60, 46


def counts_nothing(lower: str, start: int, end: int, plain: bool) -> bool:
    """Whether the number at `start` to `end` of a sentence in lower case counts nothing, by the words around it.

    `plain` is false for money and percentages, which neither ages nor ranks have.
    """
    before, after = lower[max(0, start - _BACK) : start], lower[end : end + _AHEAD]
    if not plain:
        return False
    number = lower[start:end]
    if _is_year(number) or _BEFORE.search(before) or _AFTER.match(after) or _NO_SHARE_BEFORE.search(before):
        return True
    if number == "one":
        return _ONE_AFTER.match(after) is not None or _THAN.search(before) is not None
    return _is_school_year(number, before) or _is_age(number, before, after)


def _is_school_year(number: str, before: str) -> bool:
    named = _SCHOOL_YEAR.search(before)
    return (
        named is not None
        and named["before"] not in _STRETCH_OF_YEAR
        and number.isdigit()
        and int(number) <= _OLDEST_SCHOOL_YEAR
    )


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.isdigit() and number[:2] in ("19", "20")


def _is_age(number: str, before: str, after: str) -> bool:
    if _AGE_BEFORE.search(before):
        return not number.isdigit() or int(number) <= _OLDEST
    if _FIRST_OF_GROUP.match(after) or (_LAST_OF_GROUP.search(before) and re.match(_GROUP, after)):
        return True
    if not number.isdigit() or int(number) > _OLDEST:
        return False
    if _BETWEEN.search(before) and (_AND_AGE.match(after) or before.endswith("and ")):
        return True
    if _AT_LEVEL.search(before):
        return False
    return int(number) >= 14 and _AT_AGE.search(before) is not None and _AGE_ENDS.match(after) is not None
