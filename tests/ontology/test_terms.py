"""The classes and properties of the vocabulary, as triples."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

import ontology
from ontology import IG, OWL, RDF, RDFS, SKOS

CLASSES = """
Authority Inspectorate Inspection InspectionMention StatedItem Judgement Reading Finding Recommendation
AreaForImprovement AreaForPriorityAction Action Meeting Resolution Statistic Duty ActionPlan Theme Person Document
Passage Classification Revisit StatedGraph InferredGraph Fact Problem
"""

PROPERTIES = """
sha256 reports mentions identifiedAs inspects conductedBy framework remit gradesArea startDate endDate leadInspector
inspector role addressee focus previousInspection hasJudgement hasFinding hasRecommendation notGraded notJudged
notFound area grade areaText gradeText otherReading statement section paragraph polarity theme prevalence cohort
change number timescale arisesFrom restates respondsTo hasAction addresses reference printedReference due dueText
lead expectedImpact impactMeasure progress progressRating impactRating progressRatingMeaning impactRatingMeaning
committee attendee hasItem hasResolution
considers revisits statedIn document page start end exact classifies concept confidence reason later earlier
linkKind outcome value unit counts period comparedWith dutyOn deadlineText when rank
"""

STATED = """
Judgement Finding Recommendation Action Meeting Resolution Statistic Duty
"""


@pytest.fixture(scope="module")
def triples() -> list[ox.Triple]:
    return ontology.triples()


def subjects(triples: list[ox.Triple], predicate: str, value: str) -> set[str]:
    return {str(t.subject.value) for t in triples if t.predicate.value == predicate and t.object == ox.NamedNode(value)}


def test_every_class_and_property_of_the_vocabulary_is_defined(triples: list[ox.Triple]) -> None:
    kinds = ("ObjectProperty", "DatatypeProperty")
    assert {IG[name] for name in CLASSES.split()} - subjects(triples, RDF.type, OWL.Class) == set()
    assert {IG[name] for name in PROPERTIES.split()} - set().union(
        *(subjects(triples, RDF.type, OWL[kind]) for kind in kinds)
    ) == set()


def test_the_schemes_and_authorities_use_only_terms_that_are_defined(triples: list[ox.Triple]) -> None:
    defined = {t.subject.value for t in triples if t.predicate.value == RDF.type}
    types = {t.object.value for t in triples if t.predicate.value == RDF.type}
    used = {name for name in types | {t.predicate.value for t in triples} if name.startswith(str(IG))}
    assert used - defined == set()


def test_what_documents_state_is_stated_items(triples: list[ox.Triple]) -> None:
    assert {IG[name] for name in STATED.split()} - subjects(triples, RDFS.subClassOf, IG.StatedItem) == set()


def test_a_property_has_one_domain_and_one_range(triples: list[ox.Triple]) -> None:
    for predicate in (RDFS.domain, RDFS.range):
        counted = Counter(
            t.subject.value for t in triples if t.predicate.value == predicate and t.subject.value.startswith(str(IG))
        )
        assert {name: n for name, n in counted.items() if n != 1} == {}


def test_the_graph_of_the_ontology_has_no_blank_node_and_each_triple_once(triples: list[ox.Triple]) -> None:
    assert not [t for t in triples if isinstance(t.subject, ox.BlankNode) or isinstance(t.object, ox.BlankNode)]
    assert len(set(triples)) == len(triples)
    assert triples == sorted(triples, key=str)


def test_a_union_stays_readable_without_blank_nodes(triples: list[ox.Triple]) -> None:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    query = f"SELECT ?c {{ <{IG.theme}> <{RDFS.domain}>/<{OWL.unionOf}>/<{RDF.rest}>*/<{RDF.first}> ?c }}"
    assert {row["c"].value for row in store.query(query)} == {IG.Finding, IG.Recommendation, IG.Action}


def test_equal_unions_of_two_axioms_stay_two_nodes_as_owl_asks(triples: list[ox.Triple]) -> None:
    of = {t.predicate.value: t.object for t in triples if t.subject == ox.NamedNode(IG.revisits)}
    assert of[RDFS.domain] != of[RDFS.range]


def test_every_text_of_the_model_is_marked_as_english(triples: list[ox.Triple]) -> None:
    texts = (RDFS.label, SKOS.definition, SKOS.prefLabel, SKOS.scopeNote)
    bare = [
        t
        for t in triples
        if t.predicate.value in texts and isinstance(t.object, ox.Literal) and t.object.language != "en"
    ]
    assert bare == []


def test_every_file_of_the_model_is_loaded_and_the_shapes_are_not() -> None:
    names = [path.name for path in ontology.turtle_files()]
    for name in ("core", "evidence", "frameworks", "themes", "statements", "links", "authorities"):
        assert f"{name}.ttl" in names
    assert ontology.shapes_file().name not in names
    assert ontology.shapes_file().exists()


def test_namespaces_complete_names_that_strings_would_take_for_methods() -> None:
    assert ontology.DCTERMS.title == "http://purl.org/dc/terms/title"
    assert ontology.IG["format"] == "https://w3id.org/inspection-graph/ontology#format"
    assert ontology.PREFIXES["theme"] + "neglect" == ontology.concept_iri("theme", "neglect")
    assert {iri.rpartition("/")[2] for iri in subjects(ontology.triples(), RDF.type, SKOS.ConceptScheme)} == set(
        ontology.SCHEMES
    )


def test_every_term_that_a_room_names_is_defined(triples: list[ox.Triple]) -> None:
    root = Path(ontology.__file__).parents[1]
    rooms = ("ontology", "loaders", "graph", "queries", "viz", "cli")
    files = [path for room in rooms for kind in ("py", "rq") for path in (root / room).rglob(f"*.{kind}")]
    named = re.compile(r"""\big:(\w+)|\big\("(\w+)"\)|\bIG\.(\w+)|\bIG\["(\w+)"\]""")
    used = {
        next(filter(None, match.groups())): path.relative_to(root)
        for path in sorted(files)
        for match in named.finditer(path.read_text(encoding="utf8"))
    }
    defined = {t.subject.value.removeprefix(str(IG)) for t in triples if t.predicate.value == RDF.type}
    assert {name: str(path) for name, path in used.items() if name not in defined} == {}
