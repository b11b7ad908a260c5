"""What a reader does: points, clicks, goes back and forth between text and graph; and graphs that are out of the ordinary."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.model import Document, Entity, Evidence, Node, Statement
from kg.view.page import picture

WELCOME = "Les phrases derrière le graphe"
PIXELS = """() => { const c = document.querySelector('#canvas canvas');
 const d = new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer);
 return d.reduce((h, pixel) => (Math.imul(h, 31) + pixel) >>> 0, 0); }"""
# How many pixels of the drawing are not of its ground, in a box around a point of the page.
INKED = """([x, y, half]) => { const c = document.querySelector('#canvas canvas'), b = c.getBoundingClientRect(), r = c.width / b.width;
 const d = new Uint32Array(c.getContext('2d').getImageData((x - b.x - half) * r, (y - b.y - half) * r, 2 * half * r, 2 * half * r).data.buffer);
 const ground = new Uint32Array(c.getContext('2d').getImageData(1, 1, 1, 1).data.buffer)[0]; return d.filter(p => p !== ground).length / d.length; }"""

Spot = Callable[[Any, Any, str], tuple[float, float]]


def data_of(page: Any) -> dict[str, Any]:
    """The tables that a page carries."""
    text = re.search(r'id="data">(.*?)</script>', page.html, re.DOTALL)
    assert text is not None
    return dict(json.loads(text[1]))


def flat(words: Any) -> list[str]:
    """All texts of a table of words."""
    return [words] if isinstance(words, str) else [each for value in words.values() for each in flat(value)]


def title(tab: Any) -> str:
    return str(tab.inner_text("#cardtitle"))


def frames(tab: Any) -> None:
    """Wait until what was asked is drawn."""
    tab.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_pointing_shows_the_neighbours_and_going_away_the_rest(demo: Any, open_page: Any, spot: Spot) -> None:
    tab = open_page(demo)
    frames(tab)
    before = tab.evaluate(PIXELS)
    tab.mouse.move(*spot(tab, demo, "moby"))
    tab.kg.until("before => (" + PIXELS + ")() !== before", arg=before)
    assert title(tab) == WELCOME  # nothing is chosen by pointing
    tab.mouse.move(*spot(tab, demo, "moby")[:1], 5)
    tab.kg.until("before => (" + PIXELS + ")() === before", arg=before)


def test_a_click_beside_everything_clears_and_a_double_click_expands(
    demo: Any, revisit: Any, spot: Spot, place: Any, touch: Any
) -> None:
    tab = revisit(demo)
    touch(tab, *spot(tab, demo, "moby"))
    assert title(tab) == "Moby"
    box = tab.locator("#canvas").bounding_box()
    touch(tab, box["x"] + 6, box["y"] + box["height"] / 2)
    assert title(tab) == WELCOME
    assert "n=" not in tab.url
    touch(tab, *spot(tab, demo, "nordsee"), times=2)
    tab.kg.until("document.querySelector('#crumbs').textContent.includes('Nordsee')")
    assert "v=ego1" in tab.url
    tab.click("#crumbs button:has-text('Tout le graphe')")
    assert "v=ego" not in tab.url


def test_a_name_is_touched_like_its_mark(demo: Any, revisit: Any, spot: Spot, touch: Any) -> None:
    tab = revisit(demo)
    x, y = spot(tab, demo, "union-des-marins")
    scale = float(tab.get_attribute("#canvas", "data-view").split()[2])
    size = demo.graph.nodes["union-des-marins"]["size"] * scale
    for dx, dy in ((0, size + 12), (0, -size - 12), (size + 30, 0), (-size - 30, 0)):
        touch(tab, x + dx, y + dy)
        if title(tab) == "Union des marins":
            return
    raise AssertionError("the name is nowhere around its mark")


def test_a_choice_dims_the_rest_and_its_lines_stay(demo: Any, revisit: Any, spot: Spot, touch: Any) -> None:
    tab = revisit(demo)
    frames(tab)
    far = spot(tab, demo, "portsmouth")
    before = tab.evaluate(INKED, [*far, 30])
    touch(tab, *spot(tab, demo, "erwan-kerbrat"))
    frames(tab)
    darkest = """([x, y]) => { const c = document.querySelector('#canvas canvas'), b = c.getBoundingClientRect(), r = c.width / b.width;
     const d = c.getContext('2d').getImageData((x - b.x - 12) * r, (y - b.y - 12) * r, 24 * r, 24 * r).data; let low = 765;
     for (let i = 0; i < d.length; i += 4) low = Math.min(low, d[i] + d[i + 1] + d[i + 2]); return low; }"""
    assert before > 0
    assert tab.evaluate(darkest, list(far)) > 560  # 15 % of its ink is left
    assert tab.evaluate(darkest, list(spot(tab, demo, "union-des-marins"))) < 350  # a neighbour is as it was


def test_from_the_text_to_the_graph_and_back(demo: Any, revisit: Any) -> None:
    tab = revisit(demo)
    tab.click("#tab-article")
    tab.select_option("#article select", label="Ferries : la compagnie a bien recruté des intérimaires")
    tab.click("#article .sent:has-text('Nordsee a vendu') >> nth=0", position={"x": 200, "y": 8})
    tab.click("#tab-fiche")
    assert title(tab) == "Ce que dit cette phrase"
    assert "Bretagne Express" in tab.inner_text("#fiche .st")
    tab.click("#fiche .say button:has-text('Nordsee') >> nth=0")
    assert title(tab) == "Nordsee"
    tab.click("#fiche .src button >> nth=0")
    assert tab.locator("#article mark").count() >= 1
    tab.click("#article .men:has-text('Nordsee') >> nth=0")
    tab.click("#tab-fiche")
    assert title(tab) == "Nordsee"


def test_the_newcomer_is_told_what_to_do_and_then_left_alone(
    demo: Any, open_page: Any, spot: Spot, touch: Any
) -> None:
    tab = open_page(demo)
    assert "Touchez un nom ou un trait" in tab.inner_text("#hint")
    touch(tab, *spot(tab, demo, "moby"))
    assert tab.inner_text("#hint") == ""
    tab.keyboard.press("Escape")
    assert tab.inner_text("#hint") == ""


def test_the_first_page_reads_to_the_newcomer(demo: Any, revisit: Any) -> None:
    tab = revisit(demo)
    assert "À lire d’abord" in tab.inner_text("#fiche")
    blocks = tab.locator("#fiche > .st")
    assert 2 <= blocks.count() <= 3
    assert tab.locator("#fiche > .st mark").count() == blocks.count()
    assert tab.locator("#fiche > .st.attributed .who").count() >= 1  # somebody's words name who speaks


@pytest.mark.parametrize("clear", ["#reset", "back"])
def test_every_filter_hides_counts_and_moves_nothing(
    demo: Any, open_page: Any, spot: Spot, clear: str
) -> None:
    tab = open_page(demo)
    tab.evaluate("history.replaceState(null, '', '#')")
    frames(tab)
    where, before, said = (
        tab.get_attribute("#canvas", "data-view"),
        tab.evaluate(PIXELS),
        tab.inner_text("#counts"),
    )
    changes = (
        ("f-types-Place", "click"),
        ("f-statuses-planned", "click"),
        ("f-predicates-employs", "click"),
        ("f-docs-" + data_of(demo)["docs"][0]["id"], "click"),
        ("f-degree", "ArrowRight"),
        ("f-confidence", "End"),
        ("undated", "click"),
    )
    for control, how in changes:
        tab.locator(f"[id='{control}']").focus()
        tab.keyboard.press("Space" if how == "click" else how)
        if how == "ArrowRight":
            tab.keyboard.press("ArrowRight")
        fewer = [int(n) for n in re.findall(r"\d+", tab.inner_text("#counts"))]
        whole = [int(n) for n in re.findall(r"\d+", said)]
        assert fewer[1] < whole[1], control
        assert tab.get_attribute("#canvas", "data-view") == where
        assert tab.evaluate("document.activeElement.id") == control  # the reader is not thrown out
        assert tab.is_enabled("#reset")
        tab.click("#reset") if clear == "#reset" else tab.go_back()
        tab.kg.until("said => document.querySelector('#counts').textContent === said", arg=said)
        frames(tab)
        assert tab.evaluate(PIXELS) == before, control


def test_another_choice_leaves_the_filters_and_the_list_as_they_stand(demo: Any, revisit: Any) -> None:
    tab = revisit(demo)
    tab.evaluate("window.__stood = ['#reset', '#list'].map(e => document.querySelector(e))")
    for address, left in (("n=moby", True), ("n=moby&f=s.attributed", False)):
        tab.evaluate("address => { location.hash = address }", address)
        tab.kg.until("document.querySelector('#cardtitle').textContent === 'Moby'")
        tab.kg.until("left => window.__stood.every(e => e.isConnected === left)", arg=left)
        assert tab.get_attribute("#list [aria-current]", "aria-label").startswith("Moby")


def test_15_counts_are_told_in_the_number_of_the_language(demo: Any, open_page: Any, revisit: Any) -> None:
    tab = revisit(demo)
    for language, told in (
        ("fr", ("Aucun résultat pour «\u00a0zzz\u00a0»", "1 résultat", "2 résultats")),
        ("en", ("No result for “zzz”", "1 result", "2 results")),
    ):
        tab.click(f"#{language}")
        for text, line in zip(("zzz", "saint malo", "bretagne"), told, strict=True):
            tab.fill("#search", text)
            assert tab.inner_text("#say") == line
        tab.fill("#search", "")
    tab.click("#fr")
    empty = open_page(picture((), (), ()))
    assert empty.inner_text("#counts") == "0 entité · 0 relation"
    empty.click("#en")
    assert empty.inner_text("#counts") == "0 entities · 0 relations"


def test_15_spaces_and_quotation_marks_are_those_of_the_language(demo: Any, revisit: Any) -> None:
    data = data_of(demo)
    loose = re.compile("(?<![\u00a0\u202f]):(?= |$)|(?<!\u202f)[;!?](?= |$)|«(?!\u00a0)|(?<!\u00a0)»|'")
    for words in flat({name: value for name, value in data["strings"]["fr"].items() if name != "keys"}):
        assert not loose.search(words), words
    assert not re.search("[«»'\u00a0\u202f]", " ".join(flat(data["strings"]["en"])))
    for language, quoted in (("fr", "«\u00a0Nous ne céderons pas\u00a0»"), ("en", "“Nous ne céderons pas”")):
        tab = revisit(demo, f"#n=erwan-kerbrat&l={language}")
        assert tab.locator("#fiche .say button", has_text="Nous ne").first.text_content() == quoted


def test_15_no_mark_of_french_stands_alone_at_the_edge_of_a_line(open_page: Any) -> None:
    said = (
        "Il a dit « non » ; puis : « jamais ! » pour 12 500 000 euros, soit 30 % de la somme… vraiment ? Oui"
    )
    document = Document("dit.txt", said + " encore.")
    who = Node("e0", "Il", "Person", "Il")
    proof = (Evidence("dit.txt", 0, len(said), said),)
    page = picture(
        [Statement(who, "says", "a dit", "dire", evidence=proof)], [Entity("e0", "Il", "Person")], [document]
    )
    tab = open_page(page, "#n=e0")
    assert tab.text_content("#fiche mark") == said  # as it was read, space by space
    ends = """mark => { const all = mark.textContent, edges = []; let last = null, at = 0;
     const walk = document.createTreeWalker(mark, NodeFilter.SHOW_TEXT), range = document.createRange();
     for (let node; (node = walk.nextNode()); at += node.length) for (let k = 0; k < node.length; k++) {
      if (/\\s/.test(node.data[k])) continue;
      range.setStart(node, k); range.setEnd(node, k + 1); const y = Math.round(range.getBoundingClientRect().y);
      if (last !== null && Math.abs(y - last) > 8) edges.push(all.slice(0, at + k).trimEnd().slice(-1) + "|" + all.slice(at + k, at + k + 3)); last = y; }
     return edges; }"""
    met: set[str] = set()
    for wide in range(60, 420, 6):
        tab.evaluate(
            "wide => { document.querySelector('#fiche mark').parentElement.style.width = wide + 'px'; }", wide
        )
        met |= set(tab.eval_on_selector("#fiche mark", ends))
    assert len(met) > 12
    assert not [edge for edge in met if re.match(r"«\||.\|[»;:!?%]|\d\|\d{3}", edge)], met


TEXTS = """(() => { const draw = CanvasRenderingContext2D.prototype.fillText; window.__texts = new Map();
 CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...more) {
  const size = +/([\\d.]+)px/.exec(this.font)[1], wide = this.measureText(text).width / 2, top = this.textBaseline === 'middle' ? y - size / 2 : y;
  window.__texts.set([text, Math.round(x), Math.round(y)].join(), [text, x - wide, top + size * 0.12, x + wide, top + size * 0.88]);
  return draw.call(this, text, x, y, ...more); }; })()"""


@pytest.mark.parametrize("of", ["seeds", "two articles", "120 names"])
def test_names_and_words_do_not_cover_each_other(
    of: str, demo: Any, built: Path, crowded: Any, open_page: Any
) -> None:
    page = {"seeds": built / "graph.html", "two articles": demo, "120 names": crowded}[of]
    tab = open_page(page, init=TEXTS)
    for width, height in ((1280, 800), (1920, 1080), (390, 800)):
        tab.set_viewport_size({"width": width, "height": height})
        tab.kg.until(
            "(([box, drawn]) => drawn.width === box.clientWidth && drawn.height === box.clientHeight)"
            "(['#canvas', '#canvas canvas'].map(each => document.querySelector(each)))"
        )
        tab.click("#fit")
        frames(tab)
        tab.evaluate("window.__texts.clear()")
        tab.click("#fit")
        frames(tab)
        texts = tab.evaluate("[...window.__texts.values()]")
        assert len(texts) > 15
        over = [
            (a[0], b[0])
            for k, a in enumerate(texts)
            for b in texts[k + 1 :]
            if a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]
        ]
        assert over == [], width


def test_15_no_word_of_the_other_language_is_left(demo: Any, revisit: Any) -> None:
    data, tab = data_of(demo), revisit(demo, "#n=claire-le-goff&l=en")
    own = " ".join(
        tab.eval_on_selector_all(
            "header, #side h2, #tabs, #time, #foot, #fiche h3", "all => all.map(e => e.innerText)"
        )
    )

    french = {
        each
        for each in flat({k: v for k, v in data["strings"]["fr"].items() if k != "keys"})
        if len(each) > 6
    }
    english = set(flat(data["strings"]["en"]))
    assert [each for each in sorted(french - english) if each in own] == []
    for table in ("roles", "modality", "types", "status"):
        assert data["strings"]["fr"][table].keys() == data["strings"]["en"][table].keys()


def told(
    names: list[str], *, verb: str = "voit", hub: str = "Anne"
) -> tuple[list[Statement], list[Entity], list[Document]]:
    """Anne sees each of these."""
    text = "".join(f"{hub} {verb} {name}.\n" for name in names)
    document = Document("vu.txt", text)
    entities = [Entity(f"e{n}", name, "Person", (), True) for n, name in enumerate([hub, *names])]
    nodes = [Node(each.id, each.label, each.type, each.label) for each in entities]
    statements, at = [], 0
    for node in nodes[1:]:
        quoted = f"{hub} {verb} {node.label}."
        proof = (Evidence(document.name, at, at + len(quoted), quoted),)
        statements.append(Statement(nodes[0], "sees", verb, "voir", node, evidence=proof))
        at += len(quoted) + 1
    return statements, entities, [document]


LONG = ("Confédération internationale des associations " * 12)[:500].strip()


NAMES = [LONG, "x" * 200, "فيروز الرحباني", "שלמה ארצי", "😀 Zoé 🎬", "Ø", "a\u0301e\u0301"]


@pytest.fixture(scope="module")
def uncommon() -> Any:
    """The page on which all of these names stand."""
    return picture(*told(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_an_uncommon_name_is_whole_in_its_card_and_fits_the_page(
    uncommon: Any, revisit: Any, name: str
) -> None:
    tab = revisit(uncommon, f"#n=e{NAMES.index(name) + 1}")
    assert tab.text_content("#cardtitle") == name
    mark = tab.locator("#fiche mark").first
    assert mark.text_content() == f"Anne voit {name}."
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert tab.evaluate("(p => p.scrollWidth <= p.clientWidth)(document.querySelector('#fiche'))")
    assert tab.locator("#list button[aria-current]").bounding_box()["height"] < 60
    tab.click("#tab-article")
    assert name in tab.text_content("#article .text")
    assert tab.kg.errors == []


def test_a_graph_of_nothing_says_so(open_page: Any) -> None:
    tab = open_page(picture((), (), ()))
    assert "Rien à dessiner" in tab.inner_text("#crumbs")
    assert "Rien à dessiner" in tab.inner_text("#fiche")
    for name in ("article", "table", "fiche"):
        tab.click(f"#tab-{name}")
    tab.fill("#search", "x")
    tab.keyboard.press("Escape")
    tab.keyboard.press("f")
    assert not tab.is_visible("#time")
    assert tab.kg.errors == []


def test_a_graph_of_one_statement_is_small_and_in_the_middle(open_page: Any, place: Any) -> None:
    who = Node("e0", "Anne", "Person", "Anne")
    article = Document("dort.txt", "Anne dort.")
    page = picture(
        [Statement(who, "sleeps", "dort", "dormir", evidence=(Evidence("dort.txt", 0, 9, "Anne dort"),))],
        [Entity("e0", "Anne", "Person", (), True)],
        [article],
    )
    tab = open_page(page)
    assert tab.inner_text("#counts") == "1 entité · 1 relation"
    box = tab.locator("#canvas").bounding_box()
    places = [place(tab, a["x"], a["y"]) for _, a in page.graph.nodes(data=True)]
    middle = sum(x for x, _ in places) / len(places)
    assert abs(middle - box["x"] - box["width"] / 2) < 60
    assert (
        max(a["size"] for _, a in page.graph.nodes(data=True))
        * float(tab.get_attribute("#canvas", "data-view").split()[2])
        < 40
    )
    assert not tab.is_visible("#time")  # an article without a date has no timeline
    assert tab.kg.errors == []


def test_three_hundred_relations_of_one_are_all_within_reach(open_page: Any) -> None:
    tab = open_page(picture(*told([f"Ami {n:03}" for n in range(300)])), "#n=e0")
    assert tab.inner_text("#fiche h3 >> nth=0") == "300 relations"
    shown = tab.locator("#fiche .st").count()
    assert shown == 60
    tab.click("#fiche button:has-text('Afficher la suite (240)')")
    assert tab.locator("#fiche .st").count() == 120
    following = tab.evaluate("document.activeElement.closest('.st').dataset.statement")
    assert following == tab.locator("#fiche .st").nth(60).get_attribute("data-statement")
    tab.keyboard.press("e")
    assert "150" not in tab.inner_text("#fiche h3 >> nth=0")
    assert "+ 151 voisins non affichés" in tab.inner_text("#crumbs")
    assert tab.kg.errors == []


def test_where_no_path_leads_the_page_says_so(open_page: Any) -> None:
    one, other = told(["Zoé"]), told(["Léa"], hub="Paul")
    people = [Entity(f"x{n}", each.label, "Person", (), True) for n, each in enumerate(other[1])]
    nodes = [Node(each.id, each.label, "Person", each.label) for each in people]
    apart = [Statement(nodes[0], "sees", "voit", "voir", nodes[1])]
    tab = open_page(picture([*one[0], *apart], [*one[1], *people], one[2]), "#p=e0~x1")
    assert title(tab) == "Anne → Léa"
    assert "Aucun chemin visible" in tab.inner_text("#fiche")
    assert tab.kg.errors == []


def test_a_very_large_graph_says_what_it_leaves_out(generated_page: Any, open_page: Any) -> None:
    tab = open_page(generated_page(6000))
    assert "6 000 entités" in tab.inner_text("#notice").replace("\u202f", " ")
    assert "kg serve" in tab.inner_text("#notice")
    assert "Vue d’ensemble" in tab.inner_text("#crumbs")
    assert tab.kg.errors == []


def test_a_class_has_its_colour_in_every_graph(open_page: Any) -> None:
    colour = "#f-types-Person ~ svg > *"
    one = open_page(picture(*told(["Zoé"])))
    two = open_page(picture(*told(["Zoé", "Léa"], hub="Compagnie")))
    assert one.get_attribute(colour, "fill") == two.get_attribute(colour, "fill") == "#0072B2"


def test_parallel_edges_do_not_lie_on_each_other(demo: Any) -> None:
    rows = data_of(demo)["edges"]
    pairs: dict[frozenset[int], list[Any]] = {}
    for source, target, _, bend, *_ in rows:
        pairs.setdefault(frozenset((source, target)), []).append((source, bend))
    several = [bends for bends in pairs.values() if len(bends) > 1]
    assert several
    for bends in several:
        assert len(set(bends)) == len(bends)
        assert all(bend for _, bend in bends)


def test_a_claim_names_its_speaker_on_the_line(demo: Any) -> None:
    # The words on the lines stand in the picture for print as well; there they can be read.
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", demo.svg())
    assert texts[texts.index("✗ a recruté") + 1] == "selon Claire Le Goff"
    assert texts[texts.index("compte remplacer") + 1] == "selon Union des marins"
    looks = data_of(demo)["style"]["looks"]
    assert all(looks[name]["dash"] for name in looks if name != "asserted")
