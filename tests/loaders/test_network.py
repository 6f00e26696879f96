"""The network that is taught: its gradients are the slopes of its answers, so that teaching goes downhill."""

from __future__ import annotations

import numpy as np
import pytest

from loaders.learning.network import Batch, Pass, Sizes, first_parameters

SIZES = Sizes(buckets=50, word=5, feature=6, hidden=7, place=4, phrases=3, answers=8)
NAMED = (4, 2, 7)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.fixture
def batch(rng: np.random.Generator) -> Batch:
    return Batch(
        words=rng.integers(1, 50, (10, 2)),
        lengths=np.array([3, 1, 4, 2]),
        heading_words=rng.integers(1, 50, (5, 2)),
        heading_lengths=np.array([1, 2, 1, 1]),
        place=rng.random((4, 4)),
        phrases=rng.random((4, 3)),
        paragraph=rng.random((4, 3)),
        heading_phrases=rng.random((4, 9)),
        core=np.array([1, 2]),
        before=np.array([0, 1]),
        after=np.array([2, -1]),
    )


@pytest.mark.parametrize("name", sorted(first_parameters(SIZES, np.random.default_rng(1))))
def test_a_gradient_is_the_slope_of_the_answers(name: str, batch: Batch, rng: np.random.Generator) -> None:
    parameters = {
        key: value.astype(np.float64) + rng.standard_normal(value.shape) * 0.1
        for key, value in first_parameters(SIZES, rng).items()
    }
    wanted = rng.standard_normal((2, 8))
    one = Pass(parameters, batch, NAMED)
    slope = one.gradients(wanted)[name]
    if name == "words":
        every = np.zeros_like(parameters["words"])
        every[one.words_met] = slope
        slope = every
    way = rng.standard_normal(parameters[name].shape)
    step = 1e-5
    sides = []
    for sign in (1, -1):
        moved = {**parameters, name: parameters[name] + sign * step * way}
        sides.append(float((Pass(moved, batch, NAMED).answers * wanted).sum()))
    assert (sides[0] - sides[1]) / (2 * step) == pytest.approx(float((slope * way).sum()), rel=1e-3, abs=1e-3)


def test_a_sentence_without_neighbours_is_answered_as_if_they_said_nothing(
    batch: Batch, rng: np.random.Generator
) -> None:
    parameters = first_parameters(SIZES, rng)
    nobody = np.array([-1, -1])
    alone = Batch(**{field: getattr(batch, field) for field in Batch.__slots__} | {"before": nobody, "after": nobody})
    silent = {**parameters, "before": parameters["before"] * 0, "after": parameters["after"] * 0}
    assert np.allclose(Pass(parameters, alone, NAMED).answers, Pass(silent, alone, NAMED).answers)
    assert not np.allclose(Pass(parameters, batch, NAMED).answers, Pass(parameters, alone, NAMED).answers)
