"""Sentences: where they end, what is left out of them, and the mark that ties one to recommendations."""

from __future__ import annotations

from itertools import pairwise

import pytest

from loaders.statements.sentences import marked_sentences, sentences
from loaders.text import Span, Text


def told(words: str) -> list[tuple[str, bool]]:
    text = Text(words, ())
    return [(text.words(span), marked) for span, marked in marked_sentences(text, Span(0, len(words)))]


def plain(words: str) -> list[str]:
    return [sentence for sentence, _ in told(words)]


@pytest.mark.parametrize(
    "words",
    [
        "Mr. Adeyemi met the board.",
        "Support, e.g. mentoring, is offered early.",
        "Rates rose from 3.5 to 4.2 per cent.",
        "The St. Aidan team visits weekly.",
        "The report by J. Okoro was heard.",
    ],
)
def test_an_abbreviation_an_initial_or_a_decimal_ends_no_sentence(words: str) -> None:
    assert plain(f"{words} Next one.") == [words, "Next one."]


def test_a_full_stop_before_or_after_a_closing_quote_ends_a_sentence() -> None:
    assert plain("“I feel safe.” Others agreed. They said ‘yes’. Good.") == [
        "“I feel safe.”",
        "Others agreed.",
        "They said ‘yes’.",
        "Good.",
    ]


def test_questions_and_exclamations_end_sentences() -> None:
    assert plain("Who listens? Nobody! That is wrong.") == ["Who listens?", "Nobody!", "That is wrong."]


def test_a_footnote_number_after_the_full_stop_is_left_out() -> None:
    assert plain("Visits are late.3 Plans drift.") == ["Visits are late.", "Plans drift."]


def test_a_paragraph_number_left_in_the_text_is_no_part_of_its_sentence() -> None:
    assert plain("Visits are late. 14. Plans drift.") == ["Visits are late.", "Plans drift."]


def test_a_year_at_the_end_of_a_sentence_stays_in_it() -> None:
    assert plain("This began in 2014. It has grown.") == ["This began in 2014.", "It has grown."]


@pytest.mark.parametrize(
    "mark", ["(Recommendation)", "(Recommendation 3)", "(recommendations 3 and 4)", "[Recommendation]"]
)
@pytest.mark.parametrize("stop", ["Visits are late. {}", "Visits are late {}."])
def test_the_mark_of_a_recommendation_is_told_and_left_out(mark: str, stop: str) -> None:
    (first, marked), *rest = told(stop.format(mark) + " Plans drift.")
    assert (first.rstrip("."), marked) == ("Visits are late", True)
    assert rest == [("Plans drift.", False)]


def test_a_recommendation_spoken_of_is_no_mark() -> None:
    assert told("The recommendation (made in 2015) was met.") == [("The recommendation (made in 2015) was met.", False)]


def test_every_sentence_is_a_slice_in_order_that_does_not_overlap() -> None:
    words = "One is done. Two (Recommendation). “Three.” Four e.g. this; five. 6. Seven…"
    text = Text(words, ())
    spans = sentences(text, Span(0, len(words)))
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(text.words(span) == text.words(span).strip() for span in spans)


def test_an_enormous_stretch_without_a_full_stop_is_one_sentence_soon() -> None:
    words = "word " * 40_000
    assert len(plain(words)) == 1
