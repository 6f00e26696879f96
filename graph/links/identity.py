"""Which inspection a mention means: by authority, date, framework and grade, or left open."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from graph.links.inference import Inference
from graph.links.outline import Outline, Visit
from ontology import Vocabulary

_LAST = re.compile(r"\b(?:last|previous|preceding|most recent|earlier)\b", re.IGNORECASE)
_VISIT = re.compile(r"\bvisit", re.IGNORECASE)
_PUBLISHED_WITHIN = timedelta(days=120)
_SURE = {"date": 0.97, "month": 0.93, "publication": 0.75, "year": 0.85, "last": 0.6}
_EXACT = ("date", "month")
"""What tells an inspection so surely that another grade is a contradiction, and not another inspection."""
_SAID = {
    "date": "it was going on on the day given",
    "month": "it was in the month given",
    "publication": "its report came out about then",
    "year": "it was in the year given",
    "last": "it is the last one before the document",
}


def identify(outlines: Sequence[Outline], vocabulary: Vocabulary) -> list[Inference]:
    """`ig:identifiedAs` for the mentions of which one inspection of the same authority fits best."""
    known = inspections(outlines)
    return [
        inference
        for outline in outlines
        for mention, own in _mentions(outline)
        if (inference := _identified(outline, mention, own, known, vocabulary)) is not None
    ]


class Disputed(NamedTuple):
    """A grade that a mention gives to an area and that the report of the inspection of that time does not give it."""

    outline: Outline
    mention: Visit
    inspection: Visit
    area: str
    said: str
    given: str


def disputed(outlines: Sequence[Outline], vocabulary: Vocabulary) -> Iterator[Disputed]:
    """The grades of mentions that contradict the inspection that was then, whether they were joined to it or not."""
    known = inspections(outlines)
    visits = {visit.iri: visit for held in known.values() for visit in held}
    for outline in outlines:
        for mention, own in _mentions(outline):
            ungraded = mention._replace(judgements=())
            graded = mention.when and mention.judgements
            found = _identified(outline, ungraded, own, known, vocabulary) if graded else None
            if found is not None:
                visit = visits[found.object]
                given = dict(visit.judgements)
                for area, said in mention.judgements:
                    if given.get(area, said) != said:
                        yield Disputed(outline, mention, visit, area, said, given[area])


def inspections(outlines: Sequence[Outline]) -> Mapping[str, list[Visit]]:
    """The dated inspections that documents report, by authority in the order of their dates; each once."""
    found: dict[str, dict[str, Visit]] = defaultdict(dict)
    for outline in outlines:
        if outline.own is not None and outline.dated:
            for gss in outline.own.authorities:
                found[gss].setdefault(outline.own.iri, outline.own)
    return {gss: sorted(of.values(), key=lambda visit: (visit.when, visit.iri)) for gss, of in found.items()}


def _mentions(outline: Outline) -> Iterator[tuple[Visit, bool]]:
    """The mentions of a document, and whether each is of the inspection that it reports."""
    if outline.own is not None and not outline.dated:
        yield outline.own, True
    for mention in outline.mentions:
        yield mention, False


def about(outline: Outline) -> tuple[str, ...]:
    """The authorities that a document is about."""
    own = outline.own.authorities if outline.own else ()
    plans = tuple(plan.authority for plan in outline.plans if plan.authority)
    return own or plans or tuple(gss for mention in outline.mentions for gss in mention.authorities)


@dataclass(frozen=True, slots=True)
class _Case:
    """A mention, whether its document reports it, and the inspections of its authorities before the document."""

    mention: Visit
    own: bool
    possible: tuple[Visit, ...]
    vocabulary: Vocabulary


def _identified(
    outline: Outline, mention: Visit, own: bool, known: Mapping[str, list[Visit]], vocabulary: Vocabulary
) -> Inference | None:
    authorities = mention.authorities or about(outline)
    before = outline.issued if own or outline.own is None else outline.own.when or outline.issued
    possible = {
        visit.iri: visit
        for gss in sorted(set(authorities))
        for visit in known.get(gss, ())
        if before is None or (visit.when or "") < before
    }
    case = _Case(mention, own, tuple(possible.values()), vocabulary)
    fitting = [(*fit, visit.iri) for visit in case.possible if (fit := _fit(case, visit)) is not None]
    fitting.sort(key=lambda found: (-found[0], found[2]))
    if not fitting or (len(fitting) > 1 and fitting[0][0] == fitting[1][0]):
        return None
    confidence, reason, iri = fitting[0]
    return Inference(mention.iri, "identifiedAs", iri, confidence, reason)


def _fit(case: _Case, visit: Visit) -> tuple[float, str] | None:
    """How well an inspection fits the mention, and why; None where something speaks against it."""
    mention = case.mention
    time = _time(mention, visit) if mention.when else _untimed(case, visit)
    if time is None:
        return None
    confidence, reasons = _SURE[time], ["the same authority", _SAID[time]]
    if mention.framework and mention.framework != visit.framework:
        if time != "date":
            return None
        confidence -= 0.15
        reasons.append("though the framework reads otherwise")
    elif mention.framework:
        confidence += 0.02
        reasons.append("the framework is the one named")
    elif _is_visit(visit) and not case.own and not _VISIT.search(mention.statement or ""):
        confidence -= 0.3
        reasons.append("though no visit is spoken of")
    grades = dict(visit.judgements)
    said = [(area, grade) for area, grade in mention.judgements if area in grades]
    if any(grades[area] != grade for area, grade in said):
        if time not in _EXACT:
            return None
        confidence -= 0.2
        reasons.append("though it gives another grade")
    elif said:
        confidence += 0.02
        reasons.append("the grade is the one given")
    return min(confidence, 0.99), ", ".join(reasons)


def _is_visit(visit: Visit) -> bool:
    return "visit" in (visit.framework or "")


def _time(mention: Visit, visit: Visit) -> str | None:
    """In what way an inspection is of the time that a mention gives."""
    when, start = mention.when or "", visit.when or ""
    end = visit.end or start
    if len(when) == 10:
        if start <= when <= end:
            return "date"
        return "publication" if _soon_after(when, end) else None
    if len(when) == 7:
        if start[:7] <= when <= end[:7]:
            return "month"
        return "publication" if _soon_after(f"{when}-28", end) else None
    return "year" if when in (start[:4], end[:4]) else None


def _soon_after(when: str, end: str) -> bool:
    return date.fromisoformat(end) < date.fromisoformat(when) <= date.fromisoformat(end) + _PUBLISHED_WITHIN


def _untimed(case: _Case, visit: Visit) -> str | None:
    """A mention without a time is the last inspection of its kind where it says so, or where the document is on it."""
    mention = case.mention
    if not (case.own or _LAST.search(mention.statement or "")):
        return None
    remit = _remit(case.vocabulary, visit)
    alike = [
        other
        for other in case.possible
        if (other.framework == mention.framework if mention.framework else _remit(case.vocabulary, other) == remit)
        and (case.own or mention.framework or not _is_visit(other))
    ]
    return "last" if alike and max(alike, key=lambda other: other.when or "").iri == visit.iri else None


def _remit(vocabulary: Vocabulary, visit: Visit) -> str | None:
    framework = vocabulary.frameworks.get(visit.framework or "")
    return framework.remit if framework else None
