"""Teaching the two learnt parts: the small network, and the linear part on runs of words."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

import numpy as np
import scipy.sparse

from loaders.learning.course import Course, Cutter, counts_of_runs, windows
from loaders.learning.network import Adam, Array, Indices, Parameters, Pass, Sizes, first_parameters
from loaders.learning.weights_file import RunWeights
from loaders.statements.answers import EXCLUSIVE, Answers
from loaders.statements.features import RUNS, runs

log = logging.getLogger("loaders.learning.train")

BATCH = 12
"""Windows a batch."""
HEADING_SHARE = 0.4
RIDGE = 1.0
ROUNDS = 20


def losses(given: Array, wanted: Array, weights: Array, answers: Answers) -> tuple[float, Array]:
    """The loss of answers as log-odds, and how each should change; what no finding says is not learnt from."""
    total, change = 0.0, np.zeros_like(given)
    finding = 1 - wanted[:, answers.columns["polarity"]][:, -1]
    for name, where in answers.columns.items():
        part, want = given[:, where], wanted[:, where]
        counts = weights * (1.5 if name == "polarity" else finding)
        if name not in EXCLUSIVE:
            share = 1 / (1 + np.exp(-part))
            lost = (np.maximum(part, 0) - part * want + np.log1p(np.exp(-np.abs(part)))).sum(1)
        else:
            shifted = part - part.max(1, keepdims=True)
            share = np.exp(shifted) / np.exp(shifted).sum(1, keepdims=True)
            lost = -(want * np.log(np.maximum(share, 1e-9))).sum(1)
            want = want + share * (1 - want.sum(1, keepdims=True))
        total += float((lost * counts).sum())
        change[:, where] = (share - want) * counts[:, None]
    scale = max(1.0, float(weights.sum()))
    return total / scale, (change / scale).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Plan:
    """How the network is taught: how often all sentences are gone through, and the word vectors to begin with."""

    answers: Answers
    sizes: Sizes
    epochs: int
    words: Array | None = None


def teach_network(lesson: Course, weights: Array, plan: Plan, seed: int) -> Parameters:
    """The network's parameters after the plan's epochs."""
    rng, answers, epochs = np.random.default_rng(seed), plan.answers, plan.epochs
    parameters = first_parameters(plan.sizes, rng)
    if plan.words is not None:
        parameters["words"] = plan.words.copy()
    cutter, pieces = Cutter(lesson), windows(lesson.document, weights)
    steps = max(1, len(pieces) // BATCH)
    adam, began = Adam(parameters, epochs * steps), time.time()
    for epoch in range(epochs):
        order, lost = rng.permutation(len(pieces)), 0.0
        for step in range(steps):
            batch, core = cutter.cut([pieces[i] for i in order[step * BATCH : (step + 1) * BATCH]])
            one = Pass(parameters, batch, answers.column_of_phrases, rng)
            loss, change = losses(one.answers, lesson.answers[core], weights[core], answers)
            adam.step(one.gradients(change), one.words_met)
            lost += loss
        log.info("epoch %d: loss %.4f, %.0f s", epoch + 1, lost / steps, time.time() - began)
    return parameters


def ask_network(parameters: Parameters, lesson: Course, rows: Indices, answers: Answers) -> Array:
    """The network's answers for some sentences."""
    counts = np.zeros(len(lesson.document), np.float32)
    counts[rows] = 1
    cutter, pieces = Cutter(lesson), windows(lesson.document, counts)
    result = np.zeros((len(lesson.document), answers.width), np.float32)
    for start in range(0, len(pieces), 2 * BATCH):
        batch, core = cutter.cut(pieces[start : start + 2 * BATCH])
        result[core] = Pass(parameters, batch, answers.column_of_phrases).answers
    return result[rows]


def teach_runs(lesson: Course, weights: Array) -> RunWeights:
    """Ridge regression of the answers on the runs of words, by conjugate gradients on the normal equations."""
    rows = np.flatnonzero(weights)
    counts = counts_of_runs(lesson.features, HEADING_SHARE)
    present = np.asarray((counts[rows] > 0).sum(0)).ravel()
    rarity = np.where(present > 1, np.rint(64 * (np.log((1 + len(rows)) / (1 + present)) + 1)), 0).astype(np.float32)
    scaled = _scaled(lesson, counts, rarity)[rows]
    turned, share = scaled.T.tocsr(), weights[rows][:, None]
    mean = np.average(lesson.answers[rows], axis=0, weights=weights[rows]).astype(np.float32)
    residue = turned @ (share * (lesson.answers[rows] - mean))
    learnt = np.zeros_like(residue)
    way, size = residue.copy(), (residue * residue).sum(0)
    for _ in range(ROUNDS):
        moved = turned @ (share * (scaled @ way)) + np.float32(RIDGE) * way
        step = size / np.maximum((way * moved).sum(0), 1e-12)
        learnt += step * way
        residue -= step * moved
        size, before = (residue * residue).sum(0), size
        way = residue + size / np.maximum(before, 1e-12) * way
    return RunWeights(learnt, rarity, mean, HEADING_SHARE)


def ask_runs(learnt: RunWeights, lesson: Course, rows: Indices) -> Array:
    """The linear part's answers for some sentences."""
    counts = counts_of_runs(lesson.features, learnt.heading_share)
    answers: Array = _scaled(lesson, counts, learnt.rarity)[rows] @ learnt.weights + learnt.mean
    return answers


def _scaled(lesson: Course, counts: scipy.sparse.csr_matrix, rarity: Array) -> scipy.sparse.csr_matrix:
    """The counts times rarity, each row divided by its length as `loaders.statements.model` reckons it."""
    own, own_count = runs(lesson.features.words, lesson.features.lengths)
    columns, count = runs(lesson.features.heading_words, lesson.features.heading_lengths)
    squares = np.add.reduceat(rarity[own] ** 2, _starts(own_count))
    of_headings = np.add.reduceat(rarity[(columns + RUNS // 2) % RUNS] ** 2, _starts(count))
    squares += HEADING_SHARE**2 * of_headings[lesson.features.heading]
    lengths = 1 / np.sqrt(np.maximum(squares, 1.0)).astype(np.float32)
    return (scipy.sparse.diags(lengths) @ counts.multiply(rarity).tocsr()).tocsr().astype(np.float32)


def _starts(count: Indices) -> Indices:
    return np.concatenate([[0], np.cumsum(count)[:-1]])
