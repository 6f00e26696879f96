"""`themes`: which there are, phrases to add, whether Turtle of one's own is sound and how far it reaches."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import pyoxigraph as ox
import typer
from rich.text import Text

import ontology
from cli.console import err, fail, out
from cli.grids import Grid, print_grids
from cli.source import BuiltGraph, GraphOption
from graph.evaluation import Suggestion, ToldGraph, reach, read_labels, suggest
from ontology import PREFIXES, Concept, Vocabulary

themes = typer.Typer(no_args_is_help=True, help="Themes: list them, find phrases for them, check Turtle of your own.")

_TOO_WIDE = 0.1
"""A phrase in more than so many of all findings hardly tells of a theme."""
_COUNTS = """
PREFIX ig: <https://w3id.org/inspection-graph/ontology#>
SELECT ?theme (COUNT(DISTINCT ?finding) AS ?count) WHERE {
  ?finding a ig:Finding ; ig:theme ?theme .
} GROUP BY ?theme"""

VocabularyOption = typer.Option("--vocabulary", "-v", help="More Turtle: themes and phrases of your own.")


@themes.command("list")
def list_themes(
    graph: Annotated[Path | None, GraphOption] = None,
    vocabulary: Annotated[list[Path] | None, VocabularyOption] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a program.")] = False,
) -> None:
    """List the themes with their phrases counted and, of a graph, their findings.

    Example: inspection-graph themes list --graph demo/graph
    """
    found = ontology.load(tuple(vocabulary or ())).concepts["theme"]
    counts = _counts(graph) if graph else {}
    ordered = [one for top in found.values() if top.broader is None for one in (top, *_below(top.id, found))]
    if as_json:
        rows = [
            {"id": one.id, "label": one.label, "broader": one.broader, "definition": one.definition}
            | {"phrases": sorted({*one.alt, *one.hidden}), "findings": counts.get(one.iri)}
            for one in ordered
        ]
        print(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    columns = ("theme", "label", "phrases", *(("findings",) if graph else ()))
    rows_shown = [
        (
            f"{'  ' if one.broader else ''}{one.id}",
            one.label,
            str(len({*one.alt, *one.hidden})),
            *((f"{counts.get(one.iri, 0):,}",) if graph else ()),
        )
        for one in ordered
    ]
    print_grids([Grid(f"{len(ordered)} themes", columns, tuple(rows_shown))])


def _below(id: str, found: Mapping[str, Concept]) -> list[Concept]:
    """The concepts below one, each followed by those below it."""
    children = [one for one in found.values() if one.broader == id]
    return [two for one in children for two in (one, *_below(one.id, found))]


def _counts(graph: Path) -> dict[str, int]:
    """How many findings bear each theme, by its IRI."""
    answer = BuiltGraph(graph).query(_COUNTS)
    assert isinstance(answer, ox.QuerySolutions)
    return {row["theme"].value: int(row["count"].value) for row in answer}


@themes.command("suggest")
def suggest_phrases(
    theme: Annotated[str, typer.Argument(help="The id or label of a theme.")],
    graph: Annotated[Path | None, GraphOption] = None,
    labels: Annotated[
        Path | None, typer.Option("--labels", help="Learn from these labels instead of what the graph says.")
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="At most so many phrases.")] = 20,
    authorities: Annotated[int, typer.Option(min=1, help="Only phrases of so many authorities.")] = 3,
    turtle: Annotated[bool, typer.Option("--turtle", help="Print an addition for `build --vocabulary`.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For a program.")] = False,
) -> None:
    """Propose phrases for a theme: what its sentences say more often than others, and no phrase of it finds yet.

    Example: inspection-graph themes suggest supervision --graph demo/graph --authorities 1
    """
    if graph is None:
        raise fail("no graph is named", remedy="Add --graph FOLDER (that `build` wrote).", code=2)
    told = ToldGraph(graph)
    known = told.concepts()
    id = known["theme"].get(theme.lower())
    if id is None:
        remedy = "'inspection-graph themes list' names them all."
        raise fail(f"there is no theme “{theme}” in {graph}", remedy=remedy, code=2)
    found = suggest(told, id, labels=read_labels(labels, known) if labels else None, most=most, authorities=authorities)
    if as_json:
        rows = [{**dataclasses.asdict(one), "examples": [two.iri for two in one.examples]} for one in found]
        print(json.dumps(rows, indent=1, ensure_ascii=False))
    elif not found:
        raise fail(f"no phrase stands out for “{id}” that is not there yet", code=1)
    elif turtle:
        print(as_turtle(id, found), end="")
    else:
        _print_suggestions(id, found, told)


def as_turtle(theme: str, found: tuple[Suggestion, ...]) -> str:
    """An addition to the vocabulary that gives the theme these phrases, each with what bears it out as a comment."""
    lines = [f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in ("skos", "theme")]
    lines += ["", "# take out the lines of phrases that tell of something else", f"theme:{theme}"]
    for number, one in enumerate(found):
        end = "." if number == len(found) - 1 else ";"
        note = f"{one.of_theme} of {one.sentences} sentences, {one.authorities} authorities"
        words = one.phrase.replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'    skos:hiddenLabel "{words}"@en {end}  # {note}')
    return "\n".join(lines) + "\n"


def _print_suggestions(theme: str, found: tuple[Suggestion, ...], told: ToldGraph) -> None:
    columns = ("phrase", "score", "of the theme", "in all", "new", "documents", "authorities", "also a phrase of")
    rows = tuple(
        (
            one.phrase,
            f"{one.score:.1f}",
            *map(str, (one.of_theme, one.sentences, one.new, one.documents, one.authorities)),
            ", ".join(one.also),
        )
        for one in found
    )
    print_grids([Grid(f"Phrases that might be added to “{theme}”", columns, rows)])
    for one in found:
        out.print(Text(f"\n{one.phrase}", style="bold"))
        for example in one.examples:
            page = f", page {example.page}" if example.page else ""
            where = f"{told.names.get(example.document, example.document)}{page}"
            out.print(Text.assemble(f"  “{example.statement}” ", (where, "dim")), soft_wrap=True)
            out.print(Text(f"    {example.iri}", style="dim"), soft_wrap=True)


@themes.command("check")
def check_vocabulary(
    files: Annotated[list[Path], typer.Argument(help="Turtle of your own.", metavar="FILE…")],
    graph: Annotated[Path | None, GraphOption] = None,
) -> None:
    """Say whether Turtle of one's own is sound, what it adds, and how far its phrases would reach in a graph.

    Example: inspection-graph themes check ours.ttl --graph demo/graph
    """
    before, after = ontology.load(), ontology.load(tuple(files))
    added = _added(before, after)
    for warning in after.warnings:
        err.print(Text(str(warning), style="yellow"), soft_wrap=True)
    phrases = sorted({phrase for words in added.values() for phrase in words})
    told = f"{', '.join(map(str, files))}: sound; {len(phrases)} new phrases of {len(added)} concepts"
    out.print(Text(told), soft_wrap=True)
    if graph is None or not phrases:
        return
    found = reach(ToldGraph(graph), phrases)
    whose = {phrase: id for id, words in added.items() for phrase in words}
    rows = tuple(
        (
            one.phrase,
            whose[one.phrase],
            f"{one.findings:,}",
            f"{one.share:.2%}",
            str(one.documents),
            str(one.authorities),
        )
        for one in found
    )
    columns = ("phrase", "of", "findings", "share", "documents", "authorities")
    print_grids([Grid("How far they reach", columns, rows)])
    wide = [one for one in found if one.share > _TOO_WIDE]
    if wide:
        told = ", ".join(f"“{one.phrase}”" for one in wide)
        raise fail(f"in more than one in ten findings: {told}", remedy="Make them longer, or leave them out.", code=1)


def _added(before: Vocabulary, after: Vocabulary) -> dict[str, set[str]]:
    """By id: the phrases that concepts have now and had not before."""
    added = {}
    for scheme, concepts in after.concepts.items():
        for id, one in concepts.items():
            old = before.concepts.get(scheme, {}).get(id)
            words = {*one.alt, *one.hidden, *one.cues} - ({*old.alt, *old.hidden, *old.cues} if old else set())
            if words:
                added[id] = words
    return added
