"""The errors of reading, which carry what the command line needs to say: which file, where, and what is wrong.

LoaderError
  MissingPath        nothing is there
  UnreadableFile     the bytes cannot be read as what they are (truncated, encrypted, not text)
    EmptyFile        no bytes, or no words
    WrongFormat      the content is not what the name says (a web page saved as PDF)
"""

from __future__ import annotations


class LoaderError(Exception):
    """A document could not be read; `file` names it, `place` says where in it, `remedy` what a person can do."""

    def __init__(self, file: str, problem: str, *, place: str | None = None, remedy: str | None = None) -> None:
        self.file = file
        self.problem = problem
        self.place = place
        self.remedy = remedy
        where = f"{file}, {place}" if place else file
        super().__init__(f"{where}: {problem}" + (f" ({remedy})" if remedy else ""))

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross from worker processes, and keyword arguments do not survive the default."""
        return (_again, (type(self), self.file, self.problem, self.place, self.remedy))


class MissingPath(LoaderError):
    """Nothing is at the path."""


class UnreadableFile(LoaderError):
    """The file's bytes cannot be read as what they are."""


class EmptyFile(UnreadableFile):
    """The file holds no bytes or no words."""


class WrongFormat(UnreadableFile):
    """The content is not what the file's name says."""


def _again(kind: type[LoaderError], file: str, problem: str, place: str | None, remedy: str | None) -> LoaderError:
    return kind(file, problem, place=place, remedy=remedy)
