"""Figures that a document states about children, families, staff, cases and services.

sentences of prose -> figures in them -> those that count something -> with unit, what they count, period, comparison
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from loaders.figures.circumstances import MONTH, comparison_of, period_of, things_counted
from loaders.figures.counted import last_noun, noun_after, unit_of
from loaders.figures.numerals import ANY, IN_WORDS
from loaders.figures.written import Figure, figures, has_number
from loaders.records import Statistic
from loaders.statements.sections import Role, Section
from loaders.statements.sentences import sentences
from loaders.text import Block, Span, Text

_NEVER: frozenset[Role] = frozenset({"boilerplate", "contents", "inspectors", "judgements", "method"})
_NO_NOUN = frozenset({"%", "GBP", "count"})
# A document's own parts, other bodies and those who inspect are not counted.
_SELF = re.compile(
    r"^\W*(?:(?:\w+\s+){0,2}(?:recommendations?|priorit(?:y|ies)|areas?|themes?|objectives?|strands?|principles?|judgements?"
    r"|aims?|stages?|steps?|elements?|aspects?|ways?|reasons?|questions?|pillars?|criteria|domains?|points?|factors?"
    r"|actions?|key)\b"
    r"|of\s+(?:Her|His)\s+Majesty|(?:(?!(?:by|of|to|told)\b)[\w'’]+\s+){0,4}(?:inspectors?|inspectorates?|HMI)\b"
    r"|(?:safeguarding|statutory|other|neighbouring|local|unitary)?\s*"
    r"(?:partners|local\s+authorities|authorities|boroughs|councils)\b"
    r"|(?:weeks?|days?)\s+on\s+site)",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"^\s*(?:\([^)]{1,30}\)\s*)?(?:lives?|lived|living|is|are|was|were|had|has|have|remain(?:ed|s)?|went|go|came|took|did"
    r"|left|received|attend(?:s|ed)?|became|achieved|moved|requires?|required|resulted|returned|ceased|ended|needed|waited"
    r"|subsequently|currently|of\s+(?:these|them|whom|which|those)\b|in\s+total\b)",
    re.IGNORECASE,
)
_DID = re.compile(r"^\s*(?:where\b|who\b|[a-z]{3,}ed\b)")
_ABOUT = r"(?:only\s+|just\s+|about\s+|approximately\s+|over\s+|nearly\s+|around\s+|almost\s+)?"
_RELATED = re.compile(
    r"\b(?:of\s+whom|of\s+which|of\s+these|compared\s+(?:to|with)|from|(?:rate|total|average|backlog|list)\s+of|caseloads?\s+averaged?"
    r"|(?:increas|reduc|decreas|ris|f[ae]ll|rose|grow|drop)\w*\s+(?:\w+\s+)?(?:from|to|of)|number(?:s|ed)?\s+(?:is|was|of)"
    r"|(?:average|mean|median)\b[^.;]{0,90}\b(?:was|is)|there\s+(?:are|were)\s+(?:now|currently)"
    rf"|from\s+\S+\s+(?:in\s+\S+\s+)?to)\s*{_ABOUT}$",
    re.IGNORECASE,
)
_ENDS_COMPARISON = re.compile(
    r"^\s*(?:[.,;)]|\((?:19|20)\d\d|to\s|in\s+quarter|in\s+(?:[A-Z]\w+\s+)?(?:19|20)\d\d|at\s+\d|on\s+\d|for\s+the\s+same|the\s+(?:previous|year)|per\b|nationally"
    r"|(?:a|the)\s+year\s+(?:earlier|before|ago)|last\s+year|$)",
    re.IGNORECASE,
)
# "a rate of 38 per 10,000", "18 of 20", "of the 10 currently notified", "from 14 to 10"
_OF_ALL = re.compile(
    r"\s+(?:per\s+1?[\d,]+|(?:out\s+)?of\s+(?:the\s+|all\s+)?\d"
    rf"|in\s+(?:every\s+)?(?:[3-9]|10|20|100|three|four|five|six|seven|eight|nine|ten)\b|out\s+of\s+(?:the\s+)?{IN_WORDS}\b"
    r"|of\s+(?:them|these|those|whom)\b(?!,))",
    re.IGNORECASE,
)
_OF_ALL_BEFORE = re.compile(
    rf"(?:\d\s+(?:out\s+)?of\s+(?:the\s+|all\s+)?|\b{ANY}\s+(?:in|out\s+of)\s+(?:every\s+)?|^\W*of\s+(?:the\s+|these\s+)?)$",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"recommend|should|must|ought|need|aim|plan|intend|propose|hope|seek|commit|expect|will|order|target"
)
_BACK, _AHEAD, _NEAR = 130, 120, 60
"""Characters before and after a figure, and right before it, that say what it is."""
_INCLUDING = re.compile(r"\binclud(?:ing|es|ed)\s+(?:only\s+)?$", re.IGNORECASE)
_MORE = re.compile(r"\s+(?:more|fewer|less|higher|lower)\b", re.IGNORECASE)
# "27 cases in 2013–14, 32 in 2014–15"
_GOES_ON = re.compile(rf"(?:,|\band|\bto|\bcompared\s+(?:to|with))\s*{_ABOUT}$", re.IGNORECASE)
_IN_TIME = re.compile(
    r"\s+(?:in|during|at|for|by|on)\s+(?:the\s+)?(?:(?:first|second|third|fourth|last|previous|same)\s+\w+|\d{1,2})?\s*"
    rf"(?:of\s+)?(?:{MONTH}\s+)?(?:(?:19|20)\d\d|quarter|year)",
    re.IGNORECASE,
)
_AT_LEVEL = re.compile(
    rf"\b(?:low|lower|high|higher|stable|steady|stands?|stood|remain(?:s|ed)?)\s+at\s+{_ABOUT}$", re.IGNORECASE
)
_RAISED_TO = re.compile(
    r"\b(?:increas|reduc|decreas|rais|ris|grow|drop|cut)\w*\s+(?:in\s+)?(?:the|its|their)\s+(?:overall\s+|total\s+)?numbers?\b"
    rf"[^.;]{{0,60}}\bto\s+{_ABOUT}$",
    re.IGNORECASE,
)
_ENDS_LEVEL = re.compile(r"^\s*(?:[.,;)]|and\s+(?!\d)|which\b|in\s|at\s|compared\b|$)", re.IGNORECASE)
_FEW = re.compile(r"\b(?:numbers?|few|small|minority|large|high|many|some)\b", re.IGNORECASE)
# A sentence that only compares, or goes on with a part of what the one before it counts.
_COMPARES = re.compile(r"^(?:This|That|It)\s+(?:is|was|represents?|represented|compares?|compared|has|had)\b")
_PART_OF_IT = re.compile(r"^(?:Of|Among)\s+(?:these|those|them|this\s+number)\b")
_TO = re.compile(rf"\bfrom\s+(?:\S+\s+){{1,5}}to\s+(?:currently\s+|now\s+)?{_ABOUT}$", re.IGNORECASE)
_BEGINS = re.compile(r"(?:[,;:(]\s*(?:and\s+)?|\b(?:and|with|whom|which|these)\s+)$", re.IGNORECASE)
# What is only asked for or planned; what a proposal "would" change is stated.
_ASKED = re.compile(
    r"\b(?:should|must|ought\s+to|need(?:s|ed)?\s+to|(?:aim|plan|intend|propose|hope|seek|commit|expect)\w*\s+to|recommend\w*\s+that"
    r"|will\s+(?:be|have|recruit|increase|provide|create|employ|open)|in\s+order\s+to)\b[^.;:,]{0,70}$"
    r"|\btargets?\s+(?:is|are|of)\b[^.;:,\d]{0,70}$",
    re.IGNORECASE,
)
_FROM_ONE = re.compile(r"\s+(?:to\s|at\s+\d|in\s+(?:19|20)\d\d|\(|the\s+(?:previous|year))")
_SET_APART = re.compile(
    r"\b(?:the|only|just|and|or|plus|ha[sd]|have|is|was|operates?|runs?|whom|which|than|there\s+(?:is|was|has\s+been)|further"
    r"|(?:19|20)\d\d,|\binspection,)\s*$",
    re.IGNORECASE,
)
# "930 children are looked after (a rate of ...). This is an increase. Of this number:" leads in with its first words.
_FIRST = re.compile(r"\.\s|\s\(")
_EXAMPLE = re.compile(r"\b(?:for\s+example|in)\b[,\s]*$", re.IGNORECASE)


# "It made nine recommendations. Two of them …"
_OF_THEM = re.compile(rf"\W*(?:{ANY}|\d+)\s+of\s+(?:them|these|those)\b", re.IGNORECASE)
_PARTS = re.compile(r"\b(?:recommendations?|areas? for (?:priority action|improvement|development)|priorities)\b", re.I)


def statistics(sections: Iterable[Section], text: Text, asking: frozenset[Span] | None = None) -> tuple[Statistic, ...]:
    """The figures of all prose that states something, in the order of the text.

    `asking` holds the blocks that ask for something; without it no part that recommends is looked at.
    """
    return tuple(
        statistic
        for section in sections
        if section.role not in _NEVER and (asking is not None or section.role != "recommendations")
        for block, stem in _with_stems(section.blocks, text)
        if has_number(text.words(block).lower()) and not (asking and block.span in asking)
        for statistic in _of_block(block, stem, (section, text))
    )


def _of_block(block: Block, stem: str, place: tuple[Section, Text]) -> Iterator[Statistic]:
    """The figures of a paragraph or bullet; a sentence that only compares takes its unit from the one before."""
    held: Statistic | None = None
    for span in _not_of_parts(sentences(place[1], block.span), place[1]):
        found = list(_of_sentence(span, block, stem, (place, held)))
        yield from found
        held = next((one for one in reversed(found) if _names(one.unit)), held)


def _not_of_parts(spans: Sequence[Span], text: Text) -> Iterator[Span]:
    """The sentences without those that begin with a number of the document's own parts, named in the one before."""
    before = ""
    for span in spans:
        words = text.words(span)
        if not (_OF_THEM.match(words) and _PARTS.search(before)):
            yield span
        before = words


def _with_stems(blocks: Iterable[Block], text: Text) -> Iterator[tuple[Block, str]]:
    """Each paragraph and bullet with the words that lead into it ("Of this number:"), empty where none do."""
    stem, under = "", 0
    for block in blocks:
        if block.kind not in ("paragraph", "bullet"):
            continue
        if block.kind == "paragraph" or block.level < under:
            stem = ""
        words = " ".join(text.words(block).split())
        yield block, stem
        if words.endswith(":"):
            stem, under = _FIRST.split(words)[0].rstrip(": "), block.level + 1 if block.kind == "bullet" else 0


def _names(unit: str) -> bool:
    """Whether a unit says who or what is counted, so that a later number may count the same."""
    return unit not in _NO_NOUN and not unit.startswith("per ")


def _of_sentence(
    span: Span, block: Block, stem: str, known: tuple[tuple[Section, Text], Statistic | None]
) -> Iterator[Statistic]:
    (section, text), held = known
    words = text.words(span)
    compares = held is not None and _COMPARES.match(words) is not None
    earlier = held.unit if held and (compares or _PART_OF_IT.match(words)) else None
    begun = held.counts if held and compares and not stem else stem
    seen = 0
    for figure in counting(words):
        unit = figure.unit or unit_of(words[seen : figure.start] or stem, words[figure.end :], earlier)
        for thing in things_counted(words, figure):
            yield Statistic(
                value=figure.value,
                unit=unit,
                counts=f"{begun}: {thing}" if begun else thing,
                span=span,
                period=period_of(words, figure) or (period_of(stem, figure) if stem else None),
                compared_with=comparison_of(words, figure),
                section=section.heading,
                paragraph=block.number,
            )
        if _names(unit):
            earlier, seen = unit, figure.end


def counting(words: str) -> tuple[Figure, ...]:
    """The figures of a sentence that count people, cases, services or money, in order."""
    found: list[Figure] = []
    for figure in figures(words):
        if _states(words, figure, bool(found)):
            found.append(figure)
    return tuple(found)


def _states(words: str, figure: Figure, others: bool) -> bool:
    """Whether the figure says how many there are; `others` before it in the sentence make that likelier."""
    before, after = words[max(0, figure.start - _BACK) : figure.start], words[figure.end : figure.end + _AHEAD]
    if figure.value == 0 or (_MODAL.search(before) and _ASKED.search(before)):
        return False
    if figure.unit:
        return True
    if _SELF.match(after) or _is_anecdote(words, figure, others):
        return False
    return noun_after(after) is not None or _stands_for_noun(figure, before, after, others)


def _stands_for_noun(figure: Figure, before: str, after: str, others: bool) -> bool:
    """Whether a number counts without a noun of its own: large ones, parts of others, and subjects of a verb."""
    near = before[-_NEAR:]
    if (figure.value >= 100 and not figure.worded) or _stands_aside(figure, near, after) or _OF_ALL.match(after):
        return True
    level = (_AT_LEVEL.search(near) or _RAISED_TO.search(before)) and _ENDS_LEVEL.match(after)
    if level or _OF_ALL_BEFORE.search(near):
        return True
    if others and (_TO.search(near) or _INCLUDING.search(near) or _MORE.match(after)):
        return True
    if others and _GOES_ON.search(near) and _IN_TIME.match(after):
        return True
    if _RELATED.search(near):
        return _ENDS_COMPARISON.match(after) is not None or _DOES.match(after) is not None
    begins = figure.start <= _NEAR and not near.strip()
    does = _DOES.match(after) or (figure.value > 1 and _DID.match(after))
    return bool(does) and (others or begins or _BEGINS.search(near) is not None)


def _stands_aside(figure: Figure, near: str, after: str) -> bool:
    """Whether a number alone in brackets says how many there are of what stands before them."""
    if not (near.endswith("(") and after.startswith(")")):
        return False
    return (figure.worded or figure.value >= 10 or _FEW.search(near) is not None) and last_noun(near) is not None


def _is_anecdote(words: str, figure: Figure, others: bool) -> bool:
    """Whether "one" tells of somebody rather than says how many: "For example, one parent ..."."""
    before, number = words[max(0, figure.start - _NEAR) : figure.start], words[figure.start : figure.end]
    if number.lower() != "one" or _OF_ALL.match(words, figure.end):
        return False
    if not before.strip():
        return number == "One"
    if before.endswith("from "):
        return not _FROM_ONE.match(words, figure.end)
    return _EXAMPLE.search(before) is not None or not (others or _SET_APART.search(before))
