"""Who answers for an action: the people, posts or initials that a cell names, each with the post said beside a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_HARD = re.compile(r"\s*(?:/|;|\||•|\n)\s*")
_SOFT = re.compile(r"\s*(?:,|&|\band\b)\s*")
_CAPITALISED = re.compile(r"[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*){1,3}")
_INITIALS = re.compile(r"[A-Z]{2,4}")
_BRACKETED = re.compile(r"^(.+?)\s*\(([^()]*)\)$")
_POST = re.compile(
    r"\b(?:manager|head|director|lead|officer|leader|chair|worker|coordinator|co-ordinator|service|services|team"
    r"|commissioner|board|council|partner|adviser|advisor|practitioner|designated|nurse|principal|senior|assistant"
    r"|deputy|group|heads|managers|strategic|interim|chief|superintendent|inspector|school|unit|all)\b",
    re.IGNORECASE,
)

_HOLDER = re.compile(
    r"\b(?:manager|head|director|lead|officer|leader|chair|worker|coordinator|co-ordinator|commissioner)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lead:
    """A person, post or initials as printed, and the post of a person where it stands beside the name."""

    name: str
    post: str | None = None


def leads(words: str, known: frozenset[str] = frozenset()) -> tuple[Lead, ...]:
    """Everybody whom a cell names, in order; `known` names, found alone elsewhere, part those that run together.

    >>> [lead.name for lead in leads("Ann Lee/Bo Ray, Service Manager")]
    ['Ann Lee', 'Bo Ray']
    """
    found: dict[str, Lead] = {}
    for piece in _HARD.split(" ".join(words.split())):
        for lead in _people(piece.strip(" ,;:.–-"), known):
            found.setdefault(lead.name.lower(), lead)
    return tuple(found.values())


def alone(cells: Iterable[str]) -> frozenset[str]:
    """The names that stand alone in some cell, by which others are told apart."""
    return frozenset(cell for cell in map(str.strip, cells) if _is_name(cell) and len(cell.split()) == 2)


def _people(piece: str, known: frozenset[str]) -> Iterator[Lead]:
    if not re.search(r"\w", piece):
        return
    bracketed = _BRACKETED.match(piece)
    if bracketed and _is_name(bracketed[1]):
        yield Lead(bracketed[1].strip(), bracketed[2].strip() or None)
        return
    parts = [part for part in _SOFT.split(piece) if part]
    if len(parts) > 1 and _is_name(parts[0]) and all(_is_post(part) for part in parts[1:]):
        yield Lead(parts[0], ", ".join(parts[1:]))
    elif len(parts) > 1 and all(_is_name(part) or _INITIALS.fullmatch(part) or _HOLDER.search(part) for part in parts):
        yield from map(Lead, parts)
    elif together := _together(piece, known):
        yield from map(Lead, together)
    else:
        yield Lead(piece)


def _is_name(words: str) -> bool:
    return _CAPITALISED.fullmatch(words) is not None and not _is_post(words)


def _is_post(words: str) -> bool:
    return _POST.search(words) is not None


def _together(piece: str, known: frozenset[str]) -> list[str]:
    """The names of two words that follow each other without a mark between them, if each is known from elsewhere."""
    words = piece.split()
    if len(words) < 4 or len(words) % 2:
        return []
    pairs = [" ".join(words[at : at + 2]) for at in range(0, len(words), 2)]
    return pairs if sum(pair in known for pair in pairs) >= len(pairs) - 1 and all(map(_is_name, pairs)) else []
