"""The measures of an action's impact, one a value, where a cell names several one after another."""

from __future__ import annotations

import re

from loaders.statements.phrases import once_a_vocabulary, plain
from ontology import Vocabulary

_MARK = re.compile(r"\s*[;•|]\s*|\s*,\s+|\s*/\s*(?=[A-Z])")
_AND = re.compile(r"\s+(?:and|&)\s+")


def measures(words: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Each measure that a cell names, as printed, in order.

    "Audit and Performance Information" are two; "Data and audit information" is one, as its last word belongs to both.
    """
    said = " ".join(words.split())
    usual = _usual(vocabulary)
    named = _all_usual(said, usual)
    if named:
        return tuple(dict.fromkeys(named))
    pieces = [piece for piece in _MARK.split(said) if re.search(r"\w", piece)]
    if len(pieces) > 1:
        pieces[-1:] = _last_of_list(pieces[-1], usual)
    found = (one for piece in pieces for one in _all_usual(piece, usual) or [piece.strip(" .")])
    return tuple(dict.fromkeys(found))


@once_a_vocabulary
def _usual(vocabulary: Vocabulary) -> frozenset[tuple[str, ...]]:
    concepts = vocabulary.concepts["impact-measure"].values()
    return frozenset(tuple(plain(label).split()) for c in concepts for label in (c.label, *c.alt))


def _all_usual(words: str, usual: frozenset[tuple[str, ...]]) -> list[str]:
    """The words as a run of usual measures, the longest first; nothing where anything else stands among them."""
    tokens = [token for token in re.split(r"[\s,;/&•]+", words) if token]
    bare = [plain(token).strip(".()") for token in tokens]
    found: list[str] = []
    at = 0
    while at < len(tokens):
        length = next((n for n in range(len(tokens) - at, 0, -1) if tuple(bare[at : at + n]) in usual), 0)
        if length:
            found.append(" ".join(tokens[at : at + length]).strip("."))
        elif bare[at] not in ("and", "", "-", "–") or not found:
            return []
        at += length or 1
    return found


def _last_of_list(piece: str, usual: frozenset[tuple[str, ...]]) -> list[str]:
    """In "A, B and C" the last two, where C begins like a thing of its own."""
    parts = _AND.split(piece)
    if len(parts) == 2 and (parts[1][:1].isupper() or _all_usual(parts[1], usual)):
        return parts
    return [piece]
