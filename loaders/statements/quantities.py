"""What a word of quantity counts: people and cases, or something that says nothing of how many a finding holds for."""

from __future__ import annotations

import re

_AIM = re.compile(
    r"\b(?:(?:ensur(?:e|es|ed|ing)|makes? sure|so)(?: that)?"
    r"|(?:aims?|ambition|aspiration|expectation|determination|commitment|committed|plans?|priority)"
    r"(?: is| are)? (?:to|that) [^,;]{0,60}) $",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?: more)? (?:weeks?|days?|months?|years?|hours?|minutes?|time)\b", re.IGNORECASE)
_PARTS = re.compile(
    r"(?: of)?(?: (?:the|these|those|its|their|other|key|partner|important|new|recent))*(?: [\w-]+)?"
    r" (?:areas?|agencies|partners|services|aspects|elements|parts|levels|changes|developments|initiatives"
    r"|improvements?|weaknesses|deficits|gaps|issues)\b",
    re.IGNORECASE,
)


def of_no_case(words: str, start: int, end: int, every: bool) -> bool:
    """Whether the quantity from `start` to `end` is of time, of parts or partners of a service, or only aimed at.

    Of what is aimed at only `every` one says nothing; "ensures that most" tells how many it is achieved for.

    >>> of_no_case("It is better in some areas.", 16, 20, every=False)
    True
    >>> of_no_case("Help is better for some children.", 19, 23, every=False)
    False
    """
    aimed = every and _AIM.search(words, 0, start) is not None
    return aimed or _TIME.match(words, end) is not None or _PARTS.match(words, end) is not None
