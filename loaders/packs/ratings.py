"""The colour or state by which a plan rates an action or its impact, by the plan's own legend where it has one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from loaders.statements.phrases import once_a_vocabulary, plain
from ontology import Vocabulary

_LEGEND = re.compile(r"^\W*(?P<sign>[A-Za-z]{1,8})\s*(?:[=:–—-])\s*(?P<meaning>[A-Za-z].{2,})$")


def rating(words: str, vocabulary: Vocabulary, legend: Mapping[str, str] | None = None) -> str | None:
    """The rating's id, None where the cell is empty or holds no rating."""
    said = _bare(words)
    return (legend or {}).get(said) or _labels(vocabulary).get(said)


def legend(lines: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, str]:
    """What the letters of a legend ("C - Complete; O: Overdue") stand for."""
    labels = _labels(vocabulary)
    found: dict[str, str] = {}
    for line in lines:
        for part in re.split(r"[;|\t]|,\s+(?=[A-Z]\w{0,8}\s*[=:–—-])", line):
            match = _LEGEND.match(part.strip())
            if match is None:
                continue
            sign, meaning = _bare(match["sign"]), _bare(match["meaning"])
            meant = labels.get(meaning) or next((labels[start] for start in _starts(meaning) if start in labels), None)
            if len(sign) == 1 and meant:
                found.setdefault(sign, meant)
    return found


def is_legend(cells: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a line of a table explains ratings ("Blue: complete", "Green: on course") instead of giving an action."""
    labels = _labels(vocabulary)
    signs = [_bare(match["sign"]) for cell in cells if (match := _LEGEND.match(cell.strip()))]
    return sum(sign in labels for sign in signs) >= 2


@once_a_vocabulary
def _labels(vocabulary: Vocabulary) -> Mapping[str, str]:
    concepts = vocabulary.concepts["rating"].values()
    return {_bare(label): c.id for c in concepts for label in (c.label, *c.alt, *c.hidden)}


def _bare(words: str) -> str:
    return " ".join(re.sub(r"[^a-z ]+", " ", plain(words)).split())


def _starts(words: str) -> list[str]:
    """The words' beginnings, the longest first."""
    tokens = words.split()
    return [" ".join(tokens[:n]) for n in range(len(tokens), 0, -1)]
