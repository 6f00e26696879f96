"""What was learnt, as whole numbers in a file: words and runs of words only by their hashes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from loaders.learning.network import Array, Parameters
from loaders.statements.answers import Answers
from loaders.statements.cues import SCHEMES, hash_of_phrase, key, names
from loaders.statements.model import HEAVIEST
from ontology import Vocabulary

_LAYERS = ("before", "after", "hidden", "answer", "direct")


@dataclass(frozen=True, slots=True)
class RunWeights:
    """The linear part: what each hashed run of words adds to each answer, how rare it is, and the mean answers."""

    weights: Array
    rarity: Array
    mean: Array
    heading_share: float


@dataclass(frozen=True, slots=True)
class Learnt:
    """Everything that labelling needs of what was learnt."""

    answers: Answers
    networks: Sequence[Parameters]
    runs: RunWeights
    mix: Mapping[str, tuple[float, float]]
    offsets: Array
    cuts: Mapping[str, float]
    known_phrases: tuple[int, ...]


def save(learnt: Learnt, path: Path) -> None:
    """Writes the file that `loaders.statements.model.load` reads; the same bytes for the same numbers."""
    path.parent.mkdir(exist_ok=True)
    part: dict[str, Any] = {
        "ids_themes": np.array(" ".join(learnt.answers.themes)),
        "ids_cohorts": np.array(" ".join(learnt.answers.cohorts)),
        "ids_prevalences": np.array(" ".join(learnt.answers.prevalences)),
        "ids_changes": np.array(" ".join(learnt.answers.changes)),
        "known_phrases": np.array(sorted(learnt.known_phrases), np.uint32),
        "offsets": learnt.offsets.astype(np.float32),
        **{f"mix_{name}": np.array(pair, np.float32) for name, pair in learnt.mix.items()},
        **{f"cut_{name}": np.float32(cut) for name, cut in learnt.cuts.items()},
        **{f"network{i}_{name}": part for i, one in enumerate(learnt.networks) for name, part in _network(one).items()},
        **_runs(learnt.runs),
    }
    np.savez_compressed(path, **part)


def _network(parameters: Parameters) -> dict[str, Any]:
    words, three = parameters["words"], parameters["three"]
    word_scale = float(np.quantile(np.abs(words[words != 0]), 0.99999)) / 127
    three_scale = np.abs(three).max(0) / 127
    unit = three_scale * word_scale
    part: dict[str, Any] = {
        "words": _rounded(words / word_scale, 127).astype(np.int8),
        "word_scale": np.float32(word_scale),
        "three": _rounded(three / three_scale, 127).astype(np.int8),
        "three_scale": unit.astype(np.float32),
        "three_bias": _rounded(parameters["three_bias"] / unit, 1 << 22).astype(np.int32),
        "hidden_bias": parameters["hidden_bias"],
        "answer_bias": parameters["answer_bias"],
        "named": parameters["named"],
    }
    for name in _LAYERS:
        # A little less than what the weights may add up to, as each is rounded.
        scale = np.abs(parameters[name]).sum(0) / (HEAVIEST - len(parameters[name]))
        part[f"layer_{name}"] = np.rint(parameters[name] / scale).astype(np.int16)
        part[f"scale_{name}"] = scale.astype(np.float32)
    return part


def _runs(runs: RunWeights) -> dict[str, Any]:
    weights = runs.weights * runs.rarity[:, None]
    present = runs.rarity > 0
    scale = np.maximum(np.quantile(np.abs(weights[present]), 0.9999, axis=0), 1e-9) / 127
    return {
        "run_weights": _rounded(weights / scale, 127).astype(np.int8),
        "run_scale": scale.astype(np.float32),
        "run_rarity": runs.rarity.astype(np.int16),
        "run_mean": runs.mean.astype(np.float32),
        "heading_share": np.float32(runs.heading_share),
    }


def _rounded(numbers: Array, most: int) -> Array:
    result: Array = np.clip(np.rint(numbers), -most, most)
    return result


def known_phrases(vocabulary: Vocabulary) -> tuple[int, ...]:
    """The hashes of all phrases, each with the concept that it is given to."""
    concepts = [concept for scheme in SCHEMES for concept in vocabulary.concepts[scheme].values()]
    return tuple(sorted({hash_of_phrase(key(concept), name) for concept in concepts for name in names(concept)}))
