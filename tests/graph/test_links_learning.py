"""How linking is taught: what readers said, the network that learns it, and what it keeps of that."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from graph.links import verdict
from graph.links.learning import __main__, network, reader, student, verdicts
from graph.links.learning.network import Examples, Network
from graph.links.learning.regression import fitted
from graph.links.matter import matter, page
from graph.links.meaning import meanings
from graph.links.moments import Moment
from graph.links.outline import Outline, Statement

PAIRS = 2500
Floats = npt.NDArray[np.float64]


def said(name: str, words: str, kind: str = "finding", section: str | None = None) -> Statement:
    polarity = "weakness" if kind == "finding" else None
    return Statement(f"http://x/{name}", kind, words, polarity, (), (), section, None)


def pairs_of(number: int, stems: int, chance: np.random.Generator, most: int = 4) -> Examples:
    """Pairs of which nothing is known but the stems of their statements."""
    bags = [np.sort(chance.permutation(stems)[: chance.integers(1, most + 1)]) for _ in range(3 * stems)]
    earlier, later = chance.integers(0, len(bags), (2, number))
    return Examples(chance.normal(size=(number, 3)), earlier, later, bags, chance.random(number), chance.random(number))


def loss(of: Network, pairs: Examples, start: Network, kept: Floats) -> float:
    """What `network.slopes` are slopes of."""
    odds = network.answers(of, network.read(of, pairs), kept)
    wrong = float((pairs.counts * (np.logaddexp(0, odds) - pairs.said * odds)).mean())
    moved = ((of.table - start.table) ** 2).sum(1).mean(), ((of.shares - start.shares) ** 2).mean()
    return wrong + network._PULL * float(moved[0]) + network._PULL_OF_SHARES * float(moved[1])


def test_each_slope_is_what_a_small_change_of_its_part_brings_about() -> None:
    chance = np.random.default_rng(3)
    start = network.fresh(3, chance.normal(size=(7, 4)), chance.normal(size=7), chance)
    of = Network(*(part + chance.normal(scale=0.3, size=part.shape) for part in start))
    pairs = pairs_of(20, 7, chance)
    pairs.stems[0] = np.zeros(0, dtype=np.int64)  # type: ignore[index]
    kept = np.where(chance.random((20, network.HIDDEN)) < 0.3, 0.0, 1 / 0.7)
    for name, slope in network.slopes(of, pairs, start, kept)._asdict().items():
        for place in chance.integers(0, np.size(slope), 12):
            either = []
            for change in (1e-5, -1e-5):
                part = np.array(getattr(of, name))
                part.flat[place] += change
                either.append(loss(of._replace(**{name: part}), pairs, start, kept))
            measured = (either[0] - either[1]) / 2e-5
            assert np.ravel(slope)[place] == pytest.approx(measured, abs=1e-7, rel=1e-5), (name, place)


def test_the_network_learns_a_rule_that_no_statement_tells_by_itself() -> None:
    """Two statements belong together where their stems are of one group: a product of vectors yet to be found."""
    chance = np.random.default_rng(5)
    pairs = pairs_of(6000, 12, chance, most=1)
    group = np.array([int(rows[0]) % 3 for rows in pairs.stems])
    same = (group[pairs.earlier] == group[pairs.later]).astype(np.float64)
    lessons = Examples(pairs.told, pairs.earlier, pairs.later, pairs.stems, same, np.ones(6000))
    start = network.fresh(3, chance.normal(size=(12, 8)) / 3, np.zeros(12), chance)
    train, rest = np.arange(4000), np.arange(4000, 6000)
    found = network.learnt(start, lessons.some(train), chance, rounds=20)
    right = [
        (network.answers(of, network.read(of, lessons.some(rest))) > 0) == (same[rest] > 0.5) for of in (start, found)
    ]
    assert right[0].mean() < 0.7
    assert right[1].mean() > 0.95


def taught(words: tuple[str, ...], names: tuple[str, ...] = ("good", "odds")) -> tuple[verdicts.Lessons, student.Rows]:
    """Pairs of one word each, which a reader calls a link where the words are the same."""
    chance = np.random.default_rng(0)
    pairs = [(words[a], words[b]) for a, b in chance.integers(0, len(words), (PAIRS, 2))]
    told = {name: chance.normal(size=PAIRS) for name in (*names, verdicts.OTHER_READER)}
    same = np.array([one == other for one, other in pairs], dtype=np.float64)
    rows = {word: np.array([meanings().places[word]]) for word in words}
    return verdicts.Lessons(tuple(pairs), told, same, np.ones(PAIRS)), rows


def installed(arrays: dict[str, object], folder: Path, monkeypatch: pytest.MonkeyPatch) -> verdict.Network:
    """The network as linking reads it from its file."""
    path = folder / "verdict.npz"
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
    monkeypatch.setattr(verdict, "NETWORK", path)
    return verdict.network.__wrapped__()


def test_linking_reads_what_was_taught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("supervis", "court", "placement", "adopt")
    lessons, rows = taught(words)
    by = installed(student.teach(lessons, lessons, rows, meanings()), tmp_path, monkeypatch)
    assert by.names == ("good", "odds")
    columns = {name: np.zeros(2) for name in by.names}
    ways = by.vectors[[meanings().places[word] for word in words[:2]]]
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    same, other = verdict.verdicts(columns, ways[[0, 0]], ways[[0, 1]], by)
    assert same > other + 0.2


def test_what_linking_reads_answers_as_what_was_taught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known, chance = meanings(), np.random.default_rng(2)
    small = [(known.vectors / 200).astype(np.float32), np.log(known.rarity / 100).astype(np.float32)]
    fresh = network.fresh(2, *small, chance)
    of = fresh._replace(
        straight=chance.normal(size=67).astype(np.float32), out=chance.normal(size=network.HIDDEN).astype(np.float32)
    )
    two = page([matter(said("a", "Supervision is late")), matter(said("b", "Courts wait for assessments"))])
    told, one = chance.normal(size=(1, 2)), np.ones(1)
    pairs = Examples(told, np.array([0]), np.array([1]), [one.rows for one in two.matters], one, one)
    expected = network.answers(of, network.read(of, pairs))
    names, middle, spread = ["a", "b"], np.array([1.0, 2.0]), np.array([2.0, 0.5])
    by = installed(student._arrays(names, middle, spread, of), tmp_path, monkeypatch)
    ways = verdict.directions(two, by)
    columns = {name: told[:, place] * spread[place] + middle[place] for place, name in enumerate(names)}
    assert verdict.verdicts(columns, ways[:1], ways[1:], by) == pytest.approx(expected, abs=0.05)


def moment(day: str, *statements: Statement) -> Moment:
    return Moment(day, day, True, statements)


WORDS = "The permanency tracker is not in use in any team"


def test_what_a_reader_said_outright_counts_twice_what_is_implied() -> None:
    held = {"E1": [moment("2017-01-01", said("a", WORDS)), moment("2020-01-01", said("b", WORDS), said("c", WORDS))]}
    told = verdicts.Said({("http://x/b", "http://x/a"): 1.0}, {(f"http://x/{one}", "http://x/a"): 0.0 for one in "bc"})
    found = verdicts.lessons(held, told)
    of = dict(zip(found.pairs, zip(found.said, found.counts, found.told["other reader"], strict=True), strict=True))
    assert of == {("http://x/b", "http://x/a"): (1.0, 1.0, 0.0), ("http://x/c", "http://x/a"): (0.0, 0.5, 1.0)}


def test_of_pairs_that_no_one_read_the_likelier_are_taken_more_often() -> None:
    before = [said(f"a{n}", WORDS) for n in range(40)]
    held = {"E1": [moment("2017-01-01", *before), moment("2020-01-01", *(said(f"b{n}", WORDS) for n in range(4)))]}
    taken = [len(verdicts.others(held, lambda told, of=of: np.full(len(told["odds"]), of)).pairs) for of in (1, -3)]
    assert taken[0] > 100
    assert 0 < taken[1] < 40


def test_what_readers_said_decides_what_counts_and_how_another_one_read_is_set_aside() -> None:
    chance = np.random.default_rng(0)
    told = {name: chance.random(400) for name in ("odds", "good", verdicts.OTHER_READER)}
    right = (told["good"] + 2 * told[verdicts.OTHER_READER] > 1.5).astype(np.float64)
    by = student.simple(verdicts.Lessons((("b", "a"),) * 400, told, right, np.ones(400)))
    good, odds, _ = by.weights
    found = student.simple_odds(by, {"odds": np.zeros(2), "good": np.array([0.0, 1.0])})
    assert good > 1 > abs(odds)
    assert found == pytest.approx([by.bias, by.bias + good])


def test_a_model_that_judges_what_no_one_read_counts_beside_what_is_known_of_it() -> None:
    told = {"odds": np.zeros(2)}
    more = verdicts.Lessons((("b", "a"), ("c", "a")), told, np.zeros(2), np.zeros(2))
    by = fitted(np.zeros((2, 2)), np.array([1.0, 0.0]), np.ones(2), 1.0)
    found = student.guessed(more, by, np.array([5.0, -5.0]))
    assert found.said == pytest.approx([1 / (1 + np.exp(-3)), 1 / (1 + np.exp(3))])
    assert found.counts.tolist() == [1, 1]


def test_a_statement_is_read_with_its_kind_and_heading_and_what_it_leaves_unsaid() -> None:
    asked = said("asked", "Review every plan", "recommendation")
    first, half = (said(*of, section="Care") for of in (("first", "Plans are late"), ("half", "This harms children")))
    earlier = Outline("http://x/1", "report", None, False, None, (), (), (asked,))
    later = Outline("http://x/2", "report", None, False, None, (), (), (first, half))
    pairs = [(one.iri, asked.iri) for one in (first, half)]
    assert reader.texts(pairs, reader.words({"1": earlier, "2": later})) == [
        ("asked : Review every plan", "found Care: Plans are late"),
        ("asked : Review every plan", "found Care: This harms children (before: Plans are late)"),
    ]


def test_every_pair_is_read_as_often_as_any_other() -> None:
    lengths = np.random.default_rng(1).random(50) * 500
    seen = np.concatenate(list(reader._batches(lengths, np.random.default_rng(1))))
    assert np.bincount(seen).tolist() == [2] * 50


def test_words_are_not_learnt_without_the_verdict_that_knows_them_by_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["learning", "labels", "build", "--words"])
    with pytest.raises(SystemExit):
        __main__.main()


def test_before_a_verdict_is_taught_it_is_how_near_two_statements_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = installed(student.untaught(meanings()), tmp_path, monkeypatch)
    nowhere = np.zeros((2, by.vectors.shape[1]))
    assert verdict.verdicts({"odds": np.array([1.5, -2.0])}, nowhere, nowhere, by).tolist() == [1.5, -2.0]
