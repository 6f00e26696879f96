"""A sentence in its place: all that is looked at to judge what it says."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.sections import Role


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence with its neighbours and where it stands; `start` is the offset of its first character."""

    words: str
    start: int = 0
    before: str = ""
    after: str = ""
    heading: str = ""
    area: str | None = None
    role: Role = "findings"
    bullet: bool = False
    first: bool = False
    """It opens its paragraph or bullet."""
