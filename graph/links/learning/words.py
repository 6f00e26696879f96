"""Learns what words have to do with each other from sentences of reports: how rare each is, and what stands near it."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import svds

from graph.links.meaning import Numbers
from graph.links.outline import Outline
from graph.links.words import stems

FILES = ("training_sentences.jsonl", "taught_sentences.jsonl")
_SENTENCES, _DOCUMENTS = 8, 6
"""In how many sentences and documents a stem must stand to be kept: the names of people and places do not."""
_WINDOW = 8
_FALLING = 0.2
"""How quickly words further apart count less."""
_SMOOTH, _SHIFT = 0.75, 0.3
_WIDTH = 64
_SCALE = 200
_HUNDREDTHS = 100
_BEFORE_SEEN = 20.0
"""Statements that are taken to have been seen with each stem before any was, with the themes of all."""


def sentences(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The document and the stems of each sentence."""
    for name in FILES:
        for line in (folder / name).read_text(encoding="utf8").splitlines():
            row = json.loads(line)
            yield row.get("sha") or row.get("doc") or row.get("id", "")[:16], stems(row["text"])


def meanings(said: Sequence[tuple[str, list[str]]], outlines: Sequence[Outline]) -> dict[str, npt.NDArray[Any]]:
    """The arrays of `meanings.npz`."""
    counts, documents = Counter[str](), defaultdict[str, set[str]](set)
    for document, words in said:
        for word in set(words):
            counts[word] += 1
            documents[word].add(document)
    known = sorted(w for w in counts if counts[w] >= _SENTENCES and len(documents[w]) >= _DOCUMENTS)
    rarity = [math.log((len(said) + 1) / counts[word]) for word in known]
    themes, of_themes = _themes(outlines)
    return {
        "stems": np.array(" ".join(known)),
        "rarity": _whole(rarity),
        "vectors": _vectors([words for _, words in said], known),
        "telling": _whole(telling(known, themes, outlines)),
        "themes": np.array(" ".join(themes)),
        "theme_rarity": _whole(of_themes),
    }


def telling(stems_known: Sequence[str], themes: Sequence[str], outlines: Iterable[Outline]) -> Numbers:
    """By how much the themes of what is said with each stem differ from those of everything, in nats."""
    rows = {one: row for row, one in enumerate(stems_known)}
    columns = {one: column for column, one in enumerate(themes)}
    counts = np.zeros((len(rows), len(columns)))
    every = np.zeros(len(columns))
    for statement in (one for outline in outlines for one in outline.statements if one.themes):
        of = [columns[theme] for theme in statement.themes if theme in columns]
        share = 1 / max(1, len(of))
        every[of] += share
        said = [rows[one] for one in set(stems(statement.told)) if one in rows]
        counts[np.ix_(said, of)] += share
    usual = every / every.sum()
    shares = (counts + _BEFORE_SEEN * usual) / (counts.sum(1, keepdims=True) + _BEFORE_SEEN)
    found: Numbers = (shares * np.log(np.maximum(shares, 1e-12) / np.maximum(usual, 1e-12))).sum(1)
    return found


def _whole(numbers: Sequence[float] | Numbers) -> npt.NDArray[np.int16]:
    whole: npt.NDArray[np.int16] = np.rint(np.array(numbers) * _HUNDREDTHS).astype(np.int16)
    return whole


def _vectors(said: Sequence[list[str]], known: Sequence[str]) -> npt.NDArray[np.int8]:
    """What stands near each word, more often than chance would have it, drawn together to a few numbers."""
    places = {word: place for place, word in enumerate(known)}
    together: dict[tuple[int, int], float] = defaultdict(float)
    for words in said:
        rows = [places.get(word, -1) for word in words]
        for start, one in enumerate(rows):
            for apart, other in enumerate(islice(rows, start + 1, start + 1 + _WINDOW)):
                if one >= 0 and other >= 0 and one != other:
                    weight = 1 / (1 + _FALLING * apart)
                    together[one, other] += weight
                    together[other, one] += weight
    rows_, columns = zip(*together, strict=True)
    table = sparse.csr_matrix((list(together.values()), (rows_, columns)), shape=(len(known), len(known)))
    often = np.asarray(table.sum(1)).ravel()
    chance = often**_SMOOTH / (often**_SMOOTH).sum()
    held = table.tocoo()
    beyond = np.maximum(np.log(held.data / often[held.row] / chance[held.col]) - _SHIFT, 0)
    left, strength, _ = svds(sparse.csr_matrix((beyond, (held.row, held.col)), shape=table.shape), k=_WIDTH, rng=0)
    vectors = left * np.sqrt(strength)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    vectors -= vectors.mean(0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    whole: npt.NDArray[np.int8] = np.rint(vectors * _SCALE).clip(-127, 127).astype(np.int8)
    return whole


def _themes(outlines: Iterable[Outline]) -> tuple[list[str], list[float]]:
    every, counts = 0, Counter[str]()
    for outline in outlines:
        for statement in outline.statements:
            every += 1
            counts.update(set(statement.themes))
    themes = sorted(counts)
    return themes, [math.log(every / counts[theme]) for theme in themes]
