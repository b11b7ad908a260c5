"""The page of seeds/, as `kg build` writes it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def page(built: Path) -> Path:
    return built / "graph.html"


@pytest.fixture(scope="module")
def data(page: Path) -> dict[str, Any]:
    text = re.search(r'id="data">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL)
    assert text is not None
    return dict(json.loads(text[1]))


def test_05_size(page: Path) -> None:
    assert page.stat().st_size <= 400_000


def test_07_every_edge_has_evidence_or_says_that_it_is_inferred(data: dict[str, Any], built: Path) -> None:
    unread = {data["statuses"].index(status) for status in ("inferred", "background")}
    assert data["edges"]
    for row in data["statements"]:
        assert row[5] or row[4] in unread
    for edge in data["edges"]:
        assert edge[4:]


def test_07_every_quote_stands_in_the_article(data: dict[str, Any]) -> None:
    text = (Path(__file__).parents[2] / "seeds" / "netflix-ia.txt").read_text(encoding="utf-8")
    (document,) = data["docs"]
    for start, words in document["parts"]:
        assert text[start : start + len(words)] == words
    for home, start, end in zip(*[iter(data["evidence"])] * 3, strict=True):
        assert home == 0
        assert any(first <= start < end <= first + len(words) for first, words in document["parts"])


def test_it_opens_and_shows_netflix(page: Path, open_page: Any) -> None:
    tab = open_page(page, "#n=netflix")
    assert tab.inner_text("#cardtitle") == "Netflix"
    assert "Netflix" in tab.inner_text("#fiche mark >> nth=0")
    assert [url for url in tab.kg.requests if not url.startswith("file:")] == []
    assert tab.evaluate("window.__violations") == []
    assert tab.kg.errors == []
