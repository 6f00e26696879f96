"""Teaches the learnt part: `python -m loaders.learning.train LABELS DOCUMENTS`.

LABELS holds training_sentences.jsonl and taught_sentences.jsonl, DOCUMENTS the documents that they speak of, one folder
an authority. Writes statements.npz beside the labelling code and, with it, what it was taught on and the figures of its
cross-validation, in which no authority is both learnt from and measured. sentences.jsonl in LABELS is measured too, and
never learnt from.
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import os
import zlib
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import ontology
from loaders.learning.course import Course, course
from loaders.learning.first_words import first_words
from loaders.learning.lessons import (
    MEASURED_OTHER,
    MEASURED_REPORT,
    MODEL,
    READER,
    READER_AT_RANDOM,
    Lesson,
    lessons,
)
from loaders.learning.mixing import Mixture, cuts_of, figures, mix, mixed, sharpened
from loaders.learning.network import Array, Indices, Parameters, Sizes
from loaders.learning.teaching import Plan, ask_network, ask_runs, teach_network, teach_runs
from loaders.learning.weights_file import Learnt, RunWeights, known_phrases, save
from loaders.statements.answers import Answers
from loaders.statements.features import BUCKETS, PLACE
from loaders.statements.labels import as_asked
from loaders.statements.model import WEIGHTS

log = logging.getLogger("loaders.learning.train")

FOLDS = 5
EPOCHS = 10
WORD, FEATURE, HIDDEN = 96, 192, 320


def answers_of(vocabulary: ontology.Vocabulary) -> Answers:
    """The answers to be learnt: all concepts of the schemes."""
    ids = {scheme: tuple(sorted(vocabulary.concepts[scheme])) for scheme in ("theme", "cohort", "prevalence", "change")}
    return Answers(ids["theme"], ids["cohort"], ids["prevalence"], ids["change"])


def sizes_of(answers: Answers) -> Sizes:
    """The network's widths for these answers."""
    return Sizes(BUCKETS, WORD, FEATURE, HIDDEN, PLACE, len(answers.phrases), answers.width)


@dataclass(frozen=True, slots=True)
class Taught:
    """Both parts, and what they answer for the sentences that were held out."""

    network: Parameters
    runs: RunWeights
    held_out: Indices
    of_network: Array
    of_runs: Array


def folds_of(taught_on: Sequence[Lesson]) -> list[int]:
    """The fold of each lesson: those of one authority are in one, those that are only measured on too."""
    groups = {lesson.group for lesson in taught_on if lesson.weights.any()}
    homes = [one.group if one.weights.any() else _home(one, groups) for one in taught_on]
    return [zlib.crc32(home.encode()) % FOLDS for home in homes]


def _home(lesson: Lesson, groups: Collection[str]) -> str:
    """The authority's folder ("12_some town") that a document kept elsewhere names most, or its own."""
    words = " ".join(one.words for one in lesson.said).lower().replace("&", "and")
    named = {group: words.count(group.partition("_")[2].replace("&", "and")) for group in sorted(groups)}
    best = max(named, key=named.__getitem__, default=lesson.group)
    return best if named.get(best) else lesson.group


def teach(whole: Course, plan: Plan, folds: Sequence[int], fold: int | None) -> Taught:
    """Both parts taught on all but one fold of the authorities (None: on all), asked for what readers said of it."""
    held = np.array(folds)[whole.document] == (-1 if fold is None else fold)
    weights = np.where(held, 0, whole.weights).astype(np.float32)
    answers = plan.answers
    network = teach_network(whole, weights, plan, fold or 0)
    runs = teach_runs(whole, weights)
    rows = np.flatnonzero(held & (whole.source >= READER))
    asked = ask_network(network, whole, rows, answers) if len(rows) else np.zeros((0, answers.width), np.float32)
    return Taught(network, runs, rows, asked, ask_runs(runs, whole, rows))


def teach_all(
    whole: Course, plan: Plan, folds: Sequence[int], wanted: Sequence[int | None], workers: int
) -> list[Taught]:
    """The parts for each fold wanted."""
    # One thread a process: two that share a core wait for each other at every product.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _log_epochs) as pool:
        waiting = [pool.submit(teach, whole, plan, folds, fold) for fold in wanted]
        return [one.result() for one in waiting]


@dataclass(frozen=True, slots=True)
class Weighed:
    """How the parts are mixed and where they are cut, and how good that is by who labelled the sentences."""

    mixture: Mixture
    cuts: dict[str, float]
    figures: dict[str, dict[str, float]]


def weigh(whole: Course, answers: Answers, held_out: Sequence[Taught]) -> Weighed:
    """Mixture and cuts from what was answered for training sentences that were held out; figures of all held out."""
    rows = np.concatenate([one.held_out for one in held_out])
    network = np.concatenate([one.of_network for one in held_out]).astype(np.float64)
    of_runs = np.concatenate([one.of_runs for one in held_out]).astype(np.float64)
    wanted, source = whole.answers[rows].astype(np.float64), whole.source[rows]
    read = source < MEASURED_REPORT
    found = mix(network[read], of_runs[read], wanted[read], answers)
    drawn = source == READER_AT_RANDOM
    found = sharpened(found, network[drawn], of_runs[drawn], wanted[drawn], answers)
    chances = mixed(found, network, of_runs, answers)
    measured, cohort = chances.copy(), answers.columns["cohort"]
    measured[:, cohort] = as_asked(chances[:, cohort], whole.features.phrases[rows], answers)
    cuts = cuts_of(chances[read], wanted[read], answers)
    # Only those who labelled the ones drawn at random gave cohorts as often as the guide asks.
    cuts["cohort"] = cuts_of(measured[drawn], wanted[drawn], answers)["cohort"]
    sets = {
        "training sentences": (chances, read),
        "those of them drawn at random": (measured, drawn),
        "sentences.jsonl, reports": (measured, source == MEASURED_REPORT),
        "sentences.jsonl, seeds": (measured, source == MEASURED_OTHER),
        "sentences.jsonl": (measured, ~read),
    }
    return Weighed(
        found,
        cuts,
        {
            name: figures(given[of], wanted[of], answers, cuts, whole.alternative[rows][of].astype(np.float64))
            for name, (given, of) in sets.items()
            if of.any()
        },
    )


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
    folds = folds_of(taught_on)
    *held_out, last = teach_all(whole, plan, folds, [*range(given.folds), None], given.workers)
    how = weigh(whole, answers, held_out)
    offsets, known = how.mixture.offsets.astype(np.float32), known_phrases(vocabulary)
    save(Learnt(answers, [last.network], last.runs, how.mixture.factors, offsets, how.cuts, known), WEIGHTS)
    note = note_of(taught_on, whole, {"folds": f"{given.folds} of {FOLDS}", **how.figures})
    WEIGHTS.with_suffix(".json").write_text(json.dumps(note, indent=1) + "\n", encoding="utf8")


def note_of(taught_on: Sequence[Lesson], whole: Course, measured: Mapping[str, object]) -> dict[str, object]:
    """What stands beside the weights: what they were taught on, and how good they were on what was held out."""
    learnt = [lesson for lesson in taught_on if lesson.weights.any()]
    return {
        "taught on": {
            "documents": len(learnt),
            "authorities": len({lesson.group for lesson in learnt}),
            "sentences labelled by readers": int(np.isin(whole.source, (READER, READER_AT_RANDOM)).sum()),
            "sentences labelled by a fine-tuned encoder": int((whole.source == MODEL).sum()),
        },
        "measured on authorities that were held out": measured,
    }


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


if __name__ == "__main__":
    main()
