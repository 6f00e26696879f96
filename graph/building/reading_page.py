"""The page `reading.html`: documents by how much of them was understood, the least first. It needs no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from graph.reading import Doubt, Failure, Reading

_SHOWN = ("judgements", "findings", "recommendations", "statistics", "actions", "resolutions")
_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 68rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: .2rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p.lead { margin-top: 0; opacity: .8; }
details { border-top: 1px solid #8884; padding: .35rem 0; }
summary { cursor: pointer; display: grid; grid-template-columns: 8rem 4rem 1fr; gap: .8rem; align-items: center; }
meter { width: 100%; }
.of { font-variant-numeric: tabular-nums; }
.kind, .none, .place { opacity: .7; }
table { border-collapse: collapse; margin: .5rem 0 .8rem; }
td, th { padding: .15rem .9rem .15rem 0; text-align: left; vertical-align: top; }
ul { margin: .3rem 0 .8rem; padding-left: 1.2rem; }
q { font-style: italic; }
b.error { color: #b00020; } b.warning { color: #8a5a00; } b.note { font-weight: normal; opacity: .7; }
@media (prefers-color-scheme: dark) { b.error { color: #ff8a95; } b.warning { color: #f0b95b; } }
"""


def reading_page(readings: Sequence[Reading], failures: Sequence[Failure]) -> bytes:
    """The page as UTF-8, the same bytes for the same documents."""
    ordered = sorted(readings, key=lambda one: (one.understood, _worst(one), one.name, one.key))
    whole = sum(1 for one in readings if one.understood == 1 and not one.doubts_of("error"))
    counts = " · ".join(
        f"{_plural(sum(len(one.doubts_of(severity)) for one in readings), severity)}"
        for severity in ("error", "warning", "note")
    )
    unread = "".join(map(_failure, failures))
    parts = [
        "<!DOCTYPE html>\n",
        '<html lang="en"><head><meta charset="utf-8"><title>How the documents were read</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{_STYLE}</style></head><body>\n<h1>How the documents were read</h1>\n",
        f'<p class="lead">{_plural(len(readings), "document")}, in {whole} of them all that their kind leads one to ',
        f"expect; {counts}.</p>\n",
        f"<h2>Could not be read</h2>\n<ul>{unread}</ul>\n" if failures else "",
        "<h2>By how much was understood</h2>\n",
        *map(_document, ordered),
        "</body></html>\n",
    ]
    return "".join(parts).encode()


def _worst(one: Reading) -> tuple[int, int]:
    return -len(one.doubts_of("error")), -len(one.doubts_of("warning"))


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _failure(failure: Failure) -> str:
    place = f", {failure.place}" if failure.place else ""
    remedy = f' <span class="place">{escape(failure.remedy)}</span>' if failure.remedy else ""
    return f"<li><b class=error>{escape(failure.name)}{escape(place)}</b>: {escape(failure.problem)}{remedy}</li>\n"


def _document(one: Reading) -> str:
    met = sum(expectation.met for expectation in one.expectations)
    kind = ", ".join(filter(None, (one.kind, one.framework)))
    title = escape(one.title or one.name)
    share = f'<meter min="0" max="1" value="{one.understood:.3f}"></meter>'
    found = [(what, one.count(what)) for what in _SHOWN]
    counts = ", ".join(f"{number:,} {what}" for what, number in found if number) or "nothing"
    return (
        f'<details id="d{one.key}"{" open" if one.doubts_of("error") else ""}>'
        f'<summary>{share}<span class="of">{met} of {len(one.expectations)}</span>'
        f'<span>{title} <span class="kind">{escape(kind)}</span>{_flags(one)}</span></summary>\n'
        f'<p><span class="place">{escape(one.name)}</span><br>Read as {escape(kind)}: {escape(one.why)}.<br>'
        f"Found: {counts}.</p>\n{_doubts(one.doubts)}{_expectations(one)}</details>\n"
    )


def _flags(one: Reading) -> str:
    told = ((severity, len(one.doubts_of(severity))) for severity in ("error", "warning"))
    return "".join(f' <b class="{severity}">{_plural(number, severity)}</b>' for severity, number in told if number)


def _doubts(doubts: Iterable[Doubt]) -> str:
    items = "".join(
        f'<li><b class="{doubt.severity}">{doubt.severity}</b> {escape(doubt.description)}'
        + (f' <span class="place">page {doubt.page}</span>' if doubt.page else "")
        + (f" <q>{escape(' '.join(doubt.words.split())[:160])}</q>" if doubt.words else "")
        + "</li>\n"
        for doubt in doubts
    )
    return f"<ul>{items}</ul>\n" if items else ""


def _expectations(one: Reading) -> str:
    rows = "".join(
        f"<tr><td>{'✓' if expectation.met else '<b class=error>✗</b>'}</td>"
        f"<td>{escape(expectation.what)}</td><td>{escape(expectation.found)}</td></tr>\n"
        for expectation in one.expectations
    )
    return f"<table><tr><th></th><th>expected</th><th>found</th></tr>\n{rows}</table>\n" if rows else ""
