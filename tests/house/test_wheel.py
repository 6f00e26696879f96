"""A wheel, installed away from the checkout, carries its Turtle, questions, templates and weights, and runs."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("ontology", "loaders", "graph", "queries", "viz", "cli")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_every_file_of_the_rooms_travels(wheel: Path) -> None:
    listed = subprocess.run(["git", "ls-files", *ROOMS], capture_output=True, text=True, cwd=ROOT, check=True)
    held = set(zipfile.ZipFile(wheel).namelist())
    assert set(listed.stdout.split()) - held == set()


@pytest.mark.slow
def test_it_runs_in_an_environment_of_its_own(wheel: Path, tmp_path: Path, samples: Path) -> None:
    home = tmp_path / "environment"
    venv.create(home, with_pip=False, symlinks=True)
    site = next((home / "lib").glob("python*")) / "site-packages"
    zipfile.ZipFile(wheel).extractall(site)
    # the dependencies stand in for an installation of them; a checkout on this path would not be followed
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    python = home / "bin" / "python"

    def run(*arguments: str) -> str:
        done = subprocess.run([python, *arguments], capture_output=True, text=True, cwd=tmp_path, check=True)
        return done.stdout

    assert Path(run("-c", "import cli; print(cli.__file__)").strip()).is_relative_to(home)
    out = tmp_path / "out"
    run(
        "-m",
        "cli",
        "build",
        str(samples / "saltmere-2020-ilacs.pdf"),
        "-v",
        str(samples / "authorities.ttl"),
        "-o",
        str(out),
    )
    assert "Saltmere" in run("-m", "cli", "query", "inspections", "--graph", str(out))
    run("-m", "cli", "view", "theme-map", "--graph", str(out), "-o", str(tmp_path / "map.html"))
    assert (tmp_path / "map.html").stat().st_size > 150_000
