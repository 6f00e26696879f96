"""Labels beside a graph: each labelled sentence is looked up among its document's findings, and every label counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from graph.evaluation.cases import cases
from graph.evaluation.counted import CALIBRATED, Counted
from graph.evaluation.figures import Evaluation, Unfound
from graph.evaluation.label_files import SCHEMES, LabelFile, Labelled
from graph.evaluation.ledger import FEWEST_UNITS, Ledger
from graph.evaluation.matching import NOT_IN_TEXT, Letters, Match, why_none
from graph.evaluation.pairs import Pair
from graph.evaluation.told import ToldGraph


def evaluate(labels: LabelFile, graph: ToldGraph, *, seed: int = 1) -> Evaluation:
    """Compare labels with a graph; sentences of documents that were not built are listed and not counted."""
    pairs, unfound, not_built = _paired(labels.rows, graph)
    by_document = len({pair.document for pair in pairs}) >= FEWEST_UNITS
    counted = Counted(pairs, Ledger(seed), by_document)
    return Evaluation(
        sentences=len(pairs),
        documents=len({pair.document for pair in pairs}),
        resampled="documents" if by_document else "sentences",
        finding=counted.finding(),
        found=counted.found(),
        schemes=tuple(counted.scheme(scheme) for scheme in SCHEMES),
        calibration=tuple(counted.calibration(scheme) for scheme in CALIBRATED),
        cases=tuple(cases(pairs, graph, {(one.line, one.id): one.reason for one in unfound})),
        unfound=unfound,
        not_built=not_built,
        unlabelled=len(labels.unlabelled),
    )


def _paired(
    rows: Sequence[Labelled], graph: ToldGraph
) -> tuple[list[Pair], tuple[Unfound, ...], tuple[tuple[str, int], ...]]:
    by_document: dict[str, list[Labelled]] = defaultdict(list)
    not_built: Counter[str] = Counter()
    for row in rows:
        key = graph.key(row.document)
        if key is None:
            not_built[row.document] += 1
        else:
            by_document[key].append(row)
    pairs: list[Pair] = []
    unfound: list[Unfound] = []
    for key, asked in sorted(by_document.items()):
        match = Match(graph.findings(key))
        here = [Pair(row, key, match.find(row.text)) for row in asked]
        pairs += here
        unfound += _unfound([pair for pair in here if pair.told is None], key, graph)
    pairs.sort(key=lambda pair: pair.asked.line)
    return pairs, tuple(sorted(unfound, key=lambda one: one.line)), tuple(sorted(not_built.items()))


def _unfound(pairs: Sequence[Pair], key: str, graph: ToldGraph) -> Iterator[Unfound]:
    """Findings of the readers that the graph lacks; of other sentences, those that are not in the text at all."""
    if not pairs:
        return
    letters, stated = Letters(graph.text(key)), graph.stated(key)
    for pair in pairs:
        asked, reason = pair.asked, why_none(pair.asked.text, letters, stated)
        if asked.finding or reason == NOT_IN_TEXT:
            yield Unfound(asked.line, asked.id, graph.names.get(key, key), asked.finding, reason, asked.text)
