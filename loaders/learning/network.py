"""The small network that is taught what sentences say, and its gradients: used in training only.

Words are vectors; three neighbouring ones make a feature; a sentence is the greatest and the mean of each feature. One
hidden layer sees the sentence, the ones before and after it, the words of its heading, its place and its phrases.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse

Array = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]
Parameters = dict[str, Array]

DROP, DROP_WORDS, DROP_HEADINGS = 0.3, 0.05, 0.5
"""What share of each is left out in learning, so that nothing is leant on alone."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences with their words in one row; `core` are those to be learnt from, `before` and `after` their neighbours.

    Neighbours are indices among the sentences, -1 where there is none.
    """

    words: Indices
    lengths: Indices
    heading_words: Indices
    heading_lengths: Indices
    place: Array
    phrases: Array
    heading_phrases: Array
    core: Indices
    before: Indices
    after: Indices


@dataclass(frozen=True, slots=True)
class Sizes:
    """The network's widths: of words, features, the hidden layer, places, phrases, themes and answers."""

    buckets: int
    word: int
    feature: int
    hidden: int
    place: int
    phrases: int
    themes: int
    answers: int

    @property
    def seen(self) -> int:
        """How many numbers the hidden layer sees."""
        return 4 * self.feature + self.word + self.place + 2 * self.phrases + self.themes


def first_parameters(sizes: Sizes, rng: np.random.Generator) -> Parameters:
    """Random parameters to begin with; the first word vector, of no word, is zero."""
    d, f, h = sizes.word, sizes.feature, sizes.hidden

    def normal(*shape: int, scale: float) -> Array:
        return (rng.standard_normal(shape) * scale).astype(np.float32)

    return {
        "words": normal(sizes.buckets, d, scale=0.1),
        "three": normal(3 * d, f, scale=2 * (3 * d) ** -0.5),
        "three_bias": np.zeros(f, np.float32),
        "before": normal(2 * f, f, scale=0.03),
        "after": normal(2 * f, f, scale=0.03),
        "hidden": normal(sizes.seen, h, scale=0.7 * (4 * f) ** -0.5),
        "hidden_bias": np.zeros(h, np.float32),
        "answer": normal(h, sizes.answers, scale=0.05),
        "direct": normal(2 * f, sizes.answers, scale=0.02),
        "answer_bias": np.full(sizes.answers, -1.0, np.float32),
        "named": np.array([1.0, 0.1, 0.1, 0.3], np.float32)[:, None] * np.ones((4, sizes.themes), np.float32),
    }


class Pass:
    """One way through the network and, with `gradients`, back; with `rng`, a part of the numbers is left out."""

    def __init__(
        self, parameters: Parameters, batch: Batch, themes: slice, rng: np.random.Generator | None = None
    ) -> None:
        self._p, self._b, self._themes, self._rng = parameters, batch, themes, rng
        self.words_met: Indices = np.zeros(0, np.int64)
        """Which word vectors the gradients change."""
        self._sentences()
        self._see()
        self.answers = self._answer()

    def _kept(self, shape: tuple[int, ...], drop: float) -> Array | float:
        if self._rng is None:
            return 1.0
        return (self._rng.random(shape, np.float32) >= drop).astype(np.float32) / np.float32(1 - drop)

    def _sentences(self) -> None:
        p, b = self._p, self._b
        self._keep_words = self._kept((len(b.words), 2, 1), DROP_WORDS)
        vectors = (p["words"][b.words] * self._keep_words).sum(1)
        self._segment = np.repeat(np.arange(len(b.lengths)), b.lengths)
        self._at = np.arange(len(b.words)) + self._segment + 1
        row = np.zeros((len(b.words) + len(b.lengths) + 1, vectors.shape[1]), np.float32)
        row[self._at] = vectors
        self._three = np.concatenate([row[self._at - 1], row[self._at], row[self._at + 1]], 1)
        self._features = np.maximum(self._three @ p["three"] + p["three_bias"], 0)
        starts = np.concatenate([[0], np.cumsum(b.lengths)[:-1]])
        self._most = np.maximum.reduceat(self._features, starts)
        self._share = (0.5 / np.sqrt(b.lengths)).astype(np.float32)[:, None]
        self._sentence = np.concatenate([self._most, np.add.reduceat(self._features, starts) * self._share], 1)

    def _see(self) -> None:
        p, b = self._p, self._b
        own = self._sentence[b.core]
        self._old, self._new = _rows(self._sentence, b.before), _rows(self._sentence, b.after)
        self._keep_heading = self._kept((len(b.core), 1), DROP_HEADINGS)
        heading_starts = np.concatenate([[0], np.cumsum(b.heading_lengths)[:-1]])
        self._heading_rows = p["words"][b.heading_words].sum(1)
        heading = np.add.reduceat(self._heading_rows, heading_starts)[b.core] * np.float32(0.3) * self._keep_heading
        phrases, earlier = b.phrases[b.core], _rows(b.phrases, b.before)
        parts = [own, self._old @ p["before"], self._new @ p["after"], heading]
        parts += [phrases, earlier, b.heading_phrases[b.core]]
        self._masks = [self._kept(part.shape, DROP) for part in parts]
        self._widths = [part.shape[1] for part in parts]
        kept = [part * mask for part, mask in zip(parts, self._masks, strict=True)]
        self._seen = np.concatenate([*kept, b.place[b.core]], 1)
        themes = p["named"].shape[1]
        later = _rows(b.phrases, b.after)[:, :themes]
        self._named = (kept[4][:, :themes], kept[5][:, :themes], later, kept[6])

    def _answer(self) -> Array:
        p = self._p
        self._hidden = np.maximum(self._seen @ p["hidden"] + p["hidden_bias"], 0)
        self._keep_hidden = self._kept(self._hidden.shape, DROP)
        self._keep_direct = self._kept((len(self._b.core), self._sentence.shape[1]), DROP)
        self._own = self._sentence[self._b.core] * self._keep_direct
        answers: Array = (self._hidden * self._keep_hidden) @ p["answer"] + self._own @ p["direct"] + p["answer_bias"]
        answers[:, self._themes] += sum(part * p["named"][i] for i, part in enumerate(self._named))
        return answers

    def gradients(self, of_answers: Array) -> Parameters:
        """How each parameter should change, from how each answer should."""
        p, b, g = self._p, self._b, {}
        g["answer_bias"] = of_answers.sum(0)
        g["answer"] = (self._hidden * self._keep_hidden).T @ of_answers
        g["direct"] = self._own.T @ of_answers
        of_themes = of_answers[:, self._themes]
        g["named"] = np.stack([(of_themes * part).sum(0) for part in self._named])
        of_hidden = (of_answers @ p["answer"].T) * self._keep_hidden * (self._hidden > 0)
        g["hidden_bias"], g["hidden"] = of_hidden.sum(0), self._seen.T @ of_hidden
        parts = np.split(of_hidden @ p["hidden"].T, np.cumsum(self._widths), axis=1)[:-1]
        own, old, new, heading = (
            np.multiply(*pair, dtype=np.float32) for pair in zip(parts[:4], self._masks[:4], strict=True)
        )
        own = own + (of_answers @ p["direct"].T) * self._keep_direct
        g["before"], g["after"] = self._old.T @ old, self._new.T @ new
        of_sentence = np.zeros_like(self._sentence)
        of_sentence[b.core] += own
        _add_rows(of_sentence, b.before, old @ p["before"].T)
        _add_rows(of_sentence, b.after, new @ p["after"].T)
        of_heading = np.zeros((len(b.lengths), p["words"].shape[1]), np.float32)
        of_heading[b.core] += heading * self._keep_heading * np.float32(0.3)
        self._back_to_words(g, of_sentence, of_heading)
        return g

    def _back_to_words(self, g: Parameters, of_sentence: Array, of_heading: Array) -> None:
        p, b = self._p, self._b
        f = self._most.shape[1]
        of_features = (self._features == self._most[self._segment]) * of_sentence[self._segment, :f]
        of_features += (of_sentence[:, f:] * self._share)[self._segment]
        of_features *= self._features > 0
        g["three"], g["three_bias"] = self._three.T @ of_features, of_features.sum(0)
        of_three = of_features @ p["three"].T
        d = p["words"].shape[1]
        row = np.zeros((len(b.words) + len(b.lengths) + 1, d), np.float32)
        for shift in (-1, 0, 1):
            row[self._at + shift] += of_three[:, (shift + 1) * d : (shift + 2) * d]
        of_vectors = row[self._at]
        kept = np.broadcast_to(self._keep_words, (len(b.words), 2, 1))
        both = [of_vectors * kept[:, i] for i in (0, 1)]
        of_heading_words = np.repeat(of_heading, b.heading_lengths, axis=0)
        where = np.concatenate([b.words[:, 0], b.words[:, 1], b.heading_words[:, 0], b.heading_words[:, 1]])
        what = np.concatenate([*both, of_heading_words, of_heading_words])
        self.words_met, met = np.unique(where, return_inverse=True)
        spread = scipy.sparse.csr_matrix(
            (np.ones(len(where), np.float32), (met, np.arange(len(where)))), shape=(len(self.words_met), len(where))
        )
        g["words"] = np.asarray(spread @ what, np.float32)


class Adam:
    """The steps of Adam with decoupled decay, over a rate that rises shortly and falls as a cosine."""

    def __init__(self, parameters: Parameters, steps: int, rate: float = 2e-3, decay: float = 1e-4) -> None:
        self._p, self._steps, self._rate, self._decay = parameters, steps, rate, decay
        self._mean = {name: np.zeros_like(value) for name, value in parameters.items()}
        self._square = {name: np.zeros_like(value) for name, value in parameters.items()}
        self._done = 0

    def step(self, gradients: Parameters, words_met: Indices) -> None:
        """Changes the parameters in place; of the word vectors only those met, whose gradients these are."""
        self._done += 1
        part = max(0.0, (self._done - 100) / max(1, self._steps - 100))
        rate = self._rate * min(1.0, self._done / 100) * 0.5 * (1 + np.cos(np.pi * part))
        first, second = np.float32(1 - 0.9**self._done), np.float32(1 - 0.999**self._done)
        for name, gradient in gradients.items():
            rows = words_met if name == "words" else slice(None)
            mean, square, value = self._mean[name][rows], self._square[name][rows], self._p[name][rows]
            mean = mean + np.float32(0.1) * (gradient - mean)
            square = square + np.float32(0.001) * (gradient * gradient - square)
            change = mean / first / (np.sqrt(square / second) + np.float32(1e-8))
            self._mean[name][rows], self._square[name][rows] = mean, square
            self._p[name][rows] = value - np.float32(rate) * (change + np.float32(self._decay) * value)
        self._p["words"][0] = 0


def _rows(of: Array, where: Indices) -> Array:
    """The rows at the indices, zeros at -1."""
    return of[where] * (where >= 0)[:, None].astype(np.float32)


def _add_rows(to: Array, where: Indices, what: Array) -> None:
    """Adds rows at the indices, each of which stands once, and leaves out -1."""
    there = where >= 0
    to[where[there]] += what[there]
