"""The page in a real browser. Numbers are those of the acceptance list that the design of the page gives."""

from __future__ import annotations

import csv
import io
import json
import re
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest


def data_of(page: Any) -> dict[str, Any]:
    """The tables that a page carries."""
    text = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.html, re.DOTALL)
    assert text is not None
    return dict(json.loads(text[1]))


def counts(tab: Any) -> list[int]:
    """Numbers of the line at the foot: entities, relations, claims…"""
    return [int(n) for n in re.findall(r"\d+", tab.inner_text("#counts"))]


def test_01_asks_for_nothing_but_itself(demo, open_page):
    assert not re.search(
        r"""(?:src|href)\s*=\s*["']?\s*(?:https?:)?//|url\(\s*["']?https?:|@import""", demo.html
    )
    tab = open_page(demo)
    assert [url for url in tab.kg.requests if not url.startswith("file:")] == []
    assert tab.kg.errors == []


def test_01_it_is_drawn_where_the_network_swallows_everything(demo, swallowed, tmp_path):
    tab, asked = swallowed
    tab.goto(demo.save(tmp_path / "page.html").as_uri())
    tab.wait_for_selector("html[data-ready]", state="attached")
    assert tab.evaluate(PIXELS) != 0
    assert asked == []


def test_03_the_policy_holds(demo, open_page):
    tab = open_page(demo)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', demo.html)
    assert policy is not None
    script = next(part for part in policy[1].split(";") if "script-src" in part)
    assert "unsafe" not in script
    assert script.count("'sha256-") == 2
    for tab_name in ("article", "table", "fiche"):
        tab.click(f"#tab-{tab_name}")
    assert tab.evaluate("window.__violations") == []
    tab.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.__pwn = 1'; document.body.append(s); }"
    )
    tab.kg.until("window.__violations.length > 0")
    assert tab.evaluate("window.__pwn") is None


def test_06_nothing_moves(demo, open_page, invented):
    first = open_page(demo).evaluate(PIXELS)
    tab = open_page(demo, reduced_motion="no-preference")
    assert tab.evaluate(PIXELS) == first
    tab.uncheck("#f-types-Person")
    tab.check("#f-types-Person")
    tab.wait_for_timeout(100)
    assert tab.evaluate(PIXELS) == first


PIXELS = """() => { const c = document.querySelector('#canvas canvas');
 const d = new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer);
 return d.reduce((h, pixel) => (Math.imul(h, 31) + pixel) >>> 0, 0); }"""


def test_07_every_edge_opens_its_sentence(demo, revisit, invented):
    data, tab = data_of(demo), revisit(demo)
    texts = {document.name: document.text for document in invented.DOCUMENTS}
    keys = sorted(demo.graph, key=lambda node: demo.graph.nodes[node]["rank"])
    for source, target, look, *_ in data["edges"]:
        tab.evaluate("hash => { location.hash = hash }", f"e={keys[source]}~{keys[target]}~{look}")
        tab.kg.until(
            "text => document.querySelector('#cardtitle').textContent === text",
            arg=f"{data['nodes'][source][1]} → {data['nodes'][target][1]}",
        )
        blocks = tab.locator("#fiche .st")
        assert blocks.count() >= 1
        marks = tab.eval_on_selector_all(
            "#fiche mark", "all => all.map(m => [+m.dataset.start, +m.dataset.end, m.textContent])"
        )
        assert marks or tab.locator("#fiche .st.inferred, #fiche .st.background").count() == blocks.count()
        for start, end, words in marks:
            assert words in {text[start:end] for text in texts.values()}


def test_07_a_click_on_a_mark_and_on_a_sentence(demo, revisit, spot, touch):
    tab = revisit(demo)
    touch(tab, *spot(tab, demo, "nordsee"))
    assert tab.inner_text("#cardtitle") == "Nordsee"
    tab.click("#fiche .st button:has-text('Voir dans l’article')")
    assert tab.get_attribute("#tab-article", "aria-selected") == "true"
    assert "Nordsee" in tab.inner_text("#article mark")
    tab.click("#article .sent:has-text('Elle emploie 580 personnes')")
    tab.click("#tab-fiche")
    assert "580 personnes" in tab.inner_text("#fiche mark")
    assert tab.kg.errors == []


def test_08_three_relations_between_two_are_all_there(demo, revisit):
    tab = revisit(demo, "#e=erwan-kerbrat~union-des-marins~0")
    found = tab.eval_on_selector_all("#fiche .rel", "all => all.map(e => e.textContent)")
    assert sorted(found) == ["dirige", "représente", "secrétaire de"]
    tab.click("#tab-table")
    table = tab.inner_text("#table")
    assert all(word in table for word in ("secrétaire de", "représente", "dirige"))


def test_09_a_claim_is_drawn_as_one_and_names_its_speaker(demo, revisit):
    data = data_of(demo)
    attributed = data["statuses"].index("attributed")
    assert data["style"]["looks"]["attributed"]["dash"]
    assert data["style"]["looks"]["asserted"]["dash"] == []
    claims = [row for row in data["statements"] if row[4] == attributed]
    tab = revisit(demo, "#s=statement-" + claims[0][0])
    assert "Selon" in tab.inner_text("#fiche .who")
    before = counts(tab)
    tab.uncheck("#f-statuses-attributed")
    after = counts(tab)
    assert before[1] - after[1] == len(claims)
    assert tab.locator("#fiche .st").count() == 0


def test_10_search(demo, revisit):
    tab = revisit(demo)
    for text, found in (
        ("prefet", "Yann Moreau"),
        ("union marins", "Union des marins"),
        ("udm", "Union des marins"),
        ("saint malo", "Saint-Malo"),
    ):
        tab.fill("#search", text)
        assert tab.locator("#hits li").first.inner_text().startswith(found)
    tab.fill("#search", "zzz")
    assert "Aucun résultat" in tab.inner_text("#say")
    tab.uncheck("#f-types-Person")
    tab.fill("#search", "kerbrat")
    assert "masqué par les filtres" in tab.inner_text("#say")
    tab.press("#search", "Enter")
    assert tab.inner_text("#cardtitle") == "Erwan Kerbrat"


def test_11_keyboard_from_the_start_to_a_sentence(demo, open_page):
    tab = open_page(demo)
    for key in ("Tab", "Enter", "Enter"):
        tab.keyboard.press(key)
    assert tab.locator("#fiche mark").count() > 0
    assert tab.evaluate("document.activeElement.id") == "cardtitle"
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.dataset.node") is not None
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "search"
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    reached = set()
    for _ in range(120):
        tab.keyboard.press("Tab")
        reached.add(
            tab.evaluate("document.activeElement.closest('#side, #panel, #time, header, #stage')?.id")
        )
    assert {"side", "panel", "time", "stage"} <= reached


def test_13_phone_and_large_text(demo, open_page):
    for size, ratio in (((390, 800), 1), ((640, 400), 2)):
        tab = open_page(
            demo,
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=ratio,
        )
        for name in ("fiche", "article", "table"):
            tab.click(f"#tab-{name}")
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert tab.evaluate("document.getAnimations().length") == 0


def test_14_the_address_holds_the_view(demo, open_page):
    tab = open_page(demo, "#n=claire-le-goff&f=s.attributed,t.Place", reduced_motion="no-preference")
    assert tab.inner_text("#cardtitle") == "Claire Le Goff"
    assert not tab.is_checked("#f-statuses-attributed")
    assert not tab.is_checked("#f-types-Place")
    tab.reload()
    tab.wait_for_selector("html[data-ready]", state="attached")
    assert tab.inner_text("#cardtitle") == "Claire Le Goff"
    tab.click("#list button:has-text('Nordsee')")
    assert "n=nordsee" in tab.url
    tab.go_back()
    tab.kg.until("document.querySelector('#cardtitle').textContent === 'Claire Le Goff'")


@pytest.mark.parametrize(
    "address",
    [
        "#n=constructor&f=t.__proto__,x.y,s.toString",
        "#n=<img src=x onerror=__pwn=1>&t=9999-99-99..1&v=ego9~x&l=de",
        "#%E0%A4%A",
        "#e=~~&q=article:1:2&p=~",
    ],
)
def test_14_a_hostile_address_changes_nothing(demo, open_page, revisit, address):
    tab = open_page(demo, address)
    assert tab.inner_text("#cardtitle") == "Les phrases derrière le graphe"
    assert counts(tab)[:2] == counts(revisit(demo))[:2]
    assert tab.kg.errors == []
    assert tab.evaluate("window.__pwn") is None


def test_15_french_and_english(demo, open_page, revisit):
    data, tab = data_of(demo), revisit(demo, "#n=claire-le-goff")

    def keys(words: Any, path: str = "") -> set[str]:
        return (
            {path}
            if isinstance(words, str)
            else {
                key
                for name in words
                for key in keys(words[name], f"{path}.{name}")
                if ".keys." not in f"{path}.{name}."
            }
        )

    assert keys(data["strings"]["fr"]) == keys(data["strings"]["en"])
    used = set(re.findall(r"""\bt\("([\w.]+)\"""", demo.html)) | set(
        re.findall(r'data-(?:t|al|ph)="(\w+)"', demo.html)
    )
    assert {key.rstrip(".").split(".")[0] for key in used} <= set(data["strings"]["fr"])
    assert tab.get_attribute("html", "lang") == "fr"
    tab.click("#en")
    assert tab.get_attribute("html", "lang") == "en"
    for part in ("#fiche blockquote", "#cardtitle", "#fiche .say button", "#fiche .rel", "#list .name"):
        assert tab.locator(part).first.get_attribute("lang") == "fr"
    assert "According to" in open_page(demo, "#n=claire-le-goff&l=en").inner_text("#fiche")
    for count, french, english in (
        (0, "0 résultat", "0 results"),
        (1, "1 résultat", "1 result"),
        (2, "2 résultats", "2 results"),
    ):
        rules = {
            language: tab.evaluate("([l, n]) => new Intl.PluralRules(l).select(n)", [language, count])
            for language in ("fr", "en")
        }
        assert data["strings"]["fr"]["results"][rules["fr"]].replace("{n}", str(count)) == french
        assert data["strings"]["en"]["results"][rules["en"]].replace("{n}", str(count)) == english


def download(tab: Any, button: str) -> bytes:
    """What a button of the export menu gives."""
    if not tab.evaluate("document.querySelector('#export').open"):
        tab.click("#export summary")
    with tab.expect_download() as waiting:
        tab.click(button)
    return Path(waiting.value.path()).read_bytes()


# Size of a picture, the part of it that is not of its ground, and how many colours it has.
DECODED = """async data => { const i = new Image(); i.src = 'data:image/png;base64,' + data; await i.decode();
 const c = document.createElement('canvas'); c.width = i.width; c.height = i.height; const x = c.getContext('2d'); x.drawImage(i, 0, 0);
 const d = new Uint32Array(x.getImageData(0, 0, i.width, i.height).data.buffer), seen = new Map();
 for (let k = 0; k < d.length; k += 7) seen.set(d[k], (seen.get(d[k]) || 0) + 1);
 const ground = Math.max(...seen.values()) / Math.ceil(d.length / 7); return [i.width, i.height, 1 - ground, [...seen.values()].filter(n => n > 20).length]; }"""


def test_16_exports(demo, revisit):
    tab = revisit(demo)
    image = download(tab, "#png3")
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high, inked, colours = tab.evaluate(DECODED, b64encode(image).decode())
    assert wide >= 3000
    assert high >= 1500
    assert inked > 0.02  # not blank
    assert colours > 12
    given = json.loads(download(tab, "#json"))
    assert len(given["statements"]) == counts(tab)[1]
    assert json.loads(json.dumps(given)) == given
    rows = list(csv.DictReader(io.StringIO(download(tab, "#csv").decode("utf-8-sig"))))
    assert {row["statement"] for row in rows} == {s["id"] for s in given["statements"]}
    tab.uncheck("#f-types-Organization")
    assert len(json.loads(download(tab, "#json"))["statements"]) < len(given["statements"])
    assert tab.kg.errors == []


def test_16_turtle_of_the_visible_part(demo, revisit, invented):
    pyoxigraph = pytest.importorskip("pyoxigraph")
    tab = revisit(demo)
    turtle = download(tab, "#ttl")
    triples = list(pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE))
    quotes = {t.object.value for t in triples if t.predicate.value.endswith("anchorOf")}
    assert quotes == {e.quote for s in invented.STATEMENTS for e in s.evidence}
    plain = {
        t.predicate.value.rsplit("#")[-1]
        for t in triples
        if t.predicate.value.startswith("https://w3id.org/newsgraph/ontology#")
    }
    assert "employs" in plain
    assert "replaces" not in plain  # only claimed


def test_17_timeline(demo, revisit):
    tab = revisit(demo)
    box = tab.locator("#time svg").bounding_box()
    bars = tab.locator("#time svg rect.bar").count()
    assert bars >= 3
    before = counts(tab)[1]
    # July is the second of the months from June to September.
    tab.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 20)
    tab.mouse.down()
    tab.mouse.move(box["x"] + box["width"] * 0.45, box["y"] + 20)
    tab.mouse.up()
    brushed = counts(tab)[1]
    assert brushed < before
    assert "t=2023-07-01..2023-07-31" in tab.url
    table = revisit(demo, "#t=2023-07-01..2023-07-31&f=u.0")
    table.click("#tab-table")
    assert "cessé" in table.inner_text("#table")
    assert "reliera" not in table.inner_text("#table")
    keys = revisit(demo)
    keys.focus("#time-from")
    keys.keyboard.press("ArrowRight")
    keys.focus("#time-to")
    keys.keyboard.press("ArrowLeft")
    keys.focus("#time-to")
    keys.keyboard.press("ArrowLeft")
    assert counts(keys)[1] == brushed


def test_18_notebook_frames(demo, browser, tmp_path):
    shown = demo._repr_mimebundle_()
    assert set(shown) == {"text/html", "image/svg+xml", "text/plain"}
    path = tmp_path / "notebook.html"
    path.write_text("<!doctype html><title>n</title>" + shown["text/html"] * 2, encoding="utf-8")
    context = browser.new_context(offline=True)
    tab = context.new_page()
    tab.goto(path.as_uri())
    frames = tab.frames[1:]
    assert len(frames) == 2
    for frame in frames:
        frame.wait_for_selector("html[data-ready]", state="attached")
        assert (
            frame.evaluate(
                "(() => { try { return parent.document ? 'in' : 'out' } catch (e) { return e.name } })()"
            )
            == "SecurityError"
        )
    frames[0].click("#list button")
    assert frames[0].locator("#fiche mark").count() > 0
    assert frames[1].locator("#cardtitle").inner_text() == "Les phrases derrière le graphe"
    context.close()


OLD = """for (const [owner, names] of [[window, ['DecompressionStream', 'structuredClone']], [Object, ['hasOwn', 'groupBy']],
  [Array.prototype, ['at', 'findLast', 'toSorted', 'toReversed', 'with']], [String.prototype, ['at', 'isWellFormed']],
  [HTMLDialogElement.prototype, ['showModal', 'show', 'close']]]) for (const name of names) delete owner[name];"""


def test_a_browser_of_2021_draws_it_too(demo, open_page):
    tab = open_page(demo, "#n=moby", init=OLD)
    assert tab.inner_text("#cardtitle") == "Moby"
    assert tab.evaluate(PIXELS) != 0
    tab.keyboard.press("?")
    assert tab.is_visible("#helpbox")
    assert tab.evaluate("document.activeElement.id") == "closehelp"
    tab.keyboard.press("Escape")
    assert not tab.is_visible("#helpbox")
    assert tab.kg.errors == []


def test_where_the_engine_cannot_run_the_table_stands(demo, open_page):
    tab = open_page(demo, init="window.atob = undefined", ready=False)
    tab.wait_for_selector("body.plain")
    assert "trop ancien" in tab.inner_text("#notice")
    assert tab.locator("#printout tbody tr").count() == len(data_of(demo)["statements"])


def test_21_without_scripts(demo, open_page):
    tab = open_page(demo, scripts=False)
    text = tab.inner_text("body > noscript")
    assert "n’a pas recruté d’intérimaires" in text
    assert tab.locator("body > noscript tbody tr").count() == len(data_of(demo)["statements"])
    assert not tab.is_visible("#main")


def test_15_21_a_quotation_says_its_language_where_it_is_another(open_page, invented):
    from kg.view.page import picture

    given = (invented.STATEMENTS, invented.ENTITIES, invented.DOCUMENTS)
    for language, marks in (("fr", None), ("en", "fr")):
        tab = open_page(picture(*given, language=language), scripts=False)
        assert all(tab.locator("body > noscript q").all_text_contents())  # no marks around nothing
        assert tab.locator("body > noscript q").first.get_attribute("lang") == marks
        assert tab.get_attribute("html", "lang") == language


def test_21_the_table_without_scripts_says_what_the_page_says(demo, open_page):
    rows = "all => all.map(tr => [...tr.cells].slice(0, 5).map(td => td.textContent.trim()))"
    plain = open_page(demo, scripts=False)
    told = [
        [cell.inner_text().strip() for cell in row.locator("td").all()[:5]]
        for row in plain.locator("body > noscript tbody tr").all()
    ]
    tab = open_page(demo)
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert tab.eval_on_selector_all("#printout tbody tr", rows) == told
    assert [
        "Compagnie des Ferries",
        "✗ a recruté",
        "intérimaires",
        "dit par quelqu’un, nié",
        "Claire Le Goff",
    ] in told
    assert ["Bretagne", "pourrait verser", "aide de la région", "possible", ""] in told


def test_22_at_rest_nothing_is_drawn(demo, open_page):
    tab = open_page(demo, reduced_motion="no-preference")
    tab.wait_for_timeout(300)
    drawn = tab.evaluate(
        """() => new Promise(done => { let n = 0; const old = CanvasRenderingContext2D.prototype.fillRect, next = window.requestAnimationFrame;
        CanvasRenderingContext2D.prototype.fillRect = function (...a) { n++; return old.apply(this, a); };
        window.requestAnimationFrame = f => { n++; return next(f); };
        const later = window.setTimeout;
        for (const name of ['setInterval', 'setTimeout']) { const real = window[name]; window[name] = (...a) => { n++; return real(...a); }; }
        n = 0; later(() => done(n), 1200); })"""
    )
    assert drawn == 0


def test_path_between_two(demo, revisit):
    tab = revisit(demo, "#p=moby~claire-le-goff")
    assert tab.locator("#fiche h4").count() == 3
    assert tab.locator("#fiche .st").count() == 3
    tab.goto(tab.url.split("#")[0] + "#n=moby")
    tab.kg.until("document.querySelector('#cardtitle').textContent === 'Moby'")
    tab.click("#fiche button:has-text('Chemin vers')")
    tab.keyboard.type("le goff")
    tab.keyboard.press("Enter")
    assert tab.inner_text("#cardtitle") == "Moby → Claire Le Goff"


def test_a_path_through_a_large_graph_stands_alone(revisit, generated_page, place, touch):
    page = generated_page(1000)
    tab = revisit(page, "#p=entite-990~entite-985")
    steps = [title.split(". ", 1)[1].split(" – ") for title in tab.locator("#fiche h4").all_inner_texts()]
    assert len(steps) > 2
    walked = [steps[0][0], *(there for _, there in steps)]
    assert walked == [
        "Entité 990",
        *(here for here, _ in steps[1:]),
        "Entité 985",
    ]  # in the order of the walk
    assert "Plus court chemin" in tab.inner_text("#crumbs")
    (second,) = set(steps[0]) & set(steps[1])
    touch(tab, *place(tab, 240, 110))
    assert tab.inner_text("#cardtitle") == second
    tab.click("#crumbs button:has-text('Vue d’ensemble')")
    assert "Vue d’ensemble · 1 000 entités" in re.sub(r"\s", " ", tab.inner_text("#crumbs"))
    assert tab.kg.errors == []


def test_articles_that_disagree_stand_side_by_side(demo, revisit):
    tab = revisit(demo, "#n=compagnie-des-ferries")
    pair = tab.locator("#fiche .pair", has_text="640 personnes")
    assert "580 personnes" in pair.inner_text()


def test_surroundings_and_keys(demo, revisit):
    tab = revisit(demo, "#n=moby")
    tab.keyboard.press("e")
    assert "Voisinage\u00a0: Moby" in tab.inner_text("#crumbs")
    tab.keyboard.press("n")
    assert tab.locator("#fiche .st").count() == 1
    tab.keyboard.press("?")
    assert tab.is_visible("#helpbox")
    tab.keyboard.press("Escape")
    assert not tab.is_visible("#helpbox")
    assert tab.kg.errors == []


def test_a_large_graph_opens_on_its_communities(revisit, generated_page, place, touch):
    tab = revisit(generated_page(1000))
    assert "Vue d’ensemble" in tab.inner_text("#crumbs")
    tab.fill("#search", "entité 17")
    tab.press("#search", "Enter")
    assert "Voisinage\u00a0: Entité 17" in tab.inner_text("#crumbs")
    # its neighbours, wherever they stand in the whole, are brought near
    page, here = generated_page(1000), "entite-17"
    beside = [*page.graph.successors(here), *page.graph.predecessors(here), here]
    wide = max(page.graph.nodes[n]["x"] for n in beside) - min(page.graph.nodes[n]["x"] for n in beside)
    box = tab.locator("#canvas").bounding_box()
    scale = float(tab.get_attribute("#canvas", "data-view").split()[2])
    assert scale > 1.3 * min(box["width"] / wide, 0.5)
    tab.click("#crumbs button:has-text('Vue d’ensemble')")
    _, x, y, *_ = data_of(generated_page(1000))["groups"][0]
    touch(tab, *place(tab, x, y))
    assert "v=group0" in tab.url
    tab.click("#crumbs button:has-text('Vue d’ensemble')")
    tab.click("#crumbs button:has-text('Tout montrer')")
    assert "v=all" in tab.url
    assert tab.kg.errors == []


def test_shift_and_click_ask_for_the_path(demo, revisit, spot, touch):
    tab = revisit(demo)
    touch(tab, *spot(tab, demo, "moby"))
    touch(tab, *spot(tab, demo, "nordsee"), shift=True)
    assert tab.inner_text("#cardtitle") == "Moby → Nordsee"
    assert tab.locator("#fiche .st mark").count() == 1


def test_on_paper_there_is_the_table(demo, open_page):
    tab = open_page(demo, fresh=True)
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    assert not tab.is_visible("#main")
    assert tab.locator("#printout tbody tr").count() == len(data_of(demo)["statements"])
    assert "n’a pas recruté" in tab.inner_text("#printout")


def test_what_no_article_says_is_marked(demo, revisit):
    tab = revisit(demo, "#n=saint-malo")
    assert "connu par ailleurs" in tab.inner_text("#fiche .st.background")
    assert "Connaissance extérieure" in tab.inner_text("#fiche .st.background")
    tab.evaluate("location.hash = 'n=union-des-marins'")
    tab.wait_for_selector("#fiche .st.inferred")
    reasons = " ".join(tab.inner_text("#fiche .st.inferred").split())
    assert "Déduit" in reasons
    assert "Un syndicat qui réclame s’oppose à l’employeur" in reasons
    assert "L’Union des marins réclame une hausse des salaires" in reasons  # the sentence of its premise
    assert "Union des marins représente marins de la Compagnie des Ferries connu par ailleurs" in reasons
    tab.click("#fiche .premises button:has-text('réclame')")
    assert tab.inner_text("#cardtitle") == "Union des marins réclame hausse des salaires"
    tab.evaluate("location.hash = 'n=nordsee'")
    tab.wait_for_selector("#fiche .st.inferred")
    assert tab.locator("#fiche .st.inferred .premises li").count() == 2
    data = data_of(demo)
    assert data["style"]["looks"]["inferred"]["dash"][0] < 3  # dots


def test_without_the_text_the_page_says_so(open_page, invented):
    from kg.view.page import picture

    tab = open_page(
        picture(invented.STATEMENTS, invented.ENTITIES, invented.DOCUMENTS, embed_text="none"), "#n=moby"
    )
    assert "Le texte n’est pas joint" in tab.inner_text("#fiche")
    tab.click("#tab-article")
    assert "ne contient pas le texte" in tab.inner_text("#article")
    assert tab.kg.errors == []


def test_a_dragged_node_stays_where_it_was_put(demo, open_page, spot, touch):
    tab = open_page(demo, reduced_motion="no-preference")
    x, y = spot(tab, demo, "moby")
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.mouse.move(x - 40, y + 30, steps=4)
    tab.mouse.up()
    tab.wait_for_timeout(200)
    touch(tab, x - 40, y + 30)
    assert tab.inner_text("#cardtitle") == "Moby"
