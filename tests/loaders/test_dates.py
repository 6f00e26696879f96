"""Days as they are printed: stretches, stages, what a day leaves unsaid, and what is no date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.facts.dates import date_range, dates, moments, stretches

PRINTED = [
    ("6 to 10 February 2023", "2023-02-06", "2023-02-10"),
    ("28 April 2017 to 25 May 2017", "2017-04-28", "2017-05-25"),
    ("6 to 10 December 2021 and 15 to 16 February 2022", "2021-12-06", "2022-02-16"),
    ("5 and 6 June 2018, 11 to 15 June 2018", "2018-06-05", "2018-06-15"),
    ("4 and 5 September 2019", "2019-09-04", "2019-09-05"),
    ("Between 22 and 26 February 2016, inspectors", "2016-02-22", "2016-02-26"),
    ("between the 3rd and the 7th of June 2013", "2013-06-03", "2013-06-07"),
    ("21 November–15 December 2016", "2016-11-21", "2016-12-15"),
    ("20 June 2017 ─ 13 July 2017", "2017-06-20", "2017-07-13"),
    ("Monday 4 – Friday 8 September 2018", "2018-09-04", "2018-09-08"),
    ("12 December to 13 January 2023", "2022-12-12", "2023-01-13"),
    ("12 December 2022 to 13 January", "2022-12-12", "2023-01-13"),
    ("14November 2016 to 7 December2016", "2016-11-14", "2016-12-07"),
    ("3/10/2022 - 14/10/2022", "2022-10-03", "2022-10-14"),
    ("23 November 2023.", "2023-11-23", "2023-11-23"),
]


@pytest.mark.parametrize(("words", "first", "last"), PRINTED, ids=[words for words, *_ in PRINTED])
def test_an_expression_of_days_is_one_stretch_from_its_first_to_its_last_day(words: str, first: str, last: str) -> None:
    found = date_range(words)
    assert found is not None
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


def test_a_missing_year_is_taken_from_the_document_only_where_it_is_given() -> None:
    assert date_range("23 and 24 November") is None
    found = date_range("23 and 24 November", year=2023)
    assert found is not None
    assert (found.first, found.last) == (date(2023, 11, 23), date(2023, 11, 24))


def test_days_that_go_back_in_time_are_two_expressions() -> None:
    assert [s.first.isoformat() for s in stretches("on 5 May 2018 and 6 June 2017")] == ["2018-05-05", "2017-06-06"]


@pytest.mark.parametrize(
    "words", ["paragraphs 3, 4 and 5", "24/7 help", "31 June 2018", "12.5 May be", "aged 16 to 17"]
)
def test_numbers_that_are_no_days_give_none(words: str) -> None:
    assert dates(words) == ()


def test_a_date_is_said_as_far_as_the_words_go() -> None:
    words = "since 2017, in February 2022 and on 3 May 2019, not in 2014-15"
    assert [moment.when for moment in moments(words)] == ["2017", "2022-02", "2019-05-03"]
    assert [words[m.start : m.end] for m in moments(words)] == ["2017", "February 2022", "3 May 2019"]


@given(st.dates(date(1990, 1, 1), date(2089, 12, 31)), st.integers(1, 60))
def test_every_stretch_is_read_back(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    for form in ("%-d %B %Y", "%-d %b %Y", "%d/%m/%Y"):
        found = date_range(f"Inspection dates: {first.strftime(form)} to {last.strftime(form)}")
        assert found is not None
        assert (found.first, found.last) == (first, last)
