"""What stands around a figure in its sentence: what it counts, for which time, and what it is compared with."""

from __future__ import annotations

import calendar
import re

from loaders.figures.counted import noun_after
from loaders.figures.written import Figure, figures

MONTH = f"(?:{'|'.join(calendar.month_name[1:])})"
_YEARS = r"(?:19|20)\d\d\s?[-–−/]\s?\d{2,4}"
_INSPECTION = r"(?:inspection|visit|review)"
_SPAN = rf"(?:(?:{MONTH}\s+)?(?:19|20)\d\d|{MONTH})"
_PERIOD = re.compile(
    rf"\b(?:(?:from|between|for)\s+{_SPAN}\s+(?:to|and|until)\s+(?:the\s+end\s+of\s+)?{_SPAN}"
    r"|(?:as\s+at|at|on|by|since|up\s+to|to)\s+(?:the\s+end\s+of\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
    rf"{MONTH}(?:\s+(?:19|20)\d\d)?"
    r"|(?:in|over|during|within|for|throughout)\s+(?:the\s+)?"
    r"(?:last|past|previous|preceding|current|same|first|year|two\s+years|12\s+months|financial)\b"
    r"(?:\s+(?!for\b|in\b)[\w’'-]+){0,5}?\s+"
    r"(?:years?|months?|weeks?|quarters?|period|inspection|term)\b(?:\s+(?:to|ending|prior\s+to)\s+[^.,;:()]{3,30})?"
    rf"(?:\s+of\s+(?:{_YEARS}|(?:19|20)\d\d))?"
    rf"|(?:in|during|for|since|over)\s+(?:{MONTH}\s+)?(?:{_YEARS}|(?:19|20)\d\d)"
    rf"|at\s+the\s+time\s+of\s+(?:the|this|our)\s+{_INSPECTION}|currently|each\s+(?:year|month|week)"
    rf"|{_YEARS}(?:\s+and\s+{_YEARS})?)",
    re.IGNORECASE,
)
_MOVED = r"(?:increase|reduction|reduced|decrease|rise|rising|risen|rose|fall|fallen|fell|improvement|improved|decline)"
_COMPARED = re.compile(
    rf"(?:\bcompar\w+\s+(?:to|with)\s+|\bagainst\s+(?=the|a|an|\d)|\b(?:up|down)\s+from\s+|\b{_MOVED}\w*\s+from\s+"
    r"|\b(?:higher|lower|more|fewer|better|worse|greater|less|above|below)\s+(?:than\s+)?"
    r"(?=the|that|in|similar|statistical|national|\d)"
    r"|\((?=(?:the\s+)?(?:national|England|average|statistical|regional))|\bin\s+line\s+with\s+)"
    r"(?P<with>[^;()]{3,110}?)(?=\.(?!\d)|[;()]|,\s|$)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[;:()]|\.(?!\d)|,(?!\d)|\bcompared\b|\bwhich\s+is\b|\bfrom\s+(?=\d)|\bfollowed\s+by\b"
    r"|\band\s+(?=\d|(?:one|two|three|four|five|six|a\s+further)\b)",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"^\W*(?:and|but|or|with|while|of\s+these|there\s+(?:are|were|is|was)|the\s+number\s+of)?\s*", re.IGNORECASE
)
_EACH = re.compile(
    r"\b(?P<a>[\w-]+(?:\s+[\w-]+)?)\s+and\s+(?P<b>[\w-]+)\s+(?:with|at|by|account\w*\s+for)\s*$", re.IGNORECASE
)
_SAYS_NOTHING = re.compile(
    rf"\b(?:from|this|that|with|were|than|also|only|have|been|over|compared|currently|nearly|respectively|{MONTH})\b",
    re.IGNORECASE,
)
_TELLS = re.compile(r"[^\W\d_]{4}")
_LONGEST = 160


def things_counted(words: str, figure: Figure) -> tuple[str, ...]:
    """What the figure counts, in the words of its clause; two things where both have it ("A and B with 42% each")."""
    before, after = words[: figure.start], words[figure.end :]
    each = _EACH.search(before) if re.match(r"\s+each\b", after) else None
    return (each["a"], each["b"]) if each else (_clause(before, after),)


def period_of(words: str, figure: Figure) -> str | None:
    """The stretch or point of time that stands nearest to the figure in its sentence, after it rather than before."""
    found = list(_PERIOD.finditer(words))
    if not found:
        return None

    def far(match: re.Match[str]) -> int:
        ahead = match.start() - figure.end
        return ahead if ahead >= 0 else 2 * (figure.start - match.end()) + 20

    return " ".join(min(found, key=far).group().split())


def comparison_of(words: str, figure: Figure) -> str | None:
    """What the figure is compared with, unless another figure stands between."""
    match = _COMPARED.search(words, figure.end)
    if match is None or figures(words[figure.end : match.start("with")]):
        return None
    return " ".join(match["with"].split())


def _clause(before: str, after: str) -> str:
    """What follows the figure in its clause, with what precedes it where that alone does not say what is counted."""
    inside = re.match(r"[^()]*\)", after) if before.rpartition("(")[2].strip() in ("or", "") else None
    after = after[inside.end() :] if inside else re.sub(r"^\s*\([^)]*\)", "", after)
    end = _CLAUSE_END.search(after)
    right = " ".join((after[: end.start()] if end else after).split())
    starts = [0, *(match.end() for match in _CLAUSE_END.finditer(before))]
    said = ""
    for start in reversed(starts):  # of a clause that says nothing the one before it tells what is counted
        left = _LEFT.sub("", " ".join(before[start:].split()))
        if start == starts[-1] and noun_after(" " + right) is not None and not right.lower().startswith("of "):
            return _short(right)
        said = " ".join(part for part in (left, "…", right) if part).strip(" …(,")
        if _TELLS.search(_SAYS_NOTHING.sub("", said)):
            break
    return _short(said)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"
