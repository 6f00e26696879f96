"""Authorities in text: every spelling that the ontology knows and the regular ones that it need not list.

Regular are "X Council", "London Borough of X", "X Metropolitan Borough Council" and their like, "&" for "and", hyphens
and commas or none. Of names inside one another the longest counts, so that North Yorkshire is never York.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ontology import Vocabulary

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_BEFORE = re.compile(
    r"\b(?:(?:royal|london|metropolitan|county)\s+)*(?:borough|city|county|district|council)\s+of\s+(?:the\s+)?$"
    r"|\bcouncil\s+(?:for|of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s-]+(?:(?:city|county|borough|metropolitan|district|london|royal|unitary)[\s-]+)*"
    r"(?:council|corporation|borough|authority|mbc|cc)\b",
    re.IGNORECASE,
)
_PARTING = re.compile(r"[;:()\t]")
_POSTCODE = re.compile(r"[,\s]+[A-Z]{1,2}\d[\dA-Z]?\s+\d[A-Z]{2}\b")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;•\n]\s*|[.!?]['’”\"]\s*)$")
_LOCAL = re.compile(r"['’]s\b|\s+(?:local|city|county|borough|metropolitan|council)\b", re.IGNORECASE)
_ORDINARY_WORDS = frozenset({"bury", "reading"})


@dataclass(frozen=True, slots=True)
class NamedAuthority:
    """An authority that words name: its code, and the offsets of the name with "Council" or "Borough of"."""

    gss: str
    start: int
    end: int


def authorities_in(words: str, vocabulary: Vocabulary, on: date | None = None) -> tuple[NamedAuthority, ...]:
    """Every naming of an authority, in order; `on` decides between bodies that bore one name after each other.

    Towns in postal addresses are left out.
    """
    known = _spellings(vocabulary)
    tokens = list(_WORD.finditer(words))
    found: list[NamedAuthority] = []
    at = 0
    while at < len(tokens):
        match = _longest(tokens, at, known)
        if match is None:
            at += 1
            continue
        length, codes = match
        start, end = tokens[at].start(), _bare_end(tokens[at + length - 1])
        if _names_authority(words, start, end):
            found.append(NamedAuthority(_standing(codes, vocabulary, on), *_widened(words, start, end)))
        at += length
    return tuple(found)


def most_named(words: str, vocabulary: Vocabulary, on: date | None = None) -> str | None:
    """The authority that is named more than twice as often as any other, if one is named at least three times."""
    counted = Counter(named.gss for named in authorities_in(words, vocabulary, on)).most_common(2)
    if not counted or counted[0][1] < 3:
        return None
    return counted[0][0] if len(counted) == 1 or counted[0][1] > 2 * counted[1][1] else None


_Spelling = tuple[tuple[str, ...], tuple[str, ...], bool]
"""The tokens of a name, the codes that bear it, and whether it is an abbreviation, whose capitals count."""


@lru_cache(maxsize=4)
def _spellings(vocabulary: Vocabulary) -> Mapping[str, tuple[_Spelling, ...]]:
    """Spellings by their first token, the longest first."""
    codes: dict[tuple[str, ...], list[str]] = {}
    abbreviated: dict[tuple[str, ...], bool] = {}
    for authority in vocabulary.authorities.values():
        for name in authority.names:
            key = tuple(_token(match[0]) for match in _WORD.finditer(name))
            if key:
                held = codes.setdefault(key, [])
                if authority.gss not in held:
                    held.append(authority.gss)
                abbreviated[key] = sum(letter.isupper() for letter in name) > 1 and " " not in name and "-" not in name
    by_first: dict[str, list[_Spelling]] = {}
    for key in sorted(codes, key=lambda key: (-len(key), key)):
        by_first.setdefault(key[0], []).append((key, tuple(codes[key]), abbreviated[key]))
    return {first: tuple(spellings) for first, spellings in by_first.items()}


def _token(word: str) -> str:
    lower = word.lower().replace("’", "'")
    return "and" if lower == "&" else lower.removesuffix("'s")


def _longest(
    tokens: list[re.Match[str]], at: int, known: Mapping[str, tuple[_Spelling, ...]]
) -> tuple[int, tuple[str, ...]] | None:
    first = tokens[at][0]
    if not first[0].isupper():
        return None
    for key, codes, abbreviated in known.get(_token(first), ()):
        if at + len(key) <= len(tokens) and all(_token(tokens[at + k][0]) == part for k, part in enumerate(key)):
            printed = "".join(token[0] for token in tokens[at : at + len(key)])
            if abbreviated and sum(letter.isupper() for letter in printed) < 2:
                continue
            if _apart(tokens, at, len(key)):
                continue
            return len(key), codes
    return None


def _apart(tokens: list[re.Match[str]], at: int, length: int) -> bool:
    """Whether something stands between the tokens that no name has inside it, such as the end of a sentence."""
    whole = tokens[at].string
    between = (whole[tokens[k].end() : tokens[k + 1].start()] for k in range(at, at + length - 1))
    return any(len(gap) > 3 or _PARTING.search(gap) for gap in between)


def _bare_end(last: re.Match[str]) -> int:
    return last.end() - 2 if last[0].lower().replace("’", "'").endswith("'s") else last.end()


def _names_authority(words: str, start: int, end: int) -> bool:
    if _POSTCODE.match(words, end):
        return False
    if words[start:end].lower() in _ORDINARY_WORDS and _SENTENCE_START.search(words[max(0, start - 4) : start]):
        return end >= len(words.rstrip()) or words[end] == "\n" or _LOCAL.match(words, end) is not None
    return True


def _widened(words: str, start: int, end: int) -> tuple[int, int]:
    before = _BEFORE.search(words[max(0, start - 40) : start])
    after = _AFTER.match(words, end)
    return start - len(before[0]) if before else start, after.end() if after else end


def _standing(codes: tuple[str, ...], vocabulary: Vocabulary, on: date | None) -> str:
    """Of bodies of one name the one that stood on the day, today where no day is given."""
    if len(codes) == 1:
        return codes[0]
    former = [code for code in codes if vocabulary.authorities[code].succeeded_by]
    present = [code for code in codes if code not in former]
    if on is not None and any(_ended(code, vocabulary) > on for code in former):
        return former[0]
    return (present or former)[0]


def _ended(code: str, vocabulary: Vocabulary) -> date:
    return vocabulary.authorities[code].ended or date.max
