"""Who cannot see well, or has no mouse, reads the same page. Numbers are those of the acceptance list."""

from __future__ import annotations

import json
from base64 import b64encode
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
ASSETS = files("kg.view") / "assets"

# Every view of the page: an address, the part that it changes, and what is then clicked or written.
VIEWS: dict[str, tuple[str, str, list[tuple[str, ...]]]] = {
    "welcome, with what two articles disagree on": ("", "html", []),
    "article": ("", "#panel", [("click", "#tab-article")]),
    "table": ("", "#panel", [("click", "#tab-table")]),
    "an entity, and how it was read": (
        "#n=moby",
        "#panel",
        [("click", "#fiche details.how summary >> nth=0")],
    ),
    "an edge": ("#e=erwan-kerbrat~union-des-marins~0", "#panel", []),
    "a claim in the article": ("#n=claire-le-goff", "#panel", [("click", "#fiche .src button >> nth=0")]),
    "what was inferred": ("#n=union-des-marins", "#panel", []),
    "a path": ("#p=moby~claire-le-goff", "#panel", []),
    "surroundings": ("#v=ego1~moby&n=moby", "#stage", []),
    "a search": ("", "#top", [("fill", "#search", "bretagne")]),
    "a search without result": ("", "#foot", [("fill", "#search", "zzz")]),
    "the export menu": ("", "#top", [("click", "#export summary")]),
    "the help": ("", "#helpbox", [("click", "#help")]),
    "filters": ("#f=s.attributed,t.Place,g.2", "#side", []),
    "a time": ("#t=2023-07-01..2023-07-31", "#time", []),
    "english": ("#l=en&n=nordsee", "#panel", []),
}
SERIOUS = """async ([part, rules]) => (await axe.run(part === 'html' ? document : document.querySelector(part), {iframes: false, resultTypes: ['violations'], ...rules})).violations
 .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => [v.id, v.nodes.map(n => n.target.join(' ')).slice(0, 3)])"""


def show(tab: Any, name: str) -> None:
    """Bring one of the views up in a tab that is open."""
    address, _, steps = VIEWS[name]
    tab.evaluate(
        "address => { history.replaceState(null, '', address || '#'); window.dispatchEvent(new Event('popstate')); }",
        address,
    )
    tab.click("#tab-fiche")
    for action, *given in steps:
        getattr(tab, action)(*given)


def tidy(tab: Any) -> None:
    """Close what a view opened."""
    for _ in range(2):
        tab.keyboard.press("Escape")
    tab.fill("#search", "")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_11_12_axe_finds_nothing_serious_in_any_view(demo: Any, revisit: Any, scheme: str) -> None:
    tab = revisit(demo)
    tab.emulate_media(color_scheme=scheme)
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    # By day all rules and targets of 24 pixels, by night what changes: colours.
    rules = (
        {"rules": {"target-size": {"enabled": True}}}
        if scheme == "light"
        else {"runOnly": ["color-contrast"]}
    )
    for name in VIEWS:
        show(tab, name)
        assert (name, tab.evaluate(SERIOUS, [VIEWS[name][1], rules])) == (name, [])
        tidy(tab)


def test_11_axe_on_the_overview_and_on_a_phone(
    demo: Any, generated_page: Any, open_page: Any, revisit: Any
) -> None:
    phone = {"width": 390, "height": 800}
    for tab, part in ((revisit(generated_page(1000)), "#stage"), (open_page(demo, viewport=phone), "html")):
        tab.evaluate(AXE.read_text(encoding="utf-8"))
        assert tab.evaluate(SERIOUS, [part, {"rules": {"target-size": {"enabled": True}}}]) == []


def test_11_every_control_has_a_name_and_the_drawing_says_what_it_shows(demo: Any, revisit: Any) -> None:
    tab = revisit(demo, "#n=compagnie-des-ferries")
    nameless = tab.eval_on_selector_all(
        "button, input, select, summary, [role=button], [role=tab]",
        "all => all.filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || (e.labels && e.labels[0] && e.labels[0].textContent.trim()))).length",
    )
    assert nameless == 0
    drawing = tab.locator("#canvas canvas")
    assert drawing.get_attribute("role") == "img"
    assert "19 entités" in drawing.get_attribute("aria-label")
    assert "onglet Tableau" in drawing.get_attribute("aria-label")
    for status in ("#say", "#counts"):
        assert tab.get_attribute(status, "role") == "status"


def test_11_the_keyboard_reaches_everything_and_is_trapped_nowhere(demo: Any, open_page: Any) -> None:
    tab = open_page(demo, "#n=moby")
    reached: list[str] = []
    for _ in range(200):
        tab.keyboard.press("Tab")
        at = tab.evaluate(
            "(e => [e.id || e.dataset.node || e.textContent.slice(0, 20), e.tagName, getComputedStyle(e).outlineStyle])(document.activeElement)"
        )
        if at[1] == "BODY":
            break
        assert at[2] != "none", at
        reached.append(at[0])
    assert at[1] == "BODY"  # out at the end, not kept in
    assert len(reached) == len(set(reached)) or len(reached) > 60
    assert {
        "skip",
        "search",
        "fr",
        "help",
        "zoomin",
        "fit",
        "tab-fiche",
        "f-types-Person",
        "time-from",
    } <= set(reached)
    for _ in range(3):
        tab.keyboard.press("Shift+Tab")
    assert tab.evaluate("document.activeElement.tagName") != "BODY"


@pytest.mark.parametrize("from_", ["list", "search"])
def test_11_escape_goes_back_to_where_the_choice_was_made(demo: Any, open_page: Any, from_: str) -> None:
    tab = open_page(demo)
    if from_ == "search":
        for key in ("/", *"udm", "Enter"):
            tab.keyboard.press(key)
    else:
        for key in ("Tab", "Enter", "Tab", "Enter"):
            tab.keyboard.press(key)
    assert tab.locator("#fiche mark").count() > 0
    tab.keyboard.press("Escape")
    active = tab.evaluate("document.activeElement.dataset.node || document.activeElement.id")
    assert active == "search" if from_ == "search" else active.startswith("n")
    assert tab.inner_text("#cardtitle") == "Les phrases derrière le graphe"


def test_11_the_tabs_and_the_help_go_by_keys(demo: Any, revisit: Any) -> None:
    tab = revisit(demo)
    tab.focus("#tab-fiche")
    for key, shown in (
        ("ArrowRight", "article"),
        ("ArrowRight", "table"),
        ("ArrowRight", "fiche"),
        ("ArrowLeft", "table"),
    ):
        tab.keyboard.press(key)
        assert tab.evaluate("document.activeElement.id") == f"tab-{shown}"
        assert tab.is_visible(f"#{shown}")
    tab.keyboard.press("?")
    assert tab.evaluate("document.querySelector('#helpbox').contains(document.activeElement)")
    tab.keyboard.press("Escape")
    assert not tab.is_visible("#helpbox")


COLOURS = """async ([data, spots]) => { const i = new Image(); i.src = 'data:image/png;base64,' + data; await i.decode();
 const c = document.createElement('canvas'); c.width = i.width; c.height = i.height; const x = c.getContext('2d'); x.drawImage(i, 0, 0);
 return spots.map(([a, b]) => [...x.getImageData(a, b, 1, 1).data]); }"""
SIGNS = """all => all.map(i => { const s = i.parentElement.querySelector('svg'), m = s.firstChild, b = s.getBoundingClientRect();
 return [i.dataset.key, [m.tagName, ...['points', 'r', 'width', 'rx', 'stroke-width'].map(k => m.getAttribute(k))].join(), Math.round(b.x + b.width / 2), Math.round(b.y + b.height / 2)]; })"""


def test_12_classes_differ_by_shape_and_by_colour_to_whoever_sees_few(demo: Any, open_page: Any) -> None:
    tab = open_page(demo, fresh=True)
    signs = tab.eval_on_selector_all("input[data-kind=types]", SIGNS)
    assert len(signs) >= 7
    shapes = [shape for _, shape, *_ in signs]
    assert len(set(shapes)) == len(shapes)
    session = tab.context.new_cdp_session(tab)
    for kind in ("none", "deuteranopia", "protanopia", "tritanopia"):
        session.send("Emulation.setEmulatedVisionDeficiency", {"type": kind})
        picture = b64encode(tab.screenshot()).decode()
        colours = tab.evaluate(COLOURS, [picture, [sign[2:] for sign in signs]])
        named = [(sign[0], colour) for sign, colour in zip(signs, colours, strict=True)]
        ground = (255, 255, 255)
        assert all(distance(colour, ground) > 30 for name, colour in named if name != "Value")
        if kind != "tritanopia":
            near = [(a[0], b[0]) for a, b in combinations(named, 2) if distance(a[1], b[1]) < 12]
            assert near == []


def distance(one: Any, other: Any) -> float:
    """How far apart two colours are, 0 to 441."""
    return sum((a - b) ** 2 for a, b in zip(one[:3], other[:3], strict=True)) ** 0.5


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_12_marks_and_lines_stand_out_by_day_and_by_night() -> None:
    style = json.loads((ASSETS / "style.json").read_text("utf-8"))
    for name, kind in style["types"].items():
        assert contrast(kind["line"], "#fffefb") >= 3, name
        assert contrast(kind["darkLine"], "#17171a") >= 3, name
    for name, look in style["looks"].items():  # their words have the colour of the line
        assert contrast(look["light"], "#fffefb") >= 4.5, name
        assert contrast(look["dark"], "#17171a") >= 4.5, name
    assert len({json.dumps(look["dash"]) for look in style["looks"].values()}) == len(style["looks"])


def test_13_nothing_moves_for_whoever_asked_for_calm(demo: Any, open_page: Any, spot: Any) -> None:
    tab = open_page(demo, reduced_motion="reduce")
    tab.click("#list button >> nth=3")
    first = tab.get_attribute("#canvas", "data-view")
    tab.wait_for_timeout(60)
    tab.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert tab.evaluate("document.getAnimations().length") == 0
    settled = tab.get_attribute("#canvas", "data-view")
    tab.wait_for_timeout(60)
    assert tab.get_attribute("#canvas", "data-view") == settled
    assert first is not None
