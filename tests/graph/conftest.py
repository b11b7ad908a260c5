"""Fixtures of the graph's tests: articles made by hand, and graphs of them in memory and in a folder."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kg.graph import Graph

HERE = Path(__file__).parent


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(name, module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def make() -> ModuleType:
    """The factory: `make.article()` is a reading, `make.recruits(document)` a statement."""
    return load("factory")


@pytest.fixture
def graph(make: ModuleType) -> Graph:
    """One article, in memory."""
    made = Graph.in_memory()
    made.add(make.article())
    return made


@pytest.fixture
def folder(two_articles: Path, tmp_path: Path) -> Path:
    """Two articles that share all their facts, in a folder of one's own."""
    return Path(shutil.copytree(two_articles, tmp_path / "graph"))


@pytest.fixture(scope="session")
def two_articles(make: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `folder` copies."""
    place = tmp_path_factory.mktemp("two") / "graph"
    with Graph.create(place) as made:
        made.add(make.article("a.txt"))
        made.add(make.article("b.txt", make.TEXT + " Fin."))
        made.commit()
    return place
