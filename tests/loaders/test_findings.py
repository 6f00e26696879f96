"""Findings: which sentences of a document are findings, where they stand, and what the others are counted as."""

from __future__ import annotations

import ontology
from loaders.records import Finding
from loaders.statements.findings import findings
from loaders.statements.sections import sections
from loaders.text import Span
from tests.loaders.printed import printed

VOCABULARY = ontology.load()
HEADING = "# The experiences and progress of children in care: good"


def found(*lines: str, taken: frozenset[Span] = frozenset()) -> tuple[tuple[Finding, ...], dict[str, int]]:
    text = printed(*lines)
    result, reasons = findings(sections(text, VOCABULARY), text, VOCABULARY, taken)
    for one in result:
        assert all(text.words(span) == one.statement for span in one.spans[:1])
    return result, dict(reasons)


def statements(*lines: str) -> list[str]:
    return [one.statement for one in found(*lines)[0]]


def test_each_sentence_is_a_finding_with_its_section_area_and_paragraph() -> None:
    (first, second), _ = found(HEADING, "12. Children live in stable homes. Their carers are well supported.")
    assert [first.statement, second.statement] == ["Children live in stable homes.", "Their carers are well supported."]
    assert (first.section, first.area, first.paragraph) == (HEADING[2:], "children-in-care", "12")


def test_a_bullet_stands_in_the_numbered_paragraph_above_it() -> None:
    result, _ = found(
        HEADING, "12. Social workers know children well.", "• Visits to children are frequent and purposeful."
    )
    assert [one.paragraph for one in result] == ["12", "12"]


def test_a_repeated_sentence_is_one_finding_with_both_places() -> None:
    line = "Children’s plans are not reviewed often enough."
    result, _ = found("# Executive summary", line, HEADING, line)
    assert [len(one.spans) for one in result] == [2]
    assert result[0].section == "Executive summary"


def test_a_mark_of_recommendations_is_kept_of_the_finding_and_left_out_of_its_statement() -> None:
    result, _ = found(HEADING, "Reviews of children’s plans are often late. (Recommendation) Children are heard.")
    assert [(one.statement, one.marked) for one in result] == [
        ("Reviews of children’s plans are often late.", True),
        ("Children are heard.", False),
    ]


def test_the_title_of_a_box_is_no_finding_and_what_stands_in_it_is() -> None:
    words = ("Agencies share what they know in good time.", "Practice study: highly effective practice")
    assert statements("# Key strengths", *words, "Social workers know children well.") == [
        words[0],
        "Social workers know children well.",
    ]


def test_what_is_asked_for_is_no_finding_but_counted() -> None:
    result, reasons = found(
        "# What needs to improve?", "• The timeliness of visits to children.", "• The quality of plans."
    )
    assert not result
    assert reasons == {"recommendation": 2}


def test_population_and_method_are_counted_by_reason() -> None:
    result, reasons = found(
        "# Information about this local authority area",
        "• Approximately 31,000 children under 18 years live in the area.",
        "# About this inspection",
        "Inspectors looked closely at the experiences of six families.",
    )
    assert not result
    assert reasons == {"background": 1, "method": 1}


def test_the_line_that_gives_a_grade_is_no_finding() -> None:
    result, reasons = found("# The quality of practice", "The quality of practice is adequate. Plans are too vague.")
    assert [one.statement for one in result] == ["Plans are too vague."]
    assert reasons == {"judgement": 1}


def test_words_to_the_reader_of_a_letter_are_no_finding() -> None:
    lines = (
        "# Findings",
        "Social workers visit children often.",
        "Thank you for the help that you gave to inspectors.",
    )
    assert statements(*lines) == ["Social workers visit children often."]


def test_a_block_taken_for_something_else_gives_no_finding() -> None:
    text = printed(HEADING, "Social workers visit children often.", "Managers know what needs to be better.")
    taken = frozenset({text.blocks[1].span})
    result, reasons = findings(sections(text, VOCABULARY), text, VOCABULARY, taken)
    assert [one.statement for one in result] == ["Managers know what needs to be better."]
    assert dict(reasons) == {"recommendation": 1}


def test_a_list_of_improvements_that_tells_at_length_what_is_wrong_gives_findings_even_where_taken() -> None:
    text = printed(
        "# Areas for improvement",
        "• Children wait too long for help. Social workers do not visit them often enough, and risk is not recognised.",
    )
    taken = frozenset({text.blocks[1].span})
    assert len(findings(sections(text, VOCABULARY), text, VOCABULARY, taken)[0]) == 2


def test_a_document_without_headings_has_findings() -> None:
    line = (
        "Children in need are visited regularly and their plans are reviewed, so that support changes with their needs."
    )
    assert statements(line) == [line]


def test_an_enormous_sentence_is_labelled_in_bounded_time() -> None:
    assert len(found(HEADING, "Children are safe and " * 20_000 + "well.")[0]) <= 1
