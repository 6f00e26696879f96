"""`explain`: what the graph says of a thing and the words that say so."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated

import pyoxigraph as ox
import typer
from rich.table import Table
from rich.text import Text

import ontology
import queries
from cli.console import out, short, shown
from cli.learnt import Weight, weights
from cli.reasons import SCHEMES, Because, because, id_of
from cli.source import EndpointOption, GraphOption, source
from graph.iris import document
from graph.reading import Reading, readings_of
from queries import Description, Quotation

AROUND = 160
_DOUBTFUL = 0.6
"""Below so much confidence, about two in five labels are wrong."""


def explain(
    name: Annotated[str, typer.Argument(help="An IRI, a short form such as theme:supervision, or a label.")],
    graph: Annotated[Path | None, GraphOption] = None,
    endpoint: Annotated[str | None, EndpointOption] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a program.")] = False,
) -> None:
    """Say what the graph holds on a thing, why, and by which words on which page.

    Example: inspection-graph explain Harrowdale --graph demo/graph
    """
    asked = source(graph, endpoint)
    reading = _reading(name, graph)
    description = queries.describe(asked, document(reading.key) if reading else queries.find(asked, name))
    reading = reading or _reading(description.iri, graph)
    reasons = because(asked, description)
    if as_json:
        told = {"reading": dataclasses.asdict(reading)} if reading else {}
        whole = {**_as_dict(description), "reasons": [_reason(one, description) for one in reasons], **told}
        print(json.dumps(whole, indent=1, ensure_ascii=False))
        return
    iris = {
        s.value.value for s in (*description.statements, *description.pointing) if isinstance(s.value, ox.NamedNode)
    }
    iris |= {s.property for s in (*description.statements, *description.pointing)} | {description.iri}
    iris |= {one.concept for one in reasons} | {p for p, _, _ in description.facts}
    iris |= {str(ontology.IG[scheme]) for scheme in SCHEMES}
    names = queries.labels(asked, iris)
    out.print(Text(names.get(description.iri, short(description.iri)), style="bold"))
    out.print(Text(description.iri, style="dim"))
    if reading:
        _print_reading(reading)
    _print_statements(description, names)
    for property, value, quotation in description.facts:
        out.print(Text(f"\n{names.get(property, short(property))}: {shown(value, names)}", style="bold"))
        _print_quotation(quotation, graph)
    if description.quotations:
        out.print(Text("\nThe words", style="bold"))
    for quotation in description.quotations:
        _print_quotation(quotation, graph)
    if reasons:
        _print_reasons(reasons, description, names)
    _print_pointing(description, names)


def _reading(name: str, graph: Path | None) -> Reading | None:
    """How the document was read that is meant by its IRI, key, file name or title."""
    path = graph / "report.json" if graph else None
    if path is None or not path.is_file():
        return None
    found = readings_of(path.read_bytes())
    return next((one for one in found if name.strip("<>") in (document(one.key), one.key, one.name, one.title)), None)


def _print_reading(reading: Reading) -> None:
    """What kind of document it is and why, what was to be expected of it, and what does not hold."""
    kind = ", ".join(filter(None, (reading.kind, reading.framework)))
    out.print(Text(f"\nRead as {kind}: {reading.why}"), soft_wrap=True)
    grid = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("", "expected", "found"):
        grid.add_column(column, overflow="fold")
    for one in reading.expectations:
        grid.add_row("✓" if one.met else "✗", one.what, one.found)
    out.print(grid)
    for doubt in reading.doubts:
        place = f", page {doubt.page}" if doubt.page else ""
        words = f": “{doubt.words[:AROUND]}”" if doubt.words else ""
        out.print(Text(f"{doubt.severity}{place}: {doubt.description}{words}"), soft_wrap=True)
    out.print()


def _print_statements(description: Description, names: dict[str, str]) -> None:
    grid = Table(box=None, show_header=False, pad_edge=False)
    grid.add_column(style="cyan")
    grid.add_column(overflow="fold")
    for statement in description.statements:
        inferred = "  (inferred)" if "/graph/inferred/" in statement.graph else ""
        if statement.property != ontology.IG.statedIn:
            label = names.get(statement.property, short(statement.property))
            grid.add_row(label, Text(shown(statement.value, names) + inferred))
    out.print(grid)


def _print_reasons(reasons: Sequence[Because], description: Description, names: dict[str, str]) -> None:
    """Each label with how sure it is, the words that speak for it with their offsets, and what was learnt of them."""
    out.print(Text("\nWhy", style="bold"))
    for one in reasons:
        scheme = names.get(ontology.IG[one.scheme], one.scheme)
        sure = f"{one.confidence:.2f}{_doubt(one.confidence)}" if one.confidence is not None else ""
        out.print(
            Text.assemble(
                "  ", (f"{scheme:<12}", "cyan"), (names.get(one.concept, short(one.concept)), "bold"), f"  {sure}"
            )
        )
        for (kind, phrase), words in groupby(one.words, key=lambda words: (words.kind, words.phrase)):
            told = [f"“{word.exact}” {word.start}-{word.end}" for word in words]
            name = f"its {kind} “{phrase}”" if kind else "learnt from labelled sentences"
            out.print(Text.assemble("    ", ", ".join(told), ("  " + name, "dim")), soft_wrap=True)
        if not one.words:
            out.print(Text(f"    {one.reason or 'no name of it stands here: learnt from the sentence as a whole'}"))
        heavy = _weights(one, description)
        if heavy:
            told = [f"“{weight.word}” {weight.log_odds:+.2f}" for weight in heavy]
            out.print(Text.assemble("    ", ("learnt weights  ", "dim"), ", ".join(told)), soft_wrap=True)
    if any(one.learnt for one in reasons):
        out.print(
            Text("  Weights are log-odds of the sentence's own words; heading and neighbours count too.", style="dim")
        )


def _doubt(confidence: float) -> str:
    return "  doubtful" if confidence < _DOUBTFUL else ""


def _weights(one: Because, description: Description) -> tuple[Weight, ...]:
    """What was learnt of the words, where that spoke for the label."""
    if not one.learnt or not description.quotations:
        return ()
    return weights(description.quotations[0].exact, one.scheme, id_of(one.concept))


def _reason(one: Because, description: Description) -> dict[str, object]:
    heavy = [dataclasses.asdict(weight) for weight in _weights(one, description)]
    return {**dataclasses.asdict(one), "weights": heavy}


def _print_pointing(description: Description, names: dict[str, str]) -> None:
    """What speaks of the thing, but for its labels' reasons, which are told already."""
    pointing = [statement for statement in description.pointing if statement.property != ontology.IG.classifies]
    if pointing:
        out.print(Text("\nWhat points here", style="bold"))
    grid = Table(box=None, show_header=False, pad_edge=False)
    for statement in pointing[:20]:
        label = names.get(statement.property, short(statement.property))
        grid.add_row(Text(shown(statement.value, names)), Text(label, style="cyan"))
    out.print(grid)
    if len(pointing) > 20:
        out.print(Text(f"  … and {len(pointing) - 20} more", style="dim"))


def _print_quotation(quotation: Quotation, graph: Path | None) -> None:
    page = f", page {quotation.page}" if quotation.page else ""
    out.print(Text(f"  {quotation.title}{page} ({quotation.start}-{quotation.end})", style="dim"))
    before, after = _around(quotation, graph)
    out.print(Text.assemble("  … ", (before, "dim"), (quotation.exact, "bold"), (after, "dim"), " …"))


def _around(quotation: Quotation, graph: Path | None) -> tuple[str, str]:
    """The words before and after, where the build's folder is at hand."""
    path = graph / "text" / f"{quotation.sha16}.txt" if graph else None
    if path is None or not path.is_file():
        return "", ""
    text = path.read_bytes().decode("utf8")
    before = text[max(0, quotation.start - AROUND) : quotation.start].rpartition("\n")[2]
    after = text[quotation.end : quotation.end + AROUND].partition("\n")[0]
    return before, after


def _as_dict(description: Description) -> dict[str, object]:
    return {
        "iri": description.iri,
        "statements": [
            {"property": s.property, "value": str(s.value), "graph": s.graph} for s in description.statements
        ],
        "pointing": [{"property": s.property, "thing": str(s.value), "graph": s.graph} for s in description.pointing],
        "quotations": [dataclasses.asdict(q) for q in description.quotations],
        "facts": [
            {"property": p, "value": str(v), "quotation": dataclasses.asdict(q)} for p, v, q in description.facts
        ],
    }
