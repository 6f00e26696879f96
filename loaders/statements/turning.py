"""Words that turn what a sentence says round, which are too rare or too far from what they turn to be learnt."""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.statements.phrases import plain

_RARE = ("seldom", "rarely", "scarcely", "hardly", "infrequently")
_SELDOM = re.compile(rf"\b(?:{'|'.join(_RARE)})(?: ever)?\b", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:\b(?:not|no|never|nor|neither|without|hardly|rarely|seldom)|n['’]t)(?: \w+){0,2} $", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;:.()]| (?:but|and|so|because|although|though|while|whilst|which) ", re.IGNORECASE)
_UNWANTED = re.compile(
    r"\b(?:delay|wait|late\b|drift|break ?down|broke|disrupt|backlog|gap|breach|complain|concern|escalat|unallocated"
    r"|unregistered|unregulated|unsuitable|inappropriate|bed and breakfast|police cells?|missing|missed|repeat"
    r"|re-?refer|return(?:s|ed|ing)? to care|back into care|need(?:s|ed)? to (?:be|wait|move|repeat)"
    r"|change (?:of )?social|mov(?:e|es|ed|ing) (?:placement|home|school)|exclu|reoffend"
    r"|out of area|far from home|at a distance|placed in"
    r"|poor|weak|inadequate|fail|inconsisten|vacan|absen[ct])",
    re.IGNORECASE,
)  # fmt: skip
_MORE_OR_LESS = re.compile(
    r"\b(?:(?:increas|decreas|reduc)\w+|ris(?:e|es|en|ing)|rose|grow(?:n|s|ing|th)?|grew|fall(?:s|en|ing)?|fell"
    r"|drop(?:s|ped|ping)?|slowed|more|less|fewer|higher|lower|longer)\b",
    re.IGNORECASE,
)
_BETTER = re.compile(r"\b(?:improv|better|strengthen|good progress)", re.IGNORECASE)


class Turned(NamedTuple):
    """To which polarity, and the words that say so, with where they begin and end in the sentence."""

    to: str
    words: str
    start: int
    end: int


def turned(words: str) -> Turned | None:
    """What it means that something is seldom so: praise of what is unwanted, else blame; None where nothing is.

    >>> turned("Managers seldom record why.").to, turned("Children rarely wait for help.").to
    ('weakness', 'strength')
    """
    lower = plain(words)
    # Most sentences have none of these, and looking for plain words is ten times as fast as the expression.
    found = _SELDOM.search(words) if any(word in lower for word in _RARE) else None
    if found is None or denied(words, found.start()):
        return None
    rest = words[found.end() :]
    end = _CLAUSE.search(rest)
    of = words[max(0, found.start() - 60) : found.start()].rpartition(",")[2] + rest[: end.start() if end else None]
    return Turned("strength" if _UNWANTED.search(of) else "weakness", found.group(), *found.span())


def denied(words: str, start: int) -> bool:
    """Whether what stands at `start` is denied by the words right before it.

    >>> denied("Plans are not very clear.", 19), denied("Plans are very clear.", 15)
    (True, False)
    """
    return _DENIED.search(words, max(0, start - 40), start) is not None


def more_or_less(words: str) -> bool:
    """Whether a sentence tells that there is more or less of something, and of nothing that is better.

    >>> more_or_less("Staff turnover has increased."), more_or_less("Timeliness has increasingly improved.")
    (True, False)
    """
    return _MORE_OR_LESS.search(words) is not None and _BETTER.search(words) is None
