"""What became of something that was found, asked for or promised, by what a later statement says; and why, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from graph.links.matter import Matter
from graph.links.meaning import STEPS, Meanings
from graph.links.outline import Statement
from graph.links.words import stem, stems

When = tuple[str, str]
"""The first and the last day of a time, as ISO strings; empty where it is not known."""
_DAY = len("2017-09-11")
_MOSTLY = 0.65
"""The share of strengths among what is said of a matter above which a strength means that it is done."""
_FEW = 3
_TELLS = 60.0
"""How much a word must tell of themes, in hundredths of a nat, to be given as a reason: “day” does not."""
_QUOTED = 3
_AKIN = 0.45 * STEPS
_WORD = re.compile(r"[A-Za-z]+")
_KEPT_UP = {"strength": "achieved", "mixed": "in-part", "weakness": "worse"}
"""What became of a strength: nothing was to be resolved, and no weakness can recur."""
_LATER = {
    "strength": "a strength is found",
    "weakness": "a weakness is found",
    "mixed": "some of it is found to work and some not",
    "neutral": "it is spoken of without praise or blame",
}


def became(earlier: Statement, later: Statement, said: Sequence[Statement]) -> tuple[str, str]:
    """The kind of link and the outcome; `said` is all that the later document says of the matter."""
    if earlier.polarity == "strength" and later.kind != "action":
        return "followed-up", _KEPT_UP.get(later.polarity or "weakness", "unclear")
    if later.kind != "finding":
        return ("recurs", "not-achieved") if later.kind == "recommendation" else ("followed-up", "unclear")
    if later.polarity == "weakness":
        return "recurs", "worse" if later.change == "declined" else "not-achieved"
    if later.polarity == "strength" and _mostly_good(said):
        return "resolved", "largely-achieved" if later.change == "improved" else "achieved"
    return "followed-up", "in-part" if later.polarity in ("strength", "mixed") else "unclear"


def _mostly_good(said: Sequence[Statement]) -> bool:
    judged = [one for one in said if one.kind == "recommendation" or one.polarity in ("strength", "weakness", "mixed")]
    good = sum(one.polarity == "strength" for one in judged)
    return len(judged) < _FEW or good > _MOSTLY * len(judged)


def reason(earlier: Matter, later: Matter, at: When, then: When, known: Meanings) -> str:
    """Why the link was drawn: the words, themes and people that both speak of, what was before, and what is found then.

    `at` and `then` are the first and last days on which the two may have been said.
    """
    shared = _shared(earlier, later, known)
    themes = sorted(set(earlier.statement.themes) & set(later.statement.themes), key=known.theme_weight, reverse=True)
    told = [f"both speak of {_listed(shared)}"] if shared else [] if themes else _akin(earlier, later, known)
    told += [f"both are on {_joined(themes[:_QUOTED])}"] if themes else []
    cohort = [one for one in earlier.statement.cohort if one in later.statement.cohort]
    told += [f"both are about {_joined(cohort[:_QUOTED])}"] if cohort else []
    told = told or ["their words are near in meaning"]
    return f"{'; '.join(told)}; {_before(earlier.statement)}{_in(at)}, then{_in(then)} {_after(later.statement)}"


def _joined(ids: Sequence[str]) -> str:
    return " and ".join(one.replace("-", " ") for one in ids)


def _in(when: When) -> str:
    """The month of a day that is known, else the year, else nothing."""
    first, last = when
    if not first or not last:
        return ""
    if first == last and len(first) == _DAY:
        return f" in {date.fromisoformat(first):%B %Y}"
    return f" in {first[:4]}" if first[:4] == last[:4] else f" between {first[:4]} and {last[:4]}"


def _before(earlier: Statement) -> str:
    said = {"recommendation": "asked for", "action": "promised in a plan"}
    found = {"strength": "a strength", "weakness": "a weakness", "mixed": "found to work in part"}
    return said.get(earlier.kind) or found.get(earlier.polarity or "", "spoken of")


def _after(later: Statement) -> str:
    if later.kind == "recommendation":
        return "it is asked for again"
    if later.kind == "action":
        return "a plan takes it up"
    told = _LATER.get(later.polarity or "", _LATER["neutral"])
    return f"{told} and said to have {later.change}" if later.change else told


def _shared(earlier: Matter, later: Matter, known: Meanings) -> list[str]:
    """The later statement's telling words that the earlier one has too, the most telling first; neighbours as one."""
    both = earlier.stems & later.stems
    neighbours = _neighbours(earlier.statement.told)
    words, said = _words(later.statement.told)
    singles = [(known.tells(one), word) for one, word in zip(said, words, strict=True) if one in both]
    pairs = [
        (max(known.tells(one), known.tells(other)), f"{words[place]} {words[place + 1]}")
        for place, (one, other) in enumerate(pairwise(said))
        if (one, other) in neighbours and {one, other} <= both
    ]
    found: list[str] = []
    for tells, quoted in (*sorted(pairs, key=_most_telling), *sorted(singles, key=_most_telling)):
        if tells >= _TELLS and not any(_meets(quoted, held) for held in found):
            found.append(quoted)
    return found[:_QUOTED]


@lru_cache(maxsize=1 << 12)
def _neighbours(told: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(stems(told)))


@lru_cache(maxsize=1 << 12)
def _words(told: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words and their stems."""
    words = tuple(_WORD.findall(told))
    return words, tuple(stem(word.lower()) for word in words)


def _most_telling(one: tuple[float, str]) -> tuple[float, str]:
    return -one[0], one[1]


def _meets(one: str, other: str) -> bool:
    """Whether two quotations have a word in common."""
    return bool(set(one.lower().split()) & set(other.lower().split()))


def _akin(earlier: Matter, later: Matter, known: Meanings) -> list[str]:
    """The two words, one of each, that are nearest in meaning."""
    if not len(earlier.rows) or not len(later.rows):
        return []
    near = known.near[earlier.rows[:, None], later.rows[None, :]]
    place = int(near.argmax())
    one, other = divmod(place, near.shape[1])
    if near[one, other] < _AKIN:
        return []
    before, after = known.stems[earlier.rows[one]], known.stems[later.rows[other]]
    return [f"“{_said(earlier, before)}” is near to “{_said(later, after)}”"]


def _said(matter: Matter, of: str) -> str:
    """The word of a statement that has this stem."""
    words = [match.group() for match in _WORD.finditer(matter.statement.told)]
    return next((word for word in words if stem(word.lower()) == of), of)


def _listed(quotations: Sequence[str]) -> str:
    quoted = [f"“{one}”" for one in quotations]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
