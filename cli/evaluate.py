"""`evaluate`: a built graph beside labels given by hand, two readers beside each other, sentences to be labelled."""

from __future__ import annotations

import dataclasses
import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

import ontology
from cli.console import err, fail, out
from cli.evaluated import FLAT, flat, grids, of_agreement, print_cases, print_left_out
from cli.grids import as_csv, as_markdown, print_grids
from cli.source import GraphOption
from graph.evaluation import Agreement, Drawn, Evaluation, ToldGraph, agreement, draw, evaluate, read_labels
from graph.evaluation.label_files import COLUMNS, SCHEMES

_FORMULA = ("=", "+", "-", "@")


class Format(StrEnum):
    """How figures are written."""

    table = "table"
    json = "json"
    csv = "csv"
    markdown = "markdown"


def evaluate_labels(
    labels: Annotated[Path | None, typer.Argument(help="Labels given by hand: JSON lines or CSV.")] = None,
    graph: Annotated[Path | None, GraphOption] = None,
    against: Annotated[
        Path | None, typer.Option("--against", help="Labels of a second reader: how far do the two agree?")
    ] = None,
    worst: Annotated[int, typer.Option(min=0, help="Show so many wrong cases of each kind, the surest first.")] = 0,
    format: Annotated[Format, typer.Option("--format", "-f", help="How figures are written.")] = Format.table,
    sample: Annotated[
        int | None, typer.Option("--sample", min=1, help="Draw so many sentences to be labelled by hand.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Of --sample: the CSV file to write.")] = None,
    others: Annotated[
        float, typer.Option(min=0, max=0.9, help="Of --sample: the share of sentences that are no findings of ours.")
    ] = 0.2,
    with_labels: Annotated[
        bool, typer.Option("--with-labels", help="Of --sample: fill in what the graph says. Not for a blind reading.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Of draws and of intervals; the same seed gives the same.")] = 1,
) -> None:
    """Measure how well a graph reads, against labels that careful readers gave; docs/labelling.md says how to label.

    Example: inspection-graph evaluate labels.csv --graph demo/graph --worst 5

    Example: inspection-graph evaluate --sample 200 --graph demo/graph -o labels.csv
    """
    if sample is not None:
        _sample(_told(graph), sample, output, others=others, with_labels=with_labels, seed=seed)
    elif labels is None:
        raise fail("no labels are named", remedy="Name a file of labels, or draw sentences with --sample N.", code=2)
    elif against is not None:
        _print_agreement(_agreement(labels, against, graph, seed), format)
    else:
        told = _told(graph)
        _print(evaluate(read_labels(labels, told.concepts()), told, seed=seed), worst, format)


def _told(graph: Path | None) -> ToldGraph:
    if graph is None:
        raise fail("no graph is named", remedy="Add --graph FOLDER (that `build` wrote).", code=2)
    return ToldGraph(graph)


def _print(found: Evaluation, worst: int, format: Format) -> None:
    match format:
        case Format.json:
            print(json.dumps(dataclasses.asdict(found), indent=1, ensure_ascii=False))
        case Format.csv:
            print(as_csv(FLAT, list(flat(found))), end="")
        case Format.markdown:
            print(as_markdown(grids(found)), end="")
        case Format.table:
            of = f"{found.sentences:,} labelled sentences of {found.documents:,} documents"
            note = f"{of}. Intervals: Wilson's for shares, for the rest by drawing {found.resampled} again."
            out.print(Text(note), soft_wrap=True)
            print_grids(grids(found))
            print_left_out(found)
            print_cases(found.cases, worst)
    if not found.sentences:
        raise fail("no labelled sentence is of a document that was built", code=1)


def _agreement(labels: Path, against: Path, graph: Path | None, seed: int) -> Agreement:
    known = ToldGraph(graph).concepts() if graph else _known()
    return agreement(read_labels(labels, known), read_labels(against, known), seed=seed)


def _known() -> dict[str, dict[str, str]]:
    """What readers may write where no graph says which concepts there are."""
    concepts = ontology.load().concepts
    return {
        scheme: {name.lower(): one.id for one in concepts[scheme].values() for name in (one.label, one.id)}
        for scheme in SCHEMES
    }


def _print_agreement(found: Agreement, format: Format) -> None:
    grid = of_agreement(found)
    match format:
        case Format.json:
            print(json.dumps(dataclasses.asdict(found), indent=1, ensure_ascii=False))
        case Format.csv:
            print(as_csv(grid.columns, grid.rows), end="")
        case Format.markdown:
            print(as_markdown([grid]), end="")
        case Format.table:
            print_grids([grid])
            only = (
                f"{found.only_first:,} sentences are only in the first file, {found.only_second:,} only in the second."
            )
            out.print(Text(f"\n{only}"), soft_wrap=True)
    if not found.both:
        raise fail("no sentence is in both files", code=1)


def _sample(told: ToldGraph, count: int, output: Path | None, *, others: float, with_labels: bool, seed: int) -> None:
    if output is None:
        raise fail("no file is named", remedy="Add -o FILE.csv for the sentences.", code=2)
    if output.exists():
        raise fail(f"{output} is there already", remedy="It may hold labels: name another file.", code=3)
    drawn = draw(told, count, others=others, seed=seed)
    columns = (*COLUMNS, "confidence") if with_labels else COLUMNS
    rows = [_row(one, with_labels) for one in drawn]
    written = as_csv(columns, [[row.get(column) for column in columns] for row in rows])
    try:
        # with a mark at its head, so that spreadsheet programs read quotes and dashes rightly
        output.write_text(written, encoding="utf-8-sig")
    except OSError as error:
        raise fail(f"{output}: cannot be written: {error.strerror}", code=3) from None
    documents = len({one.document for one in drawn})
    err.print(Text(f"{len(drawn)} sentences of {documents} documents: label them as docs/labelling.md says, then"))
    err.print(Text(f"inspection-graph evaluate {output} --graph {told.folder}"), soft_wrap=True)


def _row(one: Drawn, with_labels: bool) -> dict[str, object]:
    """One sentence by column; nothing that tells what the graph says, unless asked for."""
    row: dict[str, object] = {
        "id": one.id,
        "document": one.document,
        "name": one.name,
        "page": one.page,
        "passage": one.passage,
        "before": _harmless(one.before),
        "text": _harmless(one.text),
        "after": _harmless(one.after),
        "weight": f"{one.weight:.6g}",
    }
    if with_labels:
        row["finding"] = "yes" if one.told else "no"
    if with_labels and one.told:
        row |= {scheme: _joined(one.told.ids(scheme)) for scheme in SCHEMES}
        row |= {"themes": row.pop("theme"), "confidence": f"{one.told.surety:.3f}"}
    return row


def _joined(ids: frozenset[str]) -> str:
    return "; ".join(sorted(ids))


def _harmless(words: str) -> str:
    """Words that a spreadsheet program does not take for a formula; marks do not count when they are looked up."""
    return f"'{words}" if words.startswith(_FORMULA) else words
