"""Recommendations: which lists are read, what counts as one item, its kind, order, timescale and addressees."""

from __future__ import annotations

import pytest

import ontology
from loaders.asks.recommendations import blocks_of_recommendations, recommendations
from loaders.records import Recommendation
from loaders.statements.sections import sections
from loaders.text import Text
from tests.loaders.printed import printed

VOCABULARY = ontology.load()


def asked(*lines: str) -> tuple[Recommendation, ...]:
    text = printed(*lines)
    return recommendations(sections(text, VOCABULARY), text, VOCABULARY)


def statements(*lines: str) -> list[str]:
    return [one.statement for one in asked(*lines)]


def test_numbered_paragraphs_under_recommendations_count_from_one_in_each_list_and_keep_the_printed_number() -> None:
    found = asked(
        "# Recommendations",
        "1. Ensure that visits are made on time.",
        "2. Improve the recording of visits.",
        "# The Local Safeguarding Children Board",
        "## Recommendations",
        "97. Review how audits are chosen.",
    )
    assert [(one.kind, one.number, one.paragraph) for one in found] == [
        ("recommendation", 1, "1"),
        ("recommendation", 2, "2"),
        ("recommendation", 1, "97"),
    ]
    assert found[2].area == "lscb"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("What needs to improve?", "area-for-improvement"),
        ("Areas for improvement", "area-for-improvement"),
        ("Areas for priority action", "area-for-priority-action"),
        ("Priority and immediate action", "area-for-priority-action"),
        ("Recommendations", "recommendation"),
    ],
)
def test_the_heading_decides_the_kind(heading: str, kind: str) -> None:
    assert [one.kind for one in asked(f"# {heading}", "• The quality of plans.")] == [kind]


def test_timescales_that_stand_between_the_items_belong_to_those_below() -> None:
    found = asked(
        "# Areas for improvement",
        "3. In order to improve services, the council and its partners should take the following action.",
        "Immediately:",
        "• review all closed referrals",
        "Within three months:",
        "• publish thresholds",
        "• train all chairs.",
    )
    assert [(one.number, one.timescale) for one in found] == [
        (1, "Immediately"),
        (2, "Within three months"),
        (3, "Within three months"),
    ]


def test_a_stem_with_its_sub_bullets_is_one_recommendation() -> None:
    assert statements(
        "# Recommendations",
        "1. Improve plans so that they:",
        "• say what must change",
        "• say by when.",
        "2. Ensure that:",
        "(i) all children are seen",
        "(ii) what they say is written down.",
    ) == [
        "Improve plans so that they: say what must change say by when.",
        "Ensure that: all children are seen what they say is written down.",
    ]


def test_bullets_of_the_second_level_belong_to_the_bullet_above() -> None:
    assert statements("# Areas for improvement", "• Planning for:", "– moves", "– adulthood.", "• Supervision.") == [
        "Planning for: moves adulthood.",
        "Supervision.",
    ]


def test_an_item_that_a_footnote_cuts_in_two_is_whole_again() -> None:
    found = asked(
        "# Recommendations", "1. Ensure that plans are written", "^ A note.", "in plain words.", "2. Train staff."
    )
    assert [one.statement for one in found] == ["Ensure that plans are written in plain words.", "Train staff."]
    assert len(found[0].spans) == 2


def test_a_table_gives_what_in_its_last_cell_and_who_in_its_first() -> None:
    found = asked(
        "# Areas for priority action",
        "| Responsible body | Areas for priority action",
        "| Westmere Council and the health board | Leaders should act with urgency to ensure that:",
        "• plans are issued on time",
        "• plans are reviewed.",
        "| Westmere Council | Leaders should shorten waits.",
        "|  | Leaders should also tell families how long they will wait.",
    )
    assert [(one.addressees, one.statement) for one in found] == [
        (
            ("Westmere Council and the health board",),
            "Leaders should act with urgency to ensure that: plans are issued on time plans are reviewed.",
        ),
        (
            ("Westmere Council",),
            "Leaders should shorten waits. Leaders should also tell families how long they will wait.",
        ),
    ]


def test_rows_that_came_as_one_paragraph_are_parted_where_the_next_body_is_asked() -> None:
    assert statements(
        "# Areas for improvement",
        "Leaders across the partnership should write plans sooner. This should include health advice."
        " Leaders across the partnership should use what they measure.",
    ) == [
        "Leaders across the partnership should write plans sooner. This should include health advice.",
        "Leaders across the partnership should use what they measure.",
    ]


def test_a_sentence_that_leads_into_bullets_opens_a_list_that_the_next_paragraph_ends() -> None:
    found = asked(
        "The visit found much that is good.",
        "To do better still, Westmere should concentrate on:",
        "• The pace of planning.",
        "• Supervision of new staff.",
        "A Westmere website.",
        "• Contact us.",
    )
    assert [(one.kind, one.statement) for one in found] == [
        ("area-for-improvement", "The pace of planning."),
        ("area-for-improvement", "Supervision of new staff."),
    ]


def test_there_are_no_areas_is_no_area() -> None:
    assert statements(
        "# Priority and immediate action",
        "9. The inspection did not find any such areas.",
        "# Areas for improvement",
        "10. Ensure that thresholds are understood.",
    ) == ["Ensure that thresholds are understood."]


def test_there_is_no_data_is_an_area_all_the_same() -> None:
    assert statements("# Areas for improvement", "• There is no data on neglect in the unit.") != []


def test_a_topic_line_between_items_is_no_item_and_does_not_end_the_list() -> None:
    assert statements(
        "# Areas for improvement",
        "Quality of practice",
        "5. Improve chronologies.",
        "Performance information",
        "6. Measure what matters.",
    ) == ["Improve chronologies.", "Measure what matters."]


def test_headings_inside_a_list_go_on_with_it_and_findings_after_it_do_not() -> None:
    assert statements(
        "# Areas for improvement",
        "# Children who go missing",
        "• Return interviews are late.",
        "# Leadership",
        "• Leaders lack data.",
        "# Main findings",
        "• Children are seen often.",
    ) == ["Return interviews are late.", "Leaders lack data."]


def test_bullets_of_findings_are_no_recommendations() -> None:
    assert statements("# Main findings", "Inspectors found that:", "• Plans should be clearer, parents say.") == []


def test_a_letter_that_stands_for_a_lost_bullet_is_not_part_of_the_statement() -> None:
    assert statements("# What needs to improve", "B The use of audits.", "B The pace of plans.") == [
        "The use of audits.",
        "The pace of plans.",
    ]


def test_the_contents_page_holds_no_list() -> None:
    assert statements("# Contents", "| What does the local authority need to improve? | 4", "| Summary | 5") == []


def test_every_span_is_a_stretch_of_the_text_and_together_they_are_the_statement() -> None:
    text = printed("# Recommendations", "1. Improve plans:", "• soon", "• and well.")
    (one,) = recommendations(sections(text, VOCABULARY), text, VOCABULARY)
    assert " ".join(text.words(span) for span in one.spans) == one.statement


def _blocks(text: Text) -> list[str]:
    taken = blocks_of_recommendations(sections(text, VOCABULARY), text, VOCABULARY)
    return [text.words(span) for span in sorted(taken)]


def test_the_blocks_of_a_list_are_taken_lead_in_included() -> None:
    text = printed(
        "# Areas for improvement", "The council should:", "• Act sooner.", "# Findings", "Children are safe."
    )
    assert _blocks(text) == ["The council should:", "Act sooner."]


def test_areas_that_describe_at_length_what_is_wrong_stay_open_to_be_read_as_findings() -> None:
    text = printed(
        "# Areas for improvement",
        "• Health staff are not always told of concerns. This leaves some children without help for weeks.",
        "• Police records are incomplete. As a result risks are missed by other agencies.",
    )
    assert _blocks(text) == []
    assert len(recommendations(sections(text, VOCABULARY), text, VOCABULARY)) == 2
