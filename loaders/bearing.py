"""Sentences that are no findings, told by their words and by the section that they stand in."""

from __future__ import annotations

import re
from typing import Literal

from loaders.said import Said
from loaders.sections import Role

Reason = Literal[
    "method", "background", "definition", "judgement", "recommendation", "boilerplate", "heading", "population"
]  # fmt: skip

_BY_ROLE: dict[Role, Reason] = {
    "cover": "boilerplate",
    "contents": "boilerplate",
    "judgements": "judgement",
    "recommendations": "recommendation",
    "method": "method",
    "information": "background",
    "statistics": "background",
    "inspectors": "method",
    "boilerplate": "boilerplate",
}

# How probable it must be that a sentence in such a section is a finding; elsewhere, more probable than not.
_NEEDED: dict[Role, float] = {"contents": 1.1, "inspectors": 1.1, "boilerplate": 1.1, "cover": 0.9, "method": 0.9}

_ASKS = re.compile(
    r"(?:ensure|improve|strengthen|review|develop|implement|increase|reduce|establish|continue to|accelerate|embed"
    r"|take (?:urgent |immediate )?(?:action|steps)|monitor|evaluate|clarify|undertake)\b",
    re.IGNORECASE,
)
# Few words before the verb, so that it is what the sentence says and not an aside in it.
_SHOULD = re.compile(r"^(?:[\w’',&-]+ ){1,12}?(?:should(?! have)|needs? to|must) \w+", re.IGNORECASE)
_JUDGED = re.compile(
    r"^(?:[\w’',&-]+ ){1,16}?(?:is|are|was|were)(?: judged(?: to be)?)? "
    r"(?:outstanding|good|inadequate|adequate|requir(?:es?|ing) improvement(?: to be good)?)\W*$",
    re.IGNORECASE,
)
_METHOD = re.compile(
    r"^(?:the )?inspect(?:ors?|ion team|ion)(?: also)? (?:looked (?:closely )?at|reviewed|visited|spoke (?:to|with)|met"
    r"|tracked|sampled|considered|examined|evaluated|observed|was carried out|were accompanied|held meetings|tried to"
    r"|was led|focused on|gathered|scrutinised)\b",
    re.IGNORECASE,
)
_MEANS = re.compile(
    r"^(?:an?|the) [\w -]{2,60} (?:is|are) (?:an? )?(?:term|document|process|framework|scheme) (?:that|used|which)\b",
    re.IGNORECASE,
)


def against(said: Said, chance: float) -> Reason | None:
    """Why the sentence is no finding; None where it is one. `chance` is how probable that is by its words and place."""
    told = against_words(said.words)
    if told == "heading":
        return told
    if chance >= _NEEDED.get(said.role, 0.5):
        return None
    return told or _BY_ROLE.get(said.role) or _of_rest(said.words)


def _of_rest(words: str) -> Reason:
    """Among findings, what evaluates nothing is background; with figures, of the population."""
    return "population" if any(character.isdigit() for character in words) else "background"


def against_words(words: str) -> Reason | None:
    """The same by the words alone."""
    bare = words.strip()
    if len(bare) < 14 or len(bare.split()) < 3:
        return "heading"
    if _JUDGED.match(bare):
        return "judgement"
    if _METHOD.match(bare):
        return "method"
    if _ASKS.match(bare) or _SHOULD.match(bare):
        return "recommendation"
    if _MEANS.match(bare):
        return "definition"
    return None
