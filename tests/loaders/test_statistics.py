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
        ("There were 31 cases in 2013–14, 36 in 2014–15 and there are now 28.", ["31", "36", "28"]),
        ("At 31 August 2014, one child lived with friends of the family.", ["1"]),
        ("The number of children known to be fostered privately stays low at only three.", ["3"]),
        ("Recruitment has raised the number of in-house placements to 88.", ["88"]),
        ("Too many assessments (94) were late and few children (four) returned.", ["94", "4"]),
        ("Pre-proceedings fell from 44 weeks to 31 weeks.", ["44weeks", "31weeks"]),
        ("Waits range from 16 to 809 days from entry to a new family.", ["16days", "809days"]),
        ("Twelve went missing in May 2015, of which 11 were looked after.", ["12", "11"]),
        ("In all 80 children left care, of whom three subsequently returned.", ["80", "3"]),
        ("Eight homes are good and one requires improvement.", ["8", "1"]),
        ("The rate fell from 51.2 (2013–14) to 47.3 in quarter 2 for 190 children.", ["51.2", "47.3", "190"]),
        ("At 520 days, it misses the target of 480 days but not the average of 630 days.", ["520days", "630days"]),
        ("Of 167 children only 31 provided their views and only 13 came.", ["167", "31", "13"]),
        ("This is an increase from one at 31 March 2017.", ["1"]),
        ("Eight children lived there, compared with three a year earlier.", ["8", "3"]),
        ("The number fostered privately fell from 13 in March 2013 to currently three.", ["13", "3"]),
        ("The timeliness of proceedings was 33 weeks.", ["33weeks"]),
        ("The group learns from cases, with four completed this year.", ["4"]),
        ("Waits to be treated are good at between two and four weeks.", ["2weeks", "4weeks"]),
        ("Seven out of eight achieved the level.", ["7", "8"]),
        ("There were 150 challenges, which includes 57 to social workers.", ["150", "57"]),
        ("The average number of working days by which it was missed was 38.", ["38"]),
        ("Work is based around 25 multi-agency clusters and 27 practice alerts.", ["25", "27"]),
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
        "The play is shown to most Year 8 pupils, and a new birth to 25 service begins.",
        "The scorecard measures average times over three years.",
        "Children who had three placements or more are few.",
        "The board has recommended that presence increases from two to five days.",
        "Some children need an assessment and benefit from one, as learning from one interview shows.",
        "It is a culture and one where staff learn; some came and one reported that it was good.",
        "They live over 20 miles away from home, within a 20-mile radius, on average of six months’ data.",
        "The timeliness of plans for those aged 11 to 16 years is poor, and misses statutory timescales of 26 weeks.",
        "The average is of people between 18 and 24 years of age.",
        "She was held on two occasions following thefts.",
        "The statement (paragraph 14) follows the guidance (2018) and Grade 4 (Inadequate).",
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


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("There are 79 elective home educated (EHE) pupils.", ["pupils"]),
        ("There were 1,040 episodes of 236 young people going missing.", ["episodes", "young people"]),
        ("Of 115 pupils there is just one child whose case is open.", ["pupils", "children"]),
        ("Two attend the unit for pupils.", ["count"]),
        ("In all 25 children live in homes, of whom 10 live far away.", ["children", "children"]),
        ("There are 36 care leavers in flats, 12 are in lodgings and four are in shared homes.", ["care leavers"] * 3),
        ("The number of children known to the offending team fell from 60 to 36.", ["children", "children"]),
        ("The rate of entry, at 83 per 10,000, is higher than the rate of 60 per 10,000 children.", ["per 10,000"] * 2),
        ("Adopters rose from 10 in 2012–13, and the board reports a rise to 20 in 2014–15.", ["adopters", "adopters"]),
        ("A high number of challenges to agencies (157) was made.", ["challenges"]),
        ("Of seven pods, two groups of children looked after use one.", ["pods", "groups"]),
        ("In all 58 (8%) looked after children were missing 128 times.", ["children"]),
        ("At 31 March 2016, a rate of 60 per 10,000 children; this is an increase from 690.", ["per 10,000 children"]),
        ("A structure of 10 sub-groups presents a challenge.", ["sub-groups"]),
        ("Caseloads are high at around 40 and managers know it.", ["cases"]),
    ],
)
def test_the_unit_is_what_the_number_itself_counts(words: str, units: list[str]) -> None:
    assert [one.unit.removesuffix(" children") for one in stated("# Main findings", words)][: len(units)] == [
        unit.removesuffix(" children") for unit in units
    ]


def test_a_sentence_that_only_compares_takes_what_is_counted_from_the_one_before() -> None:
    first, second = stated(
        "# Main findings", "At 31 March 2015, 86 children had a plan. This is a reduction from 152 in March 2014."
    )
    assert (second.unit, second.counts) == (
        "children",
        "children had a plan: This is a reduction from … in March 2014",
    )
    assert first.period == "At 31 March 2015"


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("There is a backlog of reviews of deaths (84 children).", "a backlog of reviews of deaths"),
        ("Absence fell from 5.4% to 4.6% for 2012-13.", "Absence fell from 5.4% to … for 2012-13"),
        ("The rate of entry, at 55%, is low.", "The rate of entry, at"),
    ],
)
def test_a_clause_that_says_nothing_takes_the_one_before_it(words: str, counts: str) -> None:
    assert stated("# Main findings", words)[-1].counts == counts


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("Over 900 nurses were trained from April to September 2016.", "from April to September 2016"),
        ("Thirteen children went missing between January and June 2015.", "between January and June 2015"),
        ("Six orders were granted in the first quarter of 2015–16.", "in the first quarter of 2015–16"),
        ("The average for 2011 to 2014 was 111 days.", "for 2011 to 2014"),
        ("About 60% of children remain in the same home for two years.", None),
    ],
)
def test_a_period_is_named_whole(words: str, period: str | None) -> None:
    assert [one.period for one in stated("# Main findings", words)][:1] == [period]


def test_what_is_described_under_areas_for_improvement_has_its_figures() -> None:
    text = printed("# Areas for improvement", "• Police are slow. Almost 500 incidents had not been assessed.")
    parts = sections(text, VOCABULARY)
    assert statistics(parts, text, asking=frozenset(block.span for block in text.blocks)) == ()
    assert [str(one.value) for one in statistics(parts, text, asking=frozenset())] == ["500"]


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
