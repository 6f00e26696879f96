"""What a list item or numbered paragraph begins with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.text import BlockKind

# Symbol fonts give their signs as private-use characters; a dash or an o is a bullet only when a space follows.
_BULLET = re.compile(r"([\ue000-\uf8ff■◼▪•●○◦‣⁃∙·✓✔➢➤❖□▫►▶]+|[-‐‑‒–—―−─━̶*](?=\s)|o(?=\s+\w))\s*(?=\S)")
_NUMBER = re.compile(
    r"(\d{1,3}\.(?=\s*(?:[^\W\d_]|[‘“'\"(]))|\d{1,3}\.(?=\s+\S)|\d{1,3}(?:\.\d{1,2}){1,2}\.?(?=\s+[^\W\d_])"
    r"|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)(?=\s*\S))\s*"
)
_SECOND = frozenset("-‐‑‒–—―−─━̶o○◦▫□\uf02d\uf0b0\uf0be")


@dataclass(frozen=True, slots=True)
class Marker:
    """A sign or a number, as printed, and how many characters it takes."""

    kind: BlockKind
    printed: str
    end: int

    @property
    def number(self) -> str | None:
        """The number without its full stop; None for a sign."""
        return None if self.kind == "bullet" else self.printed.rstrip(".")


def marker(words: str) -> Marker | None:
    """The marker that the words begin with, if they do."""
    if bullet := _BULLET.match(words):
        return Marker("bullet", bullet.group(1)[0], bullet.end())
    if numbered := _NUMBER.match(words):
        return Marker("paragraph", numbered.group(1), numbered.end())
    return None


def is_second(sign: str) -> bool:
    """Whether this sign of a bullet is one that lists use for their second level."""
    return sign in _SECOND


def ends(words: str) -> bool:
    """Whether the words end as a sentence does."""
    return words.rstrip("’”\"')]")[-1:] in tuple(".!?:;")
