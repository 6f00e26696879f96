"""What the learnt part is taught from: labelled sentences found again in their documents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from loaders.errors import LoaderError
from loaders.learning.network import Array
from loaders.reading.source import documents, open_document
from loaders.statements.answers import NONE_GIVEN, NOT_A_FINDING, POLARITIES, Answers
from loaders.statements.cues import cues
from loaders.statements.features import Features, features
from loaders.statements.findings import placed_sentences
from loaders.statements.said import Said
from loaders.statements.sections import sections
from ontology import Vocabulary

READ, TAUGHT = 1.0, 0.7
"""How much a sentence counts that a reader labelled, and one that another model did."""


FIRST_ROUND = 1600
"""So many of the training sentences, the first of their file, were drawn at random; later ones where labels are rare
or a first classifier was unsure."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One document: its sentences, what they should be labelled, and how much each counts (0: not learnt from)."""

    group: str
    """The folder that the document stands in: one authority's."""
    said: tuple[Said, ...]
    features: Features
    answers: Array
    weights: Array
    source: Array
    """Who labelled each sentence: one of the numbers below."""
    alternative: Array
    """The place of a polarity that is as good as the one asked for; -1 where there is none."""


NOBODY, MODEL, READER, READER_AT_RANDOM, MEASURED_REPORT, MEASURED_OTHER = range(6)
"""Sentences that a model labelled, a reader, a reader of those drawn at random; and those that are measured on."""


def lessons(labels: Path, folder: Path, vocabulary: Vocabulary, answers: Answers) -> list[Lesson]:
    """A lesson for each document below `folder` that labelled sentences are from."""
    labelled = _labelled(labels)
    result = []
    for path in documents([folder]):
        try:
            source, text = open_document(path)
        except LoaderError:
            continue
        if source.key in labelled:
            said = tuple(one.said for one in placed_sentences(sections(text, vocabulary), text))
            result.append(_lesson(path.parent.name, said, labelled[source.key], vocabulary, answers))
    return result


def read_labels(path: Path) -> Iterable[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return (json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip())


def bare(words: str) -> str:
    """What of a sentence is compared: its letters and digits."""
    return re.sub(r"[^a-z0-9]+", "", words.lower())


@dataclass(frozen=True, slots=True)
class _Labelled:
    label: dict[str, Any]
    source: int


def _labelled(folder: Path) -> dict[str, dict[str, _Labelled]]:
    """By document and letters; what is measured replaces what another file says of the same sentence."""
    result: dict[str, dict[str, _Labelled]] = {}

    def add(label: dict[str, Any], source: int) -> None:
        result.setdefault(label["sha"], {})[bare(label["text"])] = _Labelled(label, source)

    for label in read_labels(folder / "taught_sentences.jsonl"):
        add(label, MODEL)
    for place, label in enumerate(read_labels(folder / "training_sentences.jsonl")):
        add(label, READER_AT_RANDOM if place < FIRST_ROUND else READER)
    for label in read_labels(folder / "sentences.jsonl"):
        add(label, MEASURED_REPORT if label["id"].startswith("dev") else MEASURED_OTHER)
    return result


def _lesson(
    group: str, said: tuple[Said, ...], labelled: Mapping[str, _Labelled], vocabulary: Vocabulary, answers: Answers
) -> Lesson:
    targets = np.zeros((len(said), answers.width), np.float32)
    sources, alternative = np.zeros(len(said), np.float32), np.full(len(said), -1, np.float32)
    seen: set[str] = set()
    for row, one in enumerate(said):
        words = bare(one.words)
        found = labelled.get(words)
        if found is None or words in seen:
            continue
        seen.add(words)
        sources[row] = found.source
        targets[row] = target(found.label, answers)
        if found.label.get("polarity_alt"):
            alternative[row] = POLARITIES.index(found.label["polarity_alt"])
    weights = np.array([0, TAUGHT, READ, READ, 0, 0], np.float32)[sources.astype(int)]
    return Lesson(group, said, numbers(said, vocabulary, answers), targets, weights, sources, alternative)


def numbers(said: Sequence[Said], vocabulary: Vocabulary, answers: Answers) -> Features:
    """The features of sentences, with the phrases that the vocabulary has for the answers."""
    words = cues(vocabulary)
    return features(said, [words.find(one) for one in said], answers.phrases)


def target(label: Mapping[str, Any], answers: Answers) -> Array:
    """The row of answers that a label asks for, probabilities where a model gave it."""
    given = _given(label) if "finding" in label else {**label, "theme": label["themes"]}
    row = np.zeros(answers.width, np.float32)
    for name, ids in answers.groups.items():
        part = np.array([float(given[name].get(id, 0.0)) for id in ids], np.float32)
        if name in ("polarity", "prevalence", "change") and part.sum():
            part /= part.sum()
        row[answers.columns[name]] = part
    return row


def _given(label: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    return {
        "polarity": {label["polarity"] if label["finding"] else NOT_A_FINDING: 1.0},
        "theme": dict.fromkeys(label["themes"], 1.0),
        "prevalence": {label["prevalence"] or NONE_GIVEN: 1.0},
        "cohort": dict.fromkeys(label["cohort"], 1.0),
        "change": {label["change"] or NONE_GIVEN: 1.0},
    }
