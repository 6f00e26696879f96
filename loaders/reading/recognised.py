"""What text recognition (OCR) leaves behind, mended where the text itself shows it: a stage of reading plain text.

columns side by side -> tables -> signs on lines of their own -> lines set apart by blanks -> page numbers in the
middle of sentences -> words broken at a line's end -> words grown together
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from loaders.reading.aligned import gutter, with_rows
from loaders.reading.markers import ends, marker

_LEAST_LINES = 12
"""Fewer lines show nothing."""


def mended(lines: Sequence[str]) -> list[str]:
    """The lines of a text with what recognition tore apart put together; lines of sound text as they are."""
    if len(lines) < _LEAST_LINES:
        return list(lines)
    whole = _set_together(_with_signs(with_rows(_one_column(lines))))
    if _is_wrapped(whole):
        whole = _unbroken(_without_page_numbers(whole))
    return _parted(whole)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines are cut at a width: most that are followed by another are about as long as the longest."""
    long = sorted(len(line) for line in lines if line.strip() and "\t" not in line)
    pairs = pairwise(lines)
    followed = [len(line) for line, below in pairs if line.strip() and below.strip() and "\t" not in line]
    if len(followed) < _LEAST_LINES // 2 or not long:
        return False
    width = long[int(0.95 * (len(long) - 1))]
    full = sum(length > 0.7 * width for length in followed)
    longer = sum(length > 1.5 * width for length in long)
    return 40 <= width <= 130 and longer <= 0.01 * len(long) and full > 0.4 * len(followed)


# --- columns side by side

_FEWEST_BESIDE = 5
_WORDS_A_SIDE = 3


def _one_column(lines: Sequence[str]) -> list[str]:
    """The lines, those made one column below the other that stand beside each other at one place for some lines."""
    out: list[str] = []
    gutters = [gutter(line) for line in lines]
    at = 0
    while at < len(lines):
        end = _end_of_columns(gutters, lines, at)
        if end - at >= _FEWEST_BESIDE and _is_prose(lines[at:end], gutters[at] or 0):
            cut = gutters[at] or 0
            out += [line[:cut].rstrip() for line in lines[at:end]]
            out += [line[cut:].strip() for line in lines[at:end]]
            at = end
        else:
            out.append(lines[at])
            at += 1
    return out


def _end_of_columns(gutters: Sequence[int | None], lines: Sequence[str], at: int) -> int:
    cut = gutters[at]
    end = at
    while cut is not None and end < len(lines) and (gutters[end] == cut or _leaves_open(lines[end], cut, gutters[end])):
        end += 1
    while end > at and not lines[end - 1].strip():
        end -= 1
    return end


def _leaves_open(line: str, cut: int, gutter: int | None) -> bool:
    """Whether a line is short enough to stand in the left column alone, or far enough in for the right one."""
    return gutter is None and "\t" not in line and (len(line) < cut - 2 or not line[:cut].strip())


def _is_prose(lines: Sequence[str], cut: int) -> bool:
    """Whether both sides run on: a table's cells are shorter."""
    both = [line for line in lines if line[:cut].strip() and line[cut:].strip()]
    full = [line for line in both if min(len(line[:cut].split()), len(line[cut:].split())) >= _WORDS_A_SIDE]
    goes_on = sum(line[cut:].lstrip()[:1].islower() for line in both)
    return len(full) >= _FEWEST_BESIDE and len(full) > 0.7 * len(both) and 3 * goes_on > len(both)


# --- lines set apart by blanks


def _set_together(lines: Sequence[str]) -> list[str]:
    """The lines without the blank that follows each, where nearly each has one in the middle of sentences."""
    held = [(line, below) for line, below in pairwise(lines) if line.strip()]
    apart = sum(not below.strip() for _, below in held)
    words = [line.strip() for line in lines if line.strip()]
    cut = sum(not ends(line) and below[:1].islower() for line, below in pairwise(words))
    if apart < 0.9 * len(held) or cut < 0.25 * len(words):
        return list(lines)
    out: list[str] = []
    for blank, group in groupby(lines, key=lambda line: not line.strip()):
        run = list(group)
        out += run[1:] if blank else run
    return out


# --- signs and numbers of lists on lines of their own

_SIGN_ALONE = re.compile(r"\s*([\ue000-\uf8ff■◼▪•●○◦‣∙·➢❖□▫►▶]|\d{1,3}\.|\(?[a-z]\))\s*")
_NEAR = 3
"""Lines within which the words follow the sign."""


def _with_signs(lines: Sequence[str]) -> list[str]:
    """The lines, those that hold nothing but a bullet or a number put before the words that it belongs to."""
    out = list(lines)
    for at, line in enumerate(lines):
        sign = _SIGN_ALONE.fullmatch(line)
        below = next((k for k in range(at + 1, min(at + 1 + _NEAR, len(out))) if out[k].strip()), None)
        if sign is None or below is None or _SIGN_ALONE.fullmatch(out[below]) or marker(out[below].strip()):
            continue
        if sign[1][0].isalnum() and not out[below].strip()[0].isupper():
            continue
        out[below] = f"{sign[1]} {out[below].lstrip()}"
        for k in range(at, below):
            out[k] = "\f" * out[k].count("\f")
    return out


# --- page numbers in the middle of sentences

_PAGE_NUMBER = re.compile(r"\f?\s*(?:page\s*)?[-–—|\s]*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[-–—|\s]*", re.I)
_FEWEST_REPEATS = 3
_CUT_FROM = 40
"""Characters that a line has at least that goes on over a page's end."""


def _without_page_numbers(lines: Sequence[str]) -> list[str]:
    """The lines without page numbers, and what is printed beside all of them, between the halves of sentences."""
    numbers = [at for at, line in enumerate(lines) if _is_page_number(line)]
    repeated = _running(lines, numbers)
    everywhere = _on_most_pages(lines, numbers)
    dropped = {k for at in numbers for k in _printed_with(lines, at, everywhere)}
    for at in numbers:
        above, below = _beyond(lines, at, -1, repeated), _beyond(lines, at, 1, repeated)
        if above is not None and below is not None and _runs_over(lines[above], lines[below]):
            dropped.update(range(above + 1, below))
    # Where a page begins is kept: its sign stands before the first line that is left.
    out: list[str] = []
    turned = ""
    for at, line in enumerate(lines):
        if at in dropped:
            turned += "\f" * line.count("\f")
        else:
            out.append(turned + line)
            turned = ""
    return [*out, turned] if turned else out


def _is_page_number(line: str) -> bool:
    return len(line) < _CUT_FROM and _PAGE_NUMBER.fullmatch(line) is not None


def _running(lines: Sequence[str], numbers: Sequence[int]) -> frozenset[str]:
    """What stands beside several page numbers in the same words."""
    beside: Counter[str] = Counter()
    for at in numbers:
        near = {lines[k].strip() for k in range(max(at - 3, 0), min(at + 4, len(lines))) if k != at}
        beside.update(words for words in near if words and len(words) < 100)
    return frozenset(words for words, count in beside.items() if count >= _FEWEST_REPEATS)


def _on_most_pages(lines: Sequence[str], numbers: Sequence[int]) -> frozenset[str]:
    """What stands right beside page numbers on most pages, each time in a place of its own."""
    places = {k for at in numbers for k in range(max(at - _NEAR, 0), min(at + _NEAR + 1, len(lines)))}
    held = Counter(lines[k].strip() for k in sorted(places) if "\t" not in lines[k])
    often = max(_FEWEST_REPEATS, len(numbers) // 3)
    return frozenset(words for words, count in held.items() if words and count >= often)


def _printed_with(lines: Sequence[str], at: int, repeated: frozenset[str]) -> Iterator[int]:
    """The running heads and feet above or below a page number, with no other words between."""
    for step in (-1, 1):
        near = at + step
        while abs(near - at) <= _NEAR and 0 <= near < len(lines):
            words = lines[near].strip()
            if words and words not in repeated:
                break
            if words:
                yield near
            near += step


def _beyond(lines: Sequence[str], at: int, step: int, repeated: frozenset[str]) -> int | None:
    """The nearest line of the text itself above or below a page number."""
    at += step
    for _ in range(6):
        if not 0 <= at < len(lines):
            return None
        words = lines[at].strip()
        if words and words not in repeated and not _is_page_number(words):
            return at
        at += step
    return None


def _runs_over(above: str, below: str) -> bool:
    words, following = above.rstrip(), below.strip()
    return (
        len(words) > _CUT_FROM
        and not ends(words)
        and "\t" not in words + following
        and not marker(following)
        and (following[0].islower() or words.endswith((",", "-")) or len(following) > _CUT_FROM)
    )


# --- words broken at a line's end

_BROKEN = re.compile(r"([^\W\d_]{2,})-$")
_LONGEST_WORD = 40
_FIRST = re.compile(r"([^\W\d_]{2,})")
_FIRST_OF_COMPOUNDS = frozenset((
    "all", "anti", "co", "cross", "decision", "ex", "full", "half", "high", "ill", "inter", "intra", "joint", "long",
    "low", "mid", "multi", "non", "one", "part", "poor", "post", "pre", "re", "second", "self", "semi", "short", "sub",
    "third", "two", "under", "up", "well",
))  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _unbroken(lines: Sequence[str]) -> list[str]:
    """The lines, a word moved to the next that was broken at a line's end; a true hyphen stays where it stands."""
    breaks = [
        (at, head, tail) for at, (above, below) in enumerate(pairwise(lines)) for head, tail in _break(above, below)
    ]
    known = Counter(word.lower() for line in lines for word in _WORD.findall(line))
    for _, head, tail in breaks:  # the halves are no words for having been broken
        known.subtract((head.lower(), tail))
    out = list(lines)
    for at, head, tail in breaks:
        if _is_one_word(head.lower(), tail, known):
            above, below = out[at].rstrip(), out[at + 1].lstrip()
            out[at], out[at + 1] = f"{above[:-1]}{tail}", below[len(tail) :].lstrip()
    return out


def _break(above: str, below: str) -> Iterator[tuple[str, str]]:
    """The two halves of the word or compound at the end of a line."""
    head, tail = _BROKEN.search(above.rstrip()[-_LONGEST_WORD:]), _FIRST.match(below.lstrip())
    if head and tail and tail[1].islower():
        yield head[1], tail[1]


def _is_one_word(head: str, tail: str, known: Mapping[str, int]) -> bool:
    """Whether the hyphen between two halves is the printer's: the text's other words tell, or else the first half."""
    whole, compound = known.get(head + tail, 0), known.get(f"{head}-{tail}", 0)
    if whole != compound:
        return whole > compound
    return head not in _FIRST_OF_COMPOUNDS and not (known.get(head, 0) > 0 and known.get(tail, 0) > 0)


# --- words grown together

_PREPOSITIONS = "of|in|to|for|by|on|at|and|that|with|from"
_THE = re.compile(rf"\b(?:({_PREPOSITIONS})(the)|(the)([^\W\d_]{{4,}}))\b", re.I)
_GLUED = re.compile(r"(?<=[a-z]{2})([.;:?!])(?=[A-Z][a-z])")
_FEWEST_GLUED = 3


def _parted(lines: Sequence[str]) -> list[str]:
    """The lines with spaces put back where several are seen to be lost."""
    known = Counter(word.lower() for line in lines for word in _WORD.findall(line))
    for pattern, mend in _menders(known):
        found = sum(mend(match) != match.group() for line in lines for match in pattern.finditer(line))
        if found >= _FEWEST_GLUED:
            lines = [pattern.sub(mend, line) for line in lines]
    return list(lines)


def _menders(known: Mapping[str, int]) -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
    def after_the(match: re.Match[str]) -> str:
        if match[1]:
            return f"{match[1]} {match[2]}"
        alone = known.get(match[4].lower(), 0) > known.get(match.group().lower(), 0)
        return f"{match[3]} {match[4]}" if alone else match.group()

    yield _THE, after_the
    yield _GLUED, lambda match: f"{match.group()} " if not _is_address(match) else match.group()


def _is_address(match: re.Match[str]) -> bool:
    """Whether a stop stands within an address of the web or of mail."""
    begin = match.string.rfind(" ", 0, match.start()) + 1
    end = match.string.find(" ", match.end())
    return any(sign in match.string[begin : end if end > 0 else None] for sign in ("www.", "@", "http", "/"))
