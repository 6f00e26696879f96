"""Statistics: which numbers of a sentence count something, with value, unit, what they count, period and comparison."""

from __future__ import annotations

from decimal import Decimal

import pytest

import ontology
from loaders.figures.statistics import counting, statistics
from loaders.figures.written import figures
from loaders.records import Statistic
from loaders.statements.sections import sections
from tests.loaders.printed import printed

VOCABULARY = ontology.load()


def values(words: str) -> list[str]:
    return [f"{figure.value}{figure.unit}" for figure in counting(words)]


def stated(*lines: str) -> tuple[Statistic, ...]:
    text = printed(*lines)
    return statistics(sections(text, VOCABULARY), text)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("About 61,300 children live in Westmere.", ["61300"]),
        ("There were eleven complaints and a further six allegations.", ["11", "6"]),
        ("It has 90 schools: 70 primary schools, five infant schools and two special schools.", ["90", "70", "5", "2"]),
        ("Attendance is low at 19.5%.", ["19.5%"]),
        ("Two thirds of care leavers and half of the staff replied.", ["66.7%"]),
        ("This saves £1.5 million and one post.", ["1500000.0GBP", "1"]),
        ("At 31 March 2015, 412 children were looked after (a rate of 38 per 10,000 children).", ["412", "38"]),
        ("The number of groups fell from 14 to 10 after a review.", ["14", "10"]),
        ("This is an increase from nine at 31 March 2014.", ["9"]),
        ("18 of 20 brothers and sisters live together.", ["18", "20"]),
        ("120 live with foster families, of whom 44% live elsewhere.", ["120", "44%"]),
        ("It took 412 days on average, compared with 530 days nationally.", ["412days", "530days"]),
        ("Only one disruption occurred.", ["1"]),
        ("Four long-term teams, one of three duty teams, hold 14 looked after children's cases.", ["4", "3", "14"]),
        ("Nine in 10 of them were seen; four of them waited.", ["9", "10", "4"]),
        ("The wait has been cut to six weeks.", ["6weeks"]),
        ("More than 2,300 people came, 64 more than before.", ["2300", "64"]),
    ],
)
def test_figures_about_children_staff_cases_and_services_are_counted(words: str, expected: list[str]) -> None:
    assert values(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "The inspection was on 4 and 5 September 2019 and in May 2021.",
        "Children aged 16 to 17, under-fives and young people over the age of 18 are helped.",
        "Homeless 16- and 17-year-olds are assessed.",
        "Section 47 enquiries and Regulation 44 visits happen.",
        "Children do well at key stage 2 and in Year 9, at level three.",
        "Reviews are held within 15 working days and every three months.",
        "A team of nine inspectors, four of Her Majesty's Inspectors, came for two weeks.",
        "It is one of only three local authorities to do so.",
        "The board has five key priorities and made 12 recommendations.",
        "Leaders plan to recruit 20 social workers and should visit 12 homes.",
        "Call 0300 123 1231 in room 42.",
        "For example, one parent was helped to study. One young person said so.",
        "Children helped one another, and one-to-one work is good.",
        "Some children had three or more moves.",
        "Care leavers between 19 and 21 are helped, as they were five years ago, to wait less.",
        "Nearly half of all plans are late, and a third of staff agree.",
        "The strategy for 2015-16 and 2016−17 replaced an older one.",
    ],
)
def test_dates_ages_law_limits_ranks_plans_and_idioms_count_nothing(words: str) -> None:
    assert values(words) == []


def test_a_year_eleven_is_no_school_year_after_over_the_last_year() -> None:
    assert values("Over the last year 11 complaints were received.") == ["11"]


def test_each_gives_the_figure_to_both() -> None:
    found = stated("# Service information", "The categories were emotional abuse and neglect with 42% each.")
    assert [(one.value, one.counts) for one in found] == [(Decimal(42), "emotional abuse"), (Decimal(42), "neglect")]


def test_unit_counts_period_and_comparison_come_from_the_sentence() -> None:
    (first, second) = stated(
        "# Service information",
        "At the time of the inspection 12% of children were entitled to free meals, compared with 20% in England.",
    )
    assert (first.unit, first.period, first.compared_with) == ("%", "At the time of the inspection", "20% in England")
    assert second.compared_with is None


def test_the_unit_is_the_noun_in_the_plural() -> None:
    (one,) = stated("# Main findings", "There has been one family group conference, and one child took part.")[1:]
    assert one.unit == "children"


def test_a_stem_says_what_its_bullets_count_and_when() -> None:
    found = stated(
        "# Information about this local authority area",
        "• Free school meals:",
        "– in primary schools 8% (the national average is 14%)",
        "• In the last 12 months:",
        "– there have been 46 adoptions",
        "• The council has two homes.",
    )
    assert [(str(one.value), one.counts, one.period) for one in found] == [
        ("8", "Free school meals: in primary schools", None),
        ("14", "Free school meals: the national average is", None),
        ("46", "In the last 12 months: adoptions", "In the last 12 months"),
        ("2", "homes", None),
    ]
    assert found[0].compared_with == "the national average is 14%"


def test_the_span_is_the_sentence_that_states_it() -> None:
    text = printed("# Main findings", "5. Plans are good. There are 30 apprentices. All are proud.")
    (one,) = statistics(sections(text, VOCABULARY), text)
    assert (text.words(one.span), one.paragraph, one.section) == ("There are 30 apprentices.", "5", "Main findings")


def test_recommendations_methods_and_tables_state_no_figures() -> None:
    assert (
        stated(
            "# Recommendations",
            "1. Ensure that 20 children are seen.",
            "# Main findings",
            "| 2.1 | Recruit 12 workers",
            "# About this inspection",
            "Inspectors read 30 case files.",
        )
        == ()
    )


def test_offsets_of_a_figure_slice_back_to_its_words() -> None:
    words = "Of 1,250 pupils, forty-two per cent and two thirds of boys came."
    assert [words[figure.start : figure.end] for figure in figures(words)] == [
        "1,250",
        "forty-two per cent",
        "two thirds",
    ]
