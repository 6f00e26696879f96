"""Figures that a document states about children, families, staff, cases and services.

sentences of prose -> figures in them -> those that count something real -> with unit, what they count, period, comparison
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from loaders.figures import Figure, figures
from loaders.records import Statistic
from loaders.sections import Role, Section
from loaders.sentences import sentences
from loaders.text import Block, Span, Text

_NEVER: frozenset[Role] = frozenset({"boilerplate", "contents", "cover", "inspectors", "judgements", "method", "recommendations"})

_PEOPLE = (
    r"care\s+leavers?|unaccompanied\s+asylum[- ]seeking\s+children|foster\s+carers?|children|child|young\s+people|young\s+persons?|adults?|boys?|girls?|(?:fe)?males?|babies|baby|infants?|unborn|siblings?|brothers|sisters|teenagers?"
    r"|famil(?:y|ies)|parents?|mothers?|fathers?|carers?|adopters?|households?|people|persons?|residents?|pupils?|students?|learners?|leavers?|victims?"
    r"|asylum[- ]seekers?|offenders?|perpetrators?|individuals|minors|apprentices|couples|relatives|siblings|twins"
)
_STAFF = (
    r"social\s+workers?|team\s+managers?|service\s+managers?|staff|workers?|managers?|advis[eo]rs?|officers?|practitioners?|professionals?|posts?|apprentices?|members?|volunteers?|mentors?|graduates?|consultants?|teachers?"
    r"|nurses?|doctors?|psychologists?|vacancies|vacancy|visitors?|advocates?|champions?|ambassadors?|headteachers?|councillors?|personnel|employees|(?:senior\s+)?leaders|recruits|ASYEs?|IROs?|PAs|HMI"
)
_CASES = (
    r"cases?|files?|plans?|assessments?|audits?|referrals?|contacts?|visits?|conferences?|meetings?|placements?|adoptions?|disruptions?|complaints?|allegations?|incidents?"
    r"|notifications?|reviews?|orders?|applications?|episodes?|interviews?|enquiries|investigations?|requests?|records?|responses?|matches|breakdowns?|exclusions?"
    r"|deaths?|suicides?|arrests?|offences|disclosures?|tenanc(?:y|ies)|apprenticeships?|sessions|surveys?|admissions|appointments|consultations|proceedings|appeals|tribunals|PEPs|EHCPs|SCRs"
)
_SERVICES = (
    r"(?:children['’]s\s+)?homes?|schools?|nurser(?:y|ies)|academ(?:y|ies)|centres?|hubs?|settings?|services?|units?|beds?|places|projects?|agenc(?:y|ies)|teams?|(?:sub-?)?groups?"
    r"|(?:sub-)?committees|colleges?|pods?|flats?|providers?|localities|districts|clinics?|hospitals?|charities|organisations?|training\s+events|events|courses|panels|forums|boards|programmes|schemes|contracts|properties|hostels|practices|surgeries|trusts"
)
_COUNTED = re.compile(rf"\b(?:{_PEOPLE}|{_STAFF}|{_CASES}|{_SERVICES})\b", re.IGNORECASE)
# Up to six words may stand between the number and what it counts; a verb or a mark ends the search.
_STOP = re.compile(
    r"[.,;:()–]|\b(?:is|are|was|were|has|have|had|will|would|in|on|at|by|from|to|for|that|which|who|whom|with|within|across|held|seen|during|throughout|between|against|and\s+the|but|since|before|after|of\s+the\s+document)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\b(?:and|or|under|over|aged|not|also|being|subject|looked|through|per|known|placed|living|open|(?!seeking)\w{4,}ing)\b", re.IGNORECASE)
_SELF = re.compile(
    r"^\W*(?:(?:\w+\s+){0,2}(?:recommendations?|priorit(?:y|ies)|areas?|themes?|objectives?|strands?|principles?|judgements?|aims?|stages?|steps?|elements?|aspects?|ways?|reasons?"
    r"|questions?|pillars?|criteria|domains?|points?|factors?|actions?|key\b)"
    r"|(?:of\s+(?:Her|His)\s+Majesty|(?:\w+['’]?s?\s+){0,4}(?:inspectors?|inspectorates?|HMI)\b)|(?:safeguarding|statutory|other|neighbouring|local|unitary)?\s*(?:partners|local\s+authorities|authorities|boroughs|councils)\b"
    r"|(?:weeks?|days?)\s+on\s+site)",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"^\s*(?:\([^)]{1,30}\)\s*)?(?:lives?|lived|living|is|are|was|were|had|has|have|remain(?:ed|s)?|went|go|came|took|did|left|received|attended|became|achieved|moved|of\s+(?:these|them|whom|which|those)\b|in\s+total\b)",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"\b(?:of\s+whom|of\s+which|of\s+these|compared\s+(?:to|with)|(?:up|down)\s+from|(?:increas|reduc|decreas|ris|f[ae]ll|rose|grow|drop)\w*\s+(?:\w+\s+)?(?:from|to|of)|an?\s+(?:increase|reduction|rise|fall|decrease)\s+(?:from|of)|rate\s+of|total\s+of|from|average\s+of|number(?:s|ed)?\s+(?:is|was|of)|from\s+\S+\s+(?:in\s+\S+\s+)?to)\s*(?:only\s+|just\s+|about\s+|approximately\s+|over\s+|nearly\s+|around\s+|almost\s+)?$",
    re.IGNORECASE,
)
# "a rate of 38 per 10,000", "18 of 20", "of the 10 currently notified"
_OF_ALL = re.compile(r"\s+(?:per\s+1?[\d,]+|(?:out\s+)?of\s+(?:the\s+|all\s+)?\d)", re.IGNORECASE)
_OF_ALL_BEFORE = re.compile(r"(?:\d\s+(?:out\s+)?of\s+(?:the\s+|all\s+)?|^\W*of\s+(?:the|these)\s+)$", re.IGNORECASE)
_TO = re.compile(r"\bfrom\s+(?:\S+\s+){1,4}to\s*$", re.IGNORECASE)
_ENDS_COMPARISON = re.compile(r"^\s*(?:[.,;)]|to\s|in\s+(?:19|20)\d\d|at\s+\d|on\s+\d|for\s+the\s+same|the\s+(?:previous|year)|per\b|nationally|$)", re.IGNORECASE)
# What is only asked for or planned; "would" is left, a proposal's figure is stated.
_ASKED = re.compile(
    r"\b(?:should|must|ought\s+to|need(?:s|ed)?\s+to|(?:aim|plan|intend|propose|hope|seek|commit)\w*\s+to|will\s+(?:be|have|recruit|increase|provide|create|employ|open)|expected\s+to|in\s+order\s+to|targets?\s+(?:is|are|of))\b[^.;:]{0,70}$",
    re.IGNORECASE,
)
_EACH = re.compile(r"\b(?P<a>[\w-]+(?:\s+[\w-]+)?)\s+and\s+(?P<b>[\w-]+)\s+(?:with|at|by|account\w*\s+for)\s*$", re.IGNORECASE)
_PERIOD = re.compile(
    r"\b(?:(?:as\s+at|at|on|by|since|up\s+to|to)\s+(?:the\s+end\s+of\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s+(?:19|20)\d\d)?"
    r"|(?:in|over|during|within|for|throughout)\s+(?:the\s+)?(?:last|past|previous|preceding|current|same|first|year|two\s+years|12\s+months|financial)\b[^.,;:()]{0,40}?(?:years?|months?|weeks?|quarters?|period|inspection|term)\b(?:\s+(?:to|ending|prior\s+to)\s+[^.,;:()]{3,30})?"
    r"|(?:in|during|for|since|over)\s+(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+)?(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?"
    r"|at\s+the\s+time\s+of\s+(?:the|this|our)\s+(?:inspection|visit|review)|currently|each\s+(?:year|month|week)|(?:19|20)\d\d\s?[-–/]\s?\d{2,4}(?:\s+and\s+(?:19|20)\d\d[-–/]\d{2,4})?)",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"(?:\bcompar\w+\s+(?:to|with)\s+|\bagainst\s+(?=the|a|an|\d)|\b(?:up|down)\s+from\s+|\b(?:increase|reduction|decrease|rise|fall|rising|increased|reduced|fallen|risen|fell|rose|improvement|improved|decline)\w*\s+from\s+"
    r"|\b(?:higher|lower|more|fewer|better|worse|greater|less|above|below)\s+(?:than\s+)?(?=the|that|in|similar|statistical|national|\d)|\((?=(?:the\s+)?(?:national|England|average|statistical|regional))|\bin\s+line\s+with\s+)"
    r"(?P<with>[^;()]{3,110}?)(?=[.;()]|,\s|$)",
    re.IGNORECASE,
)


def statistics(sections: Iterable[Section], text: Text) -> tuple[Statistic, ...]:
    """The figures of all prose that states something, in the order of the text."""
    found: list[Statistic] = []
    for section in sections:
        if section.role not in _NEVER:
            for block in section.blocks:
                if block.kind in ("paragraph", "bullet"):
                    found += _of_block(block, section, text)
    return tuple(found)


def _of_block(block: Block, section: Section, text: Text) -> Iterator[Statistic]:
    if not any(character.isdigit() for character in text.words(block)) and not _might_count(text.words(block)):
        return
    for span in sentences(text, block.span):
        yield from _of_sentence(span, block, section, text)


_NUMBER_WORD = re.compile(r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|half|quarter|third)", re.IGNORECASE)


def _might_count(words: str) -> bool:
    return bool(_NUMBER_WORD.search(words))


def _of_sentence(span: Span, block: Block, section: Section, text: Text) -> Iterator[Statistic]:
    words = text.words(span)
    for figure in counting(words):
        for unit, counts in _counted(words, figure):
            yield Statistic(
                value=figure.value,
                unit=unit,
                counts=counts,
                span=span,
                period=_period(words, figure),
                compared_with=_compared(words, figure),
                section=section.heading,
                paragraph=block.number,
            )


def counting(words: str) -> tuple[Figure, ...]:
    """The figures of a sentence that count people, cases, services or money, in order."""
    found: list[Figure] = []
    for figure in figures(words):
        if _counts_something(words, figure, bool(found)):
            found.append(figure)
    return tuple(found)


def _counts_something(words: str, figure: Figure, others: bool) -> bool:
    before, after = words[: figure.start], words[figure.end :]
    if _ASKED.search(before) or figure.value == 0:
        return False
    if figure.unit:
        return True
    if _SELF.match(after) or (words[figure.start : figure.end] in ("one", "One") and _anecdote(words, figure, others)):
        return False
    if _noun(after) is not None:
        return True
    large = figure.value >= 100 and not figure.worded
    if large or _OF_ALL.match(after) or _OF_ALL_BEFORE.search(before) or (others and _TO.search(before)):
        return True
    if _RELATED.search(before):
        return bool(_ENDS_COMPARISON.match(after))
    starts = not before.strip() or bool(re.search(r"[,;:(]\s*(?:and\s+)?$|\b(?:and|whom|which|these)\s+$", before))
    return bool(_DOES.match(after)) and (starts or others)


_SET_APART = re.compile(r"\b(?:only|just|and|or|plus|ha[sd]|have|is|was|operates?|runs?|whom|which|than|there\s+(?:is|was|has\s+been)|further)\s*$", re.IGNORECASE)


def _anecdote(words: str, figure: Figure, others: bool) -> bool:
    """Whether "one" tells of somebody rather than says how many: "For example, one parent ..."."""
    before = words[: figure.start]
    if not before.strip():
        return words[figure.start] == "O"
    return bool(re.search(r"\b(?:for\s+example|in)\b[,\s]*$", before, re.I)) or not (others or _SET_APART.search(before))


def _noun(after: str) -> re.Match[str] | None:
    """What the number counts: the head of the first phrase that names something counted, before a verb or a mark."""
    stop = _STOP.search(after)
    near = after[: stop.start()] if stop else after
    found = list(_COUNTED.finditer(" ".join(near.split(" ")[:9])))
    if not found:
        return None
    joint = _JOINT.search(near, found[0].end())
    return [noun for noun in found if joint is None or noun.start() < joint.start()][-1]


# --- what is counted


def _counted(words: str, figure: Figure) -> Iterator[tuple[str, str]]:
    """Unit and thing counted; twice where two things have a figure "each"."""
    before, after = words[: figure.start], words[figure.end :]
    each = _EACH.search(before) if re.match(r"\s+each\b", after) else None
    if each:
        yield figure.unit or _unit(before, after), each["a"]
        yield figure.unit or _unit(before, after), each["b"]
        return
    yield figure.unit or _unit(before, after), _phrase(before, after)


def _unit(before: str, after: str) -> str:
    """What the number is a number of: the noun that follows it, else the last one before it, else plain "count"."""
    per = re.match(r"\s*(?:\w+\s+){0,2}(per\s+[\d,]+(?:\s+\w+)?)", after)
    if per:
        return per[1]
    noun = _noun(after) or next(reversed(list(_COUNTED.finditer(before))), None)
    if noun is None:
        return "count"
    return _plural(" ".join(noun.group().split()).lower())


def _plural(unit: str) -> str:
    """The unit in the plural: one child is of the same unit as two children.

    >>> _plural("family"), _plural("young person"), _plural("staff")
    ('families', 'young people', 'staff')
    """
    for one, many in (("child", "children"), ("person", "people"), ("unborn", "children")):
        if unit.endswith(one):
            return unit[: -len(one)] + many
    if unit.endswith(("s", "people", "children", "staff", "personnel")):
        return unit
    return unit[:-1] + "ies" if unit.endswith("y") and unit[-2] not in "aeo" else unit + "s"


_CLAUSE_END = re.compile(r"[;:]|\.(?!\d)|,(?!\d)|\(|\)|\bcompared\b|\bwhich\s+is\b|\bfrom\s+(?=\d)|\band\s+(?=\d|one\b|two\b|three\b|four\b|five\b|six\b|a\s+further\b)|\bfollowed\s+by\b", re.IGNORECASE)
_LEFT_TRIM = re.compile(r"^\W*(?:and|but|or|with|while|of\s+these|there\s+(?:are|were|is|was)|the\s+number\s+of)?\s*", re.IGNORECASE)


def _phrase(before: str, after: str) -> str:
    """The rest of the clause that the figure stands in: what follows it, with the subject before it where that is short."""
    inside = re.match(r"[^()]*\)", after) if before.rpartition("(")[2].strip() in ("or", "") else None
    after = after[inside.end() :] if inside else re.sub(r"^\s*\([^)]*\)", "", after)
    end = _CLAUSE_END.search(after)
    right = " ".join((after[: end.start()] if end else after).split())
    starts = [match.end() for match in _CLAUSE_END.finditer(before)]
    left = " ".join(before[starts[-1] if starts else 0 :].split())
    left = _LEFT_TRIM.sub("", left)
    if _noun(" " + right) is not None and not right.lower().startswith("of "):
        return _short(right)
    return _short(" ".join(part for part in (left, "…", right) if part).strip(" …"))


def _short(words: str, most: int = 160) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"


# --- when and against what


def _period(words: str, figure: Figure) -> str | None:
    """The stretch or point of time that stands nearest to the figure in its sentence."""
    found = list(_PERIOD.finditer(words))
    if not found:
        return None
    nearest = min(found, key=lambda m: m.start() - figure.end if m.start() >= figure.end else 2 * (figure.start - m.end()) + 20)
    return " ".join(nearest.group().split())


def _compared(words: str, figure: Figure) -> str | None:
    """What the figure is compared with: the first comparison after it that no other figure of its kind precedes."""
    match = _COMPARED.search(words, figure.end)
    if match is None:
        return None
    between = figures(words[figure.end : match.start("with")])
    return " ".join(match["with"].split()) if not between else None


