"""What a plan's legend says of its ratings, kept beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

import ontology
from loaders.packs.legends import Legend, explained
from loaders.reading.plain import read_plain
from loaders.text import Text

VOCABULARY = ontology.load((Path(__file__).parents[1] / "samples" / "authorities.ttl",))


def text_of(*lines: str) -> Text:
    return read_plain("\n".join(lines).replace("|", "\t").encode(), "plan.txt")


def legend_of(*lines: str) -> Legend:
    text = text_of(*lines)
    return explained(text.blocks, text, VOCABULARY)


def test_progress_and_impact_have_each_their_own_meanings() -> None:
    found = legend_of(
        "Progress RAG|Blue: complete|Green: on course",
        "Impact RAG|Green: outcomes are better|Red: nothing shows yet",
    )
    assert found.meaning("progress", "Green", "green") == "on course"
    assert found.meaning("impact", "GREEN", "green") == "outcomes are better"
    assert found.meaning("progress", "Red", "red") is None


@pytest.mark.parametrize(
    "lines",
    [
        ["Key: ", "", "Green = on course; Red = late"],
        ["Green – on course, Red – late"],
        ["Green - on course", "", "Red - late."],
        ["Green|on course", "Red|late"],
    ],
)
def test_a_rating_explained_once_means_the_same_for_both(lines: list[str]) -> None:
    found = legend_of(*lines)
    assert [found.meaning(side, "Red", "red") for side in ("progress", "impact")] == ["late", "late"]
    assert found.meaning("progress", "G", "green") == "on course"


def test_the_line_above_says_which_rating_is_explained() -> None:
    found = legend_of("Impact rating", "", "Green: outcomes are better", "", "Red: nothing shows yet")
    assert found.meaning("impact", "Green", "green") == "outcomes are better"
    assert found.meaning("progress", "Green", "green") is None


@pytest.mark.parametrize(
    "lines",
    [
        ["Green: the colour of the new building."],
        ["1.1|Visit every child.|Ann Lee|Green: nearly done", "1.2|Read records.|Ann Lee|Amber: begun"],
        ["Visit every child.|Green|Amber", "Read records.|Red|Red"],
        ["Green|Amber", "Red|Green"],
    ],
)
def test_words_on_one_colour_and_the_rows_of_actions_are_no_legend(lines: list[str]) -> None:
    assert legend_of(*lines) == Legend()


def test_a_letter_of_the_plans_own_has_its_meaning() -> None:
    text = text_of("C - Complete; O - Overdue by a month")
    found = explained(text.blocks, text, VOCABULARY, {"c": "complete", "o": "red"})
    assert found.meaning("progress", "O", "red") == "Overdue by a month"


def test_the_lines_of_a_legend_are_its_evidence() -> None:
    text = text_of("Aims", "", "We want better lives.", "", "Green = on course; Red = late")
    found = explained(text.blocks, text, VOCABULARY)
    assert [text.words(span) for span in found.spans] == ["Green = on course; Red = late"]
