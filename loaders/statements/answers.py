"""Which answers the learnt part gives, in which columns; the ids are those of the vocabulary when it was taught."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

NOT_A_FINDING = "not-a-finding"
NONE_GIVEN = "none-given"
POLARITIES = ("strength", "weakness", "mixed", "neutral")


@dataclass(frozen=True)
class Answers:
    """The ids that each group of columns stands for, in the order of the columns."""

    themes: tuple[str, ...]
    cohorts: tuple[str, ...]
    prevalences: tuple[str, ...]
    changes: tuple[str, ...]

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The groups by name; one of the first, third and fifth is true, any number of the others."""
        return {
            "polarity": (*POLARITIES, NOT_A_FINDING),
            "theme": self.themes,
            "prevalence": (NONE_GIVEN, *self.prevalences),
            "cohort": self.cohorts,
            "change": (NONE_GIVEN, *self.changes),
        }

    @cached_property
    def columns(self) -> dict[str, slice]:
        """Where each group stands."""
        result: dict[str, slice] = {}
        start = 0
        for name, ids in self.groups.items():
            result[name] = slice(start, start + len(ids))
            start += len(ids)
        return result

    @cached_property
    def column(self) -> dict[tuple[str, str], int]:
        """The column of each answer of each group."""
        groups, columns = self.groups, self.columns
        return {(name, id): columns[name].start + place for name, ids in groups.items() for place, id in enumerate(ids)}

    @property
    def width(self) -> int:
        """How many columns there are."""
        return sum(len(ids) for ids in self.groups.values())

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """The concepts whose phrases are counted: "theme/assessment"."""
        return tuple(f"{scheme}/{id}" for scheme, ids in self._counted.items() for id in ids)

    @cached_property
    def column_of_phrases(self) -> tuple[int, ...]:
        """The column of the answer that each of them speaks for."""
        return tuple(self.column[scheme, id] for scheme, ids in self._counted.items() for id in ids)

    @property
    def _counted(self) -> dict[str, tuple[str, ...]]:
        groups = {"theme": self.themes, "cohort": self.cohorts, "polarity": POLARITIES}
        return {**groups, "prevalence": self.prevalences, "change": self.changes}


EXCLUSIVE = frozenset({"polarity", "prevalence", "change"})
"""Groups of which one answer is true."""
