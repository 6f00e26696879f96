"""What a SPARQL service may do instead of answering, and what a reader should be told of an answer.

RemoteError (graph.errors)
  Passing      may go well when it is asked again
  Denied       asks for credentials, or takes none of those that it was given
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

from graph.errors import RemoteError

Notice = Callable[[str], None]
"""Takes one sentence that a person should see: an answer may be cut, a question is asked again."""


class Passing(RemoteError):
    """A failure that may pass; `after` is the number of seconds that the service asks to be left alone."""

    def __init__(self, endpoint: str, problem: str, *, after: float | None = None) -> None:
        self.after = after
        super().__init__(endpoint, problem)


class Denied(RemoteError):
    """The service answers only, or is changed only by, those whom it knows; `status` is 401, 403 or 405."""

    def __init__(self, endpoint: str, problem: str, *, status: int) -> None:
        self.status = status
        super().__init__(endpoint, problem)


class RemoteWarning(UserWarning):
    """What a service answered may not be all, or could be had only with patience."""


def warn(sentence: str) -> None:
    """The notice of who names none: Python's warnings, which a program can catch and the command line replaces."""
    warnings.warn(sentence, RemoteWarning, stacklevel=2)
