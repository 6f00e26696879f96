"""A sentence in its place: all that is looked at to judge what it says."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.statements.sections import Role


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence and where it stands; `start` is the offset of its first character."""

    words: str
    start: int = 0
    heading: str = ""
    above: str = ""
    """The heading over its heading."""
    area: str | None = None
    role: Role = "findings"
    bullet: bool = False
    position: int = 0
    """Its place in its paragraph or bullet, from 0."""
    last: bool = True
    """It closes its paragraph or bullet."""
