"""Numbers as English writes them: in words, in digits, as parts of a whole."""

from __future__ import annotations

import re
from decimal import Decimal

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: value for value, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}

NUMBER_WORDS = frozenset(_VALUES) - {"zero"}
ONE_TO_NINETEEN = f"(?:{'|'.join(_ONES[1:])})"
_TEN = f"(?:{'|'.join(_TENS)})"
_UNDER_100 = rf"(?:{_TEN}(?:[-\s]{ONE_TO_NINETEEN})?|{ONE_TO_NINETEEN})"
IN_WORDS = rf"(?:{_UNDER_100}\s+hundred(?:\s+and\s+{_UNDER_100})?|{_UNDER_100})"
"""A pattern for numbers in words below a thousand."""
IN_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
"""A pattern for numbers in digits, thousands parted by commas."""
ANY = rf"(?:\d+(?:[.,]\d+)*|{IN_WORDS})"
PARTS = "(?:(?:third|quarter|fifth|sixth|eighth|tenth)s)"


def value_of(words: str) -> Decimal:
    """The value of a number in digits or in words.

    >>> value_of("1,250"), value_of("two hundred and fifty-one")
    (Decimal('1250'), Decimal('251'))
    """
    if words[0].isdigit():
        return Decimal(words.replace(",", ""))
    total = 0
    for word in re.split(r"[-\s]+", words.lower()):
        if word == "hundred":
            total = (total or 1) * 100
        elif word != "and":
            total += _VALUES[word]
    return Decimal(total)


def share_of(many: str, part: str) -> Decimal:
    """A fraction in words as a percentage, to one decimal.

    >>> share_of("two", "thirds"), share_of("three", "quarters")
    (Decimal('66.7'), Decimal('75'))
    """
    share = 100 * value_of(many) / _PARTS[part.lower().removesuffix("s")]
    return share.quantize(Decimal(1)) if share % 1 == 0 else share.quantize(Decimal("0.1"))
