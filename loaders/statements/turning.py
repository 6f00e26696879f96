"""Words that turn what a sentence says round, which are too rare or too far from what they turn to be learnt."""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.statements.phrases import plain

_TURNS, _DENIES = 12.0, 60.0
"""How many times as likely a polarity is where a word turns what is said to it, or the contrary is denied outright."""
_RARE = ("seldom", "rarely", "scarcely", "hardly", "infrequently", "barely", "never")
_SELDOM = re.compile(rf"(?<!\bI )\b(?:{'|'.join(_RARE)})(?: ever)?\b", re.IGNORECASE)
# What is not told, asked or followed up is blamed whatever it is: "seldom say why visits are late".
_LEAVES_OUT = re.compile(
    r" (?:(?:been|be) )?(?:show|sa(?:y|id)|record|explain|stat(?:e|ed)\b|tell|told|ask|challeng|address|identif"
    r"|question|notice|consider|check|follow|know|known|find out|learn|understand|understood|analys|explor|discuss)",
    re.IGNORECASE,
)
# Whoever never gives up is praised.
_LETS_DOWN = re.compile(
    r",?(?: ever)? (?:giv(?:e|es|en|ing) up|stop|do(?:es|ing)? nothing|(?:been )?turned away"
    r"|forg[eo]t|lo[st]\w+ sight|let\b)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(?:no|not one|none of the) (?:\w+ )?"
    r"(?:child(?:ren)?|young (?:person|people)|care leavers?|babies|baby|infants?|famil(?:y|ies))\b",
    re.IGNORECASE,
)
_BARELY = ("scarcely", "hardly", "barely")
_NEITHER = re.compile(r"[a-z,] neither (?P<of>(?:\w+ ){1,3})nor\b", re.IGNORECASE)
_CONTRAST = re.compile(r"\b(?:but|however|although|though|despite|yet|except|while|whilst)\b", re.IGNORECASE)
_TOO = re.compile(r"too \w+|without", re.IGNORECASE)
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
    times: float
    """How many times as likely that becomes."""


def turned(words: str) -> Turned | None:
    """What it means that something is seldom so: praise of what is unwanted, else blame; None where nothing is.

    >>> turned("Managers seldom record why.").to, turned("Children rarely wait for help.").to
    ('weakness', 'strength')
    """
    return _of_none(words) or _of_neither(words) or _of_few(words)


def _of_none(words: str) -> Turned | None:
    """That no child suffers what is unwanted is praise; of what no child has the words alone do not tell."""
    found = _NOBODY.match(words)
    if found is None or _CONTRAST.search(words):
        return None
    rest = words[found.end() :]
    end = _CLAUSE.search(rest)
    of = rest[: end.start() if end else None]
    unwanted = _UNWANTED.search(of) or _TOO.search(of)
    return Turned("strength", found.group(), *found.span(), _DENIES) if unwanted else None


def _of_neither(words: str) -> Turned | None:
    """Praise is what is neither too early nor too late; blame is learnt."""
    found = _NEITHER.search(words) if "neither" in words else None
    if found is None or not (_UNWANTED.match(found["of"]) or _TOO.match(found["of"])) or _CONTRAST.search(words):
        return None
    return Turned("strength", "neither", found.start("of") - 8, found.start("of") - 1, _DENIES)


def _of_few(words: str) -> Turned | None:
    lower = plain(words)
    # Most sentences have none of these, and looking for plain words is ten times as fast as the expression.
    found = _SELDOM.search(words) if any(word in lower for word in _RARE) else None
    if found is None or denied(words, found.start()):
        return None
    rest = words[found.end() :]
    end = _CLAUSE.search(rest)
    of = words[max(0, found.start() - 60) : found.start()].rpartition(",")[2] + rest[: end.start() if end else None]
    praised = _LETS_DOWN.match(rest) or (_UNWANTED.search(of) and not _LEAVES_OUT.match(rest))
    times = _DENIES if found.group().lower().startswith(_BARELY) else _TURNS
    return Turned("strength" if praised else "weakness", found.group(), *found.span(), times)


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
