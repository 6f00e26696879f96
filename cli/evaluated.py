"""An evaluation as tables: the figures, each label, what is taken for what, confidences, and the worst cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.text import Text

from cli.console import out
from cli.grids import Grid
from graph.evaluation import Agreement, Calibration, Case, Estimate, Evaluation, Scheme

NAMES = {
    "finding": "finding or not", "polarity": "polarity", "theme": "themes", "prevalence": "prevalence",
    "cohort": "cohort", "change": "change",
}  # fmt: skip
_SHOWN = 12


def figures(found: Evaluation) -> list[tuple[str, Estimate]]:
    """The figures of an evaluation by name: those that one would quote."""
    by_scheme = {scheme.scheme: scheme for scheme in found.schemes}
    polarity, theme = by_scheme["polarity"], by_scheme["theme"]
    rows = [
        ("finding or not, right", found.finding.right),
        ("findings found", found.found),
        ("polarity, right", polarity.right),
        ("polarity, macro F1", polarity.macro_f1),
        ("themes, precision", theme.micro.precision),
        ("themes, recall", theme.micro.recall),
    ]
    for name in ("theme", "prevalence", "cohort", "change"):
        rows.append((f"{NAMES[name]}, F1", by_scheme[name].micro.f1))
        rows.append((f"{NAMES[name]}, macro F1", by_scheme[name].macro_f1))
    return rows + [(f"{NAMES[one.scheme]}, calibration error", one.error) for one in found.calibration]


def grids(found: Evaluation) -> list[Grid]:
    """All tables of an evaluation but the cases."""
    tables = [Grid("Figures", ("figure", "value", "95%", "of"), tuple((n, *cells(e)) for n, e in figures(found)))]
    schemes = (found.finding, *found.schemes)
    tables += [_labels(scheme) for scheme in schemes if scheme.labels]
    tables += [_confusion(scheme) for scheme in schemes if scheme.confusion]
    return tables + [_reliability(one) for one in found.calibration if one.bins]


def cells(one: Estimate) -> tuple[str, str, str]:
    """Value, interval and count as printed."""
    value = "–" if one.value is None else f"{one.value:.3f}"
    interval = "" if one.low is None or one.high is None else f"{one.low:.3f}–{one.high:.3f}"
    return value, interval, f"{one.of:,}"


def _labels(scheme: Scheme) -> Grid:
    """Each label, those that readers gave most often first."""
    ordered = sorted(scheme.labels, key=lambda score: (-score.recall.of, score.label))
    rows = []
    for score in ordered:
        value, interval, theirs = cells(score.f1)
        precision, recall = cells(score.precision)[0], cells(score.recall)[0]
        rows.append((score.label, precision, recall, value, interval, theirs, f"{score.precision.of:,}"))
    columns = ("label", "precision", "recall", "F1", "95%", "readers gave", "graph gave")
    return Grid(f"Each label: {NAMES[scheme.scheme]}", columns, tuple(rows))


def _confusion(scheme: Scheme) -> Grid:
    amounts = {(right, got): amount for right, got, amount in scheme.confusion}
    rights = sorted({right for right, _ in amounts})
    gots = sorted({got for _, got in amounts})
    rows = tuple(
        (right, *(f"{amounts[right, got]:,.6g}" if (right, got) in amounts else "·" for got in gots))
        for right in rights
    )
    return Grid(f"What is taken for what: {NAMES[scheme.scheme]}", ("readers ↓  graph →", *gots), rows)


def _reliability(one: Calibration) -> Grid:
    rows = tuple(
        (
            f"{b.low:.1f}–{b.high:.1f}",
            f"{b.count:,.6g}",
            f"{b.confidence:.3f}",
            f"{b.right:.3f}",
            f"{b.right - b.confidence:+.3f}",
        )
        for b in one.bins
    )
    columns = ("confidence", "labels", "mean confidence", "share right", "right − confidence")
    return Grid(f"How far confidence can be trusted: {NAMES[one.scheme]}", columns, rows)


def flat(found: Evaluation) -> Iterator[tuple[object, ...]]:
    """Every figure as one row: table, label, measure, value, low, high, of."""
    for name, one in figures(found):
        yield ("figures", name, "value", one.value, one.low, one.high, one.of)
    for scheme in (found.finding, *found.schemes):
        for score in scheme.labels:
            for measure, one in (("precision", score.precision), ("recall", score.recall), ("f1", score.f1)):
                yield (scheme.scheme, score.label, measure, one.value, one.low, one.high, one.of)
        for right, got, amount in scheme.confusion:
            yield (f"{scheme.scheme} confusion", right, got, amount, None, None, None)
    for calibration in found.calibration:
        for bin in calibration.bins:
            label = f"{bin.low:.1f}-{bin.high:.1f}"
            for measure, value in (("count", bin.count), ("confidence", bin.confidence), ("right", bin.right)):
                yield (f"{calibration.scheme} calibration", label, measure, value, None, None, None)
    for document, count in found.not_built:
        yield ("not built", document, "sentences", count, None, None, None)
    for reason, count in Counter(one.reason for one in found.unfound).items():
        yield ("not found", reason, "sentences", count, None, None, None)


FLAT = ("table", "label", "measure", "value", "low", "high", "of")


def print_left_out(found: Evaluation) -> None:
    """What the figures do not hold, and which sentences no finding says."""
    if found.unlabelled:
        out.print(Text(f"\n{found.unlabelled:,} rows are not labelled yet and are left out."), soft_wrap=True)
    if found.not_built:
        count = sum(number for _, number in found.not_built)
        out.print(Text(f"\nNot built, so left out ({count:,} sentences)", style="bold"))
        for document, number in found.not_built[:_SHOWN]:
            out.print(Text(f"  {document}: {number}"), soft_wrap=True)
        _more(len(found.not_built), "documents")
    if found.unfound:
        out.print(Text("\nNo finding says", style="bold"))
        for reason, number in sorted(Counter(one.reason for one in found.unfound).items()):
            out.print(Text(f"  {number:4}  {reason}"), soft_wrap=True)
        for one in found.unfound[:_SHOWN]:
            out.print(Text(f"  {one.id} ({one.document}): {one.reason}: {_cut(one.text)}"), soft_wrap=True)
        _more(len(found.unfound), "sentences")


def _more(count: int, what: str) -> None:
    if count > _SHOWN:
        out.print(Text(f"  … and {count - _SHOWN} more {what}; --format json has all", style="dim"))


def print_cases(cases: Sequence[Case], most: int) -> None:
    """The first cases of each scheme: what the graph says and why, what readers say, and where it stands."""
    for scheme, name in NAMES.items():
        of_scheme = [case for case in cases if case.scheme == scheme]
        if of_scheme:
            out.print(Text(f"\nWorst cases: {name} ({len(of_scheme):,} differ)", style="bold"))
        for case in of_scheme[:most]:
            _print_case(case)


def _print_case(case: Case) -> None:
    sure = f" ({case.confidence:.2f})" if case.confidence is not None else ""
    page = f", page {case.page}" if case.page else ""
    says, should = (", ".join(ids) or "nothing" for ids in (case.says, case.should))
    out.print(Text(f"  {case.id} · {case.document}{page}", style="dim"), soft_wrap=True)
    out.print(Text(f"    “{case.text}”"), soft_wrap=True)
    out.print(Text.assemble("    graph: ", (says, "red"), sure, "   readers: ", (should, "green")), soft_wrap=True)
    for reason in case.why:
        out.print(Text(f"    why: {reason}"), soft_wrap=True)
    if case.iri:
        out.print(Text(f"    {case.iri}", style="dim"), soft_wrap=True)


def _cut(words: str) -> str:
    return words if len(words) <= 100 else f"{words[:100].rpartition(' ')[0]} …"


def of_agreement(found: Agreement) -> Grid:
    """How far two readers agree."""
    rows = []
    for one in found.schemes:
        same, kappa, f1 = cells(one.same), cells(one.kappa), cells(one.f1)
        rows.append((NAMES[one.scheme], same[0], same[1], kappa[0], kappa[1], f1[0], f1[1], same[2]))
    columns = ("", "same answer", "95%", "kappa", "95%", "F1", "95%", "of")
    return Grid(f"Two readers of {found.both:,} sentences", columns, tuple(rows))
