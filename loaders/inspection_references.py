"""Where a sentence speaks of an inspection other than the one at hand: "the last inspection in 2017".

Each reference has its date as far as it is said, the framework if named, and whether it means the last one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.dates import moments
from loaders.phrases import Phrases, once_a_vocabulary
from ontology import Vocabulary

_THING = (
    r"(?:re-?inspections?|inspections?|inspected|(?:focused|monitoring|follow-up|assurance|Ofsted)\s+visits?|JTAIs?|ILACS|SIF)"
)
_WORDS = r"(?:(?!(?:to|the|an?|has|was|were|years?|months?|weeks?)\b)[\w’'&/-]+\s+){0,7}?"
_LAST = re.compile(
    rf"\b(?P<which>last|previous|most\s+recent|earlier|prior|preceding|recent|former)\s+{_WORDS}(?P<thing>{_THING})\b"
    rf"|\b(?P<since>since)\s+(?:the|that|its|their|our)\s+(?P<thing2>inspection|visit|re-inspection)\b"
    rf"|\b(?:previously|last)\s+inspected\b|\b(?:at|since|after|following)\s+(?:that|the\s+same)\s+inspection\b",
    re.IGNORECASE,
)
_NOUN = re.compile(rf"\b(?P<thing>{_THING})\b", re.IGNORECASE)
_JUDGED = re.compile(r"\b(?:judged|graded|rated|found)\b[^.;]{0,90}$", re.IGNORECASE)
_OWN = re.compile(
    r"\b(?:this|next|future|current|our)\s+(?:\w+\s+){0,3}(?:inspections?|visits?|report|letter)\b|\bsummarises\s+the\s+findings\b"
    r"|\binspections?\s+act\b|\b(?:at|during|before|prior\s+to)\s+the\s+(?:time\s+of\s+the\s+)?(?:inspection|visit)\b(?!\s+(?:in|of|on)\b)|^\W*inspection\s+dates?\b"
    r"|\breport\s+published\b",
    re.IGNORECASE,
)
_NOT_ONE = re.compile(r"\s+(?:framework|handbook|regime|report\s+will|team|dates?\b)", re.IGNORECASE)
_SERVICE = re.compile(
    r"\s+of\s+(?:[\w’']+\s+){0,4}?(?P<service>private\s+fostering|adoption|fostering|youth\s+(?:offending|justice)|police|probation)\b"
    r"|\b(?P<before>adoption|fostering|thematic|PEEL)\s+$",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"\b(?:in|by|from|at)\s+(?:an?|their|its)\s+(?:most\s+)?recent\b", re.IGNORECASE)
# Inspections of single homes, schools and providers are no inspections of the authority.
_OF_PROVIDERS = re.compile(
    r"\b(?:children['’]s\s+homes?|(?:all|most|many|some|of)\s+(?:\w+\s+){0,3}(?:homes|schools|provisions?|settings|providers|agencies|foster\w*\s+agencies)"
    r"|(?:homes?|schools?|provision|settings?|providers?|centres?)\s+(?:\w+\s+){0,4}(?:was|were|is|are|has|have|been|judged|rated|graded)\b)",
    re.IGNORECASE,
)
_NEAR = 130
"""Characters between an inspection and the date that is its own."""
_PARTED = re.compile(r"[.;]|\b(?:and|but)\s+(?:has|have|since|the|is|was)\b|\bsince\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """One way in which a sentence points to an inspection, with offsets in the sentence."""

    start: int
    end: int
    when: str | None
    framework: str | None
    last: bool
    """It is called the last one, or meant by "since the inspection"."""
    visit: bool
    """A visit rather than an inspection."""
    service: str = ""
    """The one service that it was about, where it was not the authority's services as a whole."""


def references(words: str, vocabulary: Vocabulary) -> tuple[Reference, ...]:
    """The references in a sentence, in order; none where it speaks only of the document's own inspection."""
    if _UNSURE.search(words):
        return ()
    if _OF_PROVIDERS.search(words) and not re.search(r"\blocal\s+authority['’]s\s+(?!children['’]s\s+homes?)", words):
        return ()
    found = [*_relative(words, vocabulary), *_dated(words, vocabulary)]
    kept: list[Reference] = []
    for reference in sorted(found, key=lambda r: (r.start, r.when is None)):
        if any(reference.start < other.end and other.start < reference.end for other in kept):
            continue
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


def _relative(words: str, vocabulary: Vocabulary) -> Iterator[Reference]:
    for match in _LAST.finditer(words):
        thing = (match["thing"] or match["thing2"] or "inspected").lower()
        plural = thing.endswith("s") and thing not in ("ilacs",)
        when, end = _date_after(words, match.end())
        if when is None:
            when = _date_inside(match.group())
        if plural and when is None:
            continue
        which = (match["which"] or match["since"] or "").lower()
        last = which in ("last", "previous", "most recent", "since", "recent") or not which
        around = words[max(0, match.start() - 60) : end + 40]
        yield Reference(match.start(), end, when, framework_of(around, vocabulary), last, "visit" in thing, _service(words, match))


def _dated(words: str, vocabulary: Vocabulary) -> Iterator[Reference]:
    """An inspection with a date before or after it, and a judgement with a date after it."""
    for match in _NOUN.finditer(words):
        if _OWN.search(words[max(0, match.start() - 40) : match.end() + 25]) or _NOT_ONE.match(words, match.end()):
            continue
        start, when = _date_before(words, match.start())
        end = match.end()
        if when is None:
            when, end = _date_after(words, match.end())
            start = match.start()
        if when is None and match["thing"].lower() == "inspected":
            start, when = _date_at_start(words, match.start())
        if when is not None:
            around = words[max(0, start - 60) : end + 40]
            yield Reference(start, end, when, framework_of(around, vocabulary), False, "visit" in match["thing"].lower(), _service(words, match))
    for moment in moments(words):
        before = words[: moment.start]
        judged = _JUDGED.search(before)
        if judged and re.search(r"\b(?:in|on)\s+$", before) and re.search(r"\b(?:outstanding|good|requir|adequate|inadequate)", judged.group(), re.I):
            around = words[judged.start() : moment.end]
            yield Reference(judged.start(), moment.end, moment.when, framework_of(around, vocabulary), False, False)


def _date_after(words: str, at: int) -> tuple[str | None, int]:
    """The date that follows an inspection closely enough to be its own, and where that ends."""
    after = words[at : at + _NEAR]
    for moment in moments(after):
        between = after[: moment.start]
        if _PARTED.search(between):
            return None, at
        if re.search(r"(?:\b(?:in|on|of|during|between|from|published|dated|early|late|mid|spring|summer|autumn|winter)|[(:,])\s*(?:\w{2,9}day,?\s*)?$", between, re.I):
            return moment.when, at + moment.end
        return None, at
    return None, at


def _date_before(words: str, at: int) -> tuple[int, str | None]:
    """The date that stands right before an inspection: "the February 2018 inspection", "2014 Ofsted inspection"."""
    before = words[max(0, at - 45) : at]
    found = list(moments(before))
    if not found:
        return at, None
    moment = found[-1]
    between = before[moment.end :]
    if re.fullmatch(r"(?:['’]s)?\s+(?:[\w’'&-]+\s+){0,4}", between) and not re.search(r"\b(?:and|the|to|in|of|at|inspectors?|an?|was|were|an)\b", between):
        return max(0, at - 45) + moment.start, moment.when
    return at, None


def _date_at_start(words: str, at: int) -> tuple[int, str | None]:
    """The date that a sentence begins with: "In September 2017 the council's services were inspected"."""
    first = next(iter(moments(words[:at])), None)
    if first is None or not re.fullmatch(r"\W*(?:in|on|during)\s+", words[: first.start], re.IGNORECASE):
        return at, None
    return first.start, first.when


def _service(words: str, match: re.Match[str]) -> str:
    after = _SERVICE.match(words, match.end())
    before = _SERVICE.search(words[max(0, match.start() - 20) : match.start()])
    found = (after and after["service"]) or (before and before["before"]) or ""
    return " ".join(found.lower().split())


def _date_inside(words: str) -> str | None:
    found = moments(words)
    return found[-1].when if found else None
