"""Inspections, mentions of them, judgements and people as triples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import pyoxigraph as ox

from graph import iris
from graph.document.pen import TYPE, Pen, Term, concept, day, ig, integer, named, text
from loaders.records import Fact, Inspection, Judgement, Mention, Person, Reading, Report
from loaders.text import Span
from ontology import DCTERMS, FOAF, RDF, RDFS, XSD, concept_iri

_WHEN = {4: named(XSD.gYear), 7: named(XSD.gYearMonth), 10: named(XSD.date)}


@dataclass(frozen=True, slots=True)
class Visits:
    """The nodes of the inspections that a document speaks of."""

    own: ox.NamedNode | None
    """The one that it reports."""
    dated: bool
    """Whether the own one is an `ig:Inspection`, known by its date, and not only a mention."""
    mentions: tuple[ox.NamedNode, ...]
    """By the index in `Report.mentions`."""


def visits(report: Report) -> Visits:
    """Name the document's inspections; one that lacks date or authority is a mention among its mentions."""
    inspection = report.inspection
    dated = inspection is not None and inspection.start is not None and bool(inspection.authorities)
    undated = [_first(fact.span for fact in inspection.facts)] if inspection and not dated else []
    order = sorted([*((place, -1) for place in undated), *_places(report.mentions)])
    number = {index: n for n, (_, index) in enumerate(order, 1)}
    base = f"{iris.document(report.source.key)}/mention/"
    own: str | None = None
    if inspection and inspection.start and dated:
        own = iris.inspection(inspection.authorities, inspection.start, inspection.framework)
    elif inspection:
        own = f"{base}{number[-1]}"
    nodes = tuple(ox.NamedNode(f"{base}{number[index]}") for index in range(len(report.mentions)))
    return Visits(ox.NamedNode(own) if own else None, dated, nodes)


def _places(mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    return [(_first(mention.spans), index) for index, mention in enumerate(mentions)]


def _first(spans: Iterable[Span]) -> int:
    return min((span.start for span in spans), default=0)


def write_inspection(pen: Pen, known: Visits) -> None:
    """The document's own inspection: its facts with their words, who inspected, what was and was not graded."""
    inspection = pen.report.inspection
    if inspection is None or known.own is None:
        return
    node = known.own
    pen.say(node, TYPE, ig("Inspection" if known.dated else "InspectionMention"))
    pen.say(pen.node, ig("reports"), node)
    pen.say_text(node, named(RDFS.label), _name(pen, inspection))
    _basics(pen, node, inspection.framework, inspection.authorities)
    for id in inspection.inspectorates:
        pen.say(node, ig("conductedBy"), named(iris.inspectorate(id)))
    if inspection.start:
        pen.say(node, ig("startDate"), day(inspection.start))
    if inspection.end:
        pen.say(node, ig("endDate"), day(inspection.end))
    if not known.dated:
        _when(pen, node, inspection.when)
    pen.say_text(node, ig("focus"), inspection.focus)
    if inspection.visit is not None:
        pen.say(node, ig("visitNumber"), integer(inspection.visit))
    _inspectors(pen, node, inspection)
    _ungraded(pen, node)
    if not known.dated:
        pen.state(node, sorted({fact.span for fact in inspection.facts}))


def _name(pen: Pen, inspection: Inspection) -> str:
    """A label that every document on this inspection gives alike."""
    framework = pen.vocabulary.frameworks.get(inspection.framework)
    known = pen.vocabulary.authorities
    names = " and ".join(known[gss].name for gss in sorted(set(inspection.authorities)) if gss in known)
    when = inspection.start.isoformat() if inspection.start else ""
    return ", ".join(words for words in (names, framework.label if framework else inspection.framework, when) if words)


def _basics(pen: Pen, node: ox.NamedNode, framework: str | None, authorities: Sequence[str]) -> None:
    if framework:
        pen.say(node, ig("framework"), concept("framework", framework))
    for gss in authorities:
        pen.say(node, ig("inspects"), named(iris.authority(gss)))


def _inspectors(pen: Pen, node: ox.NamedNode, inspection: Inspection) -> None:
    if inspection.lead:
        pen.say(node, ig("leadInspector"), write_person(pen, inspection.lead))
    everyone = (inspection.lead, *inspection.inspectors) if inspection.lead else inspection.inspectors
    for inspector in everyone:
        pen.say(node, ig("inspector"), write_person(pen, inspector))


def write_person(pen: Pen, person: Person) -> ox.NamedNode:
    """Somebody with the name and role that the document gives."""
    node = named(iris.person(person.body, person.name))
    pen.say(node, TYPE, ig("Person"))
    pen.say(node, named(FOAF.name), text(person.name))
    pen.say_text(node, ig("role"), person.role)
    return node


def _ungraded(pen: Pen, node: ox.NamedNode) -> None:
    report = pen.report
    for name, areas in (
        ("notGraded", report.not_graded),
        ("notJudged", report.not_judged),
        ("notFound", report.not_found),
    ):
        for area in areas:
            pen.say(node, ig(name), concept("area", area))


def write_judgements(pen: Pen, known: Visits) -> None:
    if known.own is not None:
        _judgements(pen, known.own, pen.document, pen.report.judgements)


def _judgements(pen: Pen, inspection: ox.NamedNode, base: str, judgements: Sequence[Judgement]) -> None:
    """One node an area; a second judgement of the same area that differs is a second reading of it."""
    readings: dict[str, int] = {}
    grades: dict[str, str] = {}
    for judgement in judgements:
        node = ox.NamedNode(f"{base}/judgement/{judgement.area}")
        others = judgement.other_readings
        if judgement.area in grades:
            if judgement.grade != grades[judgement.area]:
                others = (Reading(judgement.grade, judgement.grade_text, judgement.spans), *others)
        else:
            grades[judgement.area] = judgement.grade
            _judgement(pen, node, judgement)
            pen.say(inspection, ig("hasJudgement"), node)
        for reading in others:
            readings[judgement.area] = readings.get(judgement.area, 0) + 1
            _reading(pen, node, readings[judgement.area], judgement.area, reading)


def _judgement(pen: Pen, node: ox.NamedNode, judgement: Judgement) -> None:
    pen.say(node, TYPE, ig("Judgement"))
    pen.say(node, ig("area"), concept("area", judgement.area))
    pen.say(node, ig("grade"), concept("grade", judgement.grade))
    pen.say_text(node, ig("areaText"), judgement.area_text)
    pen.say_text(node, ig("gradeText"), judgement.grade_text)
    pen.state(node, judgement.spans)


def _reading(pen: Pen, judgement: ox.NamedNode, number: int, area: str, reading: Reading) -> None:
    node = ox.NamedNode(f"{judgement.value}/reading/{number}")
    pen.say(node, TYPE, ig("Reading"))
    pen.say(judgement, ig("otherReading"), node)
    pen.say(node, ig("area"), concept("area", area))
    pen.say(node, ig("grade"), concept("grade", reading.grade))
    pen.say_text(node, ig("gradeText"), reading.grade_text)
    pen.state(node, reading.spans)


def write_mentions(pen: Pen, known: Visits) -> None:
    for node, mention in zip(known.mentions, pen.report.mentions, strict=True):
        pen.say(node, TYPE, ig("InspectionMention"))
        pen.say(pen.node, ig("mentions"), node)
        pen.say_text(node, ig("statement"), mention.statement)
        _basics(pen, node, mention.framework, mention.authorities)
        _when(pen, node, mention.when)
        pen.state(node, mention.spans)
        _judgements(pen, node, node.value, mention.judgements)


def _when(pen: Pen, node: ox.NamedNode, when: str | None) -> None:
    """When an inspection was, as far as it is said: a year, a month or a day."""
    if when and len(when) in _WHEN:
        pen.say(node, ig("when"), ox.Literal(when, datatype=_WHEN[len(when)]))


def write_facts(pen: Pen, known: Visits) -> None:
    """Each fact of the inspection and of the document with the words that give it."""
    inspection = pen.report.inspection
    counts: dict[str, int] = {}
    about = [(known.own, fact) for fact in (inspection.facts if inspection else ())]
    about += [(pen.node, fact) for fact in pen.report.facts]
    for subject, fact in about:
        if subject is None:
            continue
        counts[fact.property] = counts.get(fact.property, 0) + 1
        node = pen.own("fact", f"{fact.property}-{counts[fact.property]}")
        pen.say(node, TYPE, ig("Fact"))
        pen.say(node, named(RDF.subject), subject)
        predicate, value = _fact(pen, fact)
        pen.say(node, named(RDF.predicate), predicate)
        pen.say(node, named(RDF.object), value)
        pen.state(node, (fact.span,))


_DATED = {"startDate": ig("startDate"), "endDate": ig("endDate"), "issued": named(DCTERMS.issued)}
_THINGS: dict[str, Callable[[str], str]] = {
    "inspects": iris.authority,
    "conductedBy": iris.inspectorate,
    "framework": partial(concept_iri, "framework"),
}


def _fact(pen: Pen, fact: Fact) -> tuple[ox.NamedNode, Term]:
    """The property and value of a fact as the graph states them of its subject."""
    if fact.property in _DATED:
        return _DATED[fact.property], ox.Literal(fact.value, datatype=_WHEN[10])
    if fact.property in _THINGS:
        return ig(fact.property), named(_THINGS[fact.property](fact.value))
    if fact.property in ("leadInspector", "inspector", "addressee"):
        return ig(fact.property), _named_person(pen, fact)
    if fact.property == "when" and len(fact.value) in _WHEN:
        return ig("when"), ox.Literal(fact.value, datatype=_WHEN[len(fact.value)])
    return named(DCTERMS.title) if fact.property == "title" else ig(fact.property), text(fact.value)


def _named_person(pen: Pen, fact: Fact) -> Term:
    """The person of that name among those whom the report names in that place, else the name as printed."""
    inspection = pen.report.inspection
    inspectors = inspection.inspectors if inspection else ()
    lead = (inspection.lead,) if inspection and inspection.lead else ()
    people = pen.report.addressees if fact.property == "addressee" else (*lead, *inspectors)
    for person in people:
        if person.name == fact.value:
            return named(iris.person(person.body, person.name))
    return text(fact.value)
