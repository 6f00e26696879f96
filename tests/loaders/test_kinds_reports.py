"""Reports and letters on one inspection: the kind by what they say, and its facts, people and ungraded areas."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ontology
from loaders.assembly import unjudged
from loaders.facts.people import addressees, by_role, in_sentence
from loaders.reading.plain import read_plain
from loaders.reading.source import open_document
from loaders.records import Judgement, Report, Source
from loaders.understand import understand

SAMPLES = Path(__file__).parent.parent / "samples"
VOCABULARY = ontology.load((SAMPLES / "authorities.ttl",))
REPORTS = [
    path
    for path in sorted(SAMPLES.glob("*.*.expected.json"))
    if json.loads(path.read_text(encoding="utf-8")).get("document_kind") in ("inspection-report", "inspection-letter")
]
COVER = "Inspection of Harrowdale local authority children’s services\n\nInspection dates: 2 to 13 December 2024\n\n"
LETTER = """27 September 2019

Jo Bloggs, Director of Children's Services, Saltmere Council

Dear Ms Bloggs

{title}

This letter says what we found on {when}. The inspectors were Ann Lee, Her Majesty's Inspector, and Tom O'Dea.

Inspectors looked at the council's arrangements for children who go missing.

Children wait too long for help, and managers know it.
"""


def read(words: str) -> Report:
    return understand(Source("a.txt", "0" * 64, "text/plain", 1), read_plain(words.encode(), "a.txt"), VOCABULARY)


@pytest.fixture(scope="module", params=REPORTS, ids=lambda path: path.name.split(".")[0])
def sample(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Report]:
    path: Path = request.param
    expected = json.loads(path.read_text(encoding="utf-8"))
    document = path.with_name(path.name.removesuffix(".expected.json"))
    return expected, understand(*open_document(document), VOCABULARY)


def test_a_sample_is_known_for_what_it_is(sample: tuple[dict[str, Any], Report]) -> None:
    expected, report = sample
    inspection = report.inspection
    assert inspection is not None
    assert (report.kind, inspection.framework) == (expected["document_kind"], expected["kind"])
    assert inspection.authorities == (expected["gss"],)
    assert [str(inspection.start), str(inspection.end)] == [expected["start"], expected["end"]]
    assert (str(report.issued) if report.issued else None) == expected["published"]


def test_a_samples_people_are_found(sample: tuple[dict[str, Any], Report]) -> None:
    expected, report = sample
    assert report.inspection is not None
    assert (report.inspection.lead.name if report.inspection.lead else None) == expected["lead"]
    assert {person.name for person in report.inspection.inspectors} >= set(expected["inspectors"])


def test_a_samples_judgements_are_found(sample: tuple[dict[str, Any], Report]) -> None:
    expected, report = sample
    found = {(judgement.area, judgement.grade) for judgement in report.judgements}
    assert found == {(item["area"], item["grade"]) for item in expected["judgements"]}
    assert report.not_found == ()


def test_every_fact_points_at_words(sample: tuple[dict[str, Any], Report]) -> None:
    _, report = sample
    assert report.inspection is not None
    facts = (*report.inspection.facts, *report.facts)
    assert {"framework", "inspects", "startDate", "endDate"} <= {fact.property for fact in facts}
    assert [fact for fact in facts if not report.text.words(fact.span).strip()] == []


@pytest.mark.parametrize(
    ("title", "framework"),
    [
        ("Focused visit to Saltmere children’s services", "ilacs-focused-visit"),
        ("Focused visit to Saltmere local authority children's services", "ilacs-focused-visit"),
        ("Monitoring visit of Saltmere children’s services", "ilacs-monitoring-visit"),
        ("Joint targeted area inspection of the multi-agency response to missing children in Saltmere", "jtai"),
    ],
)
def test_a_letter_is_known_by_its_title(title: str, framework: str) -> None:
    report = read(LETTER.format(title=title, when="4 and 5 September 2019"))
    assert report.inspection is not None
    assert (report.kind, report.inspection.framework) == ("inspection-letter", framework)
    assert report.inspection.authorities == ("E99000002",)
    assert (report.inspection.start, report.inspection.end) == (date(2019, 9, 4), date(2019, 9, 5))
    assert report.issued == date(2019, 9, 27)


def test_a_letter_tells_its_inspectors_addressee_and_focus() -> None:
    report = read(LETTER.format(title="Focused visit to Saltmere children’s services", when="4 September 2019"))
    assert report.inspection is not None
    assert [person.name for person in report.inspection.inspectors] == ["Ann Lee", "Tom O'Dea"]
    assert report.inspection.lead is None
    assert [(person.name, person.body) for person in report.addressees] == [("Jo Bloggs", "E99000002")]
    assert report.inspection.focus == "children who go missing"


def test_days_without_a_year_take_the_letters() -> None:
    report = read(LETTER.format(title="Focused visit to Saltmere children’s services", when="4 and 5 September"))
    assert report.inspection is not None
    assert (report.inspection.start, report.inspection.end) == (date(2019, 9, 4), date(2019, 9, 5))


def test_which_of_a_series_a_monitoring_visit_is() -> None:
    words = "4 September 2019. This was the third monitoring visit since the judgement of inadequate"
    report = read(LETTER.format(title="Monitoring visit of Saltmere children’s services", when=words))
    assert report.inspection is not None
    assert report.inspection.visit == 3


def test_a_visit_judges_none_of_the_areas_of_its_year() -> None:
    report = read(LETTER.format(title="Focused visit to Saltmere children’s services", when="4 September 2019"))
    assert (report.judgements, report.not_graded, report.not_found) == ((), (), ())
    assert set(report.not_judged) == {
        "overall",
        "leadership",
        "help-and-protection",
        "children-in-care-and-care-leavers",
    }


def test_an_area_that_should_be_graded_and_is_not_found_is_said() -> None:
    report = read(COVER + "Judgement\tGrade\nOverall effectiveness\tGood\n")
    assert "leadership" in report.not_found
    assert "judgement-not-found" in [problem.kind for problem in report.problems]


def graded(*areas: str) -> list[Judgement]:
    return [Judgement(area, "good", area, "Good", ()) for area in areas]


def test_what_a_framework_does_not_grade_depends_on_the_period() -> None:
    four = ("overall", "leadership", "help-and-protection", "children-in-care-and-care-leavers")
    before = unjudged("ilacs", date(2021, 5, 1), graded(*four), VOCABULARY)
    assert (set(before.not_graded), before.not_found) == ({"children-in-care", "care-leavers"}, ())
    five = ("leadership", "help-and-protection", "children-in-care", "care-leavers")
    after = unjudged("ilacs", date(2026, 9, 1), graded(*five), VOCABULARY)
    assert (set(after.not_graded), after.not_found) == ({"overall", "children-in-care-and-care-leavers"}, ())
    assert unjudged("ilacs", date(2024, 5, 1), graded(*five), VOCABULARY).not_found == ("overall",)


def test_a_second_single_inspection_need_not_review_the_board() -> None:
    areas = ("overall", "leadership", "help-and-protection", "children-looked-after", "adoption", "care-leavers")
    found = unjudged("sif", date(2018, 3, 1), graded(*areas), VOCABULARY, optional=("lscb",))
    assert (found.not_judged, found.not_found) == (("lscb",), ())


def test_an_authority_that_is_not_in_the_list_is_a_problem_and_no_error() -> None:
    report = read(COVER.replace("Harrowdale", "Nowhereshire") + "Overall effectiveness\tGood\n")
    assert report.inspection is not None
    assert (report.inspection.framework, report.inspection.authorities) == ("ilacs", ())
    assert "unknown-authority" in [problem.kind for problem in report.problems]


def test_neighbours_that_a_report_mentions_are_not_inspected() -> None:
    report = read(COVER + "Saltmere helps. Saltmere and Saltmere and Saltmere again.\n")
    assert report.inspection is not None
    assert report.inspection.authorities == ("E99000001",)


def test_a_document_of_no_known_kind_says_so() -> None:
    report = read("How to bake bread\n\nTake flour, water and salt, and wait until the dough has risen.\n")
    assert (report.kind, report.inspection) == ("unknown", None)
    assert [problem.kind for problem in report.problems] == ["unknown-kind"]


def test_roles_are_read_from_lists_and_sentences() -> None:
    listed = by_role(
        "Lead inspector: Jo Bloggs Deputy lead inspector: Ann Lee-Fox Team inspectors: A Day, Tom O’Dea (AI)"
    )
    assert [(one.name, one.role) for one in listed][:2] == [
        ("Jo Bloggs", "Lead inspector"),
        ("Ann Lee-Fox", "Deputy lead inspector"),
    ]
    assert listed[-1].name == "Tom O’Dea"
    for told in (
        "The inspectors for this visit were Jo Bloggs and Ann Lee.",
        "The visit was carried out by Jo Bloggs HMI and Ann Lee, Her Majesty’s Inspector.",
        "The inspectors were Jo Bloggs and Ann Lee, Her Majesty’s Inspectors.",
    ):
        assert [told[one.start : one.end] for one in in_sentence(told)] == ["Jo Bloggs", "Ann Lee"]
    assert in_sentence("It was made by inspectors from Ofsted, the Care Quality Commission and HMI Probation.") == ()


SEND_LETTER = """12 July 2019

Jo Bloggs, Director of Children's Services, Saltmere Council

Dear Ms Bloggs

{title}

Between 20 May 2019 and 24 May 2019, Ofsted and the Care Quality Commission (CQC) {did} the area of Saltmere.

Main findings

Leaders know the area well. Its arrangements are inconsistent experiences for some.

The area is required to produce and submit a Written Statement of Action to Ofsted on these significant weaknesses:

- the long wait for an assessment

- the poor quality of plans

Yours sincerely

Ann Lee
Her Majesty's Inspector

Ann Lee HMI Lead Inspector	Bo Chan CQC Inspector
Cy Dale Ofsted Inspector	Di East CQC Inspector
"""


def test_a_send_letter_before_2023_gives_no_grade_and_says_what_must_be_answered() -> None:
    report = read(SEND_LETTER.format(title="Joint local area SEND inspection in Saltmere", did="inspected"))
    assert report.inspection is not None
    assert (report.kind, report.inspection.framework) == ("inspection-letter", "area-send")
    assert (report.inspection.start, report.inspection.end) == (date(2019, 5, 20), date(2019, 5, 24))
    assert (report.judgements, report.not_graded, report.not_found) == ((), ("send-outcome",), ())
    assert [asked.kind for asked in report.recommendations] == ["area-for-priority-action"] * 2
    assert [duty.on for duty in report.duties] == ["The area"]
    assert report.inspection.lead is not None
    assert report.inspection.lead.name == "Ann Lee"
    assert len(report.inspection.inspectors) == 4


def test_a_revisit_and_a_monitoring_inspection_are_inspections_of_their_own() -> None:
    revisit = read(SEND_LETTER.format(title="Joint area SEND revisit in Saltmere", did="revisited"))
    assert revisit.inspection is not None
    assert (revisit.kind, revisit.inspection.framework) == ("inspection-letter", "area-send-revisit")
    assert revisit.inspection.start == date(2019, 5, 20)
    cover = (
        "Area SEND monitoring inspection of Saltmere Local Area Partnership\n\nInspection dates: 4 to 6 November 2025\n"
    )
    monitored = read(cover + "\nLeaders have taken effective action. Plans are better than they were.\n")
    assert monitored.inspection is not None
    assert (monitored.kind, monitored.inspection.framework) == ("inspection-report", "area-send-monitoring")
    assert (monitored.judgements, monitored.not_found) == ((), ())


def test_a_monitoring_visit_tells_what_was_looked_at_in_bullets_and_what_was_judged_before() -> None:
    words = (
        "4 September 2019. This was the local authority's second monitoring visit since it was judged inadequate in "
        "May 2018.\n\nInspectors reviewed the progress made in these areas:\n\n- visits to children\n\n"
        "- supervision\n\nThis was a visit"
    )
    report = read(LETTER.format(title="Monitoring visit to Saltmere children’s services", when=words))
    assert report.inspection is not None
    assert report.inspection.visit == 2
    assert report.inspection.focus == "visits to children; supervision"
    (mention,) = report.mentions
    assert (mention.when, mention.framework) == ("2018-05", None)
    assert [(one.area, one.grade) for one in mention.judgements] == [("overall", "inadequate")]


def test_a_letter_to_a_first_name_goes_to_the_person_above_it() -> None:
    words = LETTER.format(title="Focused visit to Saltmere children’s services", when="4 September 2019")
    words = words.replace("Dear Ms Bloggs", "Dear Jo").replace("Jo Bloggs, Director", "Jo Bloggs Director")
    assert [person.name for person in read(words).addressees] == ["Jo Bloggs"]


def test_since_april_2026_the_whole_is_not_graded() -> None:
    grades = "Judgement\tGrade\nThe impact of leaders on social work practice with children and families\tGood\n"
    grades += "The experiences and progress of children who need help and protection\tGood\n"
    grades += (
        "The experiences and progress of children in care\tGood\nThe experiences and progress of care leavers\tGood\n"
    )
    report = read(COVER.replace("2 to 13 December 2024", "1 to 12 June 2026") + grades)
    assert (len(report.judgements), report.not_found) == (4, ())
    assert "overall" in report.not_graded


SAFEGUARDING_2010 = """Inspection of safeguarding and looked after children services

Saltmere Metropolitan Borough Council

Inspection dates: 6 to 17 September 2010

Reporting inspector: Ann Lee HMI

Published: 15 October 2010

The inspection outcomes: safeguarding services

Overall effectiveness

Grade 3 (adequate)

Children are safe in most respects, and thresholds are understood by partners.

Capacity for improvement

Grade 2 (good)

Areas for improvement

Within three months:

- reduce the caseloads of social workers

The inspection outcomes: services for looked after children

Overall effectiveness

Grade 2 (good)

Capacity for improvement

Grade 2 (good)

Record of main findings

Safeguarding services
Overall effectiveness	Adequate
Capacity for improvement	Good
Leadership and management	Inadequate
Services for looked after children
Overall effectiveness	Good
Capacity for improvement	Adequate
"""


def test_an_inspection_of_2010_judges_two_services_twice_over() -> None:
    report = read(SAFEGUARDING_2010)
    assert report.inspection is not None
    assert report.inspection.framework == "safeguarding-looked-after-2009"
    assert report.inspection.authorities == ("E99000002",)
    assert report.inspection.lead is not None
    assert (report.inspection.start, report.issued) == (date(2010, 9, 6), date(2010, 10, 15))
    assert {(one.area, one.grade, len(one.other_readings)) for one in report.judgements} == {
        ("safeguarding", "adequate", 0),
        ("safeguarding-capacity", "good", 0),
        ("looked-after-services", "good", 0),
        ("looked-after-capacity", "good", 1),
    }
    assert "judgements-differ" in [problem.kind for problem in report.problems]
    assert [asked.timescale for asked in report.recommendations] == ["Within three months"]


MONITORING = """4 April 2025

Tamsin Oakes
Corporate Director for Children
Saltmere City Council

Dear Tamsin

Monitoring visit to Saltmere children’s services

In this letter you will find what we saw on 25 and 26 February 2025.
The inspectors for this visit were Lorcan Fay and Bea Whitlock.

What needs to improve

The quality of pathway plans for those aged over 21.
The oversight by managers of those in custody.

This letter will be sent on to the Department for Education. It will stand on the Ofsted website.

Yours sincerely

Lorcan Fay
His Majesty’s Inspector
"""


def test_the_close_of_a_letter_asks_for_nothing_and_finds_nothing() -> None:
    report = read(MONITORING)
    assert [one.statement[:11] for one in report.recommendations] == ["The quality", "The oversig"]
    assert not [one for one in report.findings if "letter" in one.statement]


def test_what_the_addressee_is_stands_in_the_line_below_or_before_the_name() -> None:
    assert [(one.name, one.role) for one in read(MONITORING).addressees] == [
        ("Tamsin Oakes", "Corporate Director for Children")
    ]
    (constable,) = addressees("Assistant Chief Constable Rita Mall, Saltmere Police")
    assert (constable.name, constable.role) == ("Rita Mall", "Assistant Chief Constable, Saltmere Police")


def test_a_sentence_that_names_the_inspectors_is_no_finding() -> None:
    report = read(MONITORING.replace("His Majesty’s Inspectors for this visit were", "The inspectors were"))
    assert report.inspection is not None
    assert [one.name for one in report.inspection.inspectors] == ["Lorcan Fay", "Bea Whitlock"]
    assert not [one for one in report.findings if "Lorcan" in one.statement]
