"""The learnt part: what it answers for the sentences of a document, the same on any machine.

All sums are of whole numbers small enough to be exact in 32 bits of floating point, so that neither the order in which
a library adds them nor the width of its registers can change an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from loaders.statements.answers import EXCLUSIVE, Answers
from loaders.statements.features import BUCKETS, RUNS, Features, Integers, Numbers, Runs, runs

WEIGHTS = Path(__file__).parent / "weights" / "statements.npz"
UNIT = np.float32(64)
"""What a layer is given are whole multiples of its inverse,"""
MOST = np.float32(512)
"""at most so many of them;"""
HEAVIEST = 32767
"""and the weights that make one of its sums are whole numbers that add up to this at most: 2 to the power of 24."""
MOST_THREE = np.float32(1 << 18)
"""The greatest feature of three words: those of the longest sentence add up to 2 to the power of 24."""
_TOGETHER = 1200
"""Words that are worked out together, few enough for the processor's nearest memory."""

Exact = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layer:
    """Whole weights, and what each column's sum is to be multiplied by."""

    weights: Numbers
    scale: Numbers

    def of(self, whole: Numbers) -> Numbers:
        """Whole numbers through the layer."""
        sums: Numbers = whole @ self.weights
        return sums * self.scale


@dataclass(frozen=True, slots=True)
class Network:
    """One small network as `loaders.learning.network` teaches it, in whole numbers."""

    words: Numbers
    word_scale: np.float32
    three: Numbers
    three_scale: Numbers
    three_bias: Numbers
    """In the units of the sums of `three`."""
    layers: dict[str, Layer]
    hidden_bias: Numbers
    answer_bias: Numbers
    named: Exact


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt; see `loaders.learning.train`."""

    answers: Answers
    networks: tuple[Network, ...]
    run_weights: npt.NDArray[np.int16]
    run_scale: Exact
    run_rarity: npt.NDArray[np.int64]
    run_mean: Exact
    heading_share: float
    mix: dict[str, tuple[float, float]]
    """How much the networks and the runs of words each count in a group's log-odds."""
    offsets: Exact
    thresholds: dict[str, float]
    known_phrases: frozenset[int]
    """Hashes of the phrases that there were when it was taught."""


@lru_cache(maxsize=1)
def model() -> Model:
    """The learnt part as it is installed."""
    return load(WEIGHTS)


def load(path: Path) -> Model:
    """The learnt part kept in a file."""
    with np.load(path) as kept:
        part = dict(kept)
    groups = {name: tuple(str(part[f"ids_{name}"]).split()) for name in ("themes", "cohorts", "prevalences", "changes")}
    count = sum(name.endswith("_words") for name in part)
    return Model(
        answers=Answers(**groups),
        networks=tuple(_network(part, f"network{number}_") for number in range(count)),
        run_weights=part["run_weights"].astype(np.int16),
        run_scale=part["run_scale"].astype(np.float64),
        run_rarity=part["run_rarity"].astype(np.int64),
        run_mean=part["run_mean"].astype(np.float64),
        heading_share=float(part["heading_share"]),
        mix={name[4:]: (float(part[name][0]), float(part[name][1])) for name in part if name[:4] == "mix_"},
        offsets=part["offsets"].astype(np.float64),
        thresholds={name[4:]: float(part[name]) for name in part if name[:4] == "cut_"},
        known_phrases=frozenset(part["known_phrases"].tolist()),
    )


def _network(part: dict[str, Any], prefix: str) -> Network:
    own = {name.removeprefix(prefix): value for name, value in part.items() if name.startswith(prefix)}
    layers = {
        name: Layer(own[f"layer_{name}"].astype(np.float32), own[f"scale_{name}"] / UNIT)
        for name in ("before", "after", "hidden", "answer", "direct")
    }
    return Network(
        words=own["words"].astype(np.float32),
        word_scale=np.float32(own["word_scale"]),
        three=own["three"].astype(np.float32),
        three_scale=own["three_scale"],
        three_bias=own["three_bias"].astype(np.float32),
        layers=layers,
        hidden_bias=own["hidden_bias"],
        answer_bias=own["answer_bias"],
        named=own["named"].astype(np.float64),
    )


def chances(model: Model, features: Features, own: Runs) -> Exact:
    """How probable each answer is for each sentence, whose `own` runs of words these are; rounded to four places."""
    if not len(features.lengths):
        return np.zeros((0, model.answers.width))
    return mixed(model, network_answers(model, features), run_answers(model, features, own))


def mixed(model: Model, network: Exact, of_runs: Exact) -> Exact:
    """The chances from what the two parts say."""
    result = np.zeros_like(network)
    for name, where in model.answers.columns.items():
        of_network, of_run = model.mix[name]
        odds = of_network * network[:, where] + of_run * of_runs[:, where] + model.offsets[where]
        result[:, where] = _one_of(odds) if name in EXCLUSIVE else 1 / (1 + np.exp(-odds))
    return np.round(result, 4)


def _one_of(odds: Exact) -> Exact:
    powers = np.exp(odds - odds.max(1, keepdims=True))
    shares: Exact = powers / powers.sum(1, keepdims=True)
    return shares


def run_answers(model: Model, features: Features, own: Runs) -> Exact:
    """What the runs of one to three words say, before they are mixed."""
    sums, own_length = _sum_of_runs(model, *own)
    columns, count = runs(features.heading_words, features.heading_lengths)
    of_headings, lengths = _sum_of_runs(model, (columns + RUNS // 2) % RUNS, count)
    heading, heading_length = of_headings[features.heading], lengths[features.heading]
    share = model.heading_share
    length = np.sqrt(np.maximum(own_length + share * share * heading_length, 1.0))[:, None]
    return (sums + share * heading) / length * model.run_scale + model.run_mean


def _sum_of_runs(model: Model, columns: Integers, count: Integers) -> tuple[Exact, Exact]:
    starts = np.concatenate([[0], np.cumsum(count)[:-1]])
    gathered = model.run_weights[columns]
    # A sentence has at most 195 runs of weights up to 127: their sum fits into 16 bits.
    bounds = zip(starts.tolist(), (starts + count).tolist(), strict=True)
    sums = [np.add.reduce(gathered[start:end], 0, np.int16) for start, end in bounds]
    rarity = model.run_rarity[columns]
    return np.array(sums, np.float64), np.add.reduceat(rarity * rarity, starts).astype(np.float64)


def network_answers(model: Model, features: Features) -> Exact:
    """What the networks say, each as much as the other, before it is mixed."""
    answers = sum(_answers_of(network, features, model.answers) for network in model.networks)
    mean: Exact = np.asarray(answers) / len(model.networks)
    return mean


def _answers_of(network: Network, features: Features, answers: Answers) -> Exact:
    layers, sentence = network.layers, _sentences(network, features)
    phrases, earlier, later = features.phrases, _shifted(features.phrases, 1), _shifted(features.phrases, -1)
    before = _whole(layers["before"].of(_shifted(sentence, 1)))
    after = _whole(layers["after"].of(_shifted(sentence, -1)))
    own = [sentence, before, after, *(_whole(part) for part in (phrases, earlier, features.paragraph, features.place))]
    of_headings = np.concatenate([_headings(network, features), _whole(features.heading_phrases)], axis=1)
    # The sums over what all sentences of a section share are made once.
    seen, hidden = np.concatenate(own, axis=1), layers["hidden"]
    sums = seen @ hidden.weights[: seen.shape[1]]
    sums += (of_headings @ hidden.weights[seen.shape[1] :])[features.heading]
    whole = _whole(np.maximum(sums * hidden.scale + network.hidden_bias, 0))
    result = (layers["answer"].of(whole) + layers["direct"].of(sentence) + network.answer_bias).astype(np.float64)
    around = np.split(features.heading_phrases[features.heading], 3, axis=1)
    parts = (phrases, earlier, later, features.paragraph, *around)
    result[:, list(answers.column_of_phrases)] += sum(p * row for p, row in zip(parts, network.named, strict=True))
    return result


def _sentences(network: Network, features: Features) -> Numbers:
    """Each sentence as the greatest and the mean of the features of its words in threes.

    The words that differ are few, so each is multiplied once with its weights as the first, second and third of three.
    """
    pairs, which = np.unique(features.words[:, 0] * BUCKETS + features.words[:, 1], return_inverse=True)
    vectors = network.words[pairs // BUCKETS] + network.words[pairs % BUCKETS]
    nothing = np.zeros((1, network.three.shape[1]), np.float32)
    first, second, third = (np.concatenate([vectors @ part, nothing]) for part in np.split(network.three, 3))
    second += network.three_bias
    none = len(pairs)
    ends = np.cumsum(features.lengths)
    starts = ends - features.lengths
    earlier, later = np.concatenate([[none], which[:-1]]), np.concatenate([which[1:], [none]])
    earlier[starts], later[ends - 1] = none, none
    most, total = (np.empty((len(starts), nothing.shape[1]), np.float32) for _ in range(2))
    for begin, end in _pieces(ends):
        inside = slice(starts[begin], ends[end - 1])
        threes = first[earlier[inside]]
        threes += second[which[inside]]
        threes += third[later[inside]]
        np.clip(threes, 0, MOST_THREE, out=threes)
        for row in range(begin, end):
            own = threes[starts[row] - starts[begin] : ends[row] - starts[begin]]
            np.maximum.reduce(own, 0, out=most[row])
            np.add.reduce(own, 0, out=total[row])
    share = (0.5 / np.sqrt(features.lengths)).astype(np.float32)[:, None]
    return _whole(np.concatenate([most * network.three_scale, total * share * network.three_scale], axis=1))


def _pieces(ends: Integers) -> Iterator[tuple[int, int]]:
    """From which sentence up to which they are worked out together."""
    begin = 0
    while begin < len(ends):
        reached = int(ends[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, reached + _TOGETHER, side="right")))
        yield begin, end
        begin = end


def _headings(network: Network, features: Features) -> Numbers:
    starts = np.concatenate([[0], np.cumsum(features.heading_lengths)[:-1]])
    rows = network.words[features.heading_words[:, :2]].sum(1)
    return _whole(np.add.reduceat(rows, starts) * (np.float32(0.3) * network.word_scale))


def _whole(numbers: Numbers) -> Numbers:
    """What a layer can be given."""
    whole: Numbers = np.rint(np.clip(numbers * UNIT, -MOST, MOST))
    return whole


def _shifted(rows: Numbers, by: int) -> Numbers:
    """The rows of the sentences before (1) or after (-1), zeros at the edge."""
    result = np.zeros_like(rows)
    if by > 0:
        result[by:] = rows[:-by]
    else:
        result[:by] = rows[-by:]
    return result
