"""What a kind of document leads one to expect is looked for, and what is missing or does not add up is a problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

import ontology
from loaders.checks.arithmetic import arithmetic
from loaders.checks.expectations import checked
from loaders.checks.severity import severity_of
from loaders.records import (
    Action,
    ActionPlan,
    Finding,
    Inspection,
    Judgement,
    Label,
    Labels,
    Mention,
    Person,
    Reading,
    Recommendation,
    Report,
    Source,
)
from loaders.text import Span, Text
from tests.loaders.printed import printed

VOCABULARY = ontology.load()
TEXT = printed(
    "# Inspection of Camden children's services", "1. Plans are clear.", "2. Visits are late.", "3. Carers stay."
)
PLACE = TEXT.blocks[0].span
INSPECTION = Inspection(
    framework="ilacs",
    authorities=("E09000007",),
    start=date(2019, 3, 4),
    end=date(2019, 3, 15),
    inspectors=(Person("Jo Bloggs", None, "ofsted"),),
)


def finding(words: str, area: str | None = None, span: Span = TEXT.blocks[1].span) -> Finding:
    return Finding(words, (span,), Labels(Label("strength", 1, "")), area=area)


def graded(area: str, grade: str, *others: str) -> Judgement:
    readings = tuple(Reading(other, other.title(), (PLACE,)) for other in others)
    return Judgement(area, grade, area.title(), grade.title(), (PLACE,), readings)


REPORT = Report(
    source=Source("a.txt", "0" * 64, "text/plain", 1),
    text=TEXT,
    kind="inspection-report",
    why="",
    title="Inspection",
    inspection=INSPECTION,
    findings=(finding("Plans are clear."),),
    recommendations=(Recommendation("Visit on time.", (PLACE,), "recommendation", 1),),
)


def doubts(report: Report) -> list[str]:
    return [problem.kind for problem in checked(report, VOCABULARY).problems]


def about(inspection: Inspection, **changes: object) -> Report:
    return replace(REPORT, inspection=inspection, **changes)  # type: ignore[arg-type]


def test_a_report_that_has_everything_gives_no_problem() -> None:
    told = checked(REPORT, VOCABULARY)
    assert told.problems == ()
    assert ("the days of the inspection", "2019-03-04 to 2019-03-15", True) in [
        (one.what, one.found, one.met) for one in told.expectations
    ]


@pytest.mark.parametrize(
    ("report", "kind", "severity"),
    [
        (about(replace(INSPECTION, authorities=())), "unknown-authority", "error"),
        (about(replace(INSPECTION, start=None, end=None)), "no-dates", "error"),
        (about(replace(INSPECTION, inspectors=())), "no-inspector", "warning"),
        (replace(REPORT, findings=()), "no-findings", "error"),
        (replace(REPORT, recommendations=()), "no-recommendations", "warning"),
        (replace(REPORT, not_found=("overall",)), "judgement-not-found", "error"),
        (replace(REPORT, kind="committee-pack", inspection=None), "no-meeting", "error"),
    ],
)
def test_what_is_missing_is_a_problem_of_its_gravity(report: Report, kind: str, severity: str) -> None:
    assert doubts(report) == [kind]
    assert severity_of(kind) == severity
    assert not all(one.met for one in checked(report, VOCABULARY).expectations)


def test_a_monitoring_visit_need_not_ask_for_anything_but_says_which_it_is() -> None:
    visit = replace(INSPECTION, framework="ilacs-monitoring-visit", focus="visits", end=date(2019, 3, 5))
    letter = about(visit, kind="inspection-letter", recommendations=(), issued=date(2019, 4, 1))
    assert doubts(letter) == ["no-addressee", "no-visit-number"]


def test_an_area_that_is_judged_has_findings() -> None:
    judged = (graded("overall", "good"), graded("leadership", "good"), graded("help-and-protection", "good"))
    found = (finding("Leaders listen.", "leadership"),)
    assert doubts(replace(REPORT, judgements=judged, findings=found)) == ["no-findings-of-area"]


@pytest.mark.parametrize(
    ("numbers", "problems"),
    [
        ("1 2 3", []),
        ("1 2 3 1 2", []),
        ("1 2 4 5", ["paragraph 4 follows 2"]),
        ("1 2 12 3", ["paragraph 12 follows 2", "paragraph 3 follows 12"]),
        ("4 5 6", ["paragraph 4 is the first"]),
    ],
)
def test_numbers_of_paragraphs_run_on(numbers: str, problems: Sequence[str]) -> None:
    text = printed(*(f"{number}. Words." for number in numbers.split()), "^ 7 A footnote.")
    told = checked(replace(REPORT, text=text, findings=(finding("Words.", span=text.blocks[0].span),)), VOCABULARY)
    assert [problem.description for problem in told.problems] == problems
    assert all(problem.span in [block.span for block in text.blocks] for problem in told.problems)


@pytest.mark.parametrize(
    ("start", "end", "issued", "kinds"),
    [
        (date(2019, 3, 4), date(2019, 3, 1), None, ["dates-out-of-order"]),
        (date(2019, 3, 4), date(2019, 3, 15), date(2019, 3, 14), ["dates-out-of-order"]),
        (date(2019, 3, 4), date(2019, 8, 15), None, ["unusual-dates"]),
        (date(2019, 3, 4), date(2019, 3, 15), date(2021, 3, 15), ["unusual-dates"]),
        (date(2019, 3, 3), date(2019, 3, 15), None, ["unusual-dates"]),
        (date(2019, 3, 4), date(2019, 3, 15), date(2019, 4, 15), []),
    ],
)
def test_days_are_in_order(start: date, end: date, issued: date | None, kinds: list[str]) -> None:
    assert doubts(about(replace(INSPECTION, start=start, end=end), issued=issued)) == kinds


def test_an_inspection_spoken_of_was_before() -> None:
    later = Mention("As in June 2020.", (PLACE,), when="2020-06")
    earlier = Mention("As in March 2019 and 2017.", (PLACE,), when="2017")
    assert doubts(replace(REPORT, mentions=(earlier, later))) == ["mention-is-later"]


def test_two_grades_for_one_area_are_told_with_both() -> None:
    judged = (graded("overall", "good", "inadequate"), graded("leadership", "good"))
    told = checked(replace(REPORT, judgements=judged, findings=(finding("Leaders listen.", "leadership"),)), VOCABULARY)
    (problem,) = told.problems
    assert (problem.kind, problem.span) == ("judgements-differ", PLACE)
    assert problem.description == "overall is “Good” in one place and “Inadequate” in another"


@pytest.mark.parametrize(
    ("framework", "overall", "parts", "kinds"),
    [
        ("ilacs", "good", ("good", "requires-improvement"), []),
        ("ilacs", "outstanding", ("good", "good"), ["unlikely-grade"]),
        ("ilacs", "requires-improvement", ("good", "good"), ["unlikely-grade"]),
        ("ilacs", "requires-improvement", ("inadequate", "good"), []),
        ("sif", "requires-improvement", ("inadequate", "good"), ["unlikely-grade"]),
    ],
)
def test_the_whole_fits_its_parts(framework: str, overall: str, parts: tuple[str, str], kinds: list[str]) -> None:
    areas = ("leadership", "help-and-protection")
    judged = (graded("overall", overall), *(graded(area, grade) for area, grade in zip(areas, parts, strict=True)))
    found = tuple(finding(f"On {area}.", area) for area in areas)
    report = about(replace(INSPECTION, framework=framework), judgements=judged, findings=found)
    assert doubts(report) == kinds


def test_references_of_a_plan_run_on() -> None:
    rows = [("1.1", 1), ("1.2", 2), ("2.1", 3), ("2.3", 4)]
    actions = tuple(
        Action(ref, row, "Train.", (PLACE,), addresses=(0,), due_text="May", leads=INSPECTION.inspectors)
        for ref, row in rows
    )
    told = checked(
        replace(REPORT, kind="action-plan", inspection=None, plans=(ActionPlan("Plan", (PLACE,), actions),)), VOCABULARY
    )
    assert [problem.description for problem in told.problems] == ["action 2.3 follows 2.1"]


def test_a_plan_holds_as_many_recommendations_as_it_says() -> None:
    text = printed("# Action plan", "This plan answers the three recommendations of the inspection.")
    plan = ActionPlan("Plan", (text.blocks[0].span,), ())
    asked = tuple(Recommendation(f"Do {n}.", (PLACE,), "recommendation", n, plan=0) for n in (1, 2))
    report = replace(REPORT, kind="action-plan", inspection=None, text=text, plans=(plan,), recommendations=asked)
    assert [p.description for p in checked(report, VOCABULARY).problems] == ["3 recommendations are said, 2 were found"]


def test_a_finding_that_begins_in_the_midst_of_a_sentence_is_told() -> None:
    text = printed("1. Plans are clear and", "visits are late.", "• made on time")
    cut, bullet = (finding(text.words(block), span=block.span) for block in text.blocks[1:])
    assert [
        check for check in arithmetic(replace(REPORT, text=text, findings=(bullet,)), VOCABULARY) if check.problems
    ] == []
    assert "cut-sentences" in doubts(replace(REPORT, text=text, findings=(cut, bullet)))


def test_a_page_without_words_is_told_unless_it_is_the_last() -> None:
    words = "Words.\n"
    text = Text(words * 2, (), page_starts=(0, 7, 7, 14))
    told = checked(replace(REPORT, kind="unknown", inspection=None, text=text), VOCABULARY)
    assert [problem.description[:22] for problem in told.problems] == ["page 2 holds no words:"]
