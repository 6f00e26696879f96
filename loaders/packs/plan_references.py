"""The true references of a plan's actions, worked out from the printed ones by their order under each recommendation.

Tables that were scanned or torn print "a g.1" for 1.1, "5 4" for 6.4, or 3.7 between 5.6 and 5.8. What reads cleanly
and stands in order is kept; what lies between two such is counted on from them; what cannot be counted stays None.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_MARKUP = re.compile(r"</?[a-zA-Z]{1,6}>|[_^]?[{}]|\*")
_STYLES = {
    "dotted": re.compile(r"(?<![\w.])((?:[A-Za-z]{0,4}\d{1,2}\.){1,3})(\d{1,2})(?![\w])\.?"),
    "lettered": re.compile(r"(?<![\w.])([A-Za-z]{0,4}\d{1,2}(?:\.\d{1,2})*\.?)\(?([a-z])\)?(?!\w)"),
    "prefixed": re.compile(r"(?<![\w.])([A-Za-z]{1,4}[-/ ]?)(\d{1,3})(?![\w.])"),
    "plain": re.compile(r"(?<![\w.])()(\d{1,3})(?![\w])\.?"),
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A reference that reads cleanly: what stands before its last part, and that part as a number."""

    prefix: str
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The true reference, if it can be told, and what is printed where that differs."""

    true: str | None
    printed: str | None


def style(cells: Sequence[str]) -> str | None:
    """The way in which a plan's references are written; None where there is none.

    Numbers alone may be those of pages, so that they count only where hardly anything is written otherwise.
    """
    counts = Counter(name for cell in cells if (name := _style_of(cell)))
    telling = [(name, count) for name, count in counts.most_common() if name != "plain"]
    if telling and (telling[0][1] > 1 or telling[0][1] >= counts["plain"]):
        return telling[0][0]
    return "plain" if counts else None


def printed(cell: str, way: str | None) -> Printed | None:
    """The clean reference in a cell, page debris around it left out; None where none or several stand there."""
    if way is None:
        return None
    bare = _without_markup(cell)
    matches = list(_STYLES[way].finditer(bare))
    if len(matches) != 1 or (way in ("plain", "prefixed") and matches[0][0].strip() != bare):
        return None
    prefix, last = matches[0].groups()
    return Printed(prefix, ord(last) - 96 if last.isalpha() else int(last), prefix + last)


def references(cells: Sequence[str], way: str | None, prefix: str | None) -> tuple[Reference, ...]:
    """The references of the actions under one recommendation, in order; `prefix` is what theirs should begin with."""
    found = [printed(cell, way) for cell in cells]
    prefix = prefix if prefix is not None else _commonest([p.prefix for p in found if p])
    if prefix is None:
        return tuple(Reference(None, _without_markup(cell) or None) for cell in cells)
    anchors = _rising([p.number if p and p.prefix == prefix else None for p in found])
    numbers = _counted(anchors)
    return tuple(
        _reference(None if number is None else _written(prefix, number, way), cell, one)
        for cell, one, number in zip(cells, found, numbers, strict=True)
    )


def prefix_of(number: int, prefixes: Sequence[tuple[int, str]]) -> str | None:
    """What references under a recommendation of this number begin with, if those of the others show a rule.

    `prefixes` are the clean ones met so far with the number of the recommendation that each stands under.
    """
    rules = Counter(prefix.replace(str(n), "#", 1) for n, prefix in prefixes if re.search(rf"(?<!\d){n}(?!\d)", prefix))
    if not rules or sum(rules.values()) * 2 <= len(prefixes):
        return None
    return rules.most_common(1)[0][0].replace("#", str(number))


def _without_markup(cell: str) -> str:
    return " ".join(_MARKUP.sub("", cell).split())


def _style_of(cell: str) -> str | None:
    bare = _without_markup(cell)
    return next((name for name, pattern in _STYLES.items() if pattern.fullmatch(bare)), None)


def _commonest(prefixes: list[str]) -> str | None:
    return Counter(prefixes).most_common(1)[0][0] if prefixes else None


def _rising(numbers: list[int | None]) -> list[int | None]:
    """The longest run of numbers that rise; the others are None."""
    best: list[list[int]] = []
    for at, number in enumerate(numbers):
        if number is None or number < 1:
            best.append([])
            continue
        fits = [chain for before, chain in enumerate(best) if chain and number > (numbers[before] or 0)]
        best.append([*max(fits, key=len, default=[]), at])
    longest = max(best, key=len, default=[])
    return [number if at in longest else None for at, number in enumerate(numbers)]


def _counted(anchors: list[int | None]) -> list[int | None]:
    """The anchors with the numbers between them, where these are as many as the rows; before the first from 1."""
    held = [(at, number) for at, number in enumerate(anchors) if number is not None]
    if not held:
        return [at + 1 for at in range(len(anchors))]
    numbers = list(anchors)
    for (a, first), (b, second) in zip([(-1, 0), *held], held, strict=False):
        for at in range(a + 1, b):
            numbers[at] = first + at - a if second - first == b - a else None
    last, number = held[-1]
    for at in range(last + 1, len(anchors)):
        numbers[at] = number + at - last
    return numbers


def _written(prefix: str, number: int, way: str | None) -> str:
    return prefix + (chr(96 + number) if way == "lettered" and 0 < number <= 26 else str(number))


def _reference(true: str | None, cell: str, found: Printed | None) -> Reference:
    if found is not None and found.words == true:
        return Reference(true, None)
    return Reference(true, _without_markup(cell) or None)
