"""Sections: what part a heading or a line that serves as one opens, and which area its findings belong to."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

import ontology
from loaders.statements.sections import ends_in_grade, sections
from tests.loaders.printed import printed

VOCABULARY = ontology.load()


def told(*lines: str) -> list[tuple[str, str | None, int]]:
    return [(one.role, one.area, len(one.blocks)) for one in sections(printed(*lines), VOCABULARY)]


def test_a_row_of_area_and_grade_opens_a_chapter() -> None:
    found = told(
        "# Summary for children and young people",
        "• Services are good.",
        "| Children who need help and protection | Good",
        "12. Help comes early.",
        "| Leadership, management and governance | Requires improvement",
        "13. Leaders listen.",
    )
    assert found == [("summary", None, 2), ("findings", "help-and-protection", 2), ("findings", "leadership", 2)]


def test_a_table_of_several_grades_opens_none() -> None:
    rows = ("| Children who need help and protection | Good", "| Leadership, management and governance | Good")
    assert told("# Executive summary", "Services are good in most respects.", *rows) == [("summary", None, 4)]


def test_a_line_of_area_and_grade_ends_a_list_of_what_to_improve() -> None:
    found = told(
        "# What needs to improve?",
        "• The quality of plans.",
        "Care leavers: requires improvement to be good",
        "1. Advisers are kind.",
    )
    assert found == [("recommendations", None, 2), ("findings", "care-leavers", 2)]


def test_a_line_that_says_the_graded_judgement_opens_a_part() -> None:
    title = "The graded judgement for adoption is that it is outstanding"
    found = told("# Inspection findings", "1. Permanence is planned.", title, "2. Matching is quick.")
    assert found[-1] == ("findings", "adoption", 2)


def test_inspection_findings_beside_a_graded_title_belong_to_its_area() -> None:
    title = "# The graded judgement about care leavers is that it is good"
    found = told(
        "# Children looked after and achieving permanence: good",
        "1. They thrive.",
        title,
        "# Inspection findings",
        "2. All is well.",
    )
    assert found[-1] == ("findings", "care-leavers", 2)


def test_background_on_children_of_an_area_is_no_finding_on_them() -> None:
    assert told("# Children looked after in this area", "• At 31 March, 40 children were looked after.") == [
        ("information", None, 2)
    ]


def test_a_notice_of_copyright_ends_what_is_found() -> None:
    found = told("# Inspection findings", "1. Matching is quick.", "© Crown copyright 2016", "Ask before you copy.")
    assert found == [("findings", None, 2), ("boilerplate", None, 2)]


@settings(max_examples=5, deadline=3_000)
@example(cells=12_000)
@given(cells=st.integers(0, 40))
def test_a_row_of_many_empty_cells_is_looked_at_in_bounded_time(cells: int) -> None:
    empty = "\t" * cells
    assert not ends_in_grade(f"Adoption{empty}Plans{empty}", VOCABULARY)
    assert ends_in_grade(f"Adoption{empty}\tGood{empty}", VOCABULARY)
