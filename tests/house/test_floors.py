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
# Inside graph: what one document states, what links documents, and what puts builds together stand on each other.
_GROUND = {"iris", "errors", "version", "lines", "reading", "folder", "store", "reason"}
FLOORS_OF_GRAPH: dict[str, set[str]] = {
    "iris": set(),
    "errors": {"reading"},  # only for what a type is called
    "version": set(),
    "lines": set(),
    "reason": set(),
    "reading": {"version"},
    "folder": {"errors"},
    "store": {"errors", "folder"},
    "document": _GROUND,
    "dataset": _GROUND | {"document"},
    "network": _GROUND | {"document"},
    "links": _GROUND | {"document"},
    "building": _GROUND | {"document", "dataset", "links"},
    "check": _GROUND | {"document", "building"},
    "exports": _GROUND | {"document", "dataset", "network"},
    "evaluation": _GROUND | {"document"},
    "remote": _GROUND,
    "publish": _GROUND | {"document", "remote"},
}
TAUGHT = ROOT / "graph/links/learning"  # reads whole builds, and is not needed to make one
FLOORS = {"loaders": FLOORS_OF_LOADERS, "graph": FLOORS_OF_GRAPH}
PARTS = [(room, part) for room, floors in FLOORS.items() for part in sorted(floors)]
MODULES = [(room, path) for room in MAY_IMPORT for path in sorted((ROOT / room).rglob("*.py"))]


def rooms_imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found & set(MAY_IMPORT)


def parts_imported(path: Path, room: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.ImportFrom) and node.module == room:
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(f"{room}."):
            found.add(node.module.split(".")[1])
    return found


@pytest.mark.parametrize(("room", "path"), MODULES, ids=lambda v: v if isinstance(v, str) else v.name)
def test_no_import_runs_upwards(room: str, path: Path) -> None:
    assert rooms_imported(path) - {room} <= MAY_IMPORT[room]


@pytest.mark.parametrize(("room", "part"), PARTS)
def test_the_parts_of_a_room_keep_their_floors(room: str, part: str) -> None:
    paths = sorted((ROOT / room / part).rglob("*.py")) or [ROOT / room / f"{part}.py"]
    imported = {one for path in paths if path.parent != TAUGHT for one in parts_imported(path, room)}
    assert imported - {part} <= FLOORS[room][part]


@pytest.mark.parametrize("room", FLOORS)
def test_every_part_of_a_room_has_its_floor(room: str) -> None:
    parts = {path.stem for path in (ROOT / room).glob("*") if path.suffix in {"", ".py"}}
    assert {part for part in parts if not part.startswith("_") and part != "py"} == set(FLOORS[room])


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
