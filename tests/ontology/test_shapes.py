"""The shapes on the model itself, on a small true example, and on each way of breaking it."""

from __future__ import annotations

import pytest
import rdflib

import ontology

PREFIXES = """
PREFIX ig: <https://w3id.org/inspection-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX base: <https://w3id.org/inspection-graph/>
PREFIX : <https://w3id.org/inspection-graph/id/document/0000000000000000/>
"""

DATA = """
INSERT DATA {
  :d a ig:Document ; ig:sha256 "0000000000000000000000000000000000000000000000000000000000000000" ; dcterms:title "Letter" ;
    dcterms:type <https://w3id.org/inspection-graph/document-kind/inspection-letter> ; ig:reports :i .
  :p a ig:Passage ; ig:document :d ; ig:page 1 ; ig:start 5 ; ig:end 9 ; ig:exact "Good" .
  :i a ig:Inspection ; ig:framework <https://w3id.org/inspection-graph/framework/ilacs> ;
    ig:inspects <https://w3id.org/inspection-graph/id/authority/E06000051> ; ig:startDate "2022-02-07"^^xsd:date ;
    ig:endDate "2022-02-11"^^xsd:date ; ig:conductedBy <https://w3id.org/inspection-graph/id/inspectorate/ofsted> .
  :j a ig:Judgement ; ig:area <https://w3id.org/inspection-graph/area/overall> ; ig:gradeText "Good" ;
    ig:grade <https://w3id.org/inspection-graph/grade/good> ; ig:statedIn :p .
  :f a ig:Finding ; ig:statement "Plans are clear." ; ig:statedIn :p ;
    ig:polarity <https://w3id.org/inspection-graph/polarity/strength> ; ig:theme <https://w3id.org/inspection-graph/theme/quality-of-plans> .
  :r a ig:Recommendation ; ig:statement "Better plans." ; ig:number 1 ; ig:statedIn :p .
  :plan a ig:ActionPlan ; ig:hasAction :a .
  :a a ig:Action ; ig:statement "Write plans." ; ig:reference "1.1" ; ig:due "2022-06-01"^^xsd:date ; ig:statedIn :p ; ig:addresses :r .
  :m a ig:Meeting ; dcterms:date "2022-07-01"^^xsd:date ; ig:hasResolution :n ; ig:statedIn :p .
  :n a ig:Resolution ; ig:statement "That the plan be noted." ; ig:statedIn :p .
  :s a ig:Statistic ; ig:value 12.0 ; ig:counts "plans" ; ig:statedIn :p .
  :u a ig:Duty ; ig:statement "Send the plan." ; ig:dutyOn "the council" ; ig:statedIn :p .
  :c a ig:Classification ; ig:classifies :f ; ig:concept <https://w3id.org/inspection-graph/polarity/strength> ;
    ig:confidence 0.9 ; ig:reason "clear" .
  :v a ig:Revisit ; ig:later :f ; ig:earlier :r ; ig:linkKind <https://w3id.org/inspection-graph/link-kind/followed-up> ;
    ig:confidence 0.5 ; ig:reason "the same theme" .
}
"""


@pytest.fixture(scope="module")
def validator():
    import pyshacl  # noqa: PLC0415 - slow to import, and only these tests need it

    shapes = rdflib.Graph().parse(ontology.shapes_file(), format="turtle")

    def validate(graph: rdflib.Graph) -> set[tuple[str, str, str]]:
        """What does not conform: focus node, severity, the message's first words."""
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, allow_infos=True, inplace=True)
        sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
        return {
            (str(report.value(r, sh.focusNode)).rpartition("/")[2], str(report.value(r, sh.resultSeverity)).rpartition("#")[2],
             str(report.value(r, sh.resultMessage)).partition(":")[0])
            for r in report.subjects(rdflib.RDF.type, sh.ValidationResult)
        }  # fmt: skip

    return validate


@pytest.fixture(scope="module")
def model() -> rdflib.Graph:
    return ontology.graph()


@pytest.fixture
def example(model: rdflib.Graph):
    graph = model + rdflib.Graph()
    graph.update(PREFIXES + DATA)
    return graph


def test_the_model_conforms_to_its_own_shapes(model: rdflib.Graph, validator) -> None:
    assert validator(model) == set()


@pytest.mark.parametrize(
    ("change", "focus", "message"),
    [
        ("DELETE { ig:Finding rdfs:label ?l } WHERE { ig:Finding rdfs:label ?l }", "ontology#Finding", "A term has exactly one rdfs:label, in English"),
        ('INSERT DATA { ig:grade rdfs:label "mark"@en }', "ontology#grade", "A term has exactly one rdfs:label, in English"),
        ('INSERT DATA { ig:grade skos:definition "A mark."@en }', "ontology#grade", "A term has exactly one skos:definition, in English"),
        ("INSERT DATA { ig:Secret a owl:Class }", "ontology#Secret", "A term of this ontology says so"),
        ("INSERT DATA { ig:theme rdfs:domain ig:Finding }", "ontology#theme", "A property of this ontology has one domain and one range, as several would intersect"),
        ('INSERT DATA { <https://w3id.org/inspection-graph/theme/neglect> skos:prefLabel "Negligence"@en }', "neglect", "A concept has exactly one skos:prefLabel"),
    ],
)  # fmt: skip
def test_a_broken_model_is_found(model: rdflib.Graph, validator, change: str, focus: str, message: str) -> None:
    graph = model + rdflib.Graph()
    graph.update(PREFIXES + change)
    assert (focus, "Violation", message) in validator(graph)


def test_a_true_example_conforms(example: rdflib.Graph, validator) -> None:
    assert validator(example) == set()


BREAKS = [
    ("DELETE DATA { :f ig:statedIn :p }", "f", "Violation", "Nothing is stated without its words"),
    ('INSERT DATA { :f ig:statement "Another." }', "f", "Violation", "A finding has exactly one statement"),
    ("INSERT DATA { :f ig:polarity <https://w3id.org/inspection-graph/polarity/mixed> }", "f", "Violation", "A finding has exactly one polarity, if only neutral."),
    ("INSERT DATA { :f ig:theme <https://w3id.org/inspection-graph/theme/nothing> }", "f", "Violation", "A theme is one of the scheme"),
    ("DELETE DATA { :f ig:theme <https://w3id.org/inspection-graph/theme/quality-of-plans> }", "f", "Info", "No theme was recognised"),
    ("INSERT DATA { :j ig:grade <https://w3id.org/inspection-graph/grade/inadequate> }", "j", "Violation", "A judgement gives exactly one grade of the scheme"),
    ("DELETE DATA { :j ig:area <https://w3id.org/inspection-graph/area/overall> }", "j", "Violation", "A judgement is about exactly one area of the scheme"),
    ("DELETE DATA { :r ig:number 1 }", "r", "Violation", "A recommendation has its place in its list, an integer from 1."),
    ("DELETE DATA { :plan ig:hasAction :a }", "a", "Violation", "An action belongs to exactly one plan"),
    ("DELETE DATA { :plan ig:hasAction :a }", "plan", "Warning", "A plan without actions was probably not understood"),
    ('INSERT DATA { :a ig:due "soon" }', "a", "Violation", "An action is due on one day, an xsd:date"),
    ("DELETE DATA { :m ig:hasResolution :n }", "n", "Violation", "A resolution is of a meeting"),
    ("DELETE DATA { :s ig:value 12.0 }", "s", "Violation", "A statistic has exactly one value, an xsd:decimal"),
    ("INSERT DATA { :p ig:start 20 } ; DELETE DATA { :p ig:start 5 }".replace(" ;", " ;"), "p", "Violation", "A passage begins once, at or after 0 and before its end"),
    ("DELETE DATA { :p ig:document :d }", "p", "Violation", "A passage is part of exactly one document"),
    ("DELETE DATA { :i ig:inspects <https://w3id.org/inspection-graph/id/authority/E06000051> }", "i", "Violation", "An inspection is of at least one authority"),
    ('INSERT DATA { :i ig:startDate "2022-03-07"^^xsd:date }', "i", "Warning", "The inspection ends before it begins"),
    ("INSERT DATA { :c ig:confidence 1.5 } ; DELETE DATA { :c ig:confidence 0.9 }", "c", "Violation", "A classification says how sure it is"),
    ("INSERT DATA { :v ig:earlier :f } ; DELETE DATA { :v ig:earlier :r }", "v", "Violation", "A link leads to exactly one earlier statement, not to the later one itself."),
    ('DELETE DATA { :u ig:dutyOn "the council" }', "u", "Warning", "Whom the duty lies on was not recognised"),
    ("INSERT DATA { :d ig:sha256 'abc' }", "d", "Violation", "A document is known by the SHA-256 of its bytes"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "focus", "severity", "message"), BREAKS)
def test_each_way_of_breaking_the_example_is_found(
    example: rdflib.Graph, validator, change: str, focus: str, severity: str, message: str
) -> None:
    example.update(PREFIXES + change)
    assert (focus, severity, message) in validator(example)
