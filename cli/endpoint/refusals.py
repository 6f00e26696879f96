"""What the endpoint does not do, each with the status that says so.

Refused
  Busy          no process became free in time
  OutOfTime     the query was stopped at the time limit
  TooLarge      the answer is larger than the limit
  Broken        the store's process ended, or complained, before the answer was whole
"""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """The request is not answered; `status` is HTTP's and `problem` is for a person."""

    def __init__(self, status: int, problem: str, headers: Mapping[str, str] | None = None) -> None:
        self.status, self.problem, self.headers = status, problem, dict(headers or {})
        super().__init__(problem)


class Busy(Refused):
    def __init__(self, waited: float) -> None:
        super().__init__(503, f"all processes were busy for {waited:g} seconds; ask again later", {"Retry-After": "10"})


class OutOfTime(Refused):
    def __init__(self, limit: float) -> None:
        super().__init__(504, f"the query was stopped after {limit:g} seconds, the limit here")


class TooLarge(Refused):
    def __init__(self, limit: int) -> None:
        super().__init__(507, f"the answer is larger than {limit / 2**20:g} MiB, the limit here; add a LIMIT")


class Broken(Refused):
    def __init__(self, why: str) -> None:
        super().__init__(500, f"the query ended without a whole answer: {why}")
