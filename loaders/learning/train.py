"""Teaches the learnt part: `python -m loaders.learning.train LABELS DOCUMENTS`.

LABELS holds training_sentences.jsonl and taught_sentences.jsonl, DOCUMENTS the documents that they speak of, one folder
an authority. Writes statements.npz beside the labelling code and, with it, what it was taught on and the figures of its
cross-validation, in which no authority is both learnt from and measured. sentences.jsonl in LABELS is kept out of it.
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import os
import zlib
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import ontology
from loaders.learning.course import Course, course
from loaders.learning.first_words import first_words
from loaders.learning.lessons import Lesson, lessons
from loaders.learning.mixing import Mixture, cuts_of, figures, mix
from loaders.learning.network import Array, Indices, Parameters, Sizes
from loaders.learning.teaching import Plan, ask_network, ask_runs, teach_network, teach_runs
from loaders.learning.weights_file import Learnt, RunWeights, known_phrases, save
from loaders.statements.answers import Answers
from loaders.statements.features import BUCKETS, PLACE
from loaders.statements.model import WEIGHTS, Exact

log = logging.getLogger("loaders.learning.train")

FOLDS = 5
EPOCHS = 14
WORD, FEATURE, HIDDEN = 96, 192, 320


def answers_of(vocabulary: ontology.Vocabulary) -> Answers:
    """The answers to be learnt: all concepts of the schemes."""
    ids = {scheme: tuple(sorted(vocabulary.concepts[scheme])) for scheme in ("theme", "cohort", "prevalence", "change")}
    return Answers(ids["theme"], ids["cohort"], ids["prevalence"], ids["change"])


def sizes_of(answers: Answers) -> Sizes:
    """The network's widths for these answers."""
    themes = len(answers.themes)
    phrases = themes + len(answers.phrases)
    return Sizes(BUCKETS, WORD, FEATURE, HIDDEN, PLACE, phrases, themes, answers.width)


@dataclass(frozen=True, slots=True)
class Taught:
    """Both parts, and what they answer for the sentences that were held out."""

    network: Parameters
    runs: RunWeights
    held_out: Indices
    of_network: Array
    of_runs: Array


def teach(whole: Course, plan: Plan, groups: Sequence[int], fold: int | None) -> Taught:
    """Both parts taught on all but one fold of the authorities (None: on all), asked for what readers said of it."""
    held = np.array(groups)[whole.document] == (-1 if fold is None else fold)
    weights = np.where(held, 0, whole.weights).astype(np.float32)
    answers = plan.answers
    network = teach_network(whole, weights, plan, fold or 0)
    runs = teach_runs(whole, weights)
    rows = np.flatnonzero(held & (whole.read > 0))
    asked = ask_network(network, whole, rows, answers) if len(rows) else np.zeros((0, answers.width), np.float32)
    return Taught(network, runs, rows, asked, ask_runs(runs, whole, rows))


def mixture_of(whole: Course, answers: Answers, taught: Sequence[Taught]) -> tuple[Mixture, Exact, Exact]:
    """How the parts are mixed, from what each answered for its held-out sentences; the chances, and the truth."""
    wanted = whole.answers[np.concatenate([one.held_out for one in taught])].astype(np.float64)
    network = np.concatenate([one.of_network for one in taught]).astype(np.float64)
    of_runs = np.concatenate([one.of_runs for one in taught]).astype(np.float64)
    found, chances = mix(network, of_runs, wanted, answers)
    return found, chances, wanted


def main() -> None:
    """Teaches, measures and writes."""
    given = _arguments()
    vocabulary = ontology.load()
    answers = answers_of(vocabulary)
    taught_on = lessons(given.labels, given.documents, vocabulary, answers)
    whole = course(taught_on)
    said = (one.words for lesson in taught_on for one in lesson.said)
    words = first_words(given.encoder, said, WORD) if given.encoder else None
    plan = Plan(answers, sizes_of(answers), given.epochs, words)
    groups = [zlib.crc32(lesson.group.encode()) % FOLDS for lesson in taught_on]
    folds: list[int | None] = [*range(given.folds), None]
    # One thread a process: two that share a core wait for each other at every product.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(given.workers, multiprocessing.get_context("spawn"), _log_epochs) as pool:
        waiting = [pool.submit(teach, whole, plan, groups, fold) for fold in folds]
        *held_out, last = [one.result() for one in waiting]
    mixed, chances, wanted = mixture_of(whole, answers, held_out)
    cuts = cuts_of(chances, wanted, answers)
    offsets = mixed.offsets.astype(np.float32)
    learnt = Learnt(answers, last.network, last.runs, mixed.factors, offsets, cuts, known_phrases(vocabulary))
    save(learnt, WEIGHTS)
    note = _note(taught_on, whole, given.folds, figures(chances, wanted, answers, cuts))
    WEIGHTS.with_suffix(".json").write_text(json.dumps(note, indent=1) + "\n", encoding="utf8")


def _log_epochs() -> None:
    logging.basicConfig(level=logging.INFO, format="%(process)d %(message)s")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--folds", type=int, default=FOLDS, help="how many of the five folds to measure")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--encoder", type=Path, help="folder with an encoder's vocab.txt and model.safetensors")
    parser.add_argument("--workers", type=int, default=2)
    return parser.parse_args()


def _note(taught_on: Sequence[Lesson], whole: Course, folds: int, measured: dict[str, float]) -> dict[str, object]:
    return {
        "taught on": {
            "documents": len(taught_on),
            "authorities": len({lesson.group for lesson in taught_on}),
            "sentences labelled by readers": int((whole.read > 0).sum()),
            "sentences labelled by a fine-tuned encoder": int(((whole.weights > 0) & (whole.read == 0)).sum()),
        },
        "measured by cross-validation": {
            "how": f"{folds} of {FOLDS} folds, no authority on both sides; readers' labels only",
            **measured,
        },
    }


if __name__ == "__main__":
    main()
