"""Pairs of labels and findings counted, and the figures made of the counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from graph.evaluation.figures import Bin, Calibration, Estimate, Scheme, Score
from graph.evaluation.label_files import ONE_OF, SCHEMES
from graph.evaluation.ledger import Ledger, Rows, divided, drawn, f1, share
from graph.evaluation.pairs import FINDING, OTHER, Pair
from graph.evaluation.told import Label

NOTHING = "none given"
CALIBRATED = ("polarity", "theme")
_FEWEST_OF_MACRO = 3
_FEWEST_OF_INTERVAL = 10
_BINS = 10


class Counted:
    """All pairs in one ledger, and the figures made of it."""

    def __init__(self, pairs: Sequence[Pair], ledger: Ledger, by_document: bool) -> None:
        self._ledger = ledger
        self._seen: Counter[tuple[str, ...]] = Counter()
        self._of: dict[str, set[str]] = defaultdict(set)
        weights = [pair.asked.weight for pair in pairs]
        square = sum(weight * weight for weight in weights)
        self._effective = sum(weights) ** 2 / square / len(weights) if weights else 1.0
        for number, pair in enumerate(pairs):
            self._count(pair.document if by_document else number, pair)

    def _count(self, unit: object, pair: Pair) -> None:
        weight, finding = pair.asked.weight, pair.asked.finding
        right = frozenset({FINDING if finding else OTHER})
        self._sets(unit, "finding", right, frozenset({FINDING if pair.told else OTHER}), weight)
        if not finding:
            return
        self._add(unit, ("found",), weight, pair.told is not None)
        for scheme in SCHEMES:
            given = pair.right(scheme)
            if given is not None:
                self._sets(unit, scheme, given, pair.got(scheme), weight)
                for label in pair.told.labels.get(scheme, ()) if pair.told and scheme in CALIBRATED else ():
                    self._sure(unit, scheme, label, label.id in given, weight)

    def _add(self, unit: object, key: tuple[str, ...], weight: float, right: bool) -> None:
        self._seen[key] += 1
        self._ledger.add(unit, ("all", *key), weight)
        self._ledger.add(unit, ("right", *key), weight * right)

    def _sets(self, unit: object, scheme: str, right: frozenset[str], got: frozenset[str], weight: float) -> None:
        self._of[scheme] |= right | got
        self._add(unit, ("whole", scheme), weight, right == got)
        for kind, ids in (("tp", right & got), ("fp", got - right), ("fn", right - got)):
            for id in ids:
                self._seen[kind, scheme, id] += 1
                self._ledger.add(unit, (kind, scheme, id), weight)
        if scheme in ONE_OF or scheme == "finding":
            pair = (", ".join(sorted(right)) or NOTHING, ", ".join(sorted(got)) or NOTHING)
            self._ledger.add(unit, ("confusion", scheme, *pair), weight)
            self._of[f"confusion {scheme}"] |= {"\t".join(pair)}

    def _sure(self, unit: object, scheme: str, label: Label, right: bool, weight: float) -> None:
        if label.confidence is not None:
            bin = min(int(label.confidence * _BINS), _BINS - 1)
            self._seen["sure", scheme] += 1
            for what, amount in (("count", 1.0), ("confidence", label.confidence), ("right", float(right))):
                self._ledger.add(unit, ("bin", what, scheme, bin), amount * weight)

    def finding(self) -> Scheme:
        return self.scheme("finding")

    def found(self) -> Estimate:
        return self._share(("found",))

    def scheme(self, scheme: str) -> Scheme:
        ids = sorted(self._of[scheme])
        often = [id for id in ids if self._times(("tp", "fn"), scheme, [id]) >= _FEWEST_OF_MACRO]
        mean = self._mean_f1(scheme, often)
        pairs = sorted(tuple(pair.split("\t")) for pair in self._of[f"confusion {scheme}"])
        return Scheme(
            scheme,
            self._share(("whole", scheme)),
            self._score("all", scheme, ids),
            drawn(mean, len(often)),
            tuple(self._score(id, scheme, [id]) for id in ids),
            tuple((a, b, float(self._ledger.of(("confusion", scheme, a, b))[0])) for a, b in pairs),
        )

    def calibration(self, scheme: str) -> Calibration:
        def of(what: str) -> list[Rows]:
            return [self._ledger.of(("bin", what, scheme, bin)) for bin in range(_BINS)]

        count, confidence, right = of("count"), of("confidence"), of("right")
        apart = sum((abs(c - r) for c, r in zip(confidence, right, strict=True)), start=np.zeros(1))
        error = drawn(divided(apart, sum(count, start=np.zeros(1))), self._seen["sure", scheme])
        bins = [
            Bin(k / _BINS, (k + 1) / _BINS, float(n[0]), float(c[0] / n[0]), float(r[0] / n[0]))
            for k, (n, c, r) in enumerate(zip(count, confidence, right, strict=True))
            if n[0]
        ]
        return Calibration(scheme, error, tuple(bins))

    def _share(self, key: tuple[str, ...]) -> Estimate:
        right, all = (float(self._ledger.of((which, *key))[0]) for which in ("right", "all"))
        return share(right, all, self._seen[key], self._effective)

    def _times(self, kinds: Sequence[str], scheme: str, ids: Sequence[str]) -> int:
        return sum(self._seen[kind, scheme, id] for kind in kinds for id in ids)

    def _rows(self, scheme: str, ids: Sequence[str]) -> tuple[Rows, Rows, Rows]:
        def total(kind: str) -> Rows:
            return sum((self._ledger.of((kind, scheme, id)) for id in ids), start=np.zeros(1))

        return total("tp"), total("fp"), total("fn")

    def _mean_f1(self, scheme: str, ids: Sequence[str]) -> Rows:
        """The mean over the labels that readers gave, in each draw those that were drawn."""
        total, there = np.zeros(1), np.zeros(1)
        for id in ids:
            tp, fp, fn = self._rows(scheme, [id])
            given = tp + fn > 0
            total, there = total + np.where(given, np.nan_to_num(f1(tp, fp, fn)), 0.0), there + given
        return divided(total, there)

    def _score(self, name: str, scheme: str, ids: Sequence[str]) -> Score:
        tp, fp, fn = self._rows(scheme, ids)
        ours, theirs = self._times(("tp", "fp"), scheme, ids), self._times(("tp", "fn"), scheme, ids)
        return Score(
            name,
            share(float(tp[0]), float(tp[0] + fp[0]), ours, self._effective),
            share(float(tp[0]), float(tp[0] + fn[0]), theirs, self._effective),
            drawn(f1(tp, fp, fn), theirs, enough=theirs >= _FEWEST_OF_INTERVAL),
        )
