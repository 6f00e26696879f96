"""What a comparison gives, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure from 0 to 1 with its 95% interval, and of how many it is.

    `value` is None of nothing, and the interval of too few.
    """

    value: float | None
    low: float | None
    high: float | None
    of: int


@dataclass(frozen=True, slots=True)
class Score:
    """One label: how many of ours are right, how many of theirs we have."""

    label: str
    precision: Estimate
    """`of`: how often the graph gives it."""
    recall: Estimate
    """`of`: how often the readers gave it."""
    f1: Estimate


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme of labels: all of them together, the mean of the labels, each label, and what is taken for what.

    `right` is the share of findings whose whole answer is right; of polarity this is the figure usually named.
    """

    scheme: str
    right: Estimate
    micro: Score
    macro_f1: Estimate
    """The plain mean over the labels that readers gave three times or more."""
    labels: tuple[Score, ...]
    confusion: tuple[tuple[str, str, float], ...]
    """Readers' label, the graph's, how many: only of schemes of which a sentence bears one."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Labels whose confidence lies in one tenth: how many, their mean confidence, the share that is right."""

    low: float
    high: float
    count: float
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well confidences keep what they promise, over ten equal bins (a reliability diagram as a table)."""

    scheme: str
    error: Estimate
    """The expected calibration error: the mean distance of confidence and share right, weighted by the bins' counts."""
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One place where graph and readers differ."""

    scheme: str
    line: int
    id: str
    iri: str | None
    document: str
    page: int | None
    says: tuple[str, ...]
    should: tuple[str, ...]
    confidence: float | None
    """Of the graph's wrong label."""
    why: tuple[str, ...]
    """The graph's reasons for what it says wrongly; for a missed finding, why there is none."""
    text: str


@dataclass(frozen=True, slots=True)
class Unfound:
    """A labelled sentence that no finding says, and why."""

    line: int
    id: str
    document: str
    finding: bool
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that a comparison of labels with a graph gives."""

    sentences: int
    """Labelled sentences whose document was built: what the figures are of."""
    documents: int
    resampled: str
    """What the intervals were drawn over: "documents", or "sentences" where there are too few documents."""
    finding: Scheme
    found: Estimate
    """The share of the readers' findings that the graph has."""
    schemes: tuple[Scheme, ...]
    calibration: tuple[Calibration, ...]
    cases: tuple[Case, ...]
    """By scheme, the surest first."""
    unfound: tuple[Unfound, ...]
    not_built: tuple[tuple[str, int], ...]
    """Documents that were not built, with how many labelled sentences they have."""
    unlabelled: int
    """Rows that nobody has labelled yet."""
