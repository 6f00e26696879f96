"""Teaches linking anew: `python -m graph.links.learning LABELS BUILD [--words] [--encoder FOLDER]`."""

from __future__ import annotations

import argparse
import zipfile
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from graph.building.entry import facts
from graph.links.learning import reader, student, verdicts
from graph.links.learning.weights import kept, teach
from graph.links.likeness import WEIGHTS, weights
from graph.links.matter import matter
from graph.links.meaning import MEANINGS, meanings
from graph.links.outline import Outline
from graph.links.verdict import NETWORK
from ontology import load


def outlines(build: Path) -> dict[str, Outline]:
    """The outlines that a build keeps in its cache, by the key of their document."""
    found = {}
    for path in sorted((build / "cache").glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            one = facts(archive).outline
        found[one.iri.rpartition("/")[2]] = one
    return found


def verdict(labels: Path, known: Mapping[str, Outline], encoder: Path) -> dict[str, Any]:
    """The arrays of `verdict.npz`: an encoder learns from readers, and the network from readers and the encoder."""
    held, said = verdicts.read(labels, known, load())
    own, of = verdicts.lessons(held, said), reader.words(known)
    by = student.simple(own)
    more = verdicts.others(held, lambda told: student.simple_odds(by, told))
    larger = reader.taught(encoder, reader.texts(own.pairs, of), own.said, own.counts)
    guessed = student.guessed(more, by, larger.judged(reader.texts(more.pairs, of)))
    seen = {iri for pair in (*own.pairs, *more.pairs) for iri in pair}
    rows = {iri: matter(of[iri].statement).rows for iri in seen}
    return student.teach(own, guessed, rows, meanings())


def main() -> None:
    parser = argparse.ArgumentParser(prog="graph.links.learning", description="Teaches linking anew.")
    parser.add_argument("labels", type=Path, help="the folder of revisits.jsonl and the files of sentences")
    parser.add_argument("build", type=Path, help="a built graph with its cache")
    parser.add_argument("--words", action="store_true", help="learn the meanings of words, too (needs scipy)")
    parser.add_argument(
        "--encoder",
        type=Path,
        metavar="FOLDER",
        help="learn the verdict, too, with the encoder of sentences in FOLDER (needs torch and transformers)",
    )
    given = parser.parse_args()
    if given.words and not given.encoder:
        parser.error("--words needs --encoder: the verdict knows words by their places among the known ones")
    known = outlines(given.build)
    if given.words:
        words = import_module("graph.links.learning.words")  # scipy is wanted for this alone
        np.savez_compressed(MEANINGS, **words.meanings(list(words.sentences(given.labels)), tuple(known.values())))
        np.savez_compressed(NETWORK, **student.untaught(meanings()))  # the one of before knows other words
    labels = given.labels / "revisits.jsonl"
    WEIGHTS.write_text(kept(*teach(labels, known)), encoding="utf8")
    if given.encoder:
        weights.cache_clear()  # which pairs are read depends on how near they are
        np.savez_compressed(NETWORK, **verdict(labels, known, given.encoder))


if __name__ == "__main__":
    main()
