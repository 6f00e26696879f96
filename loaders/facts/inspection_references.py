"""Where a sentence speaks of an inspection other than the one at hand: "the last inspection in 2017".

Each reference has its date as far as it is said, the framework if named, and whether it means the last one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.facts.dates import moments
from loaders.statements.phrases import Phrases, once_a_vocabulary
from ontology import Vocabulary

_THING = (
    r"(?:re-?inspections?|inspections?|inspected|(?:focused|monitoring|follow-up|assurance|Ofsted)\s+visits?"
    r"|JTAIs?|ILACS|SIF)"
)
_BETWEEN = r"(?:(?!(?:to|the|an?|has|was|were|years?|months?|weeks?)\b)[\w’'&/-]+\s+){0,7}?"
_LAST = re.compile(
    rf"\b(?P<which>last|previous|most\s+recent|earlier|prior|preceding|recent|former)\s+{_BETWEEN}(?P<thing>{_THING})\b"
    r"|\b(?P<since>since)\s+(?:the|that|its|their|our)\s+(?P<what>(?:focused\s+|monitoring\s+)?visit|(?:re-)?inspection)\b"
    r"|\b(?:previously|last)\s+inspected\b|\b(?:at|since|after|following)\s+(?:that|the\s+same)\s+inspection\b",
    re.IGNORECASE,
)
_NOUN = re.compile(rf"\b(?P<thing>{_THING}|recommendations\s+made|judge?ment\s+of)\b", re.IGNORECASE)
_JUDGED = re.compile(
    r"\b(?:judged|graded|rated|found)\b[^.;]{0,90}\b(?:outstanding|good|requir\w+|adequate|inadequate)\b[^.;]{0,60}\b(?:in|on)\s+$",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:this|next|future|current|our)\s+(?:\w+\s+){0,3}(?:inspections?|visits?|report|letter)\b"
    r"|\bsummarises\s+the\s+findings\b|\binspections?\s+act\b|^\W*inspection\s+dates?\b|\breport\s+published\b"
    r"|\b(?:at|during|before|prior\s+to)\s+the\s+(?:time\s+of\s+the\s+)?(?:inspection|visit)\b(?!\s+(?:in|of|on)\b)",
    re.IGNORECASE,
)
_IS_VISIT = re.compile(r"\s+(?:focused|monitoring|assurance)\s+visit\b", re.IGNORECASE)
_NOT_ONE = re.compile(r"\s+(?:framework|handbook|regime|report\s+will|team|dates?\b)", re.IGNORECASE)
_SERVICE = re.compile(
    r"\s+of\s+(?:[\w’']+\s+){0,7}?"  # "of the Royal Borough of Anytown's adoption services"
    r"(?P<service>private\s+fostering|adoption|fostering|youth\s+(?:offending|justice)|police|probation)\b"
    r"|\b(?P<before>adoption|fostering|thematic|PEEL)\s+$",
    re.IGNORECASE,
)
# Inspections of single homes, schools and providers are no inspections of the authority.
_UNSURE = re.compile(r"\b(?:in|by|from|at)\s+(?:an?|their|its)\s+(?:most\s+)?recent\b", re.IGNORECASE)
_OF_PROVIDERS = re.compile(
    r"\b(?:children['’]s\s+homes?|(?:all|most|many|some|of)\s+(?:\w+\s+){0,3}(?:homes|schools|provisions?|settings"
    r"|providers|agencies)|(?:homes?|schools?|provision|settings?|providers?|centres?|units?|colleges?),?\s+(?:\w+\s+){0,5}"
    r"(?:judged|rated|graded)\b|\b(?:judged|rated|graded|found)\s+(?:the|this|that|both|these|one|each)\s+(?:\w+\s+)?"
    r"(?:homes?|schools?|centres?|college|unit|settings?|provisions?|nursery)\b)",
    re.IGNORECASE,
)
_NEVER_INSPECTED = re.compile(r"\b(?:not|never)\s+(?:been\s+)?(?:previously\s+)?inspected\b", re.IGNORECASE)
_OF_AUTHORITY = re.compile(r"\blocal\s+authority['’]s\s+(?!children['’]s\s+homes?)", re.IGNORECASE)
# What only inspections report, with the dates at which they did: "the same weakness was reported in 2012 and in 2016".
_REPORTED = re.compile(
    r"\b(?:weakness(?:es)?|shortfalls?|failings?|areas?\s+for\s+(?:improvement|development|priority\s+action))\b"
    r"[^.;:,]{0,40}?\b(?:reported|identified|raised|highlighted|found|noted)\s+(?:\w+\s+)?(?:in|during)\s+$",
    re.IGNORECASE,
)
_AND_IN = re.compile(r"\s*(?:,|,?\s+and(?:\s+again)?)\s+(?:in\s+|during\s+)?", re.IGNORECASE)
_BY_OTHERS = re.compile(
    r"\b(?:audits?|peers?|reviews?|diagnostic|self-assessment|self-evaluation|commissioners?|consultants?|data"
    r"|the\s+(?:lscb|board|partnership|authority|council))\b",
    re.IGNORECASE,
)
_SIGNS = (
    "inspect", "visit", "jtai", "ilacs", "sif", "graded", "rated", "judg", "recommendations made",
    "weakness", "shortfall", "failing", " for improvement", " for development", " for priority",
)  # fmt: skip
_NEAR = 130
"""Characters between an inspection and the date that is its own."""
_FAR = 200
"""The same where nothing but what was inspected stands between, and "was in" before the date."""
_WAS_IN = re.compile(r"\s+of\s[^.;]*\b(?:was|were|took\s+place|(?:carried\s+out|undertaken))\s+(?:in\s+|on\s+)+$")
_PARTED = re.compile(
    r"[.;%]|\b(?:inspections?|visits?)\b|\b(?:and|but)\s+(?:has|have|since|the|is|was)\b|\bsince\b", re.IGNORECASE
)
# An inspection that looks into "the reforms of 2014" is not of that year.
_OF_ANOTHER = re.compile(
    r"^\s*(?:tried|looked|considered|examined|explored|evaluated|asked|sought|aimed|focus+ed|set\s+out)\b.*\b(?:of|from)\s+$"
    r"|\bthe\s+(?!(?:spring|summer|autumn|winter|end|beginning|start|middle|week|month|year|january|february|march|april|may"
    r"|june|july|august|september|october|november|december)\b)[a-z]+\s+of\s+$",
    re.IGNORECASE,
)
_LEADS_TO_DATE = re.compile(
    r"(?:\b(?:in|on|of|during|between|from|published|dated|early|late|mid|spring|summer|autumn|winter)|[(:,])"
    r"\s*(?:\w{2,9}day,?\s*)?$",
    re.IGNORECASE,
)
_ADJECTIVES = re.compile(
    r"(?:['’]s)?\s+(?:(?!(?:and|the|to|in|of|at|an?|was|were|inspectors?)\b)[\w’'&-]+\s+){0,4}", re.IGNORECASE
)
# "In March 2015 an Ofsted inspection of the council found ..."
_THEN_ONE = re.compile(r",?\s+(?:an?|the)\s+(?:(?!(?:and|to|in|of|at)\b)[\w’'&-]+\s+){0,4}", re.IGNORECASE)
_FIRST_WORDS = re.compile(r"\W*(?:in|on|during)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """One way in which a sentence points to an inspection, with offsets in the sentence."""

    start: int
    end: int
    when: str | None
    framework: str | None
    last: bool = False
    """It is called the last one, or meant by "since the inspection"."""
    visit: bool = False
    """A visit rather than an inspection."""
    service: str = ""
    """The one service that it was about, where it was not the authority's services as a whole."""


def may_refer(words: str) -> bool:
    """Whether words can hold a reference at all: asked of every block, so it is cheap."""
    lower = words.lower()
    return any(sign in lower for sign in _SIGNS)


def references(words: str, vocabulary: Vocabulary) -> tuple[Reference, ...]:
    """The references in a sentence, in order; none where it speaks only of the document's own inspection."""
    if _NEVER_INSPECTED.search(words):
        return ()
    of_providers = _OF_PROVIDERS.search(words) and not _OF_AUTHORITY.search(words)
    if of_providers or _UNSURE.search(words) or not may_refer(words):
        return ()
    kept: list[Reference] = []
    told = [*_relative(words, vocabulary), *_dated(words, vocabulary), *_graded(words, vocabulary)]
    found = [*told, *(() if told else _reported(words))]
    for reference in sorted(found, key=lambda one: (one.start, one.when is None)):
        if not any(reference.start < other.end and other.start < reference.end for other in kept):
            kept.append(reference)
    return tuple(kept)


def framework_of(words: str, vocabulary: Vocabulary) -> str | None:
    """The framework that the words name, by its longest label among them."""
    matches = _frameworks(vocabulary).find(words)
    return max(matches, key=lambda match: (match.end - match.start, -match.start)).value if matches else None


@once_a_vocabulary
def _frameworks(vocabulary: Vocabulary) -> Phrases[str]:
    schemes = vocabulary.concepts.get("framework", {})
    return Phrases((label, c.id) for c in schemes.values() for label in (c.label, *c.alt, *c.hidden))


def _around(words: str, start: int, end: int) -> str:
    return words[max(0, start - 60) : end + 40]


def _relative(words: str, vocabulary: Vocabulary) -> Iterator[Reference]:
    """What is called the last inspection and the like; several together are spoken of only with a date."""
    for match in _LAST.finditer(words):
        thing = (match["thing"] or match["what"] or "inspection").lower()
        when, end = _date_after(words, match.end())
        if when is None:
            inside = moments(match.group())
            when = inside[-1].when if inside else None
        if when is None and thing.endswith("s") and thing != "ilacs":
            continue
        yield Reference(
            start=match.start(),
            end=end,
            when=when,
            framework=framework_of(_around(words, match.start(), end), vocabulary),
            last=(match["which"] or "last").lower() not in ("earlier", "former", "prior", "preceding"),
            visit="visit" in thing or _IS_VISIT.match(words, match.end()) is not None,
            service=_service(words, match),
        )


def _dated(words: str, vocabulary: Vocabulary) -> Iterator[Reference]:
    """An inspection with a date before or after it."""
    for match in _NOUN.finditer(words):
        if _OWN.search(words[max(0, match.start() - 40) : match.end() + 25]) or _NOT_ONE.match(words, match.end()):
            continue
        start, end, when = _date_of(words, match)
        if when is not None:
            framework = framework_of(_around(words, start, end), vocabulary)
            visit = "visit" in match["thing"].lower() or _IS_VISIT.match(words, match.end()) is not None
            yield Reference(start, end, when, framework, visit=visit, service=_service(words, match))


def _graded(words: str, vocabulary: Vocabulary) -> Iterator[Reference]:
    """A judgement with a date after it: "services were judged to be good in May 2014"."""
    for moment in moments(words):
        judged = _JUDGED.search(words[: moment.start])
        if judged:
            framework = framework_of(_around(words, judged.start(), moment.end), vocabulary)
            # What is judged is an inspection; a visit named beside it ("the second visit since") is another one.
            graded = framework is not None and vocabulary.frameworks[framework].grades_areas
            yield Reference(judged.start(), moment.end, moment.when, framework if graded else None)


def _reported(words: str) -> Iterator[Reference]:
    """The dates at which a weakness is said to have been reported, where nobody else than inspectors did so."""
    if _NOUN.search(words):
        return  # the inspection that is named is the one that found it, and the date may be another's
    end: int | None = None
    for moment in moments(words):
        first = _REPORTED.search(words[: moment.start])
        goes_on = end is not None and _AND_IN.fullmatch(words, end, moment.start)
        if goes_on or (first and not _BY_OTHERS.search(words[max(0, first.start() - 60) : moment.end + 60])):
            yield Reference(moment.start, moment.end, moment.when, None)
            end = moment.end


def _date_of(words: str, thing: re.Match[str]) -> tuple[int, int, str | None]:
    """The date of an inspection that is named at `thing`, with the stretch of words that the two take."""
    before = words[max(0, thing.start() - 45) : thing.start()]
    earlier = moments(before)
    if earlier and _ADJECTIVES.fullmatch(before, earlier[-1].end):
        return max(0, thing.start() - 45) + earlier[-1].start, thing.end(), earlier[-1].when
    when, end = _date_after(words, thing.end())
    first = next(iter(moments(words[: thing.start()])), None) if when is None else None
    if first is not None and _FIRST_WORDS.fullmatch(words, 0, first.start):
        inspected = thing["thing"].lower() == "inspected"
        if inspected or _THEN_ONE.fullmatch(words, first.end, thing.start()):
            return first.start, thing.end(), first.when
    return thing.start(), end, when


def _date_after(words: str, at: int) -> tuple[str | None, int]:
    """The date that follows an inspection closely enough to be its own, and where that ends."""
    after = words[at : at + _FAR]
    first = next(iter(moments(after)), None)
    if first is None or (first.end > _NEAR and not _WAS_IN.match(after[: first.start])):
        return None, at
    between = after[: first.start]
    if _PARTED.search(between) or _OF_ANOTHER.search(between) or not _LEADS_TO_DATE.search(between):
        return None, at
    return first.when, at + first.end


def _service(words: str, match: re.Match[str]) -> str:
    after = _SERVICE.match(words, match.end())
    before = _SERVICE.search(words[max(0, match.start() - 20) : match.start()])
    found = (after and after["service"]) or (before and before["before"]) or ""
    return " ".join(found.lower().split())
