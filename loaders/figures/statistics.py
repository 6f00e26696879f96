"""Figures that a document states about children, families, staff, cases and services.

sentences of prose -> figures in them -> those that count something -> with unit, what they count, period, comparison
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from loaders.figures.circumstances import comparison_of, period_of, things_counted
from loaders.figures.counted import noun_after, unit_of
from loaders.figures.numerals import ANY
from loaders.figures.written import Figure, figures, has_number
from loaders.records import Statistic
from loaders.statements.sections import Role, Section
from loaders.statements.sentences import sentences
from loaders.text import Block, Span, Text

_NEVER: frozenset[Role] = frozenset(
    {"boilerplate", "contents", "inspectors", "judgements", "method", "recommendations"}
)
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
    r"|left|received|attended|became|achieved|moved|of\s+(?:these|them|whom|which|those)\b|in\s+total\b)",
    re.IGNORECASE,
)
_ABOUT = r"(?:only\s+|just\s+|about\s+|approximately\s+|over\s+|nearly\s+|around\s+|almost\s+)?"
_RELATED = re.compile(
    r"\b(?:of\s+whom|of\s+which|of\s+these|compared\s+(?:to|with)|from|(?:rate|total|average|backlog|list)\s+of|caseloads?\s+averaged?"
    r"|(?:increas|reduc|decreas|ris|f[ae]ll|rose|grow|drop)\w*\s+(?:\w+\s+)?(?:from|to|of)|number(?:s|ed)?\s+(?:is|was|of)"
    rf"|from\s+\S+\s+(?:in\s+\S+\s+)?to)\s*{_ABOUT}$",
    re.IGNORECASE,
)
_ENDS_COMPARISON = re.compile(
    r"^\s*(?:[.,;)]|to\s|in\s+(?:19|20)\d\d|at\s+\d|on\s+\d|for\s+the\s+same|the\s+(?:previous|year)|per\b|nationally|$)",
    re.IGNORECASE,
)
# "a rate of 38 per 10,000", "18 of 20", "of the 10 currently notified", "from 14 to 10"
_OF_ALL = re.compile(
    r"\s+(?:per\s+1?[\d,]+|(?:out\s+)?of\s+(?:the\s+|all\s+)?\d"
    r"|(?:in|out\s+of)\s+(?:every\s+)?(?:[3-9]|10|20|100|three|four|five|six|ten)\b"
    r"|of\s+(?:them|these|those|whom)\b(?!,))",
    re.IGNORECASE,
)
_OF_ALL_BEFORE = re.compile(
    rf"(?:\d\s+(?:out\s+)?of\s+(?:the\s+|all\s+)?|\b{ANY}\s+(?:in|out\s+of)\s+(?:every\s+)?|^\W*of\s+(?:the\s+|these\s+)?)$",
    re.IGNORECASE,
)
_MODAL = re.compile(r"should|must|ought|need|aim|plan|intend|propose|hope|seek|commit|expect|will|order|target")
_BACK, _AHEAD, _NEAR = 130, 120, 60
"""Characters before and after a figure, and right before it, that say what it is."""
_INCLUDING = re.compile(r"\bincluding\s+(?:only\s+)?$", re.IGNORECASE)
_MORE = re.compile(r"\s+(?:more|fewer|less|higher|lower)\b", re.IGNORECASE)
_TO = re.compile(r"\bfrom\s+(?:\S+\s+){1,4}to\s*$", re.IGNORECASE)
_BEGINS = re.compile(r"(?:[,;:(]\s*(?:and\s+)?|\b(?:and|whom|which|these)\s+)$", re.IGNORECASE)
# What is only asked for or planned; what a proposal "would" change is stated.
_ASKED = re.compile(
    r"\b(?:should|must|ought\s+to|need(?:s|ed)?\s+to|(?:aim|plan|intend|propose|hope|seek|commit|expect)\w*\s+to"
    r"|will\s+(?:be|have|recruit|increase|provide|create|employ|open)|in\s+order\s+to|targets?\s+(?:is|are|of))\b"
    r"[^.;:,]{0,70}$",
    re.IGNORECASE,
)
_SET_APART = re.compile(
    r"\b(?:the|only|just|and|or|plus|ha[sd]|have|is|was|operates?|runs?|whom|which|than|there\s+(?:is|was|has\s+been)|further)\s*$",
    re.IGNORECASE,
)
# "930 children are looked after (a rate of ...). This is an increase. Of this number:" leads in with its first words.
_FIRST = re.compile(r"\.\s|\s\(")
_EXAMPLE = re.compile(r"\b(?:for\s+example|in)\b[,\s]*$", re.IGNORECASE)


# "It made nine recommendations. Two of them …"
_OF_THEM = re.compile(rf"\W*(?:{ANY}|\d+)\s+of\s+(?:them|these|those)\b", re.IGNORECASE)
_PARTS = re.compile(r"\b(?:recommendations?|areas? for (?:priority action|improvement|development)|priorities)\b", re.I)


def statistics(sections: Iterable[Section], text: Text) -> tuple[Statistic, ...]:
    """The figures of all prose that states something, in the order of the text."""
    return tuple(
        statistic
        for section in sections
        if section.role not in _NEVER
        for block, stem in _with_stems(section.blocks, text)
        if has_number(text.words(block).lower())
        for span in _not_of_parts(sentences(text, block.span), text)
        for statistic in _of_sentence(span, block, stem, (section, text))
    )


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


def _of_sentence(span: Span, block: Block, stem: str, place: tuple[Section, Text]) -> Iterator[Statistic]:
    section, text = place
    words = text.words(span)
    for figure in counting(words):
        for thing in things_counted(words, figure):
            yield Statistic(
                value=figure.value,
                unit=figure.unit or unit_of(words[: figure.start] or stem, words[figure.end :]),
                counts=f"{stem}: {thing}" if stem else thing,
                span=span,
                period=period_of(words, figure) or (period_of(stem, figure) if stem else None),
                compared_with=comparison_of(words, figure),
                section=section.heading,
                paragraph=block.number,
            )


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
    if figure.value >= 100 and not figure.worded:
        return True
    if _OF_ALL.match(after) or _OF_ALL_BEFORE.search(near):
        return True
    if others and (_TO.search(near) or _INCLUDING.search(near) or _MORE.match(after)):
        return True
    if _RELATED.search(near):
        return _ENDS_COMPARISON.match(after) is not None or _DOES.match(after) is not None
    begins = figure.start <= _NEAR and not near.strip()
    return _DOES.match(after) is not None and (others or begins or _BEGINS.search(near) is not None)


def _is_anecdote(words: str, figure: Figure, others: bool) -> bool:
    """Whether "one" tells of somebody rather than says how many: "For example, one parent ..."."""
    before, number = words[max(0, figure.start - _NEAR) : figure.start], words[figure.start : figure.end]
    if number.lower() != "one" or _OF_ALL.match(words, figure.end):
        return False
    if not before.strip():
        return number == "One"
    return _EXAMPLE.search(before) is not None or not (others or _SET_APART.search(before))
