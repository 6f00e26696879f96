"""The shapes on the model itself, on a small true example, and on each way of breaking it."""

from __future__ import annotations

from typing import NamedTuple

import pyshacl
import pytest
import rdflib

import ontology

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")

PREFIXES = """
PREFIX ig: <https://w3id.org/inspection-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX theme: <https://w3id.org/inspection-graph/theme/>
PREFIX polarity: <https://w3id.org/inspection-graph/polarity/>
PREFIX area: <https://w3id.org/inspection-graph/area/>
PREFIX grade: <https://w3id.org/inspection-graph/grade/>
PREFIX link-kind: <https://w3id.org/inspection-graph/link-kind/>
PREFIX framework: <https://w3id.org/inspection-graph/framework/>
PREFIX document-kind: <https://w3id.org/inspection-graph/document-kind/>
PREFIX authority: <https://w3id.org/inspection-graph/id/authority/>
PREFIX inspectorate: <https://w3id.org/inspection-graph/id/inspectorate/>
"""

DATA = """
INSERT DATA {
  :d a ig:Document ; dcterms:title "Letter" ;
    ig:sha256 "0000000000000000000000000000000000000000000000000000000000000000" ;
    dcterms:type document-kind:inspection-letter ; ig:reports :i .
  :p a ig:Passage ; ig:document :d ; ig:page 1 ; ig:start 5 ; ig:end 9 ; ig:exact "Good" .
  :i a ig:Inspection ; ig:framework framework:ilacs ;
    ig:inspects authority:E06000051 ; ig:startDate "2022-02-07"^^xsd:date ;
    ig:endDate "2022-02-11"^^xsd:date ; ig:conductedBy inspectorate:ofsted .
  :j a ig:Judgement ; ig:area area:overall ; ig:gradeText "Good" ;
    ig:grade grade:good ; ig:statedIn :p .
  :f a ig:Finding ; ig:statement "Plans are clear." ; ig:statedIn :p ;
    ig:polarity polarity:strength ; ig:theme theme:quality-of-plans .
  :r a ig:Recommendation ; ig:statement "Better plans." ; ig:number 1 ; ig:statedIn :p .
  :plan a ig:ActionPlan ; ig:hasAction :a .
  :a a ig:Action ; ig:statement "Write plans." ; ig:reference "1.1" ; ig:due "2022-06-01"^^xsd:date ;
    ig:statedIn :p ; ig:addresses :r .
  :m a ig:Meeting ; dcterms:date "2022-07-01"^^xsd:date ; ig:hasResolution :n ; ig:statedIn :p .
  :n a ig:Resolution ; ig:statement "That the plan be noted." ; ig:statedIn :p .
  :s a ig:Statistic ; ig:value 12.0 ; ig:counts "plans" ; ig:statedIn :p .
  :u a ig:Duty ; ig:statement "Send the plan." ; ig:dutyOn "the council" ; ig:statedIn :p .
  :c a ig:Classification ; ig:classifies :f ; ig:concept polarity:strength ;
    ig:confidence 0.9 ; ig:reason "clear" .
  :v a ig:Revisit ; ig:later :f ; ig:earlier :r ; ig:linkKind link-kind:followed-up ;
    ig:confidence 0.5 ; ig:reason "the same theme" .
}
"""


class Complaint(NamedTuple):
    focus: str
    severity: str
    message: str


def complaints(graph: rdflib.Graph) -> set[Complaint]:
    """What does not conform, with the last step of the focus node's IRI left whole."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(ontology.shapes_file(), format="turtle"))
    return {
        Complaint(
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)),
            str(report.value(result, SH.resultMessage)),
        )
        for result in report.subjects(rdflib.RDF.type, SH.ValidationResult)
    }


@pytest.fixture(scope="module")
def model() -> rdflib.Graph:
    return ontology.graph()


def test_the_model_conforms_to_its_own_shapes(model: rdflib.Graph) -> None:
    assert complaints(model) == set()


IG = "https://w3id.org/inspection-graph/ontology#"
SPOILT = [
    ("DELETE WHERE { ig:Finding rdfs:label ?l }", f"{IG}Finding", "A term has exactly one rdfs:label"),
    ('INSERT DATA { ig:area rdfs:label "part"@en }', f"{IG}area", "A term has exactly one rdfs:label"),
    ('INSERT DATA { ig:grade skos:definition "A mark."@en }', f"{IG}grade", "A term has exactly one skos:definition"),
    ("INSERT DATA { ig:Secret a owl:Class }", f"{IG}Secret", "A term of this ontology says so"),
    ("INSERT DATA { ig:theme rdfs:domain ig:Finding }", f"{IG}theme", "A property of this ontology has one domain"),
    (
        'INSERT DATA { theme:neglect skos:prefLabel "Negligence"@en }',
        "https://w3id.org/inspection-graph/theme/neglect",
        "A concept has exactly one skos:prefLabel",
    ),
    (
        "DELETE WHERE { authority:E06000051 ig:region ?r }",
        "https://w3id.org/inspection-graph/id/authority/E06000051",
        "An authority lies in exactly one region",
    ),
]


@pytest.fixture(scope="module")
def spoilt(model: rdflib.Graph) -> set[Complaint]:
    graph = model + rdflib.Graph()
    for change, _, _ in SPOILT:
        graph.update(PREFIXES + change)
    return complaints(graph)


@pytest.mark.parametrize(("change", "focus", "message"), SPOILT)
def test_a_spoilt_model_is_found(spoilt: set[Complaint], change: str, focus: str, message: str) -> None:
    found = [c for c in spoilt if c.focus == focus and c.message.startswith(message)]
    assert [c.severity for c in found] == ["Violation"], change


BREAKS = [
    ("DELETE DATA { :f ig:statedIn :p }", "f", "Violation", "Nothing is stated without its words"),
    ('INSERT DATA { :f ig:statement "Another." }', "f", "Violation", "A finding has exactly one statement"),
    ("INSERT DATA { :f ig:polarity polarity:mixed }", "f", "Violation", "A finding has exactly one polarity"),
    ("INSERT DATA { :f ig:theme theme:nothing }", "f", "Violation", "A theme is one"),
    ("DELETE DATA { :f ig:theme theme:quality-of-plans }", "f", "Info", "No theme was recognised"),
    ("INSERT DATA { :j ig:grade grade:inadequate }", "j", "Violation", "A judgement gives exactly one grade"),
    ("DELETE DATA { :j ig:area area:overall }", "j", "Violation", "A judgement is about exactly one area"),
    ("DELETE DATA { :r ig:number 1 }", "r", "Violation", "A recommendation has its place"),
    ("DELETE DATA { :plan ig:hasAction :a }", "a", "Violation", "An action belongs to exactly one plan"),
    ("DELETE DATA { :plan ig:hasAction :a }", "plan", "Warning", "A plan without actions was probably not understood"),
    ('INSERT DATA { :a ig:due "soon" }', "a", "Violation", "An action is due on one day, an xsd:date"),
    ("DELETE DATA { :m ig:hasResolution :n }", "n", "Violation", "A resolution is of a meeting"),
    ("DELETE DATA { :s ig:value 12.0 }", "s", "Violation", "A statistic has exactly one value, an xsd:decimal"),
    ("INSERT DATA { :p ig:start 20 } ; DELETE DATA { :p ig:start 5 }", "p", "Violation", "A passage begins once"),
    ("DELETE DATA { :p ig:document :d }", "p", "Violation", "A passage is part of exactly one document"),
    ("DELETE DATA { :i ig:inspects authority:E06000051 }", "i", "Violation", "An inspection is of at least one"),
    ('INSERT DATA { :i ig:startDate "2022-03-07"^^xsd:date }', "i", "Warning", "The inspection ends before it begins"),
    (
        "INSERT DATA { :c ig:confidence 1.5 } ; DELETE DATA { :c ig:confidence 0.9 }",
        "c",
        "Violation",
        "A classification says how sure",
    ),
    (
        "INSERT DATA { :v ig:earlier :f } ; DELETE DATA { :v ig:earlier :r }",
        "v",
        "Violation",
        "A link leads to exactly one earlier",
    ),
    ('DELETE DATA { :u ig:dutyOn "the council" }', "u", "Warning", "Whom the duty lies on was not recognised"),
    ("INSERT DATA { :d ig:sha256 'abc' }", "d", "Violation", "A document is known by the SHA-256 of its bytes"),
]


def document(number: int) -> str:
    """The prefix of one copy of the example; copies let all be validated at once, which takes a second or more."""
    return f"PREFIX : <https://w3id.org/inspection-graph/id/document/{number}/>"


@pytest.fixture(scope="module")
def broken(model: rdflib.Graph) -> set[Complaint]:
    graph = model + rdflib.Graph()
    for number, change in enumerate(["", *(b[0] for b in BREAKS)]):
        for update in filter(None, (DATA, change)):
            graph.update(PREFIXES + document(number) + update)
    return complaints(graph)


def of(number: int, broken: set[Complaint]) -> set[Complaint]:
    stem = f"https://w3id.org/inspection-graph/id/document/{number}/"
    return {c._replace(focus=c.focus.removeprefix(stem)) for c in broken if c.focus.startswith(stem)}


def test_a_true_example_conforms(broken: set[Complaint]) -> None:
    assert of(0, broken) == set()


@pytest.mark.parametrize("number", range(1, len(BREAKS) + 1), ids=[b[0] for b in BREAKS])
def test_each_way_of_breaking_the_example_is_found(broken: set[Complaint], number: int) -> None:
    _, focus, severity, message = BREAKS[number - 1]
    assert [c for c in of(number, broken) if c[:2] == (focus, severity) and c.message.startswith(message)]
