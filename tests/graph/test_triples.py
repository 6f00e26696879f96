from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pyoxigraph as ox
import pytest

from graph.building.assemble import head
from graph.building.entry import entry
from graph.document.triples import quads
from graph.document.triples import triples as triples_of
from graph.lines import in_order
from loaders.records import Report
from ontology import IG, RDF, Vocabulary, triples

Make = Callable[..., Report]
PREFIXES = """
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX ig: <https://w3id.org/inspection-graph/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
"""
STATED = (
    "Judgement", "Reading", "Finding", "Recommendation", "Action", "Meeting", "AgendaItem", "Resolution", "Statistic",
    "Duty", "Fact", "InspectionMention",
)  # fmt: skip


def store(found: Iterable[ox.Quad]) -> ox.Store:
    held = ox.Store()
    held.extend(found)
    return held


def ask(held: ox.Store, pattern: str) -> bool:
    return bool(held.query(f"{PREFIXES} ASK {{ {pattern} }}", use_default_graph_as_union=True))


def column(held: ox.Store, query: str) -> list[str]:
    rows = held.query(PREFIXES + query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    return [row[0].value for row in rows]


@pytest.fixture
def held(make: Make, vocabulary: Vocabulary) -> ox.Store:
    return store(quads(make(), vocabulary))


def test_everything_that_a_document_states_stands_in_its_own_graph(make: Make, vocabulary: Vocabulary) -> None:
    report = make()
    graphs = {quad.graph_name.value for quad in quads(report, vocabulary)}
    assert graphs == {f"https://w3id.org/inspection-graph/id/graph/{report.source.key}"}


def test_there_are_no_blank_nodes(make: Make, vocabulary: Vocabulary) -> None:
    terms = [term for quad in quads(make(), vocabulary) for term in (quad.subject, quad.object)]
    assert not any(isinstance(term, ox.BlankNode) for term in terms)


def test_every_passage_slices_back_to_its_words(make: Make, held: ox.Store) -> None:
    content = make().text.content
    rows = list(
        held.query(
            f"{PREFIXES} SELECT * {{ ?p a ig:Passage ; ig:start ?s ; ig:end ?e ; ig:exact ?x }}",
            use_default_graph_as_union=True,
        )
    )
    assert len(rows) == 11
    assert all(content[int(r["s"].value) : int(r["e"].value)] == r["x"].value for r in rows)


@pytest.mark.parametrize("kind", STATED)
def test_everything_stated_leads_to_a_passage(held: ox.Store, kind: str) -> None:
    assert ask(held, f"?x a ig:{kind}")
    assert not ask(held, f"?x a ig:{kind} FILTER NOT EXISTS {{ ?x ig:statedIn/ig:document ?d }}")


def test_every_class_and_property_that_is_written_is_in_the_ontology(make: Make, vocabulary: Vocabulary) -> None:
    declared = {t.subject.value for t in triples() if t.predicate.value == RDF.type}
    used = {quad.predicate.value for quad in quads(make(), vocabulary)}
    used |= {q.object.value for q in quads(make(), vocabulary) if q.predicate.value == RDF.type}
    assert {term for term in used if term.startswith(str(IG))} - declared == set()


def test_a_repeated_sentence_is_one_finding_with_two_passages_and_the_labels_of_the_first(
    make: Make, vocabulary: Vocabulary
) -> None:
    report = make()
    first = report.findings[0]
    again = replace(report.findings[1], statement=first.statement.upper(), section="Elsewhere")
    held = store(quads(replace(report, findings=(first, again), recommendations=(), plans=(), meetings=()), vocabulary))
    assert len(column(held, "SELECT DISTINCT ?f { ?f a ig:Finding }")) == 1
    assert len(column(held, "SELECT ?p { ?f a ig:Finding ; ig:statedIn ?p }")) == 2
    assert column(held, "SELECT ?s { ?f a ig:Finding ; ig:section ?s }") == ["Leadership"]
    assert [v.rpartition("/")[2] for v in column(held, "SELECT ?p { ?f ig:polarity ?p }")] == ["strength"]


def test_an_inspection_without_a_date_is_a_mention_in_the_order_of_the_document(
    make: Make, vocabulary: Vocabulary
) -> None:
    report = make()
    assert report.inspection is not None
    undated = replace(report, inspection=replace(report.inspection, start=None, end=None))
    held = store(quads(undated, vocabulary))
    document = f"https://w3id.org/inspection-graph/id/document/{report.source.key}"
    assert column(held, "SELECT ?i { ?d ig:reports ?i }") == [f"{document}/mention/1"]
    assert column(held, "SELECT ?m { ?d ig:mentions ?m }") == [f"{document}/mention/2"]
    assert not ask(held, "?i a ig:Inspection")
    assert ask(held, "?d ig:reports/ig:hasFinding ?f")


def test_an_inspection_without_a_day_has_when_as_far_as_it_is_said(make: Make, vocabulary: Vocabulary) -> None:
    report = make()
    assert report.inspection is not None
    fact = replace(report.inspection.facts[0], property="when", value="2021-09")
    undated = replace(report.inspection, start=None, end=None, when="2021-09", facts=(fact,))
    held = store(quads(replace(report, inspection=undated), vocabulary))
    said = '"2021-09"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    assert ask(held, f"?document ig:reports ?visit . ?visit a ig:InspectionMention ; ig:when {said}")
    assert ask(held, f"?fact rdf:predicate ig:when ; rdf:object {said}")


def test_a_meeting_considers_every_plan_that_stood_on_its_agenda(make: Make, vocabulary: Vocabulary) -> None:
    report = make()
    (meeting,) = report.meetings
    considering = replace(meeting, considers_plans=(0, 1), considers_mention=0)
    two = replace(report, plans=(*report.plans, replace(report.plans[0], title="Another")), meetings=(considering,))
    held = store(quads(two, vocabulary))
    assert len(column(held, "SELECT ?plan { ?m a ig:Meeting ; ig:considers ?plan . ?plan a ig:ActionPlan }")) == 2
    assert ask(held, "?meeting a ig:Meeting ; ig:considers ?visit . ?visit a ig:InspectionMention")


def test_a_rating_has_beside_it_what_the_plans_legend_says_it_means(make: Make, vocabulary: Vocabulary) -> None:
    report = make()
    (plan,) = report.plans
    (action,) = plan.actions
    rated = replace(action, impact_rating="red", progress_meaning="on course", impact_meaning="nothing shows yet")
    explained = replace(plan, actions=(rated,), legend=report.duties[0].spans)
    held = store(quads(replace(report, plans=(explained,)), vocabulary))
    assert ask(held, "?a ig:progressRatingMeaning 'on course' ; ig:impactRatingMeaning 'nothing shows yet'")
    assert len(column(held, "SELECT ?passage { ?plan a ig:ActionPlan ; ig:statedIn ?passage }")) == 2


def test_a_second_grade_for_an_area_is_a_reading_and_never_a_second_grade(make: Make, vocabulary: Vocabulary) -> None:
    report = make()
    other = replace(report.judgements[0], grade="inadequate", grade_text="inadequate", other_readings=())
    held = store(
        quads(replace(report, judgements=(*report.judgements, other), mentions=(), plans=(), meetings=()), vocabulary)
    )
    assert len(column(held, "SELECT ?g { ?j a ig:Judgement ; ig:grade ?g }")) == 1
    assert sorted(v.rpartition("/")[2] for v in column(held, "SELECT ?g { ?j ig:otherReading/ig:grade ?g }")) == [
        "adequate",
        "inadequate",
    ]


def test_an_area_for_improvement_is_found_as_a_recommendation_too(held: ox.Store) -> None:
    assert ask(held, "?r a ig:Recommendation , ig:AreaForImprovement ; ig:arisesFrom/ig:polarity ?p")


def test_two_figures_of_one_sentence_are_two_statistics(held: ox.Store) -> None:
    found = sorted(column(held, "SELECT ?s { ?s a ig:Statistic }"))
    assert [iri[-2:] for iri in found] == ["-1", "-2"]
    assert found[0][:-2] == found[1][:-2]


def test_two_rows_with_one_reference_are_two_actions(make: Make, vocabulary: Vocabulary) -> None:
    report = make()
    plan = report.plans[0]
    doubled = replace(plan, actions=(*plan.actions, replace(plan.actions[0], row=2)))
    held = store(quads(replace(report, plans=(doubled,)), vocabulary))
    assert sorted(iri.rpartition("/")[2] for iri in column(held, "SELECT ?a { ?a a ig:Action }")) == ["7.5", "row-2"]


def test_the_words_of_a_fact_stand_beside_it(held: ox.Store) -> None:
    assert column(held, "SELECT ?x { ?f rdf:predicate ig:startDate ; ig:statedIn/ig:exact ?x }") == [
        "Inspection dates: 2 to 6 March 2020"
    ]
    assert ask(held, "?f rdf:predicate ig:leadInspector ; rdf:object ?who . ?who foaf:name 'Ada Moss'")


def test_a_classification_tells_why_and_how_surely(held: ox.Store) -> None:
    assert ask(held, "?c ig:classifies ?f ; ig:concept ?t ; ig:confidence 0.75 ; ig:reason ?why . ?f ig:theme ?t")


def test_a_document_s_own_lines_are_no_other_document_s(make: Make, vocabulary: Vocabulary) -> None:
    one, other = entry(make("one.txt"), vocabulary), entry(make("other.txt"), vocabulary)
    assert not set(one.own.splitlines()) & set(other.own.splitlines())
    assert b"id/inspection/" not in b"".join(line.split(b" ")[0] for line in one.own.splitlines())


def test_the_turtle_of_a_document_says_what_its_lines_say(make: Make, vocabulary: Vocabulary) -> None:
    report = make()
    turtle = head("a test") + entry(report, vocabulary).turtle
    parsed = {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    assert parsed == {quad.triple for quad in quads(report, vocabulary)}


def test_the_store_gives_back_the_lines_as_they_were_written(make: Make, vocabulary: Vocabulary) -> None:
    lines, _ = in_order(triples_of(make(), vocabulary), "http://x/graph")
    held = store(quads(make(), vocabulary))
    assert in_order([quad.triple for quad in held], "http://x/graph")[0] == lines
