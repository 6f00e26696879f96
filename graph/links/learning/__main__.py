"""Teaches linking anew: `python -m graph.links.learning LABELS BUILD [--words]`."""

from __future__ import annotations

import argparse
import zipfile
from importlib import import_module
from pathlib import Path

import numpy as np

from graph.building.entry import facts
from graph.links.learning.verdicts import verdict
from graph.links.learning.weights import kept, teach
from graph.links.likeness import WEIGHTS, weights
from graph.links.meaning import MEANINGS
from graph.links.outline import Outline
from ontology import load


def outlines(build: Path) -> dict[str, Outline]:
    """The outlines that a build keeps in its cache, by the key of their document."""
    found = {}
    for path in sorted((build / "cache").glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            one = facts(archive).outline
        found[one.iri.rpartition("/")[2]] = one
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="graph.links.learning", description="Teaches linking anew.")
    parser.add_argument("labels", type=Path, help="the folder of revisits.jsonl and the files of sentences")
    parser.add_argument("build", type=Path, help="a built graph with its cache")
    parser.add_argument("--words", action="store_true", help="learn the meanings of words, too (needs scipy)")
    given = parser.parse_args()
    known = outlines(given.build)
    if given.words:
        words = import_module("graph.links.learning.words")  # scipy is wanted for this alone
        np.savez_compressed(MEANINGS, **words.meanings(list(words.sentences(given.labels)), tuple(known.values())))
    labels, before = given.labels / "revisits.jsonl", weights()[2]
    likeness = teach(labels, known)
    WEIGHTS.write_text(kept(*likeness, before), encoding="utf8")
    weights.cache_clear()  # which pairs are read depends on how near they are
    WEIGHTS.write_text(kept(*likeness, verdict(labels, known, load())), encoding="utf8")


if __name__ == "__main__":
    main()
