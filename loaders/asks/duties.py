"""What a document lays on somebody beyond its recommendations: to write, send or publish an answer, and by when.

A sentence is a duty where it asks ("should", "must", "it would be helpful if") for a plan, statement or draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from loaders.records import Duty
from loaders.statements.sections import Role, Section
from loaders.statements.sentences import sentences
from loaders.text import Span, Text
from ontology import Vocabulary

_NEVER: frozenset[Role] = frozenset({"contents", "recommendations", "inspectors"})
_ASKS = re.compile(
    r"\b(?:should|must|shall|(?:is|are|was|were)\s+(?:now\s+)?(?:required|asked|expected|requested|obliged)\s+to|needs?\s+to|will\s+need\s+to"
    r"|ha(?:s|ve|d)\s+to|please|(?:would\s+be|is|be)\s+(?:very\s+|most\s+)?helpful\s+if|requires?\s+(?P<whom>[^.;,]{3,90}?)\s+to)\b",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\b(?:(?:action|improvement)\s+plans?|(?:written\s+)?statements?\s+of\s+(?:proposed\s+)?action|written\s+(?:statement|response)|this\s+statement"
    r"|priority\s+action\s+plan|draft\s+of|drafts?|(?:the|this|a)\s+response|formal\s+response|plan\s+that\s+responds)\b",
    re.IGNORECASE,
)
_SIGNS = ("action", "improvement plan", "statement", "draft", "response", "plan that responds")
_ACTS = re.compile(
    r"\b(?:submit|send|sent|post|see|publish|prepare|coordinate|co-ordinate|produce|draw\s+up|share|provide|respond|return|update|set\s+out|bring|brought"
    r"|present|report|develop|write|include|oversee|circulate|reach\s+(?:us|Ofsted)|be\s+with\s+us)\w*\b",
    re.IGNORECASE,
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTHS = re.compile(_MONTH, re.IGNORECASE)
_COUNT = r"(?:\d{1,3}|[a-z]+(?:-[a-z]+)?)"
_UNIT = r"(?:(?:working|calendar|school)\s+)?(?:days?|weeks?|months?)"
_DEADLINE = re.compile(
    rf"\b(?:within\s+{_COUNT}\s+{_UNIT}(?:\s+(?:of|from|after)\s+[^.;,]{{3,60}})?"
    rf"|(?:by|before|on\s+or\s+before|no\s+later\s+than|not\s+later\s+than|until)\s+(?:\w+day,?\s+)?(?:the\s+)?(?:end\s+of\s+)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:\s+\d{{2,4}})?|{_MONTH}\s+\d{{4}}|the\s+next\s+meeting[^.;,]{{0,40}})"
    rf"(?:,\s*{_COUNT}\s+{_UNIT}\s+from\s+[^.;,]{{3,40}})?)",
    re.IGNORECASE,
)
# What plans and reports in general should be like is a finding or a recommendation, not a duty.
_ABOUT_PRACTICE = re.compile(
    r"\b(?:social\s+workers?|(?:care|pathway|child\s+protection)\s+plans?|all\s+children)\b", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"(?:^|[,;]\s+|\bthat\s+)(?P<who>(?:the\s+|an?\s+)?[A-Za-z’' ,&-]{2,110}?)\s+(?:therefore\s+|now\s+|jointly\s+)?$",
    re.IGNORECASE,
)
_PRINCIPAL = re.compile(
    r"^(?:.{0,60}?\bdetermined\s+that\s+)?(?P<who>.{3,400}?),?\s+is\s+the\s+principal\s+authority\b", re.IGNORECASE
)
# What says why it is asked, by when or in which part stands before or after whom it is asked of.
_BEFORE_WHO = re.compile(
    r"^(?:as|because|following|after|given|having|therefore|in|to|under|within|with|by|for|since|on)\b[^,;]*,\s+",
    re.IGNORECASE,
)
_AFTER_WHO = re.compile(r",\s+(?:as|being|acting\s+as|in\s+(?:its|their|the)\s+role)\b[^,;]*,?$", re.IGNORECASE)
_OWNER = re.compile(r"^(?P<who>.{3,80}?)(?:['’]s|s['’])\s")
_AGENT = re.compile(
    r"\bby\s+(?P<who>(?!(?:the\s+)?(?:end|next|\w+day)\b)(?:the\s+)?[A-Za-z’' &-]{3,80}?)"
    r"(?=\s+(?:to|within|by|no\s+later|before)\b|[.,;]|$)",
    re.IGNORECASE,
)
_IN_CHARGE = re.compile(r"\bprincipal\s+authority\b", re.IGNORECASE)
_PASSIVE = re.compile(r"(?:it|this|that|they|the\s+(?:plan|statement|draft|response))\s+", re.IGNORECASE)
_ITSELF = re.compile(r"\b(?:statement\s+of\s+(?:proposed\s+)?action|action\s+plan)\b", re.IGNORECASE)
_TO_INSPECTORATE = re.compile(r"\bto\s+(?:Ofsted|HMCI|(?:Her|His)\s+Majesty['’]s\s+Chief\s+Inspector)\b", re.IGNORECASE)
_DEAR = re.compile(r"^\s*Dear\s+(?P<name>[^\n,]{2,60})", re.MULTILINE)
_GREETED = "the addressee"


def duties(sections: Iterable[Section], text: Text, vocabulary: Vocabulary) -> tuple[Duty, ...]:
    """Every duty in the order of the text, with whom it is laid on and the deadline's words where one is said."""
    del vocabulary  # every reader of sections takes one; these words name nothing of the ontology
    found: list[Duty] = []
    for section in sections:
        if section.role not in _NEVER:
            for block in section.blocks:
                if block.kind in ("paragraph", "bullet"):
                    found += _of_block(block.span, section, text)
    return tuple(found)


def _of_block(span: Span, section: Section, text: Text) -> Iterator[Duty]:
    """The duties of a block; a sentence after one that asked for an answer may speak of it as "it"."""
    words = text.words(span)
    lower = words.lower()
    if not any(sign in lower for sign in _SIGNS) or not _ANSWER.search(words) or not _ASKS.search(words):
        return
    held = ""
    for sentence in sentences(text, span):
        said = " ".join(text.words(sentence).split())
        deadline = _DEADLINE.search(said)
        if _is_duty(said, deadline is not None, section, held):
            asks = _ASKS.search(said)
            passive = asks is not None and held and _PASSIVE.match(said)
            held = held if passive else _on(said, text)
            until = deadline.group().strip() if deadline else None
            yield Duty(said, held, until, (sentence,), section.heading)
        elif principal := _PRINCIPAL.search(said):
            held = " ".join(principal["who"].split())


def _is_duty(said: str, dated: bool, section: Section, held: str) -> bool:
    """With a deadline an ask for an answer is enough; without one it must be the answer to this document itself."""
    asks = _ASKS.search(said)
    about_it = bool(held and dated and _PASSIVE.match(said))
    if asks is None or not _ACTS.search(said) or _ABOUT_PRACTICE.search(said):
        return False
    if dated and (about_it or _ANSWER.search(said)):
        return True
    answers = _ITSELF.search(said)
    after = answers is not None and asks.start() < answers.start()
    sent = asks["whom"] is not None or any(sign.search(said) for sign in (_TO_INSPECTORATE, _IN_CHARGE))
    return after and (sent or section.role not in ("findings", "summary", "information"))


def _on(said: str, text: Text) -> str:
    """Whom the sentence asks: its subject, and for "you" whom the document greets."""
    asks = _ASKS.search(said)
    if asks is None:
        return _GREETED
    if asks["whom"]:
        return " ".join(asks["whom"].split())
    before, after = said[: asks.start()], said[asks.end() :]
    if principal := _PRINCIPAL.search(before):
        return " ".join(principal["who"].split())
    asked = asks.group().lower()
    if asked == "please" or re.search(r"\byour?\b", before, re.I) or re.match(r"\s*you\b", after, re.I):
        return _greeted(text)
    subject = _SUBJECT.search(before)
    who = _bare(" ".join(subject["who"].split())) if subject else ""
    if _ANSWER.search(who):
        # A plan that "must be sent" has no duty: who owns it has, or who is to send it.
        by = _OWNER.search(who) or (None if (agent := _AGENT.search(after)) and _MONTHS.match(agent["who"]) else agent)
        return " ".join(by["who"].split()) if by else _greeted(text)
    return who or _GREETED


def _greeted(text: Text) -> str:
    dear = _DEAR.search(text.content)
    return dear["name"].strip() if dear else _GREETED


def _bare(who: str) -> str:
    """The subject of a sentence without clauses before it and a part in which it acts."""
    while before := _BEFORE_WHO.match(who):
        who = who[before.end() :]
    return _AFTER_WHO.sub("", who).rstrip(", ")
