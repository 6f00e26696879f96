"""The meetings of a committee's pack: the one that its agenda calls, and those of which it holds the minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from loaders.facts.dates import dates
from loaders.packs.attendance import attendees, members
from loaders.packs.packs import COMMITTEE, PackPart, is_agenda, minutes_line
from loaders.packs.resolutions import clauses
from loaders.records import AgendaItem, Meeting, Person, Problem, Resolution
from loaders.text import Block, Span, Text

_NO_COMMITTEE = re.compile(r"^(?:(?:the|minutes|meeting|draft|agenda|of|a)\s+)+", re.IGNORECASE)
_LABEL = re.compile(
    r"(?P<label>committee|meeting|date(?:\s+and\s+time)?|time|venue|place|location)\s*:\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_PLACE = re.compile(
    r"\b(?:in|at)\s+(?P<place>(?:the\s+)?(?=[A-Z])[^.;]{5,140}?)(?=\s+(?:on\s+(?:\w+day\b|\d)|at\s+\d|from\s+\d)|[.;]|$)"
)
_ITEM = re.compile(r"(?P<number>\d{1,3})\.?\s+(?P<title>[A-Z].{1,150})")
_PAGES = re.compile(r"\s*\(pages?\s+[\d\s,–-]+\)\s*$", re.IGNORECASE)
_MONTH = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", re.IGNORECASE
)
_SMALL = frozenset({"and", "of", "for", "the", "on", "in", "to"})
_GAP = 3


@dataclass(frozen=True, slots=True)
class ReadMeeting:
    """A meeting with the words under each of its items, title included, by printed number."""

    meeting: Meeting
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Pack:
    """What all meetings of a pack share: authority, whose people they are, members, committees by lower-case name."""

    authority: str | None
    body: str
    members: tuple[str, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Called:
    """When, where and of whom a meeting is, and which words say so."""

    committee: str
    day: date
    place: str | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """An item with the blocks under it."""

    item: AgendaItem
    blocks: tuple[Block, ...]


def meetings(
    parts: Sequence[PackPart], text: Text, authority: str | None, body: str
) -> tuple[tuple[ReadMeeting, ...], tuple[Problem, ...]]:
    """The meetings of a pack in the order of its parts; a part whose meeting has no date is a problem.

    `body` is that to which the people belong: the authority's code, or the document's key.
    """
    known = tuple(name for part in parts if part.kind == "agenda" for name in members(part.blocks, text))
    pack = _Pack(authority, body, known, _mixed_case_names(parts, text))
    found: list[ReadMeeting] = []
    problems: list[Problem] = []
    for part in parts:
        if part.kind == "paper":
            continue
        called = _from_minutes(part, text) if part.kind == "minutes" else _from_agenda(part, text)
        if called is None:
            doubt = f"the {part.kind} do not say of which day" if part.kind == "minutes" else "the agenda names no day"
            problems.append(Problem("undated-meeting", doubt, part.blocks[0].span))
            continue
        found.append(_read(part, called, text, pack))
    return tuple(found), tuple(problems)


def _read(part: PackPart, called: _Called, text: Text, pack: _Pack) -> ReadMeeting:
    """The meeting; an agenda tells neither who came nor what was resolved."""
    items = tuple(_items(part, text))
    held = part.kind == "minutes"
    people = attendees(part.blocks, text, pack.members) if held else ()
    meeting = Meeting(
        committee=pack.names.get(called.committee.lower()) or _title_case(called.committee),
        date=called.day,
        spans=called.spans,
        place=called.place,
        authority=pack.authority,
        attendees=tuple(Person(one.name, one.role, pack.body) for one in people),
        items=tuple(one.item for one in items),
        resolutions=tuple(_resolutions(part, items, text)) if held else (),
    )
    return ReadMeeting(meeting, tuple((one.item.number, _words(one, text)) for one in items))


def _words(item: _Item, text: Text) -> str:
    return " ".join((item.item.title, *(text.words(block) for block in item.blocks)))


# --- when, where, of whom


def _from_agenda(part: PackPart, text: Text) -> _Called | None:
    head = tuple(takewhile(lambda block: not is_agenda(block, text), part.blocks)) or part.blocks[:40]
    labelled = list(_labelled(head, text))
    named = [(at, span) for at, name, span in labelled if name == "date"]
    dated = [(at, span, days[0].day) for at, span in named if (days := dates(text.words(span)))]
    near = [at for at, name, _ in labelled if name in ("time", "venue", "place", "location", "committee", "meeting")]
    committee = next((span for _, name, span in labelled if name == "committee"), None) or _committee(head, text)
    if not dated:
        return _from_sentence(head, committee, text)
    _, span, day = min(dated, key=lambda one: (min((abs(one[0] - at) for at in near), default=0), -one[0]))
    place = next((text.words(s) for _, name, s in labelled if name in ("venue", "place", "location")), None)
    spans = tuple(sorted({s for s in (committee, span) if s}))
    return _Called(_name(committee, text), day, place, spans)


def _labelled(blocks: Sequence[Block], text: Text) -> Iterator[tuple[int, str, Span]]:
    """Each label with its place in order and the stretch of what it says, on its own line or on the next."""
    for at, block in enumerate(blocks):
        match = _LABEL.fullmatch(text.words(block))
        if match is None:
            continue
        name = "date" if match["label"].lower().startswith("date") else match["label"].lower()
        if match["rest"].strip():
            yield at, name, Span(block.span.start + match.start("rest"), block.span.end)
        elif at + 1 < len(blocks):
            yield at, name, blocks[at + 1].span


def _from_sentence(blocks: Sequence[Block], committee: Span | None, text: Text) -> _Called | None:
    """The first line that names a meeting and its day, else the first that names a day."""
    dated = [(block, days[0].day) for block in blocks if (days := dates(text.words(block)))]
    if not dated:
        return None
    meeting = [one for one in dated if re.search(r"\bmeeting\b|\bheld\b", text.words(one[0]), re.IGNORECASE)]
    block, day = (meeting or dated)[0]
    spans = tuple(sorted({span for span in (committee, block.span) if span}))
    return _Called(_name(committee, text), day, _place(text.words(block)), spans)


def _from_minutes(part: PackPart, text: Text) -> _Called | None:
    at = next((k for k in range(len(part.blocks)) if minutes_line(part.blocks, k, text)), None)
    if at is None:
        return None
    below = part.blocks[at : at + 6]
    dated = next(((block, days[0].day) for block in below if (days := dates(text.words(block)))), None)
    if dated is None:
        return None
    committee = _committee(part.blocks[at : at + 3], text) or _committee(part.blocks[:at], text)
    place = _place(text.words(dated[0]))
    return _Called(_name(committee, text), dated[1], place, (dated[0].span,))


def _place(words: str) -> str | None:
    match = _PLACE.search(words)
    return match["place"].strip(" ,") if match else None


def _committee(blocks: Sequence[Block], text: Text) -> Span | None:
    """The first short line, or title, in which a committee's name stands."""
    for block in blocks:
        words = text.words(block)
        match = COMMITTEE.search(words) if len(words) < 300 else None
        if match is not None:
            start = match.start() + (lead.end() if (lead := _NO_COMMITTEE.match(match[0])) else 0)
            return Span(block.span.start + start, block.span.start + match.end())
    return None


def _name(committee: Span | None, text: Text) -> str:
    return " ".join(text.words(committee).split()) if committee else "Committee"


def _mixed_case_names(parts: Sequence[PackPart], text: Text) -> dict[str, str]:
    """Committees as the pack writes them where it does not use capitals throughout."""
    found: dict[str, str] = {}
    for part in parts:
        for block in part.blocks[:60]:
            words = " ".join(text.words(block).split())
            if COMMITTEE.fullmatch(words) and not words.isupper():
                found.setdefault(words.lower(), words)
    return found


def _title_case(name: str) -> str:
    if not name.isupper():
        return name
    words = [word if word in _SMALL else word.capitalize() for word in name.lower().split()]
    return " ".join(words)


# --- items and what was resolved


def _items(part: PackPart, text: Text) -> Iterator[_Item]:
    """The numbered items in order, each number a little higher than the last."""
    begin = next((k + 1 for k, block in enumerate(part.blocks) if is_agenda(block, text)), 0)
    held: AgendaItem | None = None
    under: list[Block] = []
    for block in part.blocks[begin:]:
        item = _item(block, text)
        if item is not None and (held is None or 0 < int(item.number) - int(held.number) <= _GAP):
            if held is not None:
                yield _Item(held, tuple(under))
            held, under = item, []
        else:
            under.append(block)
    if held is not None:
        yield _Item(held, tuple(under))


def _item(block: Block, text: Text) -> AgendaItem | None:
    """A line that opens an item: a whole number and a short title."""
    words = text.words(block)
    number, start = block.number, 0
    if number is None and block.kind != "row":
        match = _ITEM.fullmatch(words)
        number, start = (match["number"], match.start("title")) if match else (None, 0)
    title = _PAGES.sub("", words[start:]).strip()
    if number is None or not re.fullmatch(r"\d{1,3}", number) or block.kind == "row":
        return None
    if not title or len(title) > 150 or title.endswith((".", ";")) or _MONTH.match(title) or title.startswith("That "):
        return None
    return AgendaItem(number, title, (Span(block.span.start + start, block.span.start + start + len(title)),))


def _resolutions(part: PackPart, items: Sequence[_Item], text: Text) -> Iterator[Resolution]:
    held: list[tuple[str | None, tuple[Block, ...]]] = [(one.item.number, one.blocks) for one in items]
    for number, blocks in held or [(None, part.blocks)]:
        for clause in clauses(blocks, text):
            yield Resolution(clause.statement, clause.spans, item=number)
