"""The errors of the graph, which carry what the command line needs to say.

GraphError
  BuildError
    OutInUse         another build is writing there
    ForeignFolder    the folder holds what no build wrote
    CannotWrite      the folder cannot be made or written to
    NothingBuilt     not one document could be read
  NotABuild          no build is there to open, check or export
  ExportError        what was asked for cannot be written
  RemoteError        a SPARQL service did not answer, or not to the end
  EvaluationError
    LabelsError      labels given by hand are not in a form that can be read
    TooFewSentences  there is nothing to draw from or to learn from
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.reading import Failure


class GraphError(Exception):
    """Something about a graph as a whole went wrong."""


class BuildError(GraphError):
    """No build was made."""


class OutInUse(BuildError):
    """Another build is writing to `out`."""

    def __init__(self, out: Path) -> None:
        self.out = out
        super().__init__(f"{out} is in use: another build is writing there")


class ForeignFolder(BuildError):
    """`out` cannot become a build because of what lies there already; `found` is the first such thing."""

    def __init__(self, out: Path, found: str) -> None:
        self.out, self.found = out, found
        super().__init__(f"{out} is not the folder of a build and not empty: it holds {found}")


class CannotWrite(BuildError):
    """`out` cannot be made or written to; `problem` is what the system says."""

    def __init__(self, out: Path, problem: str) -> None:
        self.out, self.problem = out, problem
        super().__init__(f"cannot write to {out}: {problem}")


class NothingBuilt(BuildError):
    """Not one document could be read; `failures` tells why of each."""

    def __init__(self, failures: Sequence[Failure]) -> None:
        self.failures = tuple(failures)
        told = "; ".join(f"{failure.name}: {failure.problem}" for failure in self.failures[:3])
        more = f"; and {len(self.failures) - 3} more" if len(self.failures) > 3 else ""
        super().__init__(f"no document could be read ({told}{more})" if told else "no documents were given")


class NotABuild(GraphError):
    """There is no finished build at `out`; `missing` is the first part of one that is not there."""

    def __init__(self, out: Path, missing: str) -> None:
        self.out, self.missing = out, missing
        super().__init__(f"{out} is not the folder of a build: it has no {missing}")


class ExportError(GraphError):
    """What was asked for cannot be written; `format` is the one asked for."""

    def __init__(self, format: str, problem: str) -> None:
        self.format, self.problem = format, problem
        super().__init__(f"cannot export {format}: {problem}")


class RemoteError(GraphError):
    """The SPARQL service at `endpoint` did not answer, or not to the end."""

    def __init__(self, endpoint: str, problem: str) -> None:
        self.endpoint, self.problem = endpoint, problem
        super().__init__(f"{endpoint}: {problem}")


class EvaluationError(GraphError):
    """Labels given by hand and the graph could not be brought together."""


class LabelsError(EvaluationError):
    """The file at `path` is not understood; each of `problems` is a line, from 1, or None, and what is wrong there."""

    def __init__(self, path: Path, problems: Sequence[tuple[int | None, str]], count: int = 1) -> None:
        self.path, self.problems, self.count = path, tuple(problems), max(count, len(problems))
        told = [f"{path}:{line}: {what}" if line else f"{path}: {what}" for line, what in self.problems]
        more = self.count - len(self.problems)
        super().__init__("\n".join((*told, f"and {more} more")) if more else "\n".join(told))


class TooFewSentences(EvaluationError):
    """There are no sentences for what was asked; `what` says which are missing."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)
