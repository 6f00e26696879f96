"""The house has floors: a room imports from its own floor or from below, never from above."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAY_IMPORT = {
    "ontology": set(),
    "loaders": {"ontology"},
    "graph": {"loaders", "ontology"},
    "queries": {"ontology"},
    "viz": {"queries", "ontology"},
    "cli": {"ontology", "loaders", "graph", "queries", "viz"},
}
MODULES = [(room, path) for room in MAY_IMPORT for path in sorted((ROOT / room).rglob("*.py"))]


def rooms_imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found & set(MAY_IMPORT)


@pytest.mark.parametrize(("room", "path"), MODULES, ids=lambda v: v if isinstance(v, str) else v.name)
def test_no_import_runs_upwards(room: str, path: Path) -> None:
    assert rooms_imported(path) - {room} <= MAY_IMPORT[room]


@pytest.mark.parametrize(("room", "path"), MODULES, ids=lambda v: v if isinstance(v, str) else v.name)
def test_only_the_command_line_prints_or_exits(room: str, path: Path) -> None:
    if room == "cli":
        return
    called = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8")))
        if isinstance(node, ast.Call)
    }
    assert not called & {"print", "exit", "sys.exit", "quit"}


@pytest.mark.parametrize(
    ("dependency", "seam"),
    [
        ("pypdfium2", {"loaders/pdf.py", "loaders/pdf_rules.py"}),
        ("docx", {"loaders/docx.py", "loaders/docx_numbering.py"}),
        ("lxml", {"loaders/html.py"}),
        ("markdown_it", {"loaders/markdown.py"}),
        ("openpyxl", {"loaders/spreadsheet.py"}),
        ("pyvis", {"viz/network.py"}),
        ("SPARQLWrapper", {"graph/remote.py"}),
        ("owlready2", {"graph/reason.py"}),
        ("pyshacl", {"graph/check.py"}),
    ],
)
def test_each_outside_dependency_has_one_seam(dependency: str, seam: set[str]) -> None:
    users = set()
    for _, path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(n.split(".")[0] == dependency for n in names):
                users.add(path.relative_to(ROOT).as_posix())
    assert users == seam
