"""Names of authorities in text: every authority in every regular spelling, and never a neighbour by mistake."""

from __future__ import annotations

from datetime import date

import pytest

import ontology
from loaders.facts.names import authorities_in, most_named

VOCABULARY = ontology.load()
FORMS = ("{}", "{} Council", "{} City Council", "{} County Council", "{} Metropolitan Borough Council", "the {}")


def codes(words: str, on: date | None = None) -> list[str]:
    return [named.gss for named in authorities_in(words, VOCABULARY, on)]


def names(words: str) -> list[str]:
    return [VOCABULARY.authorities[code].name for code in codes(words)]


@pytest.mark.parametrize("authority", VOCABULARY.authorities.values(), ids=lambda authority: authority.gss)
def test_every_authority_is_known_by_every_spelling(authority: ontology.Authority) -> None:
    day = date(2018, 1, 1) if authority.succeeded_by else date(2024, 1, 1)
    for name in authority.names:
        for form in FORMS if "Council" not in name else FORMS[:1]:
            printed = form.format(name)
            if printed in ("Dorset Council", "Dorset County Council"):
                continue  # the names of two bodies, told apart below
            for words in (printed, printed.replace(" and ", " & "), printed.replace("-", " ")):
                assert codes(f"Inspection of {words} local authority", day) == [authority.gss], words


def test_the_longest_of_names_inside_one_another_counts() -> None:
    assert names("North Yorkshire, then York") == ["North Yorkshire", "York"]
    assert names("Derbyshire and Derby City") == ["Derbyshire", "Derby"]
    assert names("Bath & North East Somerset") == ["Bath and North East Somerset"]
    assert names("Bournemouth,\nChristchurch and Poole") == ["Bournemouth, Christchurch and Poole"]


def test_the_span_takes_in_council_and_borough_but_no_genitive() -> None:
    words = "the London Borough of Islington, Stockport Metropolitan Borough Council and Bury’s plan"
    spans = [words[named.start : named.end] for named in authorities_in(words, VOCABULARY)]
    assert spans == ["London Borough of Islington", "Stockport Metropolitan Borough Council", "Bury"]


def test_a_town_in_an_address_is_no_authority() -> None:
    assert codes("Piccadilly Gate, Store Street, Manchester M1 2WD") == []


def test_a_name_that_is_an_ordinary_word_needs_more_at_the_start_of_a_sentence() -> None:
    assert codes("Reading is taught well.") == []
    assert names("Reading Borough Council has a plan.") == ["Reading"]


def test_of_bodies_of_one_name_the_one_that_stood_on_the_day() -> None:
    assert codes("Dorset", date(2016, 3, 1)) == ["E10000009"]
    assert codes("Dorset", date(2022, 3, 1)) == ["E06000059"]
    assert codes("Dorset County Council") == ["E10000009"]


def test_the_authority_of_a_text_is_the_one_named_far_more_than_others() -> None:
    assert most_named("Leeds. Leeds and Bradford. Leeds.", VOCABULARY) == "E08000035"
    assert most_named("Leeds and Bradford. Leeds and Bradford. Leeds.", VOCABULARY) is None
    assert most_named("Leeds.", VOCABULARY) is None
