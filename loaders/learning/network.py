"""The small network that is taught what sentences say, and its gradients: used in training only.

Words are vectors; three neighbouring ones make a feature; a sentence is the greatest and the mean of each feature. One
hidden layer sees the sentence, the ones before and after it, the words of its heading, its place and its phrases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse

Array = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]
Parameters = dict[str, Array]

_MANY = 1 << 20
"""More than there are buckets."""
DROP, DROP_WORDS, DROP_HEADINGS = 0.3, 0.05, 0.5
"""What share of each is left out in learning, so that nothing is leant on alone."""


_PLACE, _HEADING = 6, 7
"""Where these stand among the parts that the hidden layer sees."""
NAMED = (1.0, 0.1, 0.1, 0.1, 0.3, 0.1, 0.1)
"""What a phrase speaks for its concept at first: in the sentence, the one before, the one after, the paragraph, the
heading, the section, the document."""


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
    paragraph: Array
    heading_phrases: Array
    core: Indices
    before: Indices
    after: Indices


@dataclass(frozen=True, slots=True)
class Sizes:
    """The network's widths: of words, features, the hidden layer, places, concepts with phrases, and answers."""

    buckets: int
    word: int
    feature: int
    hidden: int
    place: int
    phrases: int
    answers: int

    @property
    def seen(self) -> int:
        """How many numbers the hidden layer sees."""
        return 4 * self.feature + self.word + self.place + 6 * self.phrases


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
        "named": np.array(NAMED, np.float32)[:, None] * np.ones((7, sizes.phrases), np.float32),
    }


class Pass:
    """One way through the network and, with `gradients`, back; with `rng`, a part of the numbers is left out.

    `named` are the columns of the answers that the concepts with phrases stand for.
    """

    def __init__(
        self, parameters: Parameters, batch: Batch, named: Sequence[int], rng: np.random.Generator | None = None
    ) -> None:
        self._p, self._b, self._columns, self._rng = parameters, batch, list(named), rng
        self.words_met: Indices = np.zeros(0, np.int64)
        """Which word vectors the gradients change."""
        self._sentences()
        self._see()
        self.answers = self._answer()

    def _kept(self, shape: tuple[int, ...], drop: float) -> Array:
        if self._rng is None or not drop:
            return np.ones((1,) * len(shape), np.float32)
        return (self._rng.random(shape, np.float32) >= drop).astype(np.float32) / np.float32(1 - drop)

    def _sentences(self) -> None:
        p, b = self._p, self._b
        pairs, self._which = np.unique(b.words[:, 0] * _MANY + b.words[:, 1], return_inverse=True)
        self._pairs = np.stack([pairs // _MANY, pairs % _MANY], 1)
        self._keep_words = self._kept((*self._pairs.shape, 1), DROP_WORDS)
        self._vectors = (p["words"][self._pairs] * self._keep_words).sum(1)
        self._ends = np.cumsum(b.lengths)
        count = len(p["three"]) // self._vectors.shape[1]
        self._beside = [_beside(self._which, b.lengths, at - count // 2, len(pairs)) for at in range(count)]
        features = np.repeat(p["three_bias"][None], len(b.words), axis=0)
        for part, where in zip(np.split(p["three"], count), self._beside, strict=True):
            features += _with_nothing(self._vectors @ part)[where]
        self._features = np.maximum(features, 0, out=features)
        starts = self._ends - b.lengths
        self._most = np.maximum.reduceat(self._features, starts)
        self._share = (0.5 / np.sqrt(b.lengths)).astype(features.dtype)[:, None]
        self._sentence = np.concatenate([self._most, np.add.reduceat(self._features, starts) * self._share], 1)

    def _see(self) -> None:
        p, b = self._p, self._b
        own = self._sentence[b.core]
        self._old, self._new = _rows(self._sentence, b.before), _rows(self._sentence, b.after)
        self._keep_heading = self._kept((len(b.core), 1), DROP_HEADINGS)
        heading_starts = np.concatenate([[0], np.cumsum(b.heading_lengths)[:-1]])
        self._heading_rows = p["words"][b.heading_words].sum(1)
        heading = np.add.reduceat(self._heading_rows, heading_starts)[b.core] * np.float32(0.3) * self._keep_heading
        parts = [own, self._old @ p["before"], self._new @ p["after"]]
        parts += [b.phrases[b.core], _rows(b.phrases, b.before), b.paragraph[b.core], b.place[b.core]]
        parts += [heading, b.heading_phrases[b.core]]
        self._masks = [self._kept(part.shape, 0 if at == _PLACE else DROP) for at, part in enumerate(parts)]
        self._widths = [part.shape[1] for part in parts]
        kept = [part * mask for part, mask in zip(parts, self._masks, strict=True)]
        self._seen = np.concatenate(kept, 1)
        self._named = (kept[3], kept[4], _rows(b.phrases, b.after), kept[5], *np.split(kept[8], 3, axis=1))

    def _answer(self) -> Array:
        p = self._p
        self._hidden = np.maximum(self._seen @ p["hidden"] + p["hidden_bias"], 0)
        self._keep_hidden = self._kept(self._hidden.shape, DROP)
        self._keep_direct = self._kept((len(self._b.core), self._sentence.shape[1]), DROP)
        self._own = self._sentence[self._b.core] * self._keep_direct
        answers: Array = (self._hidden * self._keep_hidden) @ p["answer"] + self._own @ p["direct"] + p["answer_bias"]
        answers[:, self._columns] += sum(part * p["named"][i] for i, part in enumerate(self._named))
        return answers

    def gradients(self, of_answers: Array) -> Parameters:
        """How each parameter should change, from how each answer should."""
        p, b, g = self._p, self._b, {}
        g["answer_bias"] = of_answers.sum(0)
        g["answer"] = (self._hidden * self._keep_hidden).T @ of_answers
        g["direct"] = self._own.T @ of_answers
        of_named = of_answers[:, self._columns]
        g["named"] = np.stack([(of_named * part).sum(0) for part in self._named])
        of_hidden = (of_answers @ p["answer"].T) * self._keep_hidden * (self._hidden > 0)
        g["hidden_bias"], g["hidden"] = of_hidden.sum(0), self._seen.T @ of_hidden
        parts = np.split(of_hidden @ p["hidden"].T, np.cumsum(self._widths), axis=1)
        own, old, new, heading = (parts[at] * self._masks[at] for at in (0, 1, 2, _HEADING))
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
        of_features = np.repeat(self._most, b.lengths, axis=0) == self._features
        of_features = of_features * np.repeat(of_sentence[:, :f], b.lengths, axis=0)
        of_features += np.repeat(of_sentence[:, f:] * self._share, b.lengths, axis=0)
        of_features *= self._features > 0
        # What each pair of words that differs is to change by, as the first, the second and the third of three.
        sums = [_sums(where, of_features, len(self._pairs) + 1)[:-1] for where in self._beside]
        g["three"] = np.concatenate([self._vectors.T @ one for one in sums])
        g["three_bias"] = of_features.sum(0)
        of_vectors = sum(one @ part.T for one, part in zip(sums, np.split(p["three"], len(sums)), strict=True))
        kept = np.broadcast_to(self._keep_words, (*self._pairs.shape, 1))
        of_heading_words = np.repeat(of_heading, b.heading_lengths, axis=0)
        where = np.concatenate([*self._pairs.T, *b.heading_words.T])
        what = np.concatenate([of_vectors * kept[:, 0], of_vectors * kept[:, 1], of_heading_words, of_heading_words])
        self.words_met, met = np.unique(where, return_inverse=True)
        g["words"] = _sums(met, what, len(self.words_met))


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


def _beside(which: Indices, lengths: Indices, step: int, nothing: int) -> Indices:
    """For each word the one `step` further on in its sentence; `nothing` beyond the edges."""
    ends = np.repeat(np.cumsum(lengths), lengths)
    there = np.arange(len(which)) + step
    inside = (there >= ends - np.repeat(lengths, lengths)) & (there < ends)
    return np.where(inside, which[np.clip(there, 0, len(which) - 1)], nothing)


def _with_nothing(rows: Array) -> Array:
    return np.concatenate([rows, np.zeros((1, rows.shape[1]), rows.dtype)])


def _sums(where: Indices, what: Array, count: int) -> Array:
    """The sum of the rows that go to each of `count` places."""
    spread = scipy.sparse.csr_matrix(
        (np.ones(len(where), what.dtype), (where, np.arange(len(where)))), shape=(count, len(where))
    )
    return np.asarray(spread @ what)


def _rows(of: Array, where: Indices) -> Array:
    """The rows at the indices, zeros at -1."""
    return of[where] * (where >= 0)[:, None].astype(np.float32)


def _add_rows(to: Array, where: Indices, what: Array) -> None:
    """Adds rows at the indices, each of which stands once, and leaves out -1."""
    there = where >= 0
    to[where[there]] += what[there]
