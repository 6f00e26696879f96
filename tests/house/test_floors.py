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
# Inside loaders: reading and understanding do not know each other, and what is taught is not needed to read.
FLOORS_OF_LOADERS: dict[str, set[str]] = {
    "text": set(),
    "errors": set(),
    "records": {"text"},
    "reading": {"text", "errors", "records"},
    "statements": {"text", "records"},
    "facts": {"text", "records", "statements"},
    "asks": {"text", "records", "statements"},
    "figures": {"text", "records", "statements"},
    "packs": {"text", "records", "statements", "facts"},
    "checks": {"text", "records", "figures"},
    "assembly": {"text", "records", "statements", "facts", "asks", "figures"},
    "kinds": {"text", "records", "statements", "facts", "asks", "figures", "packs", "assembly"},
    "understand": {"text", "records", "statements", "kinds", "checks"},
    "learning": {"errors", "reading", "statements"},
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


@pytest.mark.parametrize("part", sorted(FLOORS_OF_LOADERS))
def test_the_parts_of_loaders_keep_their_floors(part: str) -> None:
    paths = sorted((ROOT / "loaders" / part).rglob("*.py")) or [ROOT / "loaders" / f"{part}.py"]
    imported = {
        node.module.split(".")[1]
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("loaders.")
    }
    assert imported - {part} <= FLOORS_OF_LOADERS[part]


def test_every_part_of_loaders_has_its_floor() -> None:
    parts = {path.stem for path in (ROOT / "loaders").glob("*") if path.suffix in {"", ".py"}}
    assert {part for part in parts if not part.startswith("_")} == set(FLOORS_OF_LOADERS)


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
        ("pypdfium2", {"loaders/reading/pdf.py", "loaders/reading/pdf_rules.py"}),
        ("docx", {"loaders/reading/docx.py", "loaders/reading/docx_numbering.py"}),
        ("lxml", {"loaders/reading/html.py"}),
        ("markdown_it", {"loaders/reading/markdown.py"}),
        ("openpyxl", {"loaders/reading/spreadsheet.py"}),
        ("pyvis", {"viz/network.py"}),
        ("SPARQLWrapper", {"graph/remote/service.py"}),
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
