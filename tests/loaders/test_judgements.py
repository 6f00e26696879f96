"""Grades: from tables however their lines fall apart, from headings and sentences, never from what is no judgement."""

from __future__ import annotations

import pytest

import ontology
from loaders.facts.judgements import judgements, outcome
from loaders.records import Judgement
from loaders.statements.sections import sections
from loaders.text import Block, BlockKind, Span, Text

VOCABULARY = ontology.load()
Line = tuple[BlockKind, str]


def text_of(*lines: Line) -> Text:
    """A text of one page; tabs part the cells of a row."""
    content, blocks = "", []
    for kind, words in lines:
        start = len(content)
        cells = []
        if kind == "row":
            at = start
            for cell in words.split("\t"):
                cells.append(Span(at, at + len(cell)))
                at += len(cell) + 1
        level = 2 if kind == "heading" else 0
        blocks.append(Block(kind, Span(start, start + len(words)), level, None, tuple(cells)))
        content += words + "\n"
    return Text(content, tuple(blocks), (0,))


def read(framework: str, *lines: Line) -> tuple[Judgement, ...]:
    text = text_of(*lines)
    return judgements(sections(text, VOCABULARY), text, framework, VOCABULARY)


def grades(found: tuple[Judgement, ...]) -> dict[str, str]:
    return {judgement.area: judgement.grade for judgement in found}


def test_a_row_gives_an_area_its_grade_with_the_words_as_printed() -> None:
    (one,) = read("ilacs", ("row", "Care leavers\tRequires improvement to be good"))
    assert (one.area, one.grade) == ("care-leavers", "requires-improvement")
    assert (one.area_text, one.grade_text) == ("Care leavers", "Requires improvement to be good")


@pytest.mark.parametrize(
    "lines",
    [
        [("paragraph", "The experiences and progress of children in care and"), ("row", "care leavers\tGood")],
        [("row", "The experiences and progress of children in care and\tGood"), ("paragraph", "care leavers")],
        [
            ("paragraph", "The experiences and progress of"),
            ("row", "children in care and\tGood"),
            ("paragraph", "care leavers"),
        ],
        [("row", "The experiences and progress of children in care & care leavers\tGood")],
        [("heading", "The experiences and progress of children in care and care leavers: good")],
        [("heading", "The experiences and progress of children in care and care leavers are good.")],
        [("heading", "The experiences and progress of children in care and care leavers"), ("paragraph", "Good")],
    ],
    ids=["above", "below", "both", "ampersand", "heading", "sentence", "beneath"],
)
def test_a_label_is_whole_wherever_its_lines_fall(lines: list[Line]) -> None:
    assert grades(read("ilacs", *lines)) == {"children-in-care-and-care-leavers": "good"}


def test_a_grade_cut_by_the_line_is_read() -> None:
    found = read("sif", ("row", "Adoption performance\tRequires"), ("paragraph", "improvement"))
    assert grades(found) == {"adoption": "requires-improvement"}


SENTENCES = [
    ("Children’s services in Harrowdale are inadequate", "overall", "inadequate"),
    ("Children’s services in Harrowdale require improvement to be good", "overall", "requires-improvement"),
    ("The overall judgement is that children’s services are good", "overall", "good"),
    ("The overall judgement is requires improvement.", "overall", "requires-improvement"),
    ("The local authority requires improvement and is not yet good because", "overall", "requires-improvement"),
    ("The graded judgment for adoption is that it is outstanding", "adoption", "outstanding"),
    ("The Local Safeguarding Children Board (LSCB) is inadequate.", "lscb", "inadequate"),
    ("The LSCB requires improvement because:", "lscb", "requires-improvement"),
    ("The effectiveness of the Leeds Safeguarding Children Board (LSCB) is good.", "lscb", "good"),
]


@pytest.mark.parametrize(("words", "area", "grade"), SENTENCES, ids=[words for words, *_ in SENTENCES])
def test_a_heading_that_says_a_grade_is_a_judgement(words: str, area: str, grade: str) -> None:
    assert grades(read("sif", ("heading", words))) == {area: grade}


def test_a_sentence_that_runs_into_a_heading_is_read() -> None:
    found = read("sif", ("paragraph", "The effectiveness of the LSCB is"), ("heading", "inadequate."))
    assert grades(found) == {"lscb": "inadequate"}


@pytest.mark.parametrize(
    "words",
    [
        "Children’s services in Harrowdale are no longer inadequate and deserve praise.",
        "An outstanding LSCB is highly influential.",
        "The overall effectiveness was judged to be inadequate.",
        "Good work by the LSCB is adequate to its tasks.",
    ],
)
def test_speaking_of_grades_is_no_judgement(words: str) -> None:
    assert read("sif", ("heading", "Executive summary"), ("paragraph", words)) == ()


def test_the_last_inspections_grades_are_not_this_ones() -> None:
    found = read(
        "sif",
        ("row", "Adoption performance\tGood"),
        ("heading", "Information about this local authority area"),
        ("paragraph", "Adoption is inadequate."),
    )
    assert [(one.grade, one.other_readings) for one in found] == [("good", ())]


def test_the_table_counts_and_other_places_confirm_it_or_stand_beside_it() -> None:
    agreeing, differing = (
        read("sif", ("row", "Adoption performance\tGood"), ("heading", f"Adoption performance is {grade}"))[0]
        for grade in ("good", "outstanding")
    )
    assert (agreeing.grade, len(agreeing.spans), agreeing.other_readings) == ("good", 4, ())
    assert (differing.grade, [reading.grade for reading in differing.other_readings]) == ("good", ["outstanding"])


def test_only_the_frameworks_own_areas_and_grades_are_read() -> None:
    rows: list[Line] = [("row", "The quality of practice\tAdequate"), ("row", "Adoption performance\tGood")]
    assert grades(read("child-protection-2012", *rows)) == {"quality-of-practice": "adequate"}
    assert grades(read("jtai", *rows)) == {}


def test_a_numbered_grade_beneath_its_heading_is_read() -> None:
    found = read("looked-after-2013", ("heading", "Capacity to improve"), ("heading", "Grade 3 (adequate)"))
    assert grades(found) == {"capacity-to-improve": "adequate"}


@pytest.mark.parametrize(
    ("words", "grade"),
    [
        ("The arrangements typically lead to positive experiences and outcomes for them.", "typically-positive"),
        ("The partnership’s arrangements lead to inconsistent experiences and outcomes.", "inconsistent"),
        ("They saw widespread and/or systemic failings leading to significant concerns.", "systemic-failings"),
    ],
)
def test_the_outcome_of_an_area_inspection_stands_in_a_sentence(words: str, grade: str) -> None:
    text = text_of(("heading", "Inspection outcome"), ("paragraph", words), ("heading", "Next"), ("paragraph", "x"))
    assert grades(outcome(sections(text, VOCABULARY), text, "area-send", VOCABULARY)) == {"send-outcome": grade}


def test_every_span_holds_what_it_is_said_to_hold() -> None:
    lines: list[Line] = [("heading", "Harrowdale"), ("row", "Adoption performance\tGood"), ("paragraph", "It is so.")]
    text = text_of(*lines)
    (one,) = judgements(sections(text, VOCABULARY), text, "sif", VOCABULARY)
    assert [text.words(span) for span in one.spans] == ["Adoption performance", "Good"]
