"""Samples drawn evenly for readers, and phrases proposed from what they said."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph.errors import TooFewSentences
from graph.evaluation import Told, ToldGraph, draw, reach, suggest
from graph.evaluation.suggest import runs
from tests.graph.labelled import as_told, labels, read


def test_a_sample_is_the_same_each_time_and_its_weights_add_up_to_what_it_stands_for(
    told: ToldGraph, findings: list[Told]
) -> None:
    sample = draw(told, 60, others=0.25, seed=5)
    assert sample == draw(told, 60, others=0.25, seed=5)
    assert {one.passage for one in sample} != {one.passage for one in draw(told, 60, others=0.25, seed=6)}
    ours = [one for one in sample if one.told]
    assert (len(sample), len(ours), len({one.passage for one in sample})) == (60, 45, 60)
    assert sum(one.weight for one in ours) == pytest.approx(len(findings), rel=0.25)
    assert all(one.weight >= 1 for one in sample)


def test_a_sample_sees_more_themes_and_more_doubt_than_chance_would(told: ToldGraph, findings: list[Told]) -> None:
    ours = [one.told for one in draw(told, 80, others=0) if one.told]
    assert sum(one.surety for one in ours) / len(ours) < sum(one.surety for one in findings) / len(findings)
    often = Counter(id for one in findings for id in one.ids("theme"))
    rare = {id for id, count in often.items() if count <= 3}
    share_of = lambda some: sum(bool(one.ids("theme") & rare) for one in some) / len(some)  # noqa: E731 - read at once
    assert share_of(ours) > share_of(findings)


def test_the_neighbourhood_and_page_of_a_drawn_sentence_are_those_of_the_text(told: ToldGraph) -> None:
    for one in draw(told, 40):
        content = " ".join(told.text(one.document).split())
        assert one.text in content
        assert one.before.removeprefix("… ") + " " + one.text in content or not one.before
        start, _, end = one.passage.rpartition("/")[2].partition("-")
        assert " ".join(told.text(one.document)[int(start) : int(end)].split()) == one.text
        if one.told:
            assert one.page == one.told.page


def test_runs_of_words_cross_no_mark_and_have_telling_ends() -> None:
    assert runs("Return home interviews, and the voice of the child") == {
        "return", "home", "interviews", "return home", "home interviews", "return home interviews",
        "voice", "child", "voice of the child",
    }  # fmt: skip


def test_suggestions_are_new_borne_out_and_shown(tmp_path: Path, told: ToldGraph, findings: list[Told]) -> None:
    word = "wondrous quilting"
    some = findings[::12]
    rows = [as_told(one, text=f"{one.statement} {word}", themes=["supervision"]) for one in some]
    rows += [as_told(one, themes=["early-help"]) for one in findings[1::4]]
    file = read(labels(tmp_path, *rows), told)
    found = suggest(told, "supervision", labels=file, authorities=2)
    best = found[0]
    assert best.phrase == word
    assert (best.of_theme, best.sentences) == (len(some), len(some))
    assert best.authorities == 2
    assert all(example.iri.startswith("https://") for example in best.examples)
    assert all("supervision" not in one.phrase for one in found)
    assert found == suggest(told, "supervision", labels=file, authorities=2)


def test_the_idiom_of_one_authority_is_not_proposed(tmp_path: Path, told: ToldGraph, findings: list[Told]) -> None:
    one_body = told.authorities(findings[0].document)
    rows = [
        as_told(
            one,
            text=f"{one.statement} wondrous quilting" if told.authorities(one.document) == one_body else one.statement,
            themes=["supervision"] if number % 2 else ["early-help"],
        )
        for number, one in enumerate(findings)
    ]
    found = suggest(told, "supervision", labels=read(labels(tmp_path, *rows), told), authorities=2)
    assert all("wondrous" not in one.phrase for one in found)


def test_a_theme_without_sentences_has_no_suggestions(tmp_path: Path, told: ToldGraph, findings: list[Told]) -> None:
    file = read(labels(tmp_path, as_told(findings[0], themes=["early-help"])), told)
    with pytest.raises(TooFewSentences, match=r"no sentence of .*labels\.jsonl is about the theme “supervision”"):
        suggest(told, "supervision", labels=file)


def test_the_reach_of_a_phrase_is_counted_over_all_findings(told: ToldGraph, findings: list[Told]) -> None:
    wide, narrow = reach(told, ["children", "no such phrase at all"])
    assert (wide.phrase, wide.of) == ("children", len(findings))
    assert 0.1 < wide.share < 1
    assert wide.authorities == 2
    assert narrow.findings == 0
