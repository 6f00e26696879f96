"""What does not add up between documents, or rests on one that nobody has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

import pyoxigraph as ox

from graph import iris
from graph.document.pen import TYPE, ig, named, text
from graph.links.draw import Inferred
from graph.links.identity import disputed
from graph.links.outline import Outline, Place, Promise, Visit
from graph.links.versions import Version, same_rows, versions
from graph.reading import Doubt, Reading
from loaders.checks.severity import Severity
from ontology import DCTERMS, ID, Vocabulary

_TOLD = 3
"""Rows of a plan that are told where two versions of it differ."""


class Doubted(NamedTuple):
    """One doubt about one document: a short kind, a sentence for a person, and where it is said."""

    document: str
    kind: str
    description: str
    severity: Severity
    place: Place | None


def doubts(outlines: Sequence[Outline], identified: Mapping[str, str], vocabulary: Vocabulary) -> list[Doubted]:
    """All doubts, each once; `identified` tells which inspection a mention means."""
    ordered = sorted(outlines, key=lambda outline: outline.iri)
    found = [
        *_unlisted(ordered),
        *_unseen(ordered, identified),
        *_early(ordered),
        *_plans(ordered, identified, vocabulary),
        *_disagreeing(ordered, vocabulary),
        *_misquoted(ordered, vocabulary),
    ]
    return sorted(set(found), key=lambda doubt: (doubt.document, doubt.kind, doubt.description))


def meant(links: Iterable[Inferred]) -> dict[str, str]:
    """Which inspection each mention means, as the links drawn have it."""
    stated = (triple for link in links for triple in link.triples if triple.predicate == ig("identifiedAs"))
    return {str(one.subject)[1:-1]: str(one.object)[1:-1] for one in stated}


def written(found: Iterable[Doubted]) -> Iterator[ox.Triple]:
    """Each doubt as a problem of its document."""
    for one in found:
        node = ox.NamedNode(f"{ID}doubt/{iris.digest(one.document, one.kind, one.description)}")
        yield ox.Triple(ox.NamedNode(one.document), ig("hasProblem"), node)
        yield ox.Triple(node, TYPE, ig("Problem"))
        yield ox.Triple(node, ig("problemKind"), text(one.kind))
        yield ox.Triple(node, named(DCTERMS.description), text(one.description))
        if one.place:
            yield ox.Triple(node, ig("statedIn"), ox.NamedNode(one.place.passage))


def doubted(readings: Iterable[Reading], found: Iterable[Doubted]) -> tuple[Reading, ...]:
    """The readings, each with what is in doubt about it."""
    of: dict[str, list[Doubt]] = defaultdict(list)
    for one in found:
        page, words = (one.place.page, one.place.words) if one.place else (None, None)
        of[one.document].append(Doubt(one.kind, one.description, page, words, one.severity))
    return tuple(
        replace(one, doubts=(*one.doubts, *of[document])) if (document := iris.document(one.key)) in of else one
        for one in readings
    )


# --- what rests on something that nobody has


def _unlisted(outlines: Sequence[Outline]) -> Iterator[Doubted]:
    """A pack or plan whose authority the list does not have."""
    for one in outlines:
        if one.kind in ("committee-pack", "action-plan") and one.body is None:
            place = next((plan.place for plan in one.plans), None)
            told = "no authority of the list is named as the one whose document it is"
            yield Doubted(one.iri, "unknown-authority", told, "error", place)


def _unseen(outlines: Sequence[Outline], identified: Mapping[str, str]) -> Iterator[Doubted]:
    """A plan that answers an inspection whose report nobody supplied."""
    for one in outlines:
        for plan in one.plans:
            mention = next((held for held in one.mentions if held.iri == plan.responds_to), None)
            if mention is None:
                told = "it is not said which inspection the plan answers"
                yield Doubted(one.iri, "answers-no-inspection", told, "warning", plan.place)
            elif mention.iri not in identified:
                when = f" of {mention.when}" if mention.when else ""
                told = f"the plan answers an inspection{when} that no document reports: it is known and not seen"
                yield Doubted(one.iri, "answers-unseen-inspection", told, "warning", mention.place)


def _early(outlines: Sequence[Outline]) -> Iterator[Doubted]:
    """A document that speaks of an inspection as past which, by its own date, was still to come."""
    for one in outlines:
        if one.written is None or (one.own is not None and one.dated):
            continue  # a report's own checks have told it
        spoken = (one.own, *one.mentions) if one.own else one.mentions
        for mention in spoken:
            if mention.when and mention.when[: len(one.written)] > one.written[: len(mention.when)]:
                told = f"an inspection of {mention.when} is spoken of, after the document's own date, {one.written}"
                yield Doubted(one.iri, "mention-is-later", told, "warning", mention.place)


# --- plans


def _plans(outlines: Sequence[Outline], identified: Mapping[str, str], vocabulary: Vocabulary) -> Iterator[Doubted]:
    """Two plans that answer one inspection, and where they contradict each other."""
    for first, second, ordered in versions(outlines, identified):
        for one, other in ((first, second), (second, first)):
            told = f"“{_title(other)}” answers the same inspection"
            yield Doubted(one.outline.iri, "several-plans", told, "note", one.plan.place)
        differing = [
            told
            for earlier, later in same_rows(first.plan, second.plan)
            if (told := _differing(earlier, later, ordered, vocabulary))
        ]
        if differing:
            more = f"; and {len(differing) - _TOLD} more" if len(differing) > _TOLD else ""
            before = "the earlier " if ordered else ""
            told = f"it contradicts {before}“{_title(first)}”: {'; '.join(differing[:_TOLD])}{more}"
            yield Doubted(second.outline.iri, "plan-contradicted", told, "warning", second.plan.place)


def _title(version: Version) -> str:
    return f"{version.plan.title or version.outline.name} ({version.outline.written or 'undated'})"


def _differing(earlier: Promise, later: Promise, ordered: bool, vocabulary: Vocabulary) -> str:
    """How a row of one version contradicts the other: another day, or a rating that falls back.

    A rating that rises is progress; where nobody knows which version came first, any other rating is told.
    """
    told = []
    if earlier.due and later.due and earlier.due != later.due:
        told.append(f"due {earlier.due}, here {later.due}")
    ranks = {id: concept.rank or 0 for id, concept in vocabulary.concepts["rating"].items()}
    for name, before, after in (
        ("progress", earlier.progress, later.progress),
        ("effect", earlier.impact, later.impact),
    ):
        if before and after and before != after and (not ordered or ranks[after] < ranks[before]):
            told.append(f"{name} {before}, here {after}")
    return f"action {later.reference or earlier.reference or '?'} {' and '.join(told)}" if told else ""


# --- inspections


def _disagreeing(outlines: Sequence[Outline], vocabulary: Vocabulary) -> Iterator[Doubted]:
    """Documents that report one inspection and differ on its days or grades; both stand, each with its source."""
    reporting = [(one, one.own) for one in outlines if one.own is not None and one.dated]
    by_authority: dict[str, list[tuple[Outline, Visit]]] = defaultdict(list)
    for one, own in reporting:
        for gss in own.authorities:
            by_authority[gss].append((one, own))
    for held in by_authority.values():
        for (one, own), (other, its) in combinations(held, 2):
            told = list(_differences(own, its, vocabulary))
            for this, visit, that in ((one, own, other), (other, its, one)):
                for what, (here, there) in told:
                    values = (here, there) if this is one else (there, here)
                    said = f"{what} is {values[0]} here, and {values[1]} in {that.name}"
                    yield Doubted(this.iri, "documents-disagree", said, "warning", visit.place)


def _differences(one: Visit, other: Visit, vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, str]]]:
    """What two documents say otherwise of what is, by its key or its days, one inspection."""
    if one.iri != other.iri:
        if one.framework == other.framework and _meet(one, other):
            yield "the first day of the inspection", (one.when or "", other.when or "")
        return
    if one.end and other.end and one.end != other.end:
        yield "the last day of the inspection", (one.end, other.end)
    given = dict(other.judgements)
    for area, grade in one.judgements:
        if given.get(area, grade) != grade:
            label = vocabulary.concepts["area"][area].label.lower()
            yield f"the grade of {label}", (grade, given[area])


def _meet(one: Visit, other: Visit) -> bool:
    """Whether two inspections overlap in time, as two of one kind do not."""
    first, second = sorted(
        ((one.when or "", one.end or one.when or ""), (other.when or "", other.end or other.when or ""))
    )
    return second[0] <= first[1]


def _misquoted(outlines: Sequence[Outline], vocabulary: Vocabulary) -> Iterator[Doubted]:
    """A mention that gives another grade than the report of the inspection that was then."""
    for outline, mention, visit, area, said, given in disputed(outlines, vocabulary):
        label = vocabulary.concepts["area"][area].label.lower()
        report = f"the report of the inspection of {visit.when} gives {given}"
        told = f"{label} is said to have been {said} in {mention.when}; {report}"
        yield Doubted(outline.iri, "grade-differs", told, "warning", mention.place)
