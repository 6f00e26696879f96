"""The one seam to pyvis: from nodes and edges to a page that asks nothing of any network."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

import pyvis.network
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

HERE = Path(__file__).parent
VIS = "lib/vis-9.1.2/vis-network.min.js"
OPTIONS: dict[str, object] = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "multiselect": False, "keyboard": False},
    "nodes": {"font": {"face": "system-ui, sans-serif", "size": 15}, "borderWidth": 1, "borderWidthSelected": 3},
    "edges": {"smooth": False, "selectionWidth": 0, "hoverWidth": 0},
}


@dataclass(frozen=True, slots=True)
class View:
    """What a page shows: nodes and edges in vis-network's terms, positions included, and the data behind them."""

    name: str
    title: str
    nodes: list[dict[str, object]]
    edges: list[dict[str, object]]
    data: dict[str, object] = field(default_factory=dict)
    sparql: str = ""
    template: str = "theme-map"
    links: tuple[tuple[str, str], ...] = ()
    """Names and files of other pages beside this one."""


def page(view: View) -> str:
    """The view as one HTML document, scripts and styles in it, under a content policy that lets nothing else in."""
    network = pyvis.network.Network(height="100%", width="100%", cdn_resources="in_line")
    for node in view.nodes:
        network.add_node(**{"n_id" if key == "id" else key: value for key, value in node.items()})
    # add_edge looks through all edges for a double each time; these are unique already
    network.edges = [dict(edge) for edge in view.edges]
    network.set_options(json.dumps(OPTIONS))
    network.templateEnv = _environment("page.js", f"{_file(view)}.js")
    network.templateEnv.globals |= {"view": view, "packed": packed(view.data)}
    network.path = f"{_file(view)}.html"
    return str(network.generate_html(network.path))


def document(template: str, script: str, values: Mapping[str, object]) -> str:
    """A page without a picture in the same style and under the same policy."""
    environment = _environment(script)
    return environment.get_template(template).render(**values)


def _environment(*scripts: str) -> Environment:
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)
    # names reach the page through tojson, which escapes what could end the script element they stand in
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    vis, style, script = _vis(), _own("page.css"), "".join(map(_own, scripts))
    environment.globals |= {
        "vis": _packed_vis(),
        "script": Markup(script),
        "style": Markup(style),
        "policy": f"default-src 'none'; script-src '{_hash(vis)}' '{_hash(script)}'; style-src '{_hash(style)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'",
    }
    return environment


def packed(data: dict[str, object]) -> str:
    """The data as JSON, deflated, in base64: all evidence travels in the page, at a third of its size."""
    return _deflated(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def _deflated(words: str) -> str:
    return base64.b64encode(zlib.compress(words.encode("utf8"), 9)).decode("ascii")


def _file(view: View) -> str:
    return view.template.replace("-", "_")


@cache
def _own(name: str) -> str:
    return (HERE / "templates" / name).read_text(encoding="utf8")


@cache
def _vis() -> str:
    return files("pyvis").joinpath("templates", VIS).read_text(encoding="utf8")


@cache
def _packed_vis() -> str:
    return _deflated(_vis())


@cache
def _hash(words: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(words.encode("utf8")).digest()).decode("ascii")
