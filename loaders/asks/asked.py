"""Lists of what an inspection asks for, as printed: found by their headings, read item by item.

sections -> lists (each with kind and heading) -> items (a stem with its sub-bullets is one)

A list is known by its heading (labels of the role `recommendations` in the ontology) or by a sentence that leads into
bullets ("... should concentrate on:"). A report's own words for "there is none" are no item.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from loaders.asks.bounds import asks_in, without_sign
from loaders.records import RecommendationKind
from loaders.statements.closings import tells_of_itself
from loaders.statements.sections import Role, Section, role_of
from loaders.text import Block, Span, Text
from ontology import Vocabulary

_TIMESCALE = re.compile(
    r"(?:immediate(?:ly)?(?:\s+action)?"
    r"|within\s+(?:the\s+next\s+)?[\w-]+\s+(?:working\s+)?(?:days?|weeks?|months?|years?)(?:\s+of[^:.]{0,60})?)\s*[:.]?",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"(?:(?:there\s+(?:are|were|is|was)\s+)?no\s+(?:\w+\s+){0,2}(?:areas?|priority|immediate|recommendations?|actions?)\b"
    r"|none\b|not\s+applicable|n/a\b"
    r"|(?:(?:the|this)\s+inspection|inspectors)\s+(?:did\s+not|have\s+not|found\s+no|identified\s+no))",
    re.IGNORECASE,
)
# "In order to improve ..., the local authority should take the following action." asks for nothing itself.
_LEAD_IN = re.compile(
    r"\b(?:should|must|needs?\s+to|to)\s+(?:take|make|address|do)\s+the\s+following\b[^.:]{0,80}[.:]?$"
    r"|\bfollowing\s+recommendations\b[^.:]{0,60}[.:]$|\bas\s+follows\s*[.:]$"
    r"|^(?:in\s+order\s+to\b[^:]*,\s*)?[^:.,]{0,90}\b(?:should|must|needs?\s+to|recommend(?:\s+that)?)\s*:$"
    r"|\bshould\s+(?:now\s+)?(?:concentrate|focus)\s+on\s*:$",
    re.IGNORECASE,
)
# Before any item, "these" are the ones to come.
_THESE = re.compile(
    r"\b(?:should|must|needs?\s+to|to)\s+(?:now\s+)?(?:take|make)\s+these\s+(?:\w+\s+)?"
    r"(?:steps|actions?|changes|improvements|measures)\b[^.:]{0,80}[.:]?$",
    re.IGNORECASE,
)
_LEADS_BULLETS = re.compile(
    r"\b(?:should|must|needs?\s+to)\s+(?:now\s+)?(?:concentrate|focus|improve|take\s+the\s+following)\b[^.:]{0,60}:$"
    r"|\b(?:recommends?|recommended|recommendations|areas\s+for\s+improvement|(?:areas\s+of\s+)?significant\s+weakness(?:es)?)\b[^.:]{0,60}:$",
    re.IGNORECASE,
)
# Weaknesses that a written statement of action must answer; a letter on a revisit repeats those of the first visit.
_PRESSING = re.compile(r"\bsignificant\s+weakness(?:es)?\b", re.IGNORECASE)
_LOOKING_BACK = re.compile(r"\b(?:progress|identified|initial|previous|original|was|were|issued)\b", re.IGNORECASE)
_NEVER: frozenset[Role] = frozenset({"boilerplate", "inspectors", "contents", "method"})
_CONTENTS = re.compile(r"(?:table\s+of\s+)?contents\b", re.IGNORECASE)
_NO_PART = re.compile(
    r"\b(?:findings|summary|strengths|weaknesses|inspection\s+judge?ments?|stud(?:y|ies)|what\s+is\s+it\s+like"
    r"|information\s+about|next\s+steps|(?:overall|the)\s+effectiveness\s+of|experiences?\s+and\s+progress"
    r"|progress\s+since|highly\s+effective)\b",
    re.IGNORECASE,
)
# What ends a letter is nothing that is asked for, even right below the last item.
_CLOSES = re.compile(
    r"(?:I\s+am\s+(?:also\s+)?copying|(?:a\s+copy\s+of\s+)?this\s+letter\s+(?:is|will|has)|I\s+would\s+like\s+to\s+thank"
    r"|thank\s+you\b|yours\s+(?:sincerely|faithfully|truly))",
    re.IGNORECASE,
)
# "Practice study: area for improvement" tells one family's story.
_STUDY = re.compile(r"\bstud(?:y|ies)\b", re.IGNORECASE)
_DASH = re.compile(r"[-−–—]\s+")
_TABLE_HEAD = re.compile(r"\s*(?:responsible|areas?\s+for|lead\b|number\b|no\.?$)", re.IGNORECASE)
_PART = re.compile(r"\(?(?:[ivx]{1,4}|[a-z])\)?")
_ENDS = re.compile(r"[.!?;…][’”\"')\]]*$")


@dataclass(slots=True)
class Item:
    """One thing asked for while its lines are gathered; `shape` is what it began with: bullet, number, row or plain."""

    spans: list[Span]
    number: str | None
    shape: str
    section: Section
    timescale: str | None = None
    addressees: tuple[str, ...] = ()
    stem: bool = False
    """It ends in a colon, and bullets go on with it."""


@dataclass(slots=True)
class AskedList:
    """One list; sub-headings and timescales within it belong to it."""

    kind: RecommendationKind
    heading: str
    area: str | None
    timescale: str | None = None
    items: list[Item] = field(default_factory=list)
    other: list[Span] = field(default_factory=list)
    """Lead-ins, headings in the list and "there are none"."""
    bullets_only: bool = False
    """A sentence leads into it, and the first other paragraph ends it."""
    inside: tuple[str, ...] | None = None
    """The path of the headings of its parts, where they are set no smaller than its own."""
    aside: bool = False
    """A box with a case study stands in its midst."""
    ended: bool = False


def lists(sections: Iterable[Section], text: Text, vocabulary: Vocabulary) -> tuple[AskedList, ...]:
    """The lists that hold at least one item or say that there is none, in order."""
    done: list[AskedList] = []
    current: AskedList | None = None
    for section in sections:
        current = _list_of(section, current, vocabulary)
        _keep(current, done)
        for block in section.blocks:
            current = _read(block, section, current, text, vocabulary)
            _keep(current, done)
    return tuple(listed for listed in done if listed.items or (listed.other and not listed.bullets_only))


def _keep(current: AskedList | None, done: list[AskedList]) -> None:
    if current is not None and not (done and done[-1] is current):
        done.append(current)


def kind_of(heading: str) -> RecommendationKind:
    """What the items under a heading are: recommendations where it says so, else areas for (priority) improvement.

    >>> kind_of("Priority and immediate action")
    'area-for-priority-action'
    """
    words = heading.lower()
    if "priority" in words or "immediate" in words:
        return "area-for-priority-action"
    return "recommendation" if "recommend" in words else "area-for-improvement"


def is_timescale(words: str) -> bool:
    """Whether the words are nothing but a timescale ("Within three months:")."""
    return _TIMESCALE.fullmatch(words.strip()) is not None


# --- which list


def _list_of(section: Section, current: AskedList | None, vocabulary: Vocabulary) -> AskedList | None:
    """The list that a section belongs to: a new one, the one that goes on, or none."""
    heading = (section.heading or "").strip()
    if section.role in _NEVER or _CONTENTS.match(heading):
        return None
    going = current if current is not None and not current.ended else None
    if going is not None and is_timescale(heading):
        going.timescale = heading.rstrip(":. ")
        return going
    if _heads_list(heading, vocabulary):
        again = going is not None and going.heading == heading and not going.items
        return going if again else AskedList(kind_of(heading), heading, section.area)
    if going is None or _NO_PART.search(heading):
        return None
    if not going.items and not going.other:
        # A heading right below the list's own heads its first part, whatever its size.
        going.inside = section.path
    return going if going.heading in section.path or section.path == going.inside else None


def _heads_list(words: str, vocabulary: Vocabulary) -> bool:
    if not words or len(words) >= 90 or _NONE.match(words) or _STUDY.search(words) or is_timescale(words):
        return False
    return role_of(words, vocabulary) == "recommendations"


# --- what a block is to a list


def _read(
    block: Block, section: Section, current: AskedList | None, text: Text, vocabulary: Vocabulary
) -> AskedList | None:
    """The list that is open after this block, which has been added to it where it belongs to it."""
    if block.kind in ("heading", "footnote"):
        return current
    open_ = current is not None and not current.ended
    if not open_ and (block.kind != "paragraph" or text.content[block.span.end - 1] == "."):
        return None
    words = " ".join(text.words(block).split())
    if not words:
        return current
    prose = block.kind == "paragraph" and block.number is None
    if prose and words[-1] not in ".:" and section.role not in _NEVER and _heads_list(words, vocabulary):
        return AskedList(kind_of(words), words, section.area, other=[block.span])
    if current is None or current.ended:
        return _led_in(block, words, section)
    _add(block, words, section, current, text)
    return current


def _led_in(block: Block, words: str, section: Section) -> AskedList | None:
    """A new list where a sentence outside any leads into bullets that say what should be done."""
    if section.role == "information" or words[-1] != ":" or not _LEADS_BULLETS.search(words):
        return None
    if (pressing := _PRESSING.search(words)) and _LOOKING_BACK.search(words[: pressing.start()]):
        return None
    kind: RecommendationKind = "recommendation" if "recommend" in words.lower() else "area-for-improvement"
    kind = "area-for-priority-action" if pressing else kind
    return AskedList(kind, section.heading or "", section.area, other=[block.span], bullets_only=True)


def _add(block: Block, words: str, section: Section, listed: AskedList, text: Text) -> None:
    """The block as a new item, as part of the last one, as a timescale, or as something that is none of these."""
    last = listed.items[-1] if listed.items else None
    goes_on = last is not None and not _closed(last, text)
    if block.kind == "row":
        _add_row(block, section, listed, text)
    elif is_timescale(words):
        listed.timescale = words.rstrip(":. ")
        listed.other.append(block.span)
    elif block.kind == "paragraph" and (_CLOSES.match(words) or tells_of_itself(words)):
        listed.ended = True
    elif _NONE.match(words):
        listed.other.append(block.span)
        listed.ended = listed.ended or block.kind != "bullet"
    elif block.kind == "bullet" or _DASH.match(words):
        _add_bullet(block, section, listed, text)
    elif (_LEAD_IN.search(words) and not goes_on) or (last is None and _THESE.search(words)):
        listed.other.append(block.span)
    elif last is not None and (_is_part(block.number, last) or (goes_on and words[0].islower())):
        last.spans.append(block.span)
    else:
        _add_paragraph(block, words, section, listed, text)


def _add_paragraph(block: Block, words: str, section: Section, listed: AskedList, text: Text) -> None:
    """A numbered paragraph is an item; a plain one only where nothing in the list is numbered or has a bullet."""
    last = listed.items[-1] if listed.items else None
    if _is_topic(block, words):
        listed.other.append(block.span)
        listed.aside = _STUDY.search(words) is not None
    elif block.number is not None:
        _begin(block, section, listed, "number", text)
    elif last is not None and not _closed(last, text) and not listed.aside:
        last.spans.append(block.span)
    elif listed.bullets_only:
        listed.ended = True
    elif last is not None and last.shape == "row":
        last.spans.append(block.span)
    elif last is None or last.shape not in ("bullet", "number"):
        _begin(block, section, listed, "plain", text)


def _is_part(number: str | None, last: Item) -> bool:
    """Whether "(ii)" or "b)" numbers a part of an item that has a figure for its number."""
    return bool(number and _PART.fullmatch(number) and last.number and last.number[0].isdigit())


def _is_topic(block: Block, words: str) -> bool:
    """A short line that names what the next items are about."""
    return block.number is None and len(words) < 90 and words[0].isupper() and words[-1] not in ".;:,"


def _add_bullet(block: Block, section: Section, listed: AskedList, text: Text) -> None:
    """A bullet of the second level, or after a stem that leads into bullets, belongs to the item before it."""
    last = listed.items[-1] if listed.items else None
    if last is not None and (block.level > 1 or _opens(last.spans[-1], text) or _leads(last, text)):
        whole = without_sign(block.span, text)
        first, *others = asks_in(whole, text, after_bullet=True) if last.shape == "plain" else [whole]
        last.spans.append(first)
        listed.items += [Item([one], None, "plain", section, listed.timescale) for one in others]
    else:
        _begin(block, section, listed, "bullet", text)


def _leads(item: Item, text: Text) -> bool:
    return item.shape != "bullet" and (item.stem or not _closed(item, text))


def _add_row(block: Block, section: Section, listed: AskedList, text: Text) -> None:
    """A row says what in its last cell and who in its first; where one of the two is empty it goes on with the last."""
    last = listed.items[-1] if listed.items else None
    if last is not None and last.shape in ("bullet", "number"):
        return
    cells = [(at, cell) for at, cell in enumerate(block.cells or (block.span,)) if text.words(cell).strip()]
    if not cells or all(len(text.words(c)) < 60 and _TABLE_HEAD.match(text.words(c)) for _, c in cells):
        listed.other.append(block.span)
        return
    (first, who), (_, what) = cells[0], cells[-1]
    body = " ".join(text.words(who).split())
    if len(cells) > 1 or len(block.cells) < 2 or last is None:
        addressees = (body,) if len(cells) > 1 else ()
        opens = _opens(what, text)
        listed.items.append(Item([what], None, "row", section, listed.timescale, addressees, opens))
    elif first > 0:
        last.spans.append(what)
    else:
        last.addressees = tuple(f"{name} {body}" for name in last.addressees[:1]) or (body,)
        listed.other.append(block.span)


def _begin(block: Block, section: Section, listed: AskedList, shape: str, text: Text) -> None:
    span = without_sign(block.span, text)
    for one in asks_in(span, text) if shape == "plain" else [span]:
        listed.items.append(Item([one], block.number, shape, section, listed.timescale, stem=_opens(one, text)))


def _closed(item: Item, text: Text) -> bool:
    return _ENDS.search(text.words(item.spans[-1]).rstrip()) is not None


def _opens(span: Span, text: Text) -> bool:
    return text.words(span).rstrip().endswith(":")
