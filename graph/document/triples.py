"""One document's records as triples of its own named graph, with where they come from."""

from __future__ import annotations

import pyoxigraph as ox

from graph import iris
from graph.document.inspections import (
    visits,
    write_facts,
    write_inspection,
    write_judgements,
    write_mentions,
    write_person,
)
from graph.document.pen import TYPE, Pen, concept, day, ig, integer, named, text
from graph.document.plans import plan_nodes, write_meetings, write_plans
from graph.document.statements import (
    write_duties,
    write_findings,
    write_problems,
    write_recommendations,
    write_statistics,
)
from graph.version import VERSION
from loaders.records import Report
from ontology import DCTERMS, ID, PROV, RDFS, Vocabulary

PROGRAM = f"{ID}program/{VERSION}"


def quads(report: Report, vocabulary: Vocabulary) -> list[ox.Quad]:
    """All that a document states, in the graph named after it."""
    graph = ox.NamedNode(iris.stated_graph(report.source.key))
    return [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples(report, vocabulary)]


def triples(report: Report, vocabulary: Vocabulary) -> list[ox.Triple]:
    """All that a document states; without blank nodes, some triples more than once."""
    pen = Pen(report, vocabulary)
    known = visits(report)
    plans = plan_nodes(pen)
    _document(pen)
    _provenance(pen)
    write_inspection(pen, known)
    write_judgements(pen, known)
    write_mentions(pen, known)
    write_facts(pen, known)
    write_findings(pen, known)
    write_recommendations(pen, known, plans)
    write_statistics(pen)
    write_duties(pen)
    write_plans(pen, known, plans)
    write_meetings(pen, known, plans)
    write_problems(pen)
    return pen.triples


def _document(pen: Pen) -> None:
    report, node = pen.report, pen.node
    pen.say(node, TYPE, ig("Document"))
    pen.say(node, ig("sha256"), text(report.source.sha256))
    pen.say(node, ig("fileName"), text(report.source.name))
    pen.say(node, named(DCTERMS.title), text(report.title or report.source.name))
    pen.say(node, named(DCTERMS.type), concept("document-kind", report.kind))
    pen.say_text(node, named(DCTERMS.format), report.source.media_type)
    if report.text.page_starts:
        pen.say(node, ig("pageCount"), integer(len(report.text.page_starts)))
    if report.issued:
        pen.say(node, named(DCTERMS.issued), day(report.issued))
    for person in report.addressees:
        pen.say(node, ig("addressee"), write_person(pen, person))


def _provenance(pen: Pen) -> None:
    """The graph came from the document by a reading with this version; no times, so that bytes stay the same."""
    reading, program = pen.own("extraction"), named(PROGRAM)
    pen.say(pen.graph, TYPE, ig("StatedGraph"))
    pen.say(pen.graph, named(PROV.wasDerivedFrom), pen.node)
    pen.say(pen.graph, named(PROV.wasGeneratedBy), reading)
    pen.say(pen.graph, ig("programVersion"), text(VERSION))
    pen.say(reading, TYPE, named(PROV.Activity))
    pen.say(reading, named(PROV.used), pen.node)
    pen.say(reading, named(PROV.wasAssociatedWith), program)
    pen.say_text(reading, named(RDFS.comment), pen.report.why)
    pen.say(program, TYPE, named(PROV.SoftwareAgent))
    pen.say(program, named(RDFS.label), text(f"Inspection Graph {VERSION}"))
