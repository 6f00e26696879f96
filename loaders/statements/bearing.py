"""Whether a sentence bears on how services perform, and if not, why: by its words, its section, what was learnt."""

from __future__ import annotations

import re
import string
from typing import Literal

from loaders.statements.closings import tells_of_itself
from loaders.statements.said import Said
from loaders.statements.sections import Role, names_an_area
from ontology import Vocabulary

Reason = Literal[
    "method", "background", "population", "definition", "judgement", "recommendation", "boilerplate", "heading"
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
_NEEDED: dict[Role, float] = {
    "contents": 1.1, "inspectors": 1.1, "boilerplate": 1.1, "cover": 0.9, "method": 0.9, "information": 0.95,
}  # fmt: skip

_ASKS = re.compile(
    r"(?:ensure|improve|strengthen|review|develop|implement|increase|reduce|establish|continue to|accelerate|embed"
    r"|take (?:urgent |immediate )?(?:action|steps)|monitor|evaluate|clarify|undertake)\b",
    re.IGNORECASE,
)
# Few words before the verb, so that it is what the sentence says and not an aside in it.
_SHOULD = re.compile(r"^(?:[\w’',&-]+ ){1,12}?(?:should(?! have)|needs? to|must) \w+", re.IGNORECASE)
_GRADE = r"(?:outstanding|good|inadequate|adequate|satisfactory|requir(?:es?|ing) improvement(?: to be good)?)"
_GRADE_ENDS = ("outstanding", "good", "adequate", "satisfactory", "improvement")
_MARKS = string.punctuation + string.whitespace + "’”…–"
_JUDGED = re.compile(
    rf"^(?P<subject>(?:[\w’',&-]+ ){{1,24}}?)(?:is|are|was|were)(?: that (?:it|they)(?: (?:is|are))?)?"
    rf"(?: judged(?: to be)?)? {_GRADE}\W*$",
    re.IGNORECASE,
)
_GRADED = re.compile(r"^(?:the )?graded judge?ment\b", re.IGNORECASE)
_ALL_SERVICES = re.compile(
    r"(?:taken as a whole,? )?(?:the )?(?:arrangements (?:to protect|for the protection of) children"
    r"|services (?:for|to) children(?: and young people)?|children.s services|the local authority)"
    r"(?: in (?!need)[\w ]+)?",
    re.IGNORECASE,
)
_METHOD = re.compile(
    r"^(?:the )?(?:inspect(?:ors?|ion team|ion)|they)(?: also)? (?:looked (?:closely )?at|reviewed|visited"
    r"|spoke (?:to|with)|met|tracked|considered|examined|evaluated|was carried out|were accompanied|held meetings"
    r"|tried to|was led|gathered|scrutinised)\b(?!.*\b(?:found|concluded|that|but|reported|saw)\b)",
    re.IGNORECASE,
)
_TO_THE_READER = re.compile(
    r"^(?:thank you\b|ofsted (?:and \w+ )?(?:will|asks?)\b"
    r"|you (?:should|will|may|must|shall|need to|are (?:required|asked))\b"
    r"|please\b"
    r"|it would be (?:very )?helpful|(?:we|i) (?:will|shall|would|ask|am writing|look forward|hope)\b|yours \w+)",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"^(?:©|\(c\)|copyright\b) ?(?:[\w&’'-]+,? ){0,6}?(?:(?:19|20)\d\d\b|copyright\b)", re.IGNORECASE)
_NAME = r"(?:[A-Z][\w’'-]+ ){1,3}"
_INSPECTORS_NAMED = re.compile(
    rf"^(?:The|Our|Your) (?:lead )?(?:inspectors?|inspection team)(?: (?:for|on|of) (?:this|the) \w+)? (?:was|were)"
    rf" {_NAME}|^(?:This|The) (?:\w+ )?(?:visit|inspection) was (?:made|led|conducted|undertaken|carried out) by"
    rf" {_NAME}and [A-Z]"
)
_HAVE_ASKED = re.compile(r"^(?:we|inspectors|ofsted) (?:have|has) (?:also )?(?:asked|recommended)\b", re.IGNORECASE)
_MEANS = re.compile(
    r"^(?:an?|the) [\w -]{2,60} (?:is|are) (?:an? )?(?:term|document|process|framework|scheme) (?:that|used|which)\b",
    re.IGNORECASE,
)

_CERTAIN: tuple[tuple[re.Pattern[str], Reason], ...] = (
    (_TO_THE_READER, "boilerplate"),
    (_NOTICE, "boilerplate"),
    (_HAVE_ASKED, "recommendation"),
    (_METHOD, "method"),
    (_INSPECTORS_NAMED, "method"),
)


def against(said: Said, chance: float, vocabulary: Vocabulary) -> Reason | None:
    """Why the sentence is no finding; None where it is one. `chance` is how probable that is by what was learnt."""
    certain = _certain(said.words, vocabulary)
    if certain or chance >= _NEEDED.get(said.role, 0.5):
        return certain
    return _likely(said.words) or _BY_ROLE.get(said.role) or _of_rest(said.words)


def _certain(words: str, vocabulary: Vocabulary) -> Reason | None:
    """What the words alone show beyond doubt."""
    if len(words) < 14 or len(words.split()) < 3:
        return "heading"
    known = next((reason for pattern, reason in _CERTAIN if pattern.match(words)), None)
    if known or tells_of_itself(words):
        return known or "boilerplate"
    judged = _JUDGED.match(words) if words.rstrip(_MARKS).lower().endswith(_GRADE_ENDS) else None
    if judged is None:
        return None
    subject = judged["subject"].strip()
    whole = _GRADED.match(words) or _ALL_SERVICES.fullmatch(subject)
    return "judgement" if whole or names_an_area(subject, vocabulary) else None


def _likely(words: str) -> Reason | None:
    """What the words show of a sentence that is no finding."""
    if _JUDGED.match(words):
        return "judgement"
    if _ASKS.match(words) or _SHOULD.match(words):
        return "recommendation"
    return "definition" if _MEANS.match(words) else None


def _of_rest(words: str) -> Reason:
    """Among findings, what evaluates nothing is background; with figures, of the population."""
    return "population" if any(character.isdigit() for character in words) else "background"
