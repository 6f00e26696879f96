"""From which side a statement looks at its matter, and whom and what it names, by its words and its heading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ahocorasick_rs
import numpy as np

from graph.links.meaning import Numbers
from graph.links.outline import Statement

Cues = Mapping[str, tuple[str, ...]]
"""By name: what is looked for in words in small letters with one space between them and one at either end."""

ASPECTS: Cues = {
    "when": (
        *("timel", "delay", "prompt", "quick", "swift", " late ", " wait", "drift", " soon", "early enough"),
        *("timescale", " pace "),
    ),
    "on paper": ("record", "written", "minutes"),
    "analysis": ("analys", "analyt", "evaluat"),
    "who takes part": ("attend", "particip", "involve", "contribut", "invited", "engage"),
    "how much there is": (
        *("sufficien", "capacity", "number of", "enough", "shortage", "lack of", "availab", "access"),
        *("range of", "choice"),
    ),
    "oversight": ("oversight", "scrutin", "monitor", "track", "challeng", "escalat", "audit", "supervis"),
    "what children say": ("views", "wishes", "voice", "listen", "lived experience"),
    "sharing": ("shar", "communicat"),
    "how well": ("quality", "thorough", "comprehensive", "robust", "detailed", "good enough", "variable"),
    "aims": ("measurable", "specific", "outcome", "smart", "actions", "contingen"),
}
SERVICES: Cues = {
    "help and protection": ("need help", "help and protection", "early help", "front door", "referral"),
    "care": ("looked after", "in care "),
    "leaving care": ("care leavers", "leaving care"),
    "adoption": ("adopti",),
    "leaders": ("leader", "management", "governance"),
    "the board": ("lscb", " board", "scb ", "safeguarding partnership", "safeguarding children partnership"),
    "the area": ("area partnership", "special needs", "special educational"),
}
"""The part of the services that a heading names."""
NAMED: Cues = {
    "the board": (
        *(" board ", "lscb", "scb ", "scp ", "safeguarding partnership", "safeguarding children partnership"),
        *("section 11", "sub group", "subgroup"),
    ),
    "health services": (
        *(" nhs ", " gps ", " gp ", "midwi", "hospital", "nurse", "nursing", " ccg", "clinical", "paediatric"),
        *("emergency department", " health visit", " health prof", " health serv", " health prov", " health agenc"),
        *(" health partner", " health staff", " health pract", " health trust", " health colleag", " health represent"),
    ),
    "police": (" police", "constabulary", " marac ", " hmic"),
    "youth justice": ("probation", " nps ", " crc ", "youth offending", "youth justice", " yos ", " yot ", " yjs "),
    "elected members": ("elected members", "scrutiny committee", "corporate parent", "lead member", "councillor"),
    "courts": (" court ", " courts ", "cafcass", "judiciary", "proceedings", "public law"),
    "reviewing officers": (" iro", "independent review", "conference chair", "child protection chair"),
    "early help": ("early help", "common assessment"),
    "systems": ("electronic", "database", " it system", "software"),
    "pathway plans": ("pathway plan",),
    "education plans": ("personal education", " pep"),
    "area plans": (" ehc ",),
    "child protection plans": ("child protection plan", "child protection conferences"),
    "children in need": ("children in need", "child in need"),
    "supervision": ("supervision",),
    "the area": ("special needs", " ehc ", "area partnership", "local area", "special educational"),
}
_NARRATES = (
    *(" is not ", " are not ", " has not ", " have not ", " do not ", " does not "),
    *(" although ", " however ", " while ", " this means ", " this limits "),
)
_LONG, _SHORT = 200, 80
"""Characters."""
_HALF_SAID = re.compile(
    r"(?:However,\s+|But\s+|Also,\s+|In addition,\s+|For\s+(?:some|these|those)\b[^,]*,\s+)?"
    r"(?:th(?:is|ese|ose|at|ey)\b|it\b|such\b|others?\b|where\b|he\b|she\b|"
    r"as\s+a\s+(?:result|consequence)\b|consequently\b|therefore\b|in\s+(?:these|such)\b)",
    re.IGNORECASE,
)
_MARKS = str.maketrans(dict.fromkeys(".,;:!?()[]{}‘’“”'\"/-–—\n\t\r", " "))


@dataclass(frozen=True, slots=True)
class Sides:
    """Of each of some statements, mostly 1 or 0 each."""

    aspects: Numbers
    services: Numbers
    named: Numbers
    """Statements by `ASPECTS`, `SERVICES` and `NAMED`."""
    half_said: Numbers
    """Whether it leaves its matter to the sentence before."""
    neutral: Numbers
    narrates: Numbers
    """Whether it is an area for improvement told as a finding."""
    long: Numbers
    short: Numbers
    """By how much it is longer or shorter than most, as a share."""


def sides(statements: Sequence[Statement]) -> Sides:
    words = [_plain(one.told) for one in statements]
    headings = [_plain(one.section or "") for one in statements]
    return Sides(
        _ASPECTS.told(words),
        _SERVICES.told(headings),
        _NAMED.told([f"{said}{heading}" for said, heading in zip(words, headings, strict=True)]),
        _flags([_HALF_SAID.match(one.words) for one in statements]),
        _flags([one.polarity == "neutral" for one in statements]),
        _flags(
            [
                one.kind == "recommendation" and any(map(said.__contains__, _NARRATES))
                for one, said in zip(statements, words, strict=True)
            ]
        ),
        np.array([max(0, len(one.words) - _LONG) / _LONG for one in statements]),
        np.array([max(0, _SHORT - len(one.words)) / _SHORT * (one.kind == "finding") for one in statements]),
    )


def _plain(words: str) -> str:
    return f" {' '.join(words.replace('SEND', 'special needs').translate(_MARKS).lower().split())} "


class _Finder:
    """Finds all cues of a text in one pass."""

    def __init__(self, cues: Cues) -> None:
        self._columns = [column for column, of in enumerate(cues.values()) for _ in of]
        self._width = len(cues)
        self._automaton = ahocorasick_rs.AhoCorasick([cue for of in cues.values() for cue in of], store_patterns=False)

    def told(self, words: Sequence[str]) -> Numbers:
        """Of each text and name: whether one of its cues stands there."""
        found = np.zeros((len(words), self._width))
        for row, said in enumerate(words):
            for cue, _, _ in self._automaton.find_matches_as_indexes(said, overlapping=True):
                found[row, self._columns[cue]] = 1
        return found


_ASPECTS, _SERVICES, _NAMED = _Finder(ASPECTS), _Finder(SERVICES), _Finder(NAMED)


def _flags(held: Sequence[object]) -> Numbers:
    return np.array([bool(one) for one in held], dtype=np.float64)
