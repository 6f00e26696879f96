"""What an inspection asks for: the items of lists headed "Recommendations", "What needs to improve" and the like.

sections -> lists (each with kind and heading) -> items (stem and sub-bullets joined) -> recommendations

A list is known by its heading (labels of the role `recommendations` in the ontology) or by a sentence that leads into
bullets ("... should concentrate on:"). An item with sub-bullets is one recommendation. A report's own words for "there
is none" are no recommendation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from loaders.records import Recommendation, RecommendationKind
from loaders.sections import Section, role_of
from loaders.text import Block, Span, Text
from ontology import Vocabulary

_TIMESCALE = re.compile(
    r"(?:take\s+)?(?:immediate(?:ly)?(?:\s+action)?|with(?:in|)\s+(?:the\s+next\s+)?[\w-]+\s+(?:working\s+)?(?:days?|weeks?|months?|years?)"
    r"(?:\s+of[^:.]{0,60})?)\s*[:.]?",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"(?:there\s+(?:are|were|is|was)\s+no|no\s+areas?\b|none\b|not\s+applicable|n/a\b"
    r"|(?:the\s+inspection|inspectors|this\s+inspection)\s+(?:did\s+not|have\s+not|found\s+no|identified\s+no))",
    re.IGNORECASE,
)
# "In order to improve ..., the local authority should take the following action." asks for nothing itself.
_LEAD_IN = re.compile(
    r"(?:\bfollowing\s+(?:actions?|areas?|steps?|improvements?|recommendations?|matters)\b[^.:]{0,80}[.:]?$"
    r"|^(?:in\s+order\s+to\b[^:]*,\s*)?[^:.,]{0,90}\b(?:should|must|needs?\s+to)\s*:$"
    r"|\bshould\s+(?:now\s+)?(?:concentrate|focus)\s+on\s*:$)",
    re.IGNORECASE,
)
_LEADS_BULLETS = re.compile(
    r"\b(?:should|must|needs?\s+to)\s+(?:now\s+)?(?:concentrate|focus|improve|take\s+the\s+following)\b[^.:]{0,60}:$"
    r"|\b(?:recommends?|recommended|recommendations|areas\s+for\s+improvement)\b[^.:]{0,60}:$",
    re.IGNORECASE,
)
_NO_LIST = re.compile(
    r"\b(?:findings|summary|strengths|weaknesses|judgement|stud(?:y|ies)|what\s+is\s+it\s+like|information|next\s+steps"
    r"|effectiveness\s+of|experiences?\s+and\s+progress|inspections?)\b",
    re.IGNORECASE,
)
_LETTER_FOR_BULLET = re.compile(r"[A-Z]\s+(?=[A-Z])")
_ENDS = re.compile(r"[.!?:;…][’”\"')\]]*$")
_BODIES = re.compile(r"\s*(?:,|;|\band\b|\bwith\b|/)\s*")


@dataclass(slots=True)
class _Item:
    """One recommendation while its lines are gathered."""

    spans: list[Span]
    number: str | None
    shape: str
    """What it began with: "bullet", "number", "row" or "plain"."""
    addressees: tuple[str, ...] = ()
    timescale: str | None = None
    section: Section | None = None


@dataclass(slots=True)
class _List:
    """One list while it is read; sub-headings and timescales within it belong to it."""

    kind: RecommendationKind
    heading: str
    area: str | None
    timescale: str | None = None
    stem: bool = False
    items: list[_Item] = field(default_factory=list)
    other: list[Span] = field(default_factory=list)
    """Lead-ins, headings in the list and "there are none"."""
    ended: bool = False


def recommendations(sections: Iterable[Section], text: Text, vocabulary: Vocabulary) -> tuple[Recommendation, ...]:
    """Every recommendation in the order of the document, numbered anew in each list."""
    found: dict[str, Recommendation] = {}
    for listed in _lists(sections, text, vocabulary):
        for number, item in enumerate(listed.items, 1):
            one = _recommendation(item, number, listed, text)
            key = re.sub(r"[\W_]+", "", one.statement.lower())
            if key:
                found.setdefault(key, one)
    return tuple(found.values())


def blocks_of_recommendations(sections: Iterable[Section], text: Text, vocabulary: Vocabulary) -> frozenset[Span]:
    """The spans of all blocks that make up the lists, lead-ins and headings within them included."""
    taken: set[Span] = set()
    for listed in _lists(sections, text, vocabulary):
        taken.update(listed.other)
        taken.update(span for item in listed.items for span in item.spans)
    return frozenset(block.span for block in text.blocks if any(_touches(block.span, span) for span in taken))


def kind_of(heading: str) -> RecommendationKind:
    """What the items under a heading are: recommendations where it says so, else areas for (priority) improvement.

    >>> kind_of("Priority and immediate action")
    'area-for-priority-action'
    """
    words = heading.lower()
    if "priority" in words or "immediate" in words:
        return "area-for-priority-action"
    return "recommendation" if "recommend" in words else "area-for-improvement"


def _touches(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _recommendation(item: _Item, number: int, listed: _List, text: Text) -> Recommendation:
    spans = tuple(_joined(item.spans, text))
    statement = " ".join(" ".join(text.words(span).split()) for span in spans)
    section = item.section
    return Recommendation(
        statement=statement,
        spans=spans,
        kind=listed.kind,
        number=number,
        timescale=item.timescale,
        section=section.heading if section and section.heading else listed.heading,
        paragraph=item.number,
        area=(section.area if section else None) or listed.area,
        addressees=item.addressees,
    )


def _joined(spans: Iterable[Span], text: Text) -> Iterator[Span]:
    """Spans with nothing but white space between them as one."""
    held: Span | None = None
    for span in spans:
        if held is not None and not text.content[held.end : span.start].strip():
            held = Span(held.start, span.end)
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


# --- lists


def _lists(sections: Iterable[Section], text: Text, vocabulary: Vocabulary) -> tuple[_List, ...]:
    """The lists that hold at least one item or say that there is none."""
    done: list[_List] = []
    current: _List | None = None
    for section in sections:
        current = _list_of(section, current, vocabulary)
        if current is not None and current not in done:
            done.append(current)
        for block in section.blocks:
            current = _read(block, section, current, done, text, vocabulary)
    return tuple(listed for listed in done if listed.items or listed.other)


def _list_of(section: Section, current: _List | None, vocabulary: Vocabulary) -> _List | None:
    """The list that a section belongs to: a new one, the one that goes on, or none."""
    heading = section.heading or ""
    if section.role in ("boilerplate", "inspectors", "contents", "method"):
        return None
    if _TIMESCALE.fullmatch(heading.strip()) and current is not None and not current.ended:
        current.timescale = heading.strip().rstrip(":. ")
        return current
    if heading and _is_list_heading(heading, vocabulary):
        if current is not None and not current.ended and current.heading == heading and not current.items:
            return current
        return _List(kind_of(heading), heading, section.area)
    goes_on = current is not None and not current.ended and current.heading in section.path
    return current if goes_on and not _NO_LIST.search(heading) else None


def _is_list_heading(words: str, vocabulary: Vocabulary) -> bool:
    short = len(words) < 90 and not _NONE.match(words)
    return short and role_of(words, vocabulary) == "recommendations" and not _TIMESCALE.fullmatch(words.strip())


# --- items


def _read(
    block: Block, section: Section, current: _List | None, done: list[_List], text: Text, vocabulary: Vocabulary
) -> _List | None:
    """The list that is open after this block, which has been added to it where it belongs to it."""
    words = " ".join(text.words(block).split())
    if block.kind in ("heading", "footnote") or not words:
        return current
    if block.kind == "paragraph" and block.number is None and _is_list_heading(words, vocabulary) and words[-1] not in ".:":
        current = _List(kind_of(words), words, section.area, other=[block.span])
        done.append(current)
        return current
    if current is None or current.ended:
        return _led_in(block, words, section, current, done)
    _add(block, words, section, current, text)
    return current


def _led_in(block: Block, words: str, section: Section, current: _List | None, done: list[_List]) -> _List | None:
    """A new list where a sentence outside any leads into bullets that say what should be done."""
    if block.kind != "paragraph" or not _LEADS_BULLETS.search(words) or section.role in ("information", "cover"):
        return None
    kind: RecommendationKind = "recommendation" if "recommend" in words.lower() else "area-for-improvement"
    current = _List(kind, section.heading or "", section.area, other=[block.span], stem=False)
    current.items = []
    done.append(current)
    return current


def _add(block: Block, words: str, section: Section, listed: _List, text: Text) -> None:
    """The block as a new item, as part of the last one, as a timescale, or as the end of the list."""
    last = listed.items[-1] if listed.items else None
    if block.kind == "row":
        _add_row(block, section, listed, text)
    elif _TIMESCALE.fullmatch(words):
        listed.timescale = words.rstrip(":. ")
        listed.other.append(block.span)
    elif _NONE.match(words):
        listed.other.append(block.span)
        listed.ended = listed.ended or block.kind != "bullet"
    elif block.kind == "bullet":
        _add_bullet(block, section, listed, text)
    elif _LEAD_IN.search(words) and (last is None or _closed(last, text)):
        listed.other.append(block.span)
    elif block.number is not None:
        _begin(block, section, listed, "number")
    elif last is not None and (words[0].islower() or not _closed(last, text)):
        last.spans.append(block.span)
    elif last is not None and last.shape in ("bullet", "number") and not _LETTER_FOR_BULLET.match(words):
        listed.ended = True
    else:
        _begin(block, section, listed, "plain", cut=_LETTER_FOR_BULLET.match(words))


def _add_bullet(block: Block, section: Section, listed: _List, text: Text) -> None:
    """A bullet of the second level, or after a stem that ends in a colon, belongs to the item before it."""
    last = listed.items[-1] if listed.items else None
    under_stem = last is not None and last.shape != "bullet"
    if last is not None and (block.level > 1 or under_stem or _opens(last, text)):
        last.spans.append(block.span)
    else:
        _begin(block, section, listed, "bullet")


def _add_row(block: Block, section: Section, listed: _List, text: Text) -> None:
    """A row says what in its last cell and who in its first; one whose first cell is empty goes on with the last."""
    cells = [cell for cell in block.cells or (block.span,) if text.words(cell).strip()]
    if not cells or _is_table_head([text.words(cell) for cell in cells]):
        listed.other.append(block.span)
        return
    last = listed.items[-1] if listed.items else None
    what = cells[-1]
    if last is not None and len(block.cells) > 1 and not text.words(block.cells[0]).strip() and not _closed(last, text):
        last.spans.append(what)
        return
    who = " ".join(text.words(cells[0]).split()) if len(cells) > 1 else ""
    listed.items.append(_Item([what], None, "row", (who,) if who else (), listed.timescale, section))


def _is_table_head(cells: list[str]) -> bool:
    return all(len(cell) < 60 and re.match(r"\s*(?:responsible|areas?\s+for|lead\b|number|no\.?$)", cell, re.I) for cell in cells)


def _begin(block: Block, section: Section, listed: _List, shape: str, cut: re.Match[str] | None = None) -> None:
    span = Span(block.span.start + cut.end(), block.span.end) if cut else block.span
    listed.items.append(_Item([span], block.number, shape, (), listed.timescale, section))


def _last_words(item: _Item, text: Text) -> str:
    return text.words(item.spans[-1]).rstrip()


def _closed(item: _Item, text: Text) -> bool:
    return bool(_ENDS.search(_last_words(item, text))) and not _opens(item, text)


def _opens(item: _Item, text: Text) -> bool:
    return _last_words(item, text).endswith(":")
