"""Evaluation: sentences found again, figures right."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from graph.building import build
from graph.evaluation import LabelFile, Told, ToldGraph, agreement, evaluate, read_labels
from graph.evaluation.ledger import Ledger, drawn, f1, share
from graph.evaluation.matching import CUT, NOT_IN_TEXT, NOT_TAKEN, Letters, Match, why_none
from graph.evaluation.told import Stated
from loaders.statements.labels import Said, label
from ontology import load
from tests.graph.labelled import as_told, labels, read

KNOWN = {
    "polarity": {"strength": "strength", "weakness": "weakness", "mixed": "mixed", "neutral": "neutral"},
    "theme": {"early-help": "early-help", "early help": "early-help", "supervision": "supervision"},
    "prevalence": {"some": "some", "almost all": "almost-all", "almost-all": "almost-all"},
    "cohort": {"parents": "parents"},
    "change": {"improved": "improved"},
}


def test_a_graph_that_says_what_readers_say_has_every_figure_at_one(
    tmp_path: Path, told: ToldGraph, findings: list[Told]
) -> None:
    found = evaluate(read(labels(tmp_path, *map(as_told, findings)), told), told)
    assert (found.finding.right.value, found.found.value) == (1.0, 1.0)
    assert {scheme.micro.f1.value for scheme in found.schemes} == {1.0}
    assert (found.cases, found.unfound, found.not_built) == ((), (), ())
    polarity = found.calibration[0]
    assert polarity.error.value == pytest.approx(1 - sum(b.count * b.confidence for b in polarity.bins) / len(findings))


def test_each_difference_is_counted_once_and_told_with_its_reason(
    tmp_path: Path, told: ToldGraph, findings: list[Told]
) -> None:
    one = next(one for one in findings if one.ids("polarity") == {"strength"} and "supervision" not in one.ids("theme"))
    gone = as_told(one, polarity="weakness", themes=["supervision", *one.ids("theme")])
    found = evaluate(read(labels(tmp_path, gone, *map(as_told, findings[:9])), told), told)
    by_scheme = {scheme.scheme: scheme for scheme in found.schemes}
    assert by_scheme["theme"].micro.precision.value == 1.0
    missed = next(score for score in by_scheme["theme"].labels if score.label == "supervision")
    assert missed.recall.value is not None and missed.recall.value < 1
    assert ("weakness", "strength", 1.0) in by_scheme["polarity"].confusion
    case = next(case for case in found.cases if case.scheme == "polarity")
    assert (case.says, case.should, case.iri, case.line) == (("strength",), ("weakness",), one.iri, 1)
    assert case.why and case.why[0].startswith("strength: ")


def test_a_second_defensible_polarity_counts_as_right(tmp_path: Path, told: ToldGraph, findings: list[Told]) -> None:
    one = next(one for one in findings if one.ids("polarity") == {"strength"})
    row = as_told(one, polarity="neutral", polarity_alt="strength")
    found = evaluate(read(labels(tmp_path, row), told), told)
    assert found.schemes[0].right.value == 1.0


def test_documents_that_were_not_built_are_listed_and_left_out(
    tmp_path: Path, told: ToldGraph, findings: list[Told]
) -> None:
    elsewhere = {"sha": "0123456789abcdef", "text": "Plans are good.", "finding": True, "polarity": "strength"}
    found = evaluate(read(labels(tmp_path, elsewhere, elsewhere, as_told(findings[0])), told), told)
    assert found.not_built == (("0123456789abcdef", 2),)
    assert (found.sentences, found.found.of) == (1, 1)


def test_a_sentence_that_no_finding_says_is_listed_with_the_reason(
    tmp_path: Path, told: ToldGraph, findings: list[Told]
) -> None:
    row = as_told(findings[0], text="No page of this document holds any such words as these.")
    found = evaluate(read(labels(tmp_path, row, as_told(findings[1])), told), told)
    assert [(one.line, one.reason) for one in found.unfound] == [(1, NOT_IN_TEXT)]
    assert found.found.value == 0.5


def test_why_a_sentence_is_no_finding_is_read_off_the_text_and_what_it_states() -> None:
    letters = Letters("Plans – are good. Ensure that plans improve. The council met.")
    stated = (Stated(0, 10, "Finding"), Stated(18, 43, "Recommendation"))
    assert why_none("Plans are good.", letters, stated) == CUT
    assert why_none("ensure that plans improve", letters, stated) == "taken for Recommendation"
    assert why_none("The council met.", letters, stated) == NOT_TAKEN
    assert why_none("Something else.", letters, stated) == NOT_IN_TEXT
    assert letters.place("plans are good") == (0, 16)


def test_a_sentence_is_found_again_by_its_letters_by_a_part_of_it_or_by_its_beginning() -> None:
    def one(iri: str, words: str) -> Told:
        return Told(iri, "d", words, "".join(c for c in words.lower() if c.isalnum()), None, 0, 9, {})

    long = "Supervision of social workers is regular and leads to plans that are clear about what must change"
    match = Match([one("b", long), one("a", "Plans are clear."), one("c", f"{long} and by when it must have changed")])
    assert match.find("plans ARE clear") == one("a", "Plans are clear.")
    assert match.find("Supervision of social workers is regular").iri == "b"  # type: ignore[union-attr]
    changed = long.replace("about what must change", "on what shall be different")
    assert match.find(changed).iri == "b"  # type: ignore[union-attr]
    assert match.find("Children wait.") is None


def test_shares_have_wilsons_interval_and_no_interval_of_nothing() -> None:
    one = share(45, 50, 50)
    assert (one.value, one.low, one.high) == (
        pytest.approx(0.9),
        pytest.approx(0.786, abs=1e-3),
        pytest.approx(0.957, abs=1e-3),
    )
    whole = share(20, 20, 20)
    assert whole.low == pytest.approx(0.839, abs=1e-3)
    assert share(0, 0, 0).value is None


def test_an_interval_over_documents_is_wider_where_sentences_of_a_document_are_alike() -> None:
    alike, apart = Ledger(), Ledger()
    for number in range(400):
        right = number // 20 % 2
        for ledger, unit in ((alike, number // 20), (apart, number)):
            ledger.add(unit, "tp", right)
            ledger.add(unit, "fn", 1 - right)

    def width(ledger: Ledger) -> float:
        one = drawn(f1(ledger.of("tp"), ledger.of("fp"), ledger.of("fn")), 400)
        assert one.high is not None and one.low is not None
        return one.high - one.low

    assert width(alike) > 2 * width(apart)


def test_the_same_seed_gives_the_same_intervals(tmp_path: Path, told: ToldGraph, findings: list[Told]) -> None:
    rows = [as_told(one, polarity="weakness") for one in findings[::6]]
    file = read(labels(tmp_path, *rows), told)
    assert evaluate(file, told, seed=3) == evaluate(file, told, seed=3)
    assert evaluate(file, told, seed=3) != evaluate(file, told, seed=4)


def test_a_weight_makes_a_sentence_count_for_more(tmp_path: Path, told: ToldGraph, findings: list[Told]) -> None:
    strong = next(one for one in findings if one.ids("polarity") == {"strength"})
    other = next(one for one in findings if one.iri != strong.iri)
    rows = (as_told(strong, polarity="weakness", weight=3), as_told(other, weight=1))
    found = evaluate(read(labels(tmp_path, *rows), told), told)
    assert found.schemes[0].right.value == pytest.approx(0.25)


def test_two_readers_are_compared_by_agreement_beyond_chance(tmp_path: Path) -> None:
    def reader(name: str, polarities: list[str]) -> LabelFile:
        path = tmp_path / name
        rows = [
            {"sha": "a", "text": f"Sentence {k}", "finding": True, "polarity": p, "themes": ["supervision"]}
            for k, p in enumerate(polarities)
        ]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
        return read_labels(path, KNOWN)

    one = reader("one.jsonl", ["strength"] * 5 + ["weakness"] * 5)
    other = reader("other.jsonl", ["strength"] * 4 + ["weakness"] * 5 + ["strength"] + ["mixed"])
    found = agreement(one, other)
    assert (found.both, found.only_first, found.only_second) == (10, 0, 1)
    polarity = next(of for of in found.schemes if of.scheme == "polarity")
    assert polarity.same.value == pytest.approx(0.8)
    assert polarity.kappa.value == pytest.approx(0.6)
    themes = next(of for of in found.schemes if of.scheme == "theme")
    assert (themes.f1.value, themes.kappa.value) == (1.0, None)


@pytest.mark.parametrize(
    "words",
    [
        "",
        " " * 1_000_000,
        "a" * 1_000_000,
        "Supervision is not good and children wait too long, " * 20_000,
        "The council " * 80_000 + "should be good.",
        "“" * 1_000_000,
        "İ" * 300_000,
        ("a b " * 100_000 + "? ") * 2,
    ],
    ids=["empty", "blank", "one word", "cues", "subject", "marks", "letters that grow", "short words"],
)
def test_empty_and_enormous_sentences_are_labelled(words: str) -> None:
    """Each takes seconds at most; a pattern that tries every way through a megabyte would take hours."""
    judged = label([Said("Plans are clear."), Said(words), Said("Children wait too long.")], load())
    assert len(judged) == 3
    assert judged[2].labels is not None and judged[2].labels.polarity.concept == "weakness"
    if judged[1].labels:
        spans = [span for one in (judged[1].labels.polarity, *judged[1].labels.themes) for span in one.spans]
        assert all(0 <= span.start < span.end <= len(words) for span in spans)


def test_figures_agree_with_the_scorer_of_the_gold_labels(shared: Path, tmp_path: Path) -> None:
    """The same definitions as ../shared/tools/score.py, on the same labels and build."""
    lines = (shared / "gold" / "sentences.jsonl").read_text(encoding="utf8").splitlines()
    gold = [json.loads(line) for line in lines]
    seeds = sorted((shared / "documents" / "seeds").glob("*.txt"))
    out = tmp_path / "graph"
    build(seeds, out, workers=1)
    scorer = [sys.executable, shared / "tools" / "score.py", out, shared / "gold", "--json", "--only-built"]
    theirs = json.loads(subprocess.run(scorer, capture_output=True, check=True).stdout)
    told = ToldGraph(out)
    found = evaluate(read_labels(shared / "gold" / "sentences.jsonl", told.concepts()), told)
    assert found.sentences == sum(row["sha"] in told.documents for row in gold)
    by_scheme = {scheme.scheme: scheme for scheme in found.schemes}
    ours = {
        "finding or not": found.finding.right,
        "findings found": found.found,
        "polarity": by_scheme["polarity"].right,
        "themes F1": by_scheme["theme"].micro.f1,
        "  theme precision": by_scheme["theme"].micro.precision,
        "  themes macro F1": by_scheme["theme"].macro_f1,
        "prevalence F1": by_scheme["prevalence"].micro.f1,
        "cohort F1": by_scheme["cohort"].micro.f1,
        "change F1": by_scheme["change"].micro.f1,
        "calibration error of polarity": found.calibration[0].error,
        "calibration error of themes": found.calibration[1].error,
    }
    for name, estimate in ours.items():
        assert estimate.value is not None and math.isfinite(estimate.value)
        assert estimate.value == pytest.approx(theirs[name]["value"], abs=5e-4), name
        assert estimate.of == theirs[name]["n"], name
