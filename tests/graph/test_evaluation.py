"""Evaluation: labels read, sentences found again, figures right, samples drawn evenly, phrases proposed."""

from __future__ import annotations

import csv
import json
import math
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from graph.build import build
from graph.errors import LabelsError, TooFewSentences
from graph.evaluation import LabelFile, Told, ToldGraph, agreement, draw, evaluate, reach, read_labels, suggest
from graph.evaluation.ledger import Ledger, drawn, f1, share
from graph.evaluation.matching import CUT, NOT_IN_TEXT, NOT_TAKEN, Letters, Match, why_none
from graph.evaluation.suggest import runs
from graph.evaluation.told import Stated
from loaders.statements.labels import Said, label
from ontology import load

KNOWN = {
    "polarity": {"strength": "strength", "weakness": "weakness", "mixed": "mixed", "neutral": "neutral"},
    "theme": {"early-help": "early-help", "early help": "early-help", "supervision": "supervision"},
    "prevalence": {"some": "some", "almost all": "almost-all", "almost-all": "almost-all"},
    "cohort": {"parents": "parents"},
    "change": {"improved": "improved"},
}


@pytest.fixture(scope="module")
def told(built: Path) -> ToldGraph:
    return ToldGraph(built)


@pytest.fixture(scope="module")
def findings(told: ToldGraph) -> list[Told]:
    return [one for key in told.documents for one in told.findings(key)]


def labels(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "labels.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return path


def as_told(one: Told, **changes: object) -> dict[str, object]:
    """The row that a reader would write who agrees with the graph."""
    row: dict[str, object] = {
        "sha": one.document,
        "text": one.statement,
        "finding": True,
        "themes": sorted(one.ids("theme")),
        "cohort": sorted(one.ids("cohort")),
    }
    row |= {scheme: next(iter(one.ids(scheme)), None) for scheme in ("polarity", "prevalence", "change")}
    return row | changes


def read(path: Path, told: ToldGraph) -> LabelFile:
    return read_labels(path, told.concepts())


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


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{\n", ":1: not JSON: "),
        ('{"sha": "a", "text": "Good.", "finding": true}\n[1]\n', ":2: expected an object such as"),
        ('{"sha": "a", "finding": true}\n', ":1: “text” is missing: expected the sentence"),
        ('{"text": "Good.", "finding": true}\n', ":1: “document” is missing"),
        ('{"sha": "a", "text": "Good.", "finding": "perhaps"}\n', ":1: “finding” is “perhaps”: expected yes or no"),
        ('{"sha": "a", "text": "Good.", "finding": true, "polarity": "strenght"}\n',
         ":1: “polarity” is “strenght”: did you mean “strength”?"),
        ('{"sha": "a", "text": "Good.", "finding": true, "themes": ["zzz"]}\n',
         ":1: “themes” is “zzz”: expected one of early-help, supervision"),
        ('{"sha": "a", "text": "Good.", "finding": true, "polarity": ["strength", "mixed"]}\n',
         ":1: “polarity” holds 2 values: expected one"),
        ('{"sha": "a", "text": "Good.", "finding": true, "weight": -1}\n', ":1: “weight” is “-1”: expected a number"),
        ("", ": no label is in it"),
    ],
)  # fmt: skip
def test_a_malformed_line_is_named_with_what_was_expected(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(content, encoding="utf8")
    with pytest.raises(LabelsError) as caught:
        read_labels(path, KNOWN)
    assert f"{path}{problem}" in str(caught.value)


def test_all_malformed_lines_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text("no\n" * 30, encoding="utf8")
    with pytest.raises(LabelsError) as caught:
        read_labels(path, KNOWN)
    assert (len(caught.value.problems), caught.value.count) == (20, 30)
    assert str(caught.value).endswith("and 10 more")


@pytest.mark.parametrize("parted", [",", ";", "\t"])
def test_a_table_from_a_spreadsheet_program_is_read(tmp_path: Path, parted: str) -> None:
    path = tmp_path / "labels.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=parted)
        writer.writerow(["Document", "Text", "Finding", "Polarity", "Themes", "Prevalence", "My own column"])
        writer.writerow(["a.pdf", "Most are\ngood, “really”.", "YES", "Strength", "Early help | supervision", "", "x"])
        writer.writerow(["a.pdf", "Not looked at yet.", "", "", "", "", ""])
        writer.writerow(["a.pdf", "Seen, but not labelled.", "yes", "", "", "Almost all", ""])
        writer.writerow(["a.pdf", "A heading", "no", "", "", "", ""])
    file_ = read_labels(path, KNOWN)
    assert [row.line for row in file_.rows] == [2, 5, 6]
    assert file_.unlabelled == (4,)
    first, second, third = file_.rows
    assert first.labels == {
        "polarity": {"strength"}, "theme": {"early-help", "supervision"}, "prevalence": frozenset(),
    }  # fmt: skip
    assert second.labels == {"prevalence": {"almost-all"}}
    assert (third.finding, third.labels) == (False, {})


def test_a_table_without_the_columns_that_are_needed_or_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("document,sentence\na,b\n", encoding="utf8")
    with pytest.raises(LabelsError, match=r"labels\.csv:1: expected a first line with the columns .*“text”, “finding”"):
        read_labels(path, KNOWN)
    path.write_bytes("document,text,finding\na.pdf,children’s,yes\n".encode("cp1252"))
    with pytest.raises(LabelsError, match=r"labels\.csv:2: not UTF-8: in a spreadsheet program"):
        read_labels(path, KNOWN)


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
