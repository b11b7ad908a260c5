"""A line is touched where it is drawn: straight or bent, by a real pointer on the canvas, and it opens what it alone says."""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.view.names import fold

Place = Callable[[Any, float, float], tuple[float, float]]
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
SHARES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.16, 0.84)
SAID = "[...document.querySelectorAll('#fiche [data-statement]')].map(e => e.dataset.statement)"


@pytest.fixture(params=["seeds", "two articles", "60 pairs"])
def page(request: pytest.FixtureRequest) -> Any:
    """The file of a page, and the tables that it carries."""
    if request.param == "seeds":
        file = request.getfixturevalue("built") / "graph.html"
    elif request.param == "two articles":
        file = request.getfixturevalue("demo")
    else:
        file = request.getfixturevalue("crowded")
    html = file.read_text("utf-8") if isinstance(file, Path) else file.html
    return file, json.loads(re.search(r'id="data">(.*?)</script>', html, re.DOTALL)[1])


def on_curve(a: list[Any], b: list[Any], bend: float, share: float) -> tuple[float, float]:
    """Where a line that bows out so far stands after this share of its way: vis-network's curve "curvedCW"."""
    (x1, y1), (x2, y2) = a[3:5], b[3:5]
    if not bend:
        return x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
    roundness = 0.08 + 0.12 * bend
    far, turn = math.hypot(x2 - x1, y2 - y1), math.atan2(y1 - y2, x2 - x1) + (roundness / 2 + 0.5) * math.pi
    way = (roundness / 2 + 0.5) * far
    x, y = x1 + way * math.sin(turn), y1 + way * math.cos(turn)
    rest = 1 - share
    return (
        rest * rest * x1 + 2 * share * rest * x + share * share * x2,
        rest * rest * y1 + 2 * share * rest * y + share * share * y2,
    )


def several(data: dict[str, Any]) -> list[Any]:
    """The edges of pairs that have more than one; of many such pairs, some."""
    pairs: dict[frozenset[int], list[Any]] = defaultdict(list)
    for row in data["edges"]:
        if row[0] != row[1]:
            pairs[frozenset(row[:2])].append(row)
    found = [rows for rows in pairs.values() if len(rows) > 1]
    return [row for rows in found[:: max(len(found) // 4, 1)] for row in rows]


# Two clicks so near each other within so many milliseconds would be one double click.
APART, TWICE = 12, 320


def slug(label: str) -> str:
    """The id of an entity that is named by its label."""
    return fold(label).replace(" ", "-")


def key(statement: str) -> str:
    """The id of a statement as the page shows it."""
    return f"statement-{statement}" if re.fullmatch("[0-9a-f]{12}", statement) else statement


def ids(data: dict[str, Any], row: list[Any]) -> set[str]:
    """The statements of an edge, and those of other articles that stand beside them."""
    own = [data["statements"][link if isinstance(link, int) else link[0]] for link in row[4:]]
    clashes = {each[7]["x"] for each in own if len(each) > 7 and "x" in each[7]}
    beside = [each for each in data["statements"] if len(each) > 7 and each[7].get("x") in clashes]
    return {key(each[0]) for each in (*own, *beside)}


def test_07_a_click_on_each_line_opens_what_it_says(page: Any, revisit: Any, place: Place) -> None:
    file, data = page
    tab, nodes, lines = revisit(file), data["nodes"], several(data)
    assert lines
    assert all(row[3] for row in lines)
    straight = [row for row in data["edges"] if not row[3] and row[0] != row[1]]
    lines += straight[:: 1 + len(straight) // 8]
    last = (-99.0, -99.0)
    for row in lines:
        a, b = nodes[row[0]], nodes[row[1]]
        wanted = (f"{a[1]} → {b[1]}", ids(data, row))
        opened: list[Any] = []
        # Where a name lies over the whole of a short line, its reader chooses one of the two, and it is brought near.
        for near in (False, True):
            for share in SHARES:
                if near:
                    tab.evaluate(
                        "key => { location.hash = 'n=' + encodeURIComponent(key) }", str(a[0] or slug(a[1]))
                    )
                    tab.kg.until(
                        "text => document.querySelector('#cardtitle').textContent === text", arg=a[1]
                    )
                x, y = place(tab, *on_curve(a, b, row[3], share))
                if math.dist(last, (x, y)) < APART:
                    tab.wait_for_timeout(TWICE)
                last = (x, y)
                tab.mouse.move(x, y)
                tab.kg.until("document.querySelector('#canvas').style.cursor === 'pointer'")
                tab.mouse.click(x, y)
                tab.evaluate(DRAWN)
                opened.append((tab.inner_text("#cardtitle"), set(tab.evaluate(SAID))))
                tab.keyboard.press("Escape")
                tab.kg.until("location.hash.length <= 1")
                if opened[-1] == wanted:
                    break
            if opened[-1] == wanted:
                break
        assert opened[-1] == wanted, opened
    assert tab.kg.errors == []
