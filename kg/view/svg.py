"""The same drawing as SVG, written in Python: for print, for papers, for places that run no script."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from kg.view.layout import BOXED
from kg.view.names import lines, printable
from kg.view.scripts import asset

if TYPE_CHECKING:
    import networkx

__all__ = ["svg"]

MARGIN = 110.0
# Above these, names and relations cover each other; the most central keep theirs.
ALL_NAMES, FIRST_NAMES, ALL_WORDS = 100, 60, 100
WORD = 10.0  # width of a letter on a line
Box = tuple[float, float, float, float]  # left, top, right, bottom
INK, SOFT, PAPER = "#1c1b19", "#5c5850", "#fffefb"


def svg(graph: networkx.MultiDiGraph, title: str, language: str) -> str:
    """The drawing of a graph that `arrange` has laid out, as one SVG document."""
    style, words = json.loads(asset("style.json")), json.loads(asset("strings.json"))[language]
    graph = _quoting(graph, words["quoted"])
    left, top, wide, high = _frame(graph)
    heading = _text(title or words["app"])
    body = [
        *_edges(graph, style["looks"], words),
        *_nodes(graph, style),
        *_legend(graph, style, words, left, top + high),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.0f} {top:.0f} {wide:.0f} {high + 40:.0f}" '
        f'role="img" font-family="Arial, sans-serif"><title>{heading}</title>'
        f'<rect x="{left:.0f}" y="{top:.0f}" width="{wide:.0f}" height="{high + 40:.0f}" fill="{PAPER}"/>\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _quoting(graph: networkx.MultiDiGraph, quoted: str) -> networkx.MultiDiGraph:
    """The graph with what somebody said in quotation marks."""
    said = {node: a["label"] for node, a in graph.nodes(data=True) if a["type"] == "Statement"}
    shown = graph.copy() if said else graph
    for node, label in said.items():
        shown.nodes[node]["label"] = quoted.replace("{words}", label)
    return shown


def _text(text: str) -> str:
    return escape(printable(text), {'"': "&quot;"})


def _frame(graph: networkx.MultiDiGraph) -> tuple[float, float, float, float]:
    """Left, top, width and height that hold all nodes and their names."""
    xs = [a["x"] for _, a in graph.nodes(data=True)] or [0]
    ys = [a["y"] for _, a in graph.nodes(data=True)] or [0]
    left, top = min(xs) - MARGIN - 40, min(ys) - MARGIN
    return left, top, max(max(xs) - left + MARGIN + 40, 480.0), max(ys) - top + MARGIN


def _edges(graph: networkx.MultiDiGraph, looks: Mapping[str, Any], words: Mapping[str, Any]) -> Iterator[str]:
    """Lines with their arrow and words; parallel edges of one status are one line, as on the page."""
    taken = [_taken(a) for _, a in graph.nodes(data=True)]
    groups: dict[tuple[str, str, str, str], list[Mapping[str, Any]]] = {}
    for source, target, a in graph.edges(data=True):
        look = "says" if a["kind"] == "says" else a["status"]
        groups.setdefault((source, target, look, a["polarity"]), []).append(a)
    joined: dict[tuple[str, ...], int] = {}
    for (source, target, look, polarity), edges in sorted(groups.items()):
        pair = tuple(sorted((source, target)))
        joined[pair] = joined.get(pair, 0) + 1
        bend = 26.0 * (joined[pair] - 1) * (1 if source <= target else -1)
        if source != target:
            texts = _words(edges, words["according"]) if len(graph) <= ALL_WORDS else []
            ends = graph.nodes[source], graph.nodes[target]
            yield _edge(*ends, bend, looks[look], texts, taken, polarity != "affirmed")


def _edge(
    a: Mapping[str, Any],
    b: Mapping[str, Any],
    bend: float,
    look: Mapping[str, Any],
    rows: list[str],
    taken: list[Box],
    denied: bool,
) -> str:
    """A line with its arrow, and with those rows of words that have room on it; what they cover is then taken."""
    far = hypot(b["x"] - a["x"], b["y"] - a["y"]) or 1.0
    ux, uy = (b["x"] - a["x"]) / far, (b["y"] - a["y"]) / far
    mx, my = (a["x"] + b["x"]) / 2 - uy * bend * 2, (a["y"] + b["y"]) / 2 + ux * bend * 2
    # The line ends at the rim of its target, coming from the bend.
    near = hypot(b["x"] - mx, b["y"] - my) or 1.0
    vx, vy = (b["x"] - mx) / near, (b["y"] - my) / near
    rim = _rim(b, vx, vy) + 3
    tx, ty = b["x"] - vx * rim, b["y"] - vy * rim
    dash = f' stroke-dasharray="{" ".join(map(str, look["dash"]))}"' if look["dash"] else ""
    colour = look["light"]
    line = (
        f'<path d="M{a["x"]} {a["y"]}Q{mx:.1f} {my:.1f} {tx:.1f} {ty:.1f}" fill="none" stroke="{colour}" '
        f'stroke-width="{look["width"]}"{dash}/>'
        + _arrow(tx, ty, vx, vy, colour, "bar" if denied else look["arrow"])
    )
    for shown in (rows, rows[:1]):
        half = WORD * max(map(len, shown), default=0) / 2
        for step in (0.5, 0.4, 0.6, 0.3, 0.7):
            x, y = (
                (1 - step) ** 2 * a[axis] + 2 * step * (1 - step) * middle + step**2 * b[axis]
                for axis, middle in (("x", mx), ("y", my))
            )
            box = (x - half, y - 12, x + half, y + 22 * len(shown) - 12)
            if half and not any(_meet(box, other) for other in taken):
                taken.append(box)
                return line + "".join(
                    _label(x, y + 6 + 22 * place, row, 20, colour, italic=True)
                    for place, row in enumerate(shown)
                )
    return line


def _taken(a: Mapping[str, Any]) -> Box:
    """What a mark and its name cover, about."""
    if a["type"] in BOXED:
        wide, high = _extent(lines(a["label"], 26))
        return a["x"] - wide / 2, a["y"] - high / 2, a["x"] + wide / 2, a["y"] + high / 2
    rows = lines(a["label"])
    half = max(a["size"], 6.8 * max(map(len, rows)))
    return a["x"] - half, a["y"] - a["size"], a["x"] + half, a["y"] + a["size"] + 28 * len(rows)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _rim(a: Mapping[str, Any], vx: float, vy: float) -> float:
    """How far from its middle a mark, or the box of a value, ends in this direction."""
    if a["type"] not in BOXED:
        return float(a["size"])
    wide, high = _extent(lines(a["label"], 26))
    return min(wide / 2 / max(abs(vx), 1e-9), high / 2 / max(abs(vy), 1e-9))


def _arrow(x: float, y: float, ux: float, uy: float, colour: str, kind: str) -> str:
    """A head that points along (ux, uy) with its tip at (x, y): filled, open ("vee"), a "bar", a dot ("circle")."""
    if kind == "circle":
        return f'<circle cx="{x - ux * 5:.1f}" cy="{y - uy * 5:.1f}" r="5" fill="{colour}"/>'
    back, side = (2, 10) if kind == "bar" else (14, 6)
    one, other = (
        f"{x - ux * back + turn * uy * side:.1f} {y - uy * back - turn * ux * side:.1f}" for turn in (-1, 1)
    )
    if kind == "bar":
        return f'<path d="M{one}L{other}" stroke="{colour}" stroke-width="4"/>'
    paint = f'fill="none" stroke="{colour}" stroke-width="2.4"' if kind == "vee" else f'fill="{colour}"'
    return f'<path d="M{one}L{x:.1f} {y:.1f}L{other}{"" if kind == "vee" else "Z"}" {paint}/>'


def _words(edges: list[Mapping[str, Any]], according: str) -> list[str]:
    """What may stand on a line: the relation and how many more there are; below it, who says so."""
    first = edges[0]
    if not first["label"]:
        return []
    text = ("✗ " if first["polarity"] != "affirmed" and first["kind"] != "says" else "") + first["label"]
    text = text if len(text) <= 34 else text[:33] + "…"
    more = f" +{len(edges) - 1}" if len(edges) > 1 else ""
    claimed = first["status"] == "attributed" and first["kind"] != "says" and first["speaker"]
    return [text + more, *([according.replace("{who}", first["speaker"])] if claimed else [])]


def _label(
    x: float, y: float, text: str, size: float, colour: str, italic: bool = False, bold: bool = False
) -> str:
    look = ' font-style="italic"' if italic else ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="middle" fill="{colour}" stroke="{PAPER}" '
        f'stroke-width="5" paint-order="stroke" stroke-linejoin="round"{look}>{_text(text)}</text>'
    )


def _nodes(graph: networkx.MultiDiGraph, style: Mapping[str, Any]) -> Iterator[str]:
    """Marks with their names, the most central last so that they lie on top."""
    named = len(graph) if len(graph) <= ALL_NAMES else FIRST_NAMES
    for _, a in sorted(graph.nodes(data=True), key=lambda item: -item[1]["rank"]):
        name = style["as"].get(a["type"], a["type"])
        kind = style["types"].get(name, style["types"]["Other"])
        if kind["shape"] == "box":
            yield _box(a, kind)
        else:
            yield _mark(a, kind)
            if a["rank"] < named:
                for row, text in enumerate(lines(a["label"])):
                    yield _label(
                        a["x"], a["y"] + a["size"] + 25 + 28 * row, text, 25, INK, bold=a["rank"] < 5
                    )


def _extent(rows: list[str]) -> tuple[float, float]:
    """Width and height of a value's box."""
    return 13.0 * max(map(len, rows)) + 24, 27.0 * len(rows) + 14


def _box(a: Mapping[str, Any], kind: Mapping[str, Any]) -> str:
    rows = lines(a["label"], 26)
    wide, high = _extent(rows)
    rect = (
        f'<rect x="{a["x"] - wide / 2:.1f}" y="{a["y"] - high / 2:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="3" '
        f'fill="{kind["fill"]}" stroke="{kind["line"]}"/>'
    )
    first = a["y"] - high / 2 + 28
    return rect + "".join(_label(a["x"], first + 27 * row, text, 23, INK) for row, text in enumerate(rows))


def _mark(a: Mapping[str, Any], kind: Mapping[str, Any]) -> str:
    x, y, r, shape = a["x"], a["y"], round(a["size"] * kind.get("scale", 1), 1), kind["shape"]
    paint = f'fill="{kind["fill"]}" stroke="{kind["line"]}" stroke-width="{4 if shape == "ring" else 1.6}"'
    if shape == "square":
        return f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r:.1f}" height="{2 * r:.1f}" {paint}/>'
    if shape in ("dot", "ring"):
        return f'<circle cx="{x}" cy="{y}" r="{r}" {paint}/>'
    points = " ".join(f"{x + px * r:.1f},{y + py * r:.1f}" for px, py in _corners(shape))
    return f'<polygon points="{points}" {paint} stroke-linejoin="round"/>'


def _corners(shape: str) -> list[tuple[float, float]]:
    """Corners of a shape of radius 1 around the origin."""
    sides = {"triangle": (3, -90), "triangleDown": (3, 90), "diamond": (4, -90), "hexagon": (6, 0)}
    count, turn = sides.get(shape, (10, -90))
    angles = [(turn + 360 * k / count) * pi / 180 for k in range(count)]
    reach = [0.5 if count == 10 and k % 2 else 1.15 for k in range(count)]  # a star's inner corners
    return [(cos(angle) * far, sin(angle) * far) for angle, far in zip(angles, reach, strict=True)]


def _legend(
    graph: networkx.MultiDiGraph, style: Mapping[str, Any], words: Mapping[str, Any], left: float, y: float
) -> Iterator[str]:
    """The classes that are there, along the bottom."""
    there = {style["as"].get(kind, kind) for _, kind in graph.nodes(data="type")}
    x = left + 24
    for name, kind in style["types"].items():
        if name in there and kind["shape"] != "box":
            yield _mark({"x": round(x), "y": round(y + 16), "size": 11.0}, kind)
            text = _text(words["types"][name])
            yield f'<text x="{x + 20:.0f}" y="{y + 23:.0f}" font-size="22" fill="{SOFT}">{text}</text>'
            x += 52 + 13 * len(words["types"][name])
