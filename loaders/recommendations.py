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
    r"(?:(?:there\s+(?:are|were|is|was)\s+)?no\s+(?:\w+\s+){0,2}(?:areas?|priority|immediate|recommendations?|actions?)\b"
    r"|none\b|not\s+applicable|n/a\b"
    r"|(?:the\s+inspection|inspectors|this\s+inspection)\s+(?:did\s+not|have\s+not|found\s+no|identified\s+no))",
    re.IGNORECASE,
)
# "In order to improve ..., the local authority should take the following action." asks for nothing itself.
_LEAD_IN = re.compile(
    r"(?:\b(?:should|must|needs?\s+to|to)\s+(?:take|make|address|do)\s+the\s+following\b[^.:]{0,80}[.:]?$"
    r"|\bfollowing\s+recommendations\b[^.:]{0,60}[.:]$|\bwe\s+recommend(?:\s+that)?\s*:$"
    r"|^(?:in\s+order\s+to\b[^:]*,\s*)?[^:.,]{0,90}\b(?:should|must|needs?\s+to)\s*:$"
    r"|\bshould\s+(?:now\s+)?(?:concentrate|focus)\s+on\s*:$)",
    re.IGNORECASE,
)
_LEADS_BULLETS = re.compile(
    r"\b(?:should|must|needs?\s+to)\s+(?:now\s+)?(?:concentrate|focus|improve|take\s+the\s+following)\b[^.:]{0,60}:$"
    r"|\b(?:recommends?|recommended|recommendations|areas\s+for\s+improvement)\b[^.:]{0,60}:$",
    re.IGNORECASE,
)
_NEVER = frozenset({"boilerplate", "inspectors", "contents", "method"})
_CONTENTS = re.compile(r"(?:table\s+of\s+)?contents\b", re.IGNORECASE)
_NO_LIST = re.compile(
    r"\b(?:findings|summary|strengths|weaknesses|judgement|stud(?:y|ies)|what\s+is\s+it\s+like|information|next\s+steps"
    r"|effectiveness\s+of|experiences?\s+and\s+progress|inspections?)\b",
    re.IGNORECASE,
)
# "Practice study: area for improvement" tells one family's story.
_STUDY = re.compile(r"\bstud(?:y|ies)\b", re.IGNORECASE)
# Text saved from PDFs has a letter or dash where the bullet's own sign was lost.
_SIGN = re.compile(r"(?:[B-HJ-Z]\s+(?=[A-Z])|[-−–—]\s+)")
_DASH = re.compile(r"[-−–—]\s+")
_NEXT_ASK = re.compile(
    r"[.;]\s+(?P<next>(?:(?:[A-Z][\w&-]*\s+){0,2}(?:[Ll]eaders|Commissioners|Partners)\s+(?:across|in|from|of|at|need|must)\b"
    r"|(?:[A-Z][\w&-]*\s+){1,2}(?:[a-z]+\s+){0,2}leaders\s+(?:should|need|must)\b(?!\s+(?:also|further))"
    r"|Leaders\s+should\b(?!\s+(?:also|further))|The\s+local\s+(?:area|authority)\b[^.]{0,40}\b(?:should|must|needs?\s+to)\b))"
)
# Two sentences of which the first does not say what anybody should do.
_TELLS = re.compile(
    r"^(?!ensure|improve|develop|strengthen|review|continue|leaders)(?:(?!\b(?:should|must|needs?\s+to)\b)[^.])+\.\s+[A-Z]",
    re.IGNORECASE,
)
_PART = re.compile(r"\(?(?:[ivx]{1,4}|[a-z])\)?")
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
    bullets_only: bool = False
    """A sentence leads into it, and the first other paragraph ends it."""
    items: list[_Item] = field(default_factory=list)
    other: list[Span] = field(default_factory=list)
    """Lead-ins, headings in the list and "there are none"."""
    inside: tuple[str, ...] | None = None
    """The path of the headings of its parts, where they are set no smaller than its own."""
    aside: bool = False
    """A box with a case study stands in its midst."""
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
    """The spans of the blocks that only ask, lead-ins and headings within the lists included.

    Joint inspections of 2016 to 2020 describe at length what is wrong under "Areas for improvement": those sentences
    are findings too, and their blocks are left out here.
    """
    taken: set[Span] = set()
    for listed in _lists(sections, text, vocabulary):
        if _describes(listed, text):
            continue
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


def _describes(listed: _List, text: Text) -> bool:
    """Whether most items of a list tell in several sentences what is, rather than ask for something."""
    told = [item for item in listed.items if _TELLS.search(text.words(item.spans[0]))]
    return listed.kind != "recommendation" and 2 * len(told) > len(listed.items)


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
    return tuple(listed for listed in done if listed.items or (listed.other and not listed.bullets_only))


def _list_of(section: Section, current: _List | None, vocabulary: Vocabulary) -> _List | None:
    """The list that a section belongs to: a new one, the one that goes on, or none."""
    heading = (section.heading or "").strip()
    if section.role in _NEVER or _CONTENTS.match(heading):
        return None
    open_ = current if current is not None and not current.ended else None
    if _TIMESCALE.fullmatch(heading) and open_ is not None:
        open_.timescale = heading.rstrip(":. ")
        return open_
    if heading and _is_list_heading(heading, vocabulary):
        again = open_ is not None and open_.heading == heading and not open_.items
        return open_ if again else _List(kind_of(heading), heading, section.area)
    if open_ is None or _NO_LIST.search(heading):
        return None
    if not open_.items and not open_.other and section.path != open_.inside:
        # A heading right below the list's own heads its first part, whatever its size.
        open_.inside = section.path
    return open_ if open_.heading in section.path or section.path == open_.inside else None


def _is_list_heading(words: str, vocabulary: Vocabulary) -> bool:
    short = len(words) < 90 and not _NONE.match(words) and not _STUDY.search(words)
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
    current = _List(kind, section.heading or "", section.area, other=[block.span], bullets_only=True)
    done.append(current)
    return current


def _add(block: Block, words: str, section: Section, listed: _List, text: Text) -> None:
    """The block as a new item, as part of the last one, as a timescale, or as something that is none of these."""
    last = listed.items[-1] if listed.items else None
    goes_on = last is not None and not _closed(last, text)
    if block.kind == "row":
        _add_row(block, section, listed, text)
    elif _TIMESCALE.fullmatch(words):
        listed.timescale = words.rstrip(":. ")
        listed.other.append(block.span)
    elif _NONE.match(words):
        listed.other.append(block.span)
        listed.ended = listed.ended or block.kind != "bullet"
    elif block.kind == "bullet" or _DASH.match(words):
        _add_bullet(block, section, listed, text)
    elif _LEAD_IN.search(words) and not goes_on:
        listed.other.append(block.span)
    elif last is not None and (_is_part(block.number, last) or (goes_on and words[0].islower())):
        last.spans.append(block.span)
    elif _is_topic(block, words):
        listed.other.append(block.span)
        listed.aside = bool(_STUDY.search(words))
    elif block.number is not None:
        _begin(block, section, listed, "number", text)
    elif last is not None and goes_on and not listed.aside:
        last.spans.append(block.span)
    elif listed.bullets_only:
        listed.ended = True
    elif last is None or last.shape not in ("bullet", "number"):
        _begin(block, section, listed, "plain", text)


def _is_part(number: str | None, last: _Item) -> bool:
    """Whether "(ii)" or "b)" numbers a part of an item that has a figure for its number."""
    return bool(number and _PART.fullmatch(number) and last.number and last.number[0].isdigit())


def _is_topic(block: Block, words: str) -> bool:
    """A short line that names what the next items are about."""
    return block.number is None and len(words) < 90 and words[0].isupper() and words[-1] not in ".;:,"


def _add_bullet(block: Block, section: Section, listed: _List, text: Text) -> None:
    """A bullet of the second level, or after a stem that ends in a colon, belongs to the item before it."""
    last = listed.items[-1] if listed.items else None
    under_stem = last is not None and last.shape != "bullet"
    if last is not None and (block.level > 1 or under_stem or _opens(last, text)):
        last.spans.append(_without_sign(block.span, text))
    else:
        _begin(block, section, listed, "bullet", text)


def _add_row(block: Block, section: Section, listed: _List, text: Text) -> None:
    """A row says what in its last cell and who in its first; where one of the two is empty it goes on with the last."""
    cells = [(at, cell) for at, cell in enumerate(block.cells or (block.span,)) if text.words(cell).strip()]
    if not cells or _is_table_head([text.words(cell) for _, cell in cells]):
        listed.other.append(block.span)
        return
    last = listed.items[-1] if listed.items else None
    if last is not None and last.shape in ("bullet", "number"):
        return
    (first, who), (_, what) = cells[0], cells[-1]
    words = " ".join(text.words(who).split())
    if len(cells) == 1 and len(block.cells) > 1 and last is not None:
        if first > 0:
            last.spans.append(what)
        else:
            last.addressees = tuple(f"{body} {words}" for body in last.addressees[:1]) or (words,)
            listed.other.append(block.span)
        return
    listed.items.append(_Item([what], None, "row", (words,) if len(cells) > 1 else (), listed.timescale, section))


def _is_table_head(cells: list[str]) -> bool:
    return all(len(cell) < 60 and re.match(r"\s*(?:responsible|areas?\s+for|lead\b|number|no\.?$)", cell, re.I) for cell in cells)


def _begin(block: Block, section: Section, listed: _List, shape: str, text: Text) -> None:
    span = _without_sign(block.span, text)
    spans = _asks(span, text) if shape == "plain" else [span]
    for one in spans:
        listed.items.append(_Item([one], block.number, shape, (), listed.timescale, section))


def _without_sign(span: Span, text: Text) -> Span:
    """The span without a letter or dash that stands for a bullet."""
    sign = _SIGN.match(text.words(span))
    return Span(span.start + sign.end(), span.end) if sign else span


def _asks(span: Span, text: Text) -> list[Span]:
    """Where the rows of a table came as one paragraph, each ask of its own: it begins with whom it asks."""
    words = text.words(span)
    cuts = [0, *(match.start("next") for match in _NEXT_ASK.finditer(words)), len(words)]
    return [Span(span.start + a, span.start + a + len(words[a:b].rstrip())) for a, b in zip(cuts, cuts[1:], strict=False)]


def _last_words(item: _Item, text: Text) -> str:
    return text.words(item.spans[-1]).rstrip()


def _closed(item: _Item, text: Text) -> bool:
    return bool(_ENDS.search(_last_words(item, text))) and not _opens(item, text)


def _opens(item: _Item, text: Text) -> bool:
    return _last_words(item, text).endswith(":")
