"""What whoever starts the endpoint decides, and what is fixed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ontology import BASE

MAX_REQUEST = 2**20
"""Bytes of a request's body, and of a query."""
MAX_ADDRESS = 2**16
"""Bytes of a request's address with its other headers."""
MAX_WAIT = 30
"""Seconds that a request may take to come in."""
MAX_TOKENS = 50_000
MAX_NESTING = 200
"""Brackets within brackets of a query."""
HEAD = 2**20
"""Bytes of an answer that are held back: what fails before them fails with a status."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How an endpoint is to be run; times in seconds, sizes in bytes."""

    store: Path
    """A copy of the store that nobody writes to."""
    graphs: frozenset[str]
    """The names of its graphs: all that a query may name as its dataset."""
    program: str
    """The Oxigraph server."""
    host: str = "127.0.0.1"
    port: int = 7878
    time_limit: float = 30.0
    answer_limit: int = 100 * 2**20
    memory_limit: int = 4 * 2**30
    """Address space of each process of the server."""
    origins: tuple[str, ...] = ()
    """Web pages of these origins may ask ("*": of any)."""
    base: str = BASE
    """What the data's IRIs begin with; below it, paths of this site are theirs."""
    workers: int = 2
    """Processes that answer; each has one query at a time."""
    slow_lane: int = 4
    """Queries that may go on beside those processes, at a lower priority, once they have proved slow."""
    slow_after: float = 1.0
