"""The learnt part: what it answers for the sentences of a document, the same on any machine.

All sums are of whole numbers small enough to be exact in floating point, so that neither the order in which a library
adds them nor the width of its registers can change an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from loaders.statements.answers import EXCLUSIVE, Answers
from loaders.statements.features import BUCKETS, RUNS, Features, runs

WEIGHTS = Path(__file__).parent / "weights" / "statements.npz"
UNIT = 1024.0
"""Activations are kept as whole multiples of its inverse."""
_MOST = np.float32(250 * UNIT)
"""The greatest feature of three words: the sum of a sentence's stays below 2 to the power of 24, exact in 32 bits."""

Exact = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt. Weights are whole numbers to be multiplied by their scales; see `loaders.learning.train`."""

    answers: Answers
    words: npt.NDArray[np.float32]
    word_scale: float
    three: npt.NDArray[np.float32]
    three_scale: npt.NDArray[np.float32]
    dense: dict[str, tuple[Exact, float]]
    """The other layers by name, each with its scale."""
    biases: dict[str, Exact]
    run_weights: npt.NDArray[np.int16]
    run_scale: Exact
    run_rarity: npt.NDArray[np.int64]
    run_mean: Exact
    heading_share: float
    mix: dict[str, tuple[float, float]]
    """How much the network and the runs of words each count in a group's log-odds."""
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
    layers = [name.removeprefix("dense_") for name in part if name.startswith("dense_")]
    return Model(
        answers=Answers(**groups),
        words=part["words"].astype(np.float32),
        word_scale=float(part["word_scale"]),
        three=part["three"].astype(np.float32),
        three_scale=part["three_scale"],
        dense={name: (part[f"dense_{name}"].astype(np.float64), float(part[f"scale_{name}"])) for name in layers},
        biases={name[5:]: part[name].astype(np.float64) for name in part if name[:5] == "bias_"},
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


def chances(model: Model, features: Features) -> Exact:
    """How probable each answer is for each sentence, as many rows as sentences, rounded to four places."""
    if not len(features.lengths):
        return np.zeros((0, model.answers.width))
    return mixed(model, network_answers(model, features), run_answers(model, features))


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


def run_answers(model: Model, features: Features) -> Exact:
    """What the runs of one to three words say, before they are mixed."""
    own, own_length = _sum_of_runs(model, *runs(features.words, features.lengths))
    columns, count = runs(features.heading_words, features.heading_lengths)
    of_headings, lengths = _sum_of_runs(model, (columns + RUNS // 2) % RUNS, count)
    heading, heading_length = of_headings[features.heading], lengths[features.heading]
    share = model.heading_share
    length = np.sqrt(np.maximum(own_length + share * share * heading_length, 1.0))[:, None]
    return (own + share * heading) / length * model.run_scale + model.run_mean


def _sum_of_runs(model: Model, columns: npt.NDArray[np.int64], count: Whole) -> tuple[Exact, Exact]:
    starts = np.concatenate([[0], np.cumsum(count)[:-1]])
    gathered = model.run_weights[columns]
    # A sentence has at most 195 runs of weights up to 127: their sum fits into 16 bits.
    bounds = zip(starts.tolist(), (starts + count).tolist(), strict=True)
    sums = [gathered[start:end].sum(0, dtype=np.int16) for start, end in bounds]
    rarity = model.run_rarity[columns]
    return np.array(sums, np.float64), np.add.reduceat(rarity * rarity, starts).astype(np.float64)


def network_answers(model: Model, features: Features) -> Exact:
    """What the network says, before it is mixed."""
    sentence = _sentences(model, features)
    previous, following = _shifted(sentence, 1), _shifted(sentence, -1)
    phrases = features.phrases.astype(np.float64) * UNIT
    heading_phrases = features.heading_phrases.astype(np.float64) * UNIT
    seen = np.concatenate(
        [
            sentence,
            _whole(_times(model, "before", previous)),
            _whole(_times(model, "after", following)),
            _headings(model, features),
            phrases,
            _shifted(phrases, 1),
            heading_phrases,
            _whole(features.place.astype(np.float64)),
        ],
        axis=1,
    )
    hidden = _whole(np.maximum(_times(model, "hidden", seen) + model.biases["hidden"], 0))
    answers = _times(model, "answer", hidden) + _times(model, "direct", sentence) + model.biases["answer"]
    themes = model.answers.columns["theme"]
    width = themes.stop - themes.start
    named, scale = model.dense["named"]
    parts = (phrases[:, :width], _shifted(phrases, 1)[:, :width], _shifted(phrases, -1)[:, :width], heading_phrases)
    answers[:, themes] += sum(part * row for part, row in zip(parts, named, strict=True)) * (scale / UNIT)
    return answers


def _sentences(model: Model, features: Features) -> Exact:
    """Each sentence as the greatest and the mean of the features of its words in threes.

    The words that differ are few, so each is multiplied once with its weights as the first, second and third of three.
    """
    pairs, which = np.unique(features.words[:, 0] * BUCKETS + features.words[:, 1], return_inverse=True)
    vectors = model.words[pairs // BUCKETS] + model.words[pairs % BUCKETS]
    width = vectors.shape[1]
    nothing = np.zeros((1, model.three.shape[1]), np.float32)
    parts = [np.concatenate([vectors @ model.three[i * width : (i + 1) * width], nothing]) for i in range(3)]
    none = len(pairs)
    ends = np.cumsum(features.lengths)
    starts = ends - features.lengths
    earlier, later = np.concatenate([[none], which[:-1]]), np.concatenate([which[1:], [none]])
    earlier[starts], later[ends - 1] = none, none
    threes = parts[0][earlier]
    threes += parts[1][which]
    threes += parts[2][later]
    threes *= model.three_scale * np.float32(UNIT)
    threes += model.biases["three"].astype(np.float32) * np.float32(UNIT)
    np.clip(threes, 0, _MOST, out=threes)
    np.rint(threes, out=threes)
    parts_of = [threes[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    most = np.array([part.max(0) for part in parts_of], np.float64)
    total = np.array([part.sum(0) for part in parts_of], np.float64)
    mean = np.rint(total * (0.5 / np.sqrt(features.lengths))[:, None])
    return np.concatenate([most, mean], axis=1)


def _headings(model: Model, features: Features) -> Exact:
    starts = np.concatenate([[0], np.cumsum(features.heading_lengths)[:-1]])
    rows = model.words[features.heading_words[:, :2]].sum(1).astype(np.float64)
    return np.rint(np.add.reduceat(rows, starts) * (0.3 * UNIT * model.word_scale))[features.heading]


def _times(model: Model, layer: str, whole: Exact) -> Exact:
    """Whole numbers through a layer; exact, as no sum comes near 2 to the power of 53."""
    weights, scale = model.dense[layer]
    return whole @ weights * (scale / UNIT)


def _whole(numbers: Exact) -> Exact:
    return np.rint(numbers * UNIT)


def _shifted(rows: Exact, by: int) -> Exact:
    """The rows of the sentences before (1) or after (-1), zeros at the edge."""
    result = np.zeros_like(rows)
    if by > 0:
        result[by:] = rows[:-by]
    else:
        result[:by] = rows[-by:]
    return result
