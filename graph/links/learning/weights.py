"""Teaches what counts how much in the likeness of two statements, from what readers found to have become of asks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from graph.links.learning.regression import fitted
from graph.links.likeness import OTHER_THEMES, Columns, Weights, chances, grounded, likenesses, shared
from graph.links.matter import matter, page
from graph.links.meaning import Numbers
from graph.links.outline import Outline, Statement

_DRAWN_TO_NOUGHT = {"alone": 300.0, "grounded": 400.0}
_CORE = 1.5
"""How much more than another right one a sentence counts that a reader took to tell most."""
_LEAST_OF_PART = 40
"""Letters from which a statement may be a part of the sentence that a reader marked."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one recommendation and all statements of a later report have in common, and which are on its matter."""

    authority: str
    columns: Columns
    right: Numbers
    """1 or 0 of each later statement."""
    counts: Numbers
    """How much each counts."""


def lessons(labels: Path, outlines: Mapping[str, Outline], by: Weights | None) -> Iterator[Lesson]:
    """The lessons in `revisits.jsonl`; with `by`, those with the grounds that these weights find."""
    for line in labels.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        earlier, later = outlines[row["earlier"]], outlines[row["later"]]
        asked = asked_of(row, earlier)
        after = [one for one in later.statements if one.kind != "action"]
        if asked is not None:
            columns = _columns(asked, earlier, after, by)
            core, also = (marked(row[name], after) for name in ("core", "also"))
            yield Lesson(row["authority"], columns, np.maximum(core, also), 1 + (_CORE - 1) * core)


def asked_of(row: Mapping[str, Any], earlier: Outline) -> Statement | None:
    """The recommendation that a line of the labels is about."""
    head = _plain(row["recommendation"])[:40]
    return next((one for one in earlier.statements if _plain(one.words).startswith(head)), None)


def _columns(asked: Statement, earlier: Outline, after: Sequence[Statement], by: Weights | None) -> Columns:
    one, later = page([matter(asked)]), page([matter(said) for said in after])
    if by is None:
        return shared(one, later)
    weak = [said for said in earlier.statements if said.polarity in ("weakness", "mixed")]
    before = page([matter(said) for said in (asked, *weak)])
    odds = likenesses(shared(one, before), by)
    grounds = chances(odds, np.arange(1, len(before.matters)))
    return grounded(shared(before, later), np.zeros(1, np.int64), grounds)


def marked(sentences: Iterable[str], statements: Sequence[Statement]) -> Numbers:
    """Of each statement 1 or 0: whether a reader marked its sentence."""
    chosen = [_plain(sentence) for sentence in sentences]
    said = [_plain(statement.words) for statement in statements]
    return np.array(
        [float(any(one in words or (len(words) > _LEAST_OF_PART and words in one) for one in chosen)) for words in said]
    )


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", words.lower())


def taught(given: Sequence[Lesson], strength: float) -> Weights:
    """Logistic regression, its weights drawn towards nought."""
    names = sorted(set(given[0].columns) - {"other themes"})
    table = np.concatenate([np.column_stack([lesson.columns[name][0] for name in names]) for lesson in given])
    right = np.concatenate([lesson.right for lesson in given])
    counts = np.concatenate([lesson.counts for lesson in given])
    fixed = OTHER_THEMES * np.concatenate([lesson.columns["other themes"][0] for lesson in given])
    weights, bias = fitted(table, right, counts, strength, -fixed)
    return Weights(bias, dict(zip(names, map(float, weights), strict=True)))


def teach(labels: Path, outlines: Mapping[str, Outline]) -> tuple[Weights, Weights]:
    """The weights for any two statements, and those for a recommendation together with its grounds."""
    alone = _rounded(taught(list(lessons(labels, outlines, None)), _DRAWN_TO_NOUGHT["alone"]))
    return alone, _rounded(taught(list(lessons(labels, outlines, alone)), _DRAWN_TO_NOUGHT["grounded"]))


def _rounded(found: Weights) -> Weights:
    return Weights(round(found.bias, 3), {name: round(weight, 3) for name, weight in found.of.items()})


def kept(alone: Weights, with_grounds: Weights) -> str:
    """Both as JSON."""
    every = (("alone", alone), ("grounded", with_grounds))
    held = {name: {"bias": of.bias, "weights": of.of} for name, of in every}
    return json.dumps(held, indent=1) + "\n"
