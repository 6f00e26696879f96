"""What tests of several rooms share: the samples, one build of them, and the real documents where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph.building import BuildResult, build

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "tests" / "samples"


@pytest.fixture(scope="session")
def samples() -> Path:
    return SAMPLES


@pytest.fixture(scope="session")
def build_result(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """One build of the samples, for all tests that only read it."""
    out = tmp_path_factory.mktemp("build") / "graph"
    return build([SAMPLES], out, vocabulary_files=(SAMPLES / "authorities.ttl",))


@pytest.fixture(scope="session")
def built(build_result: BuildResult) -> Path:
    """The folder of that build."""
    return build_result.out


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real documents and their labels, beside the project; CI always has them."""
    folder = ROOT.parent / "shared"
    if not (folder / "documents").is_dir():
        if os.environ.get("CI"):
            pytest.fail("the real documents are missing: in CI they must be there")
        pytest.skip("needs the real documents in ../shared/documents")
    return folder
