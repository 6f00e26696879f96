"""Word vectors to begin teaching with: those of a published encoder's pieces of words, cut to the width wanted."""

from __future__ import annotations

import json
import struct
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from loaders.learning.network import Array
from loaders.statements.features import BUCKETS, buckets, tokens

_SPREAD = 0.12
_UNKNOWN = 0.02


def first_words(folder: Path, said: Iterable[str], width: int) -> Array:
    """A vector for each bucket of the words in `said`, from `vocab.txt` and `model.safetensors` in a folder.

    The vectors are turned so that `width` numbers keep most of what tells the words apart.
    """
    counts = Counter(token for words in said for token in tokens(words))
    every = sorted(counts)
    weights = np.sqrt([counts[word] for word in every]).astype(np.float32)[:, None]
    vectors = _vectors(folder, every)
    vectors -= (vectors * weights).sum(0) / weights.sum()
    turned = vectors @ np.linalg.svd(vectors * np.sqrt(weights), full_matrices=False)[2][:width].T
    return _by_bucket(every, turned * (_SPREAD / turned.std()), counts, width)


def _by_bucket(every: list[str], vectors: Array, counts: Mapping[str, int], width: int) -> Array:
    result, met = np.zeros((BUCKETS, width), np.float32), np.zeros((BUCKETS, 1), np.float32)
    for word, vector in zip(every, vectors, strict=True):
        bucket = buckets(word)[0]
        result[bucket] += vector * counts[word]
        met[bucket] += counts[word]
    random = np.random.default_rng(0).standard_normal(result.shape) * _UNKNOWN
    result = np.where(met > 0, result / np.maximum(met, 1), random).astype(np.float32)
    result[0] = 0
    return result


def _vectors(folder: Path, words: Iterable[str]) -> Array:
    pieces = {piece: row for row, piece in enumerate((folder / "vocab.txt").read_text(encoding="utf8").splitlines())}
    table = _table(folder / "model.safetensors", "word_embeddings.weight")
    rows = [[row for part in word.split("'") for row in _pieces(part, pieces)] for word in words]
    return np.array([table[of_word].mean(0) if of_word else np.zeros(table.shape[1]) for of_word in rows], np.float32)


def _pieces(word: str, known: Mapping[str, int]) -> list[int]:
    """The longest known pieces from left to right."""
    result, start = [], 0
    while start < len(word):
        ends = range(len(word), start, -1)
        end = next((end for end in ends if ("##" if start else "") + word[start:end] in known), None)
        if end is None:
            break
        result.append(known[("##" if start else "") + word[start:end]])
        start = end
    return result


def _table(path: Path, name: str) -> Array:
    """One table of 32-bit numbers in a safetensors file, by the end of its name."""
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    entry = next(value for key, value in header.items() if key.endswith(name))
    start, end = (8 + length + offset for offset in entry["data_offsets"])
    table: Array = np.frombuffer(content[start:end], np.float32).reshape(entry["shape"])
    return table
