"""Which of several forms an asker would rather have."""

from __future__ import annotations

from collections.abc import Sequence


def preferred(accept: str, offered: Sequence[str]) -> str | None:
    """The media type of `offered` that an Accept header likes best, the first of equals; None where it takes none.

    >>> preferred("text/html,application/xml;q=0.9,*/*;q=0.8", ["text/turtle", "text/html"])
    'text/html'
    >>> preferred("application/*, text/turtle;q=0.1", ["text/turtle", "application/ld+json"])
    'application/ld+json'
    """
    ranges = [_range(part) for part in (accept or "*/*").split(",") if part.strip()]
    liked = [(_quality(kind, ranges), -place, kind) for place, kind in enumerate(offered)]
    quality, _, best = max(liked)
    return best if quality > 0 else None


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = part.split(";")
    quality = next((p.strip()[2:] for p in parameters if p.strip().startswith("q=")), "1")
    try:
        return kind.strip().lower(), float(quality)
    except ValueError:
        return kind.strip().lower(), 0.0


def _quality(kind: str, ranges: Sequence[tuple[str, float]]) -> float:
    """What the most exact of the ranges that `kind` falls into says of it."""
    family = f"{kind.partition('/')[0]}/*"
    for wanted in (kind, family, "*/*"):
        found = [quality for given, quality in ranges if given == wanted]
        if found:
            return max(found)
    return 0.0
