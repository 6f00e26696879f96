"""Who was present at a meeting, as its minutes list them, each with the office or post that is printed beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.text import Block, Text

_HEADING = re.compile(
    r"(?:members\s+|councillors\s+|officers\s+|others\s+|also\s+)*(?:present|in\s+attendance|attendance)\b"
    r"\s*[:–-]?\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_APOLOGIES = re.compile(r"(?:apologies|absent)\b", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:Councillors?|Cllrs?\.?)\s+")
_PERSON = re.compile(
    r"(?P<name>(?:(?:Mr|Mrs|Ms|Miss|Dr|Canon|Rev(?:erend)?|Professor|Sir|Dame)\.?\s+)?"
    r"[A-Z][\w’'-]*(?:\s+[A-Z][\w’'.-]*){0,3})"
    r"(?:\s*\((?P<office>[^()]{1,80})\)|\s+[–-]\s+(?P<post>[^,;]{3,80}))?"
)
_BETWEEN = re.compile(r"\s*(?:,|;|\band\b|&)\s*")
_NO_NAME = re.compile(r"\b(?:Councillors|Members|Officers|Council|Committee|Vacancy|None|Also|Present)\b")


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person present, with "Chair", "Councillor" or a post as role."""

    name: str
    role: str | None


def attendees(blocks: Sequence[Block], text: Text, members: Sequence[str] = ()) -> tuple[Attendee, ...]:
    """Everybody listed as present before the first item; a surname alone is filled up from `members` if it can be."""
    found: dict[str, Attendee] = {}
    for line in _lines(blocks, text):
        for one in _people(line):
            whole = _whole(one.name, members)
            found.setdefault(whole.lower(), Attendee(whole, one.role))
    return tuple(found.values())


def members(blocks: Sequence[Block], text: Text) -> tuple[str, ...]:
    """The names that stand on lines of their own, as an agenda lists the members of its committee."""
    lines = (text.words(block) for block in blocks if block.kind in ("paragraph", "heading", "bullet"))
    return tuple(match["name"] for line in lines if (match := _PERSON.fullmatch(line.strip())) and " " in match["name"])


def _lines(blocks: Sequence[Block], text: Text) -> Iterator[str]:
    """What stands under "Present" and its like, up to the first numbered item; a list may go on over lines."""
    listing = False
    held = ""
    for block in blocks:
        words = " ".join(text.words(block).split())
        heading = _HEADING.fullmatch(words)
        if heading and len(words.split()) - len(heading["rest"].split()) <= 4:
            listing = True
            held = f"{held}\n{heading['rest']}"
        elif listing and (block.number is not None or _APOLOGIES.match(words) or len(words) > 600):
            break
        elif listing:
            held = f"{held} {words}" if held.rstrip().endswith((",", " and")) else f"{held}\n{words}"
    yield from (line for line in held.split("\n") if line.strip())


def _people(line: str) -> Iterator[Attendee]:
    pieces = _TITLE.split(line)
    titled = [("Councillor", piece) for piece in pieces[1:]]
    for title, piece in [(None, pieces[0]), *titled]:
        at = 0
        while match := _PERSON.match(piece, at):
            name = match["name"].strip()
            if not _NO_NAME.search(name) and (title or " " in name):
                yield Attendee(name, match["office"] or match["post"] or title)
            between = _BETWEEN.match(piece, match.end())
            if between is None or between.end() == match.end():
                break
            at = between.end()


def _whole(name: str, known: Sequence[str]) -> str:
    if " " in name:
        return name
    fits = {one for one in known if one.split()[-1].lower() == name.lower()}
    return fits.pop() if len(fits) == 1 else name
