"""Mentions: other inspections that a document speaks of, each once, with when, framework and grades as far as said."""

from __future__ import annotations

from pathlib import Path

import pytest

import ontology
from loaders.facts.mentions import mentions
from loaders.records import Mention
from loaders.statements.sections import sections
from tests.loaders.printed import printed

VOCABULARY = ontology.load((Path(__file__).parents[1] / "samples" / "authorities.ttl",))
OWN = ("E99000001",)


def spoken(*lines: str) -> tuple[Mention, ...]:
    text = printed(*lines)
    return mentions(sections(text, VOCABULARY), text, VOCABULARY, OWN)


def whens(*lines: str) -> list[str | None]:
    return [one.when for one in spoken("# Main findings", *lines)]


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("Since its last inspection in 2017, progress has been made.", "2017"),
        ("Since the last inspection in February 2022 much has changed.", "2022-02"),
        ("Since the 2014 inspection much has changed.", "2014"),
        ("A weakness of the February 2018 inspection remains.", "2018-02"),
        ("Date of previous inspection: 10 to 14 December 2018", "2018-12-10"),
        ("In September 2017 the council's services were inspected.", "2017-09"),
        ("The last inspection of adoption services took place in May 2011.", "2011-05"),
        ("Services were judged to be good in June 2013.", "2013-06"),
        ("Since the last inspection, practice is better.", None),
        ("In November 2014 an Ofsted inspection of the council's services found drift.", "2014-11"),
        (
            "The last single inspection of the council's work with children who need help, those whom it looks after,"
            " those who wait for adoption and those who have left its care at the age of 18 was in April 2014.",
            "2014-04",
        ),
    ],
)
def test_an_earlier_inspection_is_dated_as_far_as_it_is_said(sentence: str, when: str | None) -> None:
    assert whens(sentence) == [when]


@pytest.mark.parametrize(
    "sentence",
    [
        "This inspection was made under section 136 of the Inspections Act 2006.",
        "At the time of the inspection, 12 children waited.",
        "The next inspection will be in 2025.",
        "The council runs two children's homes, judged good in their most recent inspection in 2016.",
        "An inspection of The Larches in May 2012 judged the home as adequate.",
        "The city's pupil units, which were judged good at the last inspection in 2012, help.",
        "Dates of previous inspection: Not previously inspected",
        "Children receive an initial visit, and visits rose in 2016.",
        "In the two years prior to the inspection no reviews were begun.",
    ],
)
def test_the_documents_own_inspection_and_those_of_homes_are_not_mentioned(sentence: str) -> None:
    assert whens(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        (
            "The same weakness was reported in 2012 and in 2016, had eased by 2019 and has now returned.",
            ["2012", "2016"],
        ),
        ("Leaders accept the failings identified in 2014.", ["2014"]),
        ("The areas for priority action identified in June 2022 have been met.", ["2022-06"]),
        ("Weaknesses were identified in 2014 by an internal audit.", []),
        ("The board noted shortfalls which it had raised in 2015 in its review.", []),
        ("The number of weaknesses found in 2 of 20 files was small.", []),
        ("Only one disruption was reported in 2014.", []),
        ("The areas for improvement identified in April 2016 after the JTAI are met.", []),
    ],
)
def test_a_weakness_reported_in_a_year_is_of_an_inspection_in_that_year(sentence: str, dates: list[str]) -> None:
    assert whens(sentence) == dates


def test_all_places_that_mean_one_inspection_are_one_mention() -> None:
    (one,) = spoken(
        "# Main findings",
        "Progress has been slow since the last inspection.",
        "Since the last inspection in March 2019, when services were judged to be inadequate, leaders have changed.",
        "In 2019 the inspection found drift. Staff have stayed since the inspection.",
    )
    assert (one.when, len(one.spans)) == ("2019-03", 4)
    assert [(judged.area, judged.grade) for judged in one.judgements] == [("overall", "inadequate")]


def test_inspections_of_different_dates_services_or_frameworks_stay_apart_in_the_order_of_the_document() -> None:
    found = spoken(
        "# Main findings",
        "The joint targeted area inspection (JTAI) in February 2016 found delay.",
        "The previous inspection in 2014 did too.",
        "The last inspection of private fostering found gaps.",
        "At the focused visit in May 2018 inspectors saw change.",
    )
    assert [(one.when, one.framework) for one in found] == [
        ("2016-02", "jtai"),
        ("2014", None),
        (None, None),
        ("2018-05", "ilacs-focused-visit"),
    ]


def test_the_next_sentence_and_the_lines_of_a_list_give_the_grades() -> None:
    first, second = spoken(
        "# Main findings",
        "• The last inspection looked at arrangements for the protection of children in January 2013."
        " Services were judged to be adequate.",
        "• The previous inspection of the council's services was published in September 2015. The judgements were:",
        "– Overall effectiveness: inadequate",
        "– Adoption performance: good",
    )
    assert first.framework == "child-protection-2012"
    assert [(one.area, one.grade) for one in first.judgements] == [("overall", "adequate")]
    assert [(one.area, one.grade) for one in second.judgements] == [("overall", "inadequate"), ("adoption", "good")]


def test_each_area_that_following_sentences_grade_has_its_own_grade() -> None:
    (one,) = spoken(
        "# Previous Ofsted inspections",
        "• The previous inspection of the council's work with children was in April 2014."
        " The overall effectiveness was judged to be inadequate. Leadership, management"
        " and governance were judged to be good. The graded judgement for adoption performance was that it was"
        " outstanding. The graded judgement for care leavers was that they required improvement. Adoption"
        " performance is now judged to be good.",
    )
    assert [(judged.area, judged.grade) for judged in one.judgements] == [
        ("overall", "inadequate"),
        ("leadership", "good"),
        ("adoption", "outstanding"),
        ("care-leavers", "requires-improvement"),
    ]


@pytest.mark.parametrize(
    ("sentence", "framework"),
    [
        ("The previous inspection of children’s services was in August 2014.", None),
        ("The previous inspection of children’s services was in August 2019.", "ilacs"),
        ("Since the last inspection in 2017 and a focused visit since, help is better.", None),
        ("At the ILACS focused visit in January 2022 inspectors saw change.", "ilacs-focused-visit"),
    ],
)
def test_no_inspection_is_of_a_framework_of_another_time_or_of_a_visits(sentence: str, framework: str | None) -> None:
    assert [one.framework for one in spoken("# Main findings", sentence)] == [framework]


def test_a_date_belongs_to_the_inspection_right_before_it() -> None:
    found = spoken(
        "# Main findings",
        "What the previous inspection, and then the focused visit in 2019, had criticised is better.",
        "The share of 41% at the previous inspection rose to 58% in March 2018.",
    )
    assert {(one.when, one.framework) for one in found} == {(None, None), ("2019", "ilacs-focused-visit")}


@pytest.mark.parametrize(
    ("what", "area"),
    [
        ("services for looked after children", ["children-looked-after"]),
        ("safeguarding and looked after children services", ["overall"]),
        ("fostering service", []),
        ("adoption service", ["adoption"]),
    ],
)
def test_the_grade_of_one_service_is_not_that_of_the_whole(what: str, area: list[str]) -> None:
    (one,) = spoken("# Background", f"The last inspection of the council's {what} was in May 2011. It was judged good.")
    assert [judged.area for judged in one.judgements] == area


def test_what_is_not_good_enough_is_given_no_grade() -> None:
    (one,) = spoken("# Main findings", "The inspection in 2014 found that help was not of a good enough standard.")
    assert one.judgements == ()


def test_a_grade_for_one_area_in_the_sentence_itself_is_not_the_overall_one() -> None:
    (one,) = spoken("# Main findings", "At the last inspection in 2014, adoption performance was judged inadequate.")
    assert [(judged.area, judged.grade) for judged in one.judgements] == [("adoption", "inadequate")]


def test_the_date_of_the_previous_inspection_at_the_head_of_a_report_is_of_its_own_framework() -> None:
    (one,) = spoken(
        "# Area SEND inspection of Saltmere Local Area Partnership",
        "Inspection dates: 4 to 8 March 2024",
        "Dates of previous inspection: 10 to 14 December 2018",
    )
    assert (one.when, one.framework) == ("2018-12-10", "area-send")


def test_the_grade_that_was_given_counts_and_not_the_one_before_it() -> None:
    (one,) = spoken(
        "# Main findings",
        "At the last inspection in 2017 services had moved on from a judgement of inadequate and were judged to"
        " require improvement.",
    )
    assert [judged.grade for judged in one.judgements] == ["requires-improvement"]


def test_where_one_grade_names_its_area_another_that_names_none_is_not_of_the_whole() -> None:
    (one,) = spoken(
        "# Background",
        "The last inspection of children's services was in May 2016, when the council was judged inadequate in"
        " respect of children looked after, while leadership and adoption were found to require improvement.",
    )
    assert [(judged.area, judged.grade) for judged in one.judgements] == [("children-looked-after", "inadequate")]


def test_it_is_of_the_own_authority_unless_another_is_named_for_it() -> None:
    own, other = spoken(
        "# Main findings",
        "The inspection in 2012 found drift.",
        "The inspection of Saltmere in 2013 found less.",
    )
    assert own.authorities == OWN
    assert other.authorities == ("E99000002",)


def test_spans_are_the_sentences() -> None:
    text = printed("# Main findings", "All is well. Since the last inspection in 2017 it is better. Good.")
    (one,) = mentions(sections(text, VOCABULARY), text, VOCABULARY, OWN)
    assert [text.words(span) for span in one.spans] == ["Since the last inspection in 2017 it is better."]
