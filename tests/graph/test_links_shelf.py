"""What is one thing across documents and what is not, on small documents that were read, linked and asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.source import BuiltGraph
from tests.graph.shelf import HARROWDALE, NEWMOOR, OLDMOOR, PRAISE, SALTMERE, Shelf, letter, minutes, pack, plan
from tests.graph.shelf import report as told
from tests.graph.shelf import shelf as placed

BODIES = ("permanence forum", "permanence panel")
ASKED = "The depth of supervision in every team."
NEWS = (
    "Saltmere's care leavers wait too long for a home, Ofsted has said.\n\nPublished 4 March 2023\n\nInspectors made "
    "a focused visit to Saltmere Council to look at services for care leavers. It was the council's first visit since "
    "the last inspection, when services were judged good.\n\n“The permanence panel prevents drift,” inspectors wrote. "
    f"{PRAISE}\n\nToo many care leavers live in unsuitable homes.\n"
)
HELD = (
    "2 Outcome of the Ofsted inspection\n\n2.1 The Director presented her report on the inspection that Ofsted had "
    "carried out in June 2018. Members remembered the inspection conducted in 2012.\n\n2.2 RESOLVED:\n\n"
    "That members note the inspection report."
)
ROW = "1.1\tObserve each manager once a year.\tBetter records.\tCorinne Blyth\t30/06/2019\tBegun.\tAmber"
DOCUMENTS = {
    "first": told(
        "Harrowdale",
        "4 to 15 June 2018",
        PRAISE,
        "The permanence forum meets each month and prevents drift.",
        asked=ASKED,
    ),
    "second": told("Harrowdale", "7 to 18 February 2022", "Supervision takes place every month."),
    "amended": told(
        "Harrowdale",
        "7 to 25 February 2022",
        "Supervision takes place every month.",
        leaders="Requires improvement to be good",
    ),
    "visit": letter(
        "Harrowdale",
        "20 December 2023",
        "21 and 22 November 2023",
        "Since the last inspection in February 2022, when services were judged to be good, planning has declined.",
        "The local authority should submit an action plan within 70 working days.",
    ),
    "news": NEWS,
    "article": (
        "Harrowdale's social workers know children well, Ofsted has said.\n\nInspectors made a focused visit to "
        "Harrowdale Council in May 2020 to look at services for children in need.\n\n“Plans are clear,” inspectors "
        "wrote. Children are visited often.\n"
    ),
    "pack": pack(
        "Harrowdale",
        "Tuesday, 5 March 2019",
        "3 Improvement plan after the Ofsted inspection of June 2018",
        minutes("Harrowdale", "8 January 2019", "Councillor Iris Dunn (Chair)\nCouncillor Anil Raichura", HELD),
        f"Agenda Item 3\n\nImprovement plan after the Ofsted inspection of June 2018\n\n{plan(ROW, ASKED)}",
    ),
    "elsewhere": pack(
        "Saltmere",
        "Thursday, 7 March 2019",
        "3 Fostering",
        minutes(
            "Saltmere",
            "8 January 2019",
            "Councillor Iris Dunn (Chair)\nCouncillor Ned Oakley",
            "2 Fostering\n\n2.1 Members heard a report.\n\n2.2 RESOLVED:\n\nThat the report be noted.",
        ),
    ),
    "before": told("Oldmoor", "1 to 12 March 2021", "Drift is rare and plans are clear."),
    "since": told("Newmoor", "8 to 19 May 2023", "Plans are late."),
    "after": told("Newmoor", "3 to 14 June 2024", "Drift is common and plans are unclear."),
    "twin": told("Newmoor", "4 to 14 June 2024", "Drift is common and plans are unclear."),
    "next": told("Newmoor", "5 to 16 October 2026", "Drift is rare and plans are clear."),
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[Shelf]:
    with placed(tmp_path_factory.mktemp("shelf"), samples, **DOCUMENTS) as held:
        yield held


def inspection(gss: str, day: str, framework: str = "ilacs") -> str:
    return f"inspection/{gss}/{day}/{framework}"


def meant(shelf: Shelf, words: str) -> list[tuple[str, ...]]:
    """What the mentions in whose words these stand are identified with."""
    return shelf.ask(f"?m ig:statement ?s ; ig:identifiedAs ?i FILTER(CONTAINS(?s, '{words}'))")


# --- inspections


def test_the_last_inspection_in_an_article_on_a_neighbour_is_the_neighbours(shelf: Shelf) -> None:
    spoken = "first visit since the last inspection"
    assert [row[0] for row in shelf.ask(f"?m ig:inspects ?a ; ig:statement ?s FILTER(CONTAINS(?s, '{spoken}'))")] == [
        f"authority/{SALTMERE}"
    ]
    assert meant(shelf, spoken) == []  # no report of that neighbour is on the shelf


def test_of_two_inspections_with_one_grade_the_dated_mention_means_the_one_of_its_date(shelf: Shelf) -> None:
    good = shelf.ask("?i ig:hasJudgement ?j . ?j ig:area ?a ; ig:grade ?g FILTER(CONTAINS(STR(?a), 'overall'))")
    assert {(row[2], row[1]) for row in good} >= {
        (inspection(HARROWDALE, "2018-06-04"), "grade/good"),
        (inspection(HARROWDALE, "2022-02-07"), "grade/good"),
    }
    assert [row[0] for row in meant(shelf, "in February 2022")] == [inspection(HARROWDALE, "2022-02-07")]


def test_an_inspection_of_long_ago_is_none_of_those_that_were_read(shelf: Shelf) -> None:
    assert meant(shelf, "conducted in 2012") == []
    assert "2012" in {row[2] for row in shelf.ask("?d ig:mentions ?m . ?m ig:when ?when")}  # known and not seen


def test_a_deadline_for_a_plan_to_come_is_a_duty_and_no_plan(shelf: Shelf) -> None:
    assert [row[1] for row in shelf.ask("?d a ig:Duty ; ig:deadlineText ?t")] == ["within 70 working days"]
    plans = shelf.ask("?p a ig:ActionPlan ; ig:respondsTo/ig:identifiedAs ?i")
    assert [row[0] for row in plans] == [inspection(HARROWDALE, "2018-06-04")]


def test_one_inspection_in_a_report_minutes_and_a_plan_is_one(shelf: Shelf) -> None:
    whole = inspection(HARROWDALE, "2018-06-04")
    assert {row[0] for row in meant(shelf, "in June 2018")} == {whole}
    copies = shelf.ask("?p a ig:ActionPlan ; ig:hasRecommendation ?r . ?r ig:restates ?o . ?i ig:hasRecommendation ?o")
    assert [row[0] for row in copies] == [whole]


def test_an_article_on_a_visit_of_a_month_is_not_on_a_visit_of_another_year(shelf: Shelf) -> None:
    own = shelf.ask("?d ig:reports ?m . ?m a ig:InspectionMention ; ig:when ?w OPTIONAL { ?m ig:identifiedAs ?i }")
    assert [(row[3], row[1]) for row in own] == [("2020-05", "None")]


# --- what is alike and not the same


def test_praise_in_the_same_words_of_two_authorities_is_joined_by_nothing(shelf: Shelf) -> None:
    words = PRAISE.removesuffix(".")
    alike = shelf.ask(f"?f a ig:Finding ; ig:statement ?s FILTER(STRSTARTS(?s, '{words}'))")
    assert len(alike) == 2
    joined = "(ig:restates|^ig:restates|ig:revisits|^ig:revisits|^ig:earlier|^ig:later)"
    for node, _ in alike:
        assert shelf.ask(f"<https://w3id.org/inspection-graph/id/{node}> {joined} ?o") == []


def test_no_link_of_any_kind_joins_two_authorities(shelf: Shelf) -> None:
    holds = "(ig:hasFinding|ig:hasRecommendation|ig:hasAction|ig:hasJudgement)"
    pairs = shelf.ask(
        f"?i {holds} ?later ; ig:inspects|ig:ofAuthority ?a . ?later ig:revisits|ig:restates ?earlier ."
        f" ?j {holds} ?earlier ; ig:inspects|ig:ofAuthority ?b"
    )
    assert pairs
    assert all(row[0] == row[1] for row in pairs)


def test_a_forum_in_one_authority_and_a_panel_in_another_share_nothing(shelf: Shelf) -> None:
    graphs = {
        words: shelf.ask(f"GRAPH ?g {{ ?f ig:statement ?s FILTER(CONTAINS(?s, '{words}')) }}") for words in BODIES
    }
    subjects = [
        {row[2] for row in shelf.ask(f"GRAPH <https://w3id.org/inspection-graph/id/{found[0][1]}> {{ ?s ?p ?o }}")}
        for found in graphs.values()
    ]
    shared = subjects[0] & subjects[1]
    assert len(subjects) == 2
    assert all(one.startswith("program/") for one in shared), shared


def test_a_misprinted_reference_addresses_the_recommendation_that_it_stands_under(built: Path) -> None:
    rows = Shelf(built, BuiltGraph(built)).ask(
        "?a ig:printedReference '1.2' ; ig:reference ?reference ; ig:addresses ?r . ?r ig:number ?n"
    )
    assert [(number, reference) for _, number, _, reference in rows] == [("4", "4.2")]


def test_committees_of_one_name_in_two_authorities_stay_two(shelf: Shelf) -> None:
    rows = shelf.ask("?m a ig:Meeting ; ig:committee ?c ; ig:ofAuthority ?o ; dcterms:date ?d FILTER(DAY(?d) = 8)")
    assert {row[0] for row in rows} == {"Children's Scrutiny Committee"}
    assert sorted(row[3] for row in rows) == [f"authority/{HARROWDALE}", f"authority/{SALTMERE}"]
    assert len({row[2] for row in rows}) == 2
    for name, number in (("Harrowdale", 2), ("Saltmere", 2)):
        assert len({row[-1] for row in shelf.table("meetings", authority=name).rows}) == number


# --- people


def test_an_inspector_in_two_documents_is_one_person(shelf: Shelf) -> None:
    named = shelf.ask("?p foaf:name 'Ada Moss'")
    assert named == [("person/ofsted/ada-moss",)]
    led = shelf.ask("?i ig:inspector ?p . ?p foaf:name 'Ada Moss'")
    assert {row[0] for row in led} >= {
        inspection(HARROWDALE, "2022-02-07"),
        inspection(HARROWDALE, "2023-11-21", "ilacs-focused-visit"),
    }


def test_two_councillors_of_one_name_in_two_authorities_are_two_people(shelf: Shelf) -> None:
    named = shelf.ask("?p foaf:name 'Iris Dunn' . ?m ig:attendee ?p ; ig:ofAuthority ?o")
    assert [(row[2], row[1]) for row in named] == [
        (f"person/{HARROWDALE}/iris-dunn", f"authority/{HARROWDALE}"),
        (f"person/{SALTMERE}/iris-dunn", f"authority/{SALTMERE}"),
    ]


# --- what contradicts itself


def test_two_grades_and_two_last_days_of_one_inspection_are_both_kept_each_with_its_source(shelf: Shelf) -> None:
    whole = inspection(HARROWDALE, "2022-02-07")
    node = f"<https://w3id.org/inspection-graph/id/{whole}>"
    ends = shelf.ask(f"GRAPH ?g {{ {node} ig:endDate ?e }}")
    assert sorted(row[0] for row in ends) == ["2022-02-18", "2022-02-25"]
    assert len({row[1] for row in ends}) == 2
    found = shelf.table("conflicting-facts", authority="Harrowdale")
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    told = {
        tuple(str(row[name]).rpartition("/")[2].strip('>"') for name in ("about", "value", "other")) for row in rows
    }
    assert ("leadership", "good", "requires-improvement") in told
    assert any(about.endswith("endDate") for about, _, _ in told)
    assert all(row["passage"] != row["otherPassage"] for row in rows)


def test_two_first_days_make_two_inspections_that_a_question_finds_and_neither_follows_the_other(shelf: Shelf) -> None:
    one, other = (inspection(NEWMOOR, day) for day in ("2024-06-03", "2024-06-04"))
    found = shelf.table("conflicting-facts", authority="Newmoor")
    assert [[str(getattr(term, "value", term)) for term in row[1:4]] for row in found.rows] == [
        ["https://w3id.org/inspection-graph/ontology#startDate", "2024-06-03", "2024-06-04"]
    ]
    follows = shelf.ask("?a ig:previousInspection ?b")
    assert (other, one) not in follows
    before = inspection(NEWMOOR, "2023-05-08")
    assert {(one, before), (other, before)} <= set(follows)
    assert {(inspection(NEWMOOR, "2026-10-05"), other)} <= set(follows)
    assert (
        shelf.ask(f"?i ig:hasFinding/ig:revisits ?e FILTER(STR(?i) = 'https://w3id.org/inspection-graph/id/{other}')")
        == []
    )


# --- authorities that were reorganised


def test_a_body_that_was_reorganised_keeps_its_inspections_and_leads_to_what_followed_it(shelf: Shelf) -> None:
    assert shelf.ask("?i ig:inspects ?a . ?a ig:succeededBy ?b") == [
        (f"authority/{OLDMOOR}", f"authority/{NEWMOOR}", inspection(OLDMOOR, "2021-03-01"))
    ]
    found = shelf.table("reorganised")
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    (row,) = [row for row in rows if OLDMOOR in str(row["authority"])]
    assert NEWMOOR in str(row["followedBy"])
    assert str(getattr(row["inspections"], "value", "")) == "1"


def test_what_followed_a_body_does_not_follow_its_inspections(shelf: Shelf) -> None:
    earlier = f"<https://w3id.org/inspection-graph/id/{inspection(OLDMOOR, '2021-03-01')}>"
    assert shelf.ask(f"?i ig:previousInspection {earlier}") == []
    assert shelf.ask(f"{earlier} ig:hasFinding|ig:hasRecommendation ?s . ?l ig:revisits ?s") == []
