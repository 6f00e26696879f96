"""All lessons in one row, from which the network's batches are cut and on which the linear part is fitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import scipy.sparse

from loaders.learning.lessons import Lesson
from loaders.learning.network import Array, Batch, Indices
from loaders.statements.features import RUNS, Features, runs

WINDOW = 16
"""Consecutive sentences that are learnt together, so that each is worked out once for itself and its neighbours."""


@dataclass(frozen=True, slots=True)
class Course:
    """The lessons' sentences one after the other; `document` numbers the lesson that each is from."""

    features: Features
    answers: Array
    weights: Array
    source: Array
    alternative: Array
    document: Indices


def course(lessons: Sequence[Lesson]) -> Course:
    """The lessons in a row."""
    joined = {
        field.name: np.concatenate([getattr(lesson.features, field.name) for lesson in lessons])
        for field in fields(Features)
    }
    earlier = np.cumsum([0, *(len(lesson.features.heading_lengths) for lesson in lessons)])
    joined["heading"] = np.concatenate([lesson.features.heading + earlier[i] for i, lesson in enumerate(lessons)])
    return Course(
        Features(**joined),
        np.concatenate([lesson.answers for lesson in lessons]),
        np.concatenate([lesson.weights for lesson in lessons]),
        np.concatenate([lesson.source for lesson in lessons]),
        np.concatenate([lesson.alternative for lesson in lessons]),
        np.concatenate([np.full(len(lesson.said), i) for i, lesson in enumerate(lessons)]),
    )


def windows(document: Indices, weights: Array) -> list[Indices]:
    """Runs of consecutive sentences of one document in which something counts."""
    edges = np.flatnonzero(np.diff(document)) + 1
    result = []
    for start, end in zip([0, *edges], [*edges, len(document)], strict=True):
        cuts = np.arange(start, end, WINDOW)
        result += [np.arange(cut, min(cut + WINDOW, end)) for cut in cuts]
    return [window for window in result if weights[window].any()]


class Cutter:
    """Cuts batches from a course."""

    def __init__(self, course: Course) -> None:
        self._course = course
        features = course.features
        self._words = np.concatenate([[0], np.cumsum(features.lengths)])
        self._headings = np.concatenate([[0], np.cumsum(features.heading_lengths)])

    def cut(self, chosen: Sequence[Indices]) -> tuple[Batch, Indices]:
        """The batch of some windows with the neighbours of their ends, and which sentences its core holds."""
        features, document = self._course.features, self._course.document
        core = np.concatenate(chosen)
        before = _neighbours(core, -1, document)
        after = _neighbours(core, 1, document)
        every = np.unique(np.concatenate([core, before[before >= 0], after[after >= 0]]))
        place = np.full(len(document) + 1, -1)
        place[every] = np.arange(len(every))
        batch = Batch(
            words=features.words[_ranges(self._words, every), :2],
            lengths=features.lengths[every],
            heading_words=features.heading_words[_ranges(self._headings, features.heading[every]), :2],
            heading_lengths=features.heading_lengths[features.heading[every]],
            place=features.place[every],
            phrases=features.phrases[every],
            paragraph=features.paragraph[every],
            heading_phrases=features.heading_phrases[features.heading[every]],
            core=place[core],
            before=np.where(before >= 0, place[before], -1),
            after=np.where(after >= 0, place[after], -1),
        )
        return batch, core


def _neighbours(core: Indices, step: int, document: Indices) -> Indices:
    there = np.clip(core + step, 0, len(document) - 1)
    return np.where((document[there] == document[core]) & (there != core), there, -1)


def _ranges(offsets: Indices, rows: Indices) -> Indices:
    """The indices of all words of the rows, row after row."""
    lengths = offsets[rows + 1] - offsets[rows]
    shifts = np.repeat(offsets[rows] - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
    indices: Indices = np.arange(int(lengths.sum())) + shifts
    return indices


def counts_of_runs(features: Features, heading_share: float) -> scipy.sparse.csr_matrix:
    """How often each hashed run of words stands in each sentence, with those of its heading for a part."""
    own, count = runs(features.words, features.lengths)
    heading, heading_count = runs(features.heading_words, features.heading_lengths)
    headings = _matrix((heading + RUNS // 2) % RUNS, heading_count)
    return _matrix(own, count) + heading_share * headings[features.heading]


def _matrix(columns: Indices, count: Indices) -> scipy.sparse.csr_matrix:
    ends = np.concatenate([[0], np.cumsum(count)])
    matrix = scipy.sparse.csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(count), RUNS))
    matrix.sum_duplicates()
    return matrix
