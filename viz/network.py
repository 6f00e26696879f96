"""The one seam to pyvis: from nodes and edges to a page that asks nothing of any network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

import pyvis.network
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from viz.packing import deflated, packed, packed_texts

HERE = Path(__file__).parent
VIS = "lib/vis-9.1.2/vis-network.min.js"
OPTIONS: dict[str, object] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "multiselect": False, "keyboard": False},
    "nodes": {"font": {"face": "system-ui, sans-serif", "size": 15}, "borderWidth": 1, "borderWidthSelected": 3},
    "edges": {"smooth": False, "selectionWidth": 0, "hoverWidth": 0},
}
SCRIPTS = ("page.js", "evidence.js", "saving.js")
"""What every page with a picture runs before the scripts of its own kind."""
OWN_SCRIPTS = {
    "theme_map": ("theme_counts.js", "theme_words.js", "theme_map.js"),
    "diagram": ("diagram_seen.js", "diagram_words.js", "diagram.js"),
}


@dataclass(frozen=True, slots=True)
class View:
    """What a page shows: nodes and edges in vis-network's terms, positions included, and the data behind them."""

    name: str
    title: str
    nodes: list[dict[str, object]]
    edges: list[dict[str, object]]
    data: dict[str, object] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    """What documents say, by number."""
    sparql: str = ""
    template: str = "theme-map"
    links: tuple[tuple[str, str], ...] = ()
    """Names and files of other pages beside this one."""


def page(view: View) -> str:
    """The view as one HTML document, scripts and styles in it, under a content policy that lets nothing else in."""
    network = pyvis.network.Network(height="100%", width="100%", cdn_resources="in_line")
    # add_node and add_edge look through all that is there for a double each time; these are unique already
    network.nodes = [{"shape": "dot", **node} for node in view.nodes]
    network.edges = [dict(edge) for edge in view.edges]
    network.set_options(json.dumps(OPTIONS))
    kind = view.template.replace("-", "_")
    network.templateEnv = _environment(*SCRIPTS, *OWN_SCRIPTS[kind])
    network.templateEnv.globals |= {
        "view": view,
        "data": packed(view.data),
        "texts": packed_texts(view.texts),
        "pack": packed,
    }
    network.path = f"{kind}.html"
    return str(network.generate_html(network.path))


def document(template: str, script: str, values: Mapping[str, object]) -> str:
    """A page without a picture in the same style and under the same policy."""
    environment = _environment(script)
    return environment.get_template(template).render(**values)


@cache
def _environment(*scripts: str) -> Environment:
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)
    vis, style, script = _vis(), _own("page.css"), "".join(map(_own, scripts))
    environment.globals |= {
        "vis": _packed_vis(),
        "script": Markup(script),
        "style": Markup(style),
        "policy": f"default-src 'none'; script-src '{_hash(vis)}' '{_hash(script)}'; style-src '{_hash(style)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'",
    }
    return environment


@cache
def _own(name: str) -> str:
    return (HERE / "templates" / name).read_text(encoding="utf8")


@cache
def _vis() -> str:
    return files("pyvis").joinpath("templates", VIS).read_text(encoding="utf8")


@cache
def _packed_vis() -> str:
    return deflated(_vis().encode("utf8"))


@cache
def _hash(words: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(words.encode("utf8")).digest()).decode("ascii")
