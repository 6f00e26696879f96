from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for path in ROOT.glob("graph/**/*.py")
)


@pytest.mark.parametrize("module", [name for name in MODULES if not name.endswith("__init__")])
def test_the_examples_in_a_module_say_what_it_does(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0
