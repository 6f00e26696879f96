"""What was learnt, as whole numbers in a file: words and runs of words only by their hashes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from loaders.learning.network import Array, Parameters
from loaders.statements.answers import Answers
from loaders.statements.cues import hash_of_phrase, names
from ontology import Vocabulary

_DENSE = ("before", "after", "hidden", "answer", "direct", "named")


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
    network: Parameters
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
        **_network(learnt.network),
        **_runs(learnt.runs),
    }
    np.savez_compressed(path, **part)


def _network(parameters: Parameters) -> dict[str, Any]:
    words, three = parameters["words"], parameters["three"]
    word_scale = float(np.quantile(np.abs(words[words != 0]), 0.99999)) / 127
    three_scale = np.abs(three).max(0) / 127
    part: dict[str, Any] = {
        "words": _rounded(words / word_scale, 127).astype(np.int8),
        "word_scale": np.float32(word_scale),
        "three": _rounded(three / three_scale, 127).astype(np.int8),
        "three_scale": (three_scale * word_scale).astype(np.float32),
        "bias_three": parameters["three_bias"],
        "bias_hidden": parameters["hidden_bias"],
        "bias_answer": parameters["answer_bias"],
    }
    for name in _DENSE:
        scale = float(np.abs(parameters[name]).max()) / 32767
        part[f"dense_{name}"] = _rounded(parameters[name] / scale, 32767).astype(np.int16)
        part[f"scale_{name}"] = np.float64(scale)
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
    """The hashes of all phrases of themes and cohorts."""
    concepts = [c for scheme in ("theme", "cohort") for c in vocabulary.concepts[scheme].values()]
    return tuple(sorted({hash_of_phrase(name) for concept in concepts for name in names(concept)}))
