"""Data as a page carries it: deflated, and written in letters that mean nothing in HTML."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

LETTERS = "".join(chr(c) for c in range(33, 127) if chr(c) not in "<&\\")
"""91 of them: two carry 13 bits, so that packed bytes grow by 23 per cent where base64 grows by 33."""
_DIGITS = np.frombuffer(LETTERS.encode(), dtype=np.uint8)
_TOKENS = re.compile(r" ?[A-Za-z’']+|[^A-Za-z’']+?(?= ?[A-Za-z’'])|[^A-Za-z’']+")
_ONE, _TWO = 100, 124
"""Codes 128 to 227 stand alone; those to 251 are followed by one byte more, and those to 255 by two."""
_LEAST, _STEPS = 11, 245
"""The first value of a byte that follows, so that none of them is a line's end, and how many values it has."""
SELDOM = 3
"""A word has to come so often to be given a code."""


def packed(data: object) -> str:
    """The data as JSON, deflated."""
    return deflated(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf8", "replace"))


def packed_texts(texts: Sequence[str]) -> str:
    """The texts, each on a line of its own with a code of one to three bytes for every common word, deflated.

    The first line is the list of words, the most common first. Deflating alone sees 32 kB at a time; with the words
    of all texts known beforehand the outcome is a third smaller, and a browser unpacks any text without the others.
    """
    split = [_TOKENS.findall(text) for text in texts]
    code = _codes(token for tokens in split for token in tokens)
    head = json.dumps([*code], ensure_ascii=False, separators=(",", ":")).encode("utf8", "replace")
    lines = (b"".join([code.get(token) or _spelled(token, code) for token in tokens]) for tokens in split)
    return deflated(b"\n".join([head, *lines]))


def deflated(words: bytes) -> str:
    """The bytes, deflated, as their number, a space, and letters."""
    found = zlib.compress(words, 9)
    bits = np.unpackbits(np.frombuffer(found, dtype=np.uint8))
    groups = np.pad(bits, (0, -len(bits) % 13)).reshape(-1, 13).astype(np.uint16)
    values = groups @ (1 << np.arange(12, -1, -1, dtype=np.uint16))
    pairs = np.stack([_DIGITS[values // 91], _DIGITS[values % 91]], axis=1)
    return f"{len(found)} {pairs.tobytes().decode('ascii')}"


def _codes(tokens: Iterable[str]) -> dict[str, bytes]:
    """A code for each word that comes often, the shorter the commoner, and for each letter outside ASCII."""
    counts = Counter(tokens)
    words = {t: n for t, n in counts.items() if n >= SELDOM and len(t.encode("utf8", "replace")) > 1}
    letters: Counter[str] = Counter()
    for token, n in counts.items():
        if token not in words and not _plain(token):
            letters.update({letter: n for letter in token if not _plain(letter)})
    for letter, n in letters.items():  # a letter that is a word, too, has one code for both
        words[letter] = words.get(letter, 0) + n
    ranked = sorted(words.items(), key=lambda c: (-c[1], c[0]))
    return {word: _code(k) for k, (word, _) in enumerate(ranked)}


def _plain(words: str) -> bool:
    return words.isascii() and words.isprintable()


def _code(number: int) -> bytes:
    if number < _ONE:
        return bytes([128 + number])
    high, low = divmod(number - _ONE, _STEPS)
    if high < _TWO - _ONE:
        return bytes([128 + _ONE + high, _LEAST + low])
    top, middle = divmod(high - (_TWO - _ONE), _STEPS)
    return bytes([128 + _TWO + top, _LEAST + middle, _LEAST + low])


def _spelled(token: str, code: dict[str, bytes]) -> bytes:
    return b"".join(code.get(letter) or letter.encode("ascii") for letter in token)
