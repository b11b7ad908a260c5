"""What every page keeps, that of seeds/ and those of 300 and 3,000 nodes. Numbers are those of the acceptance list."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from kg.view.names import fold

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
COUNT = re.compile(r"\d[\d\u202f]*")
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
PIXELS = """() => { const c = document.querySelector('#canvas canvas');
 const d = new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer);
 return d.reduce((h, pixel) => (Math.imul(h, 31) + pixel) >>> 0, 0); }"""
SIZE = """async data => { const i = new Image(); i.src = 'data:image/png;base64,' + data; await i.decode();
 const c = document.createElement('canvas'); c.width = i.width; c.height = i.height; const x = c.getContext('2d'); x.drawImage(i, 0, 0);
 const d = new Uint32Array(x.getImageData(0, 0, i.width, i.height).data.buffer), seen = new Set();
 for (let k = 0; k < d.length; k += 7) seen.add(d[k]);
 return [i.width, seen.size]; }"""
STATEMENTS = "all => all.map(e => e.dataset.statement)"


class Shown:
    """A page of one of the sizes: its file, its bytes, the tables in it, the texts it was read from."""

    def __init__(self, name: str, file: Path, texts: dict[str, str]) -> None:
        self.name, self.file, self.texts = name, file, texts
        self.html = file.read_text("utf-8")
        found = re.search(r'id="data">(.*?)</script>', self.html, re.DOTALL)
        assert found is not None
        self.data: dict[str, Any] = json.loads(found[1])

    def node(self, number: int) -> str:
        """The id of a node, as addresses have it."""
        key, label, *_ = self.data["nodes"][number]
        return str(key or fold(label).replace(" ", "-"))

    def with_status(self, status: str) -> list[Any]:
        """The statements of a status."""
        return [row for row in self.data["statements"] if self.data["statuses"][row[4]] == status]


@pytest.fixture(scope="module", params=["seeds", 300, 3000])
def page(
    request: pytest.FixtureRequest, built: Path, generated_page: Any, tmp_path_factory: Any, invented: Any
) -> Shown:
    """The page of seeds/ as `kg build` writes it, and generated ones."""
    if request.param == "seeds":
        source = Path(__file__).parents[2] / "seeds" / "netflix-ia.txt"
        return Shown("seeds", built / "graph.html", {source.name: source.read_text("utf-8")})
    file = generated_page(request.param).save(tmp_path_factory.mktemp("page") / f"{request.param}.html")
    (document,) = invented.generated(request.param)[2]
    return Shown(str(request.param), file, {document.name: document.text})


def counts(tab: Any) -> list[int]:
    """Numbers of the line at the foot."""
    return [int(each.replace("\u202f", "")) for each in COUNT.findall(tab.inner_text("#counts"))]


def go(tab: Any, address: str) -> None:
    """To another address of the page that is open, as a link in it would."""
    tab.evaluate("address => { location.hash = address }", address)
    tab.kg.until("address => location.hash.slice(1) === address || location.hash === ''", arg=address)
    tab.evaluate(DRAWN)


def test_01_03_it_asks_for_nothing_and_runs_nothing_else(page: Shown, swallowed: Any) -> None:
    assert not re.search(
        r"""(?:src|href)\s*=\s*["']?\s*(?:https?:)?//|url\(\s*["']?https?:|@import""", page.html
    )
    tab, asked = swallowed
    tab.add_init_script(
        "window.__violations = []; document.addEventListener('securitypolicyviolation', e => window.__violations.push(e.violatedDirective))"
    )
    tab.goto(page.file.as_uri())
    tab.wait_for_selector("html[data-ready]", state="attached")
    assert tab.evaluate(PIXELS) != 0
    for name in ("article", "table", "fiche"):
        tab.click(f"#tab-{name}")
    assert tab.evaluate("window.__violations") == []
    tab.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.__pwn = 1'; document.body.append(s); }"
    )
    tab.wait_for_timeout(50)
    assert tab.evaluate("[window.__pwn, window.__violations.length]") == [None, 1]
    assert asked == []


def test_06_22_it_stands_still(page: Shown, open_page: Any) -> None:
    first, again = open_page(page.file), open_page(page.file, reduced_motion="no-preference")
    for tab in (first, again):
        tab.evaluate(DRAWN)
    before = first.evaluate(PIXELS)
    assert again.evaluate(PIXELS) == before
    kind = first.locator("input[data-kind=types]").first.get_attribute("id")
    first.uncheck(f"[id='{kind}']")
    first.evaluate(DRAWN)
    assert first.evaluate(PIXELS) != before
    first.check(f"[id='{kind}']")
    first.evaluate(DRAWN)
    assert first.evaluate(PIXELS) == before
    again.wait_for_timeout(300)
    done = """() => new Promise(done => { let n = 0; const next = window.requestAnimationFrame, later = window.setTimeout;
     window.requestAnimationFrame = f => { n++; return next(f); }; for (const name of ['setInterval', 'setTimeout']) { const real = window[name]; window[name] = (...a) => { n++; return real(...a); }; }
     later(() => done(n), 1000); })"""
    assert again.evaluate(done) == 0  # nothing is drawn and nothing is waited for


def test_07_each_line_opens_a_sentence_that_stands_in_its_article(page: Shown, revisit: Any) -> None:
    tab = revisit(page.file)
    edges = page.data["edges"]
    for source, target, look, *_ in edges[:: max(len(edges) // 16, 1)]:
        names = [page.data["nodes"][each][1] for each in (source, target)]
        go(tab, f"e={page.node(source)}~{page.node(target)}~{look}")
        assert tab.inner_text("#cardtitle") == " → ".join(names)
        blocks = tab.locator("#fiche .st").count()
        marks = tab.eval_on_selector_all(
            "#fiche mark", "all => all.map(m => [+m.dataset.start, +m.dataset.end, m.textContent])"
        )
        assert (
            len(marks) >= blocks
            or tab.locator("#fiche .st.inferred, #fiche .st.background").count() == blocks
        )
        for start, end, words in marks:
            assert words in {text[start:end] for text in page.texts.values()}
    assert tab.kg.errors == []


def test_09_a_claim_names_its_speaker_and_goes_with_its_box(page: Shown, revisit: Any) -> None:
    claims = page.with_status("attributed")
    tab = revisit(page.file, "#s=statement-" + claims[0][0])
    speaker = claims[0][7]["a"][0][0]
    label = page.data["nodes"][speaker][1] if isinstance(speaker, int) else speaker[0]
    assert label in tab.inner_text("#fiche .who")
    assert page.data["style"]["looks"]["attributed"]["dash"]
    before, told = counts(tab), tab.inner_text("label:has(#f-statuses-attributed) .count")
    assert int(told.replace("\u202f", "")) == len(claims) == before[2]
    tab.uncheck("#f-statuses-attributed")
    assert tab.locator("#fiche .st").count() == 0
    # with the claims go statements all of whose ends are gone: never fewer than the box says
    assert before[1] - counts(tab)[1] == len(claims)
    tab.click("#reset")
    assert counts(tab) == before


def test_10_search_folds_finds_aliases_and_tells_of_what_is_hidden(page: Shown, revisit: Any) -> None:
    tab = revisit(page.file)
    cases = (
        (
            ("sag aftra", "SAG-AFTRA"),
            ("GREVES hollywood", "deux grèves à Hollywood"),
            ("serie espagnole", "série de téléréalité espagnole"),
        )
        if page.name == "seeds"
        else (("entite 17", "Entité 17"), ("ENTITÉ 299", "Entité 299"))
    )
    for text, found in cases:
        tab.fill("#search", text)
        assert tab.locator("#hits li").first.inner_text().startswith(found)
        assert "résultat" in tab.inner_text("#say")
    for row in page.data["nodes"]:
        for alias in row[7].get("a", ()) if len(row) > 7 else ():
            tab.fill("#search", alias)
            assert [each for each in tab.locator("#hits li").all_inner_texts()[:2] if each.startswith(row[1])]
    tab.fill("#search", "zzzz")
    assert "Aucun résultat" in tab.inner_text("#say")
    tab.click("#none-types")
    tab.fill("#search", cases[0][0])
    assert "masqué" in tab.inner_text("#say")


def test_11_the_keyboard_leads_to_a_sentence_in_three_keys(page: Shown, open_page: Any) -> None:
    tab = open_page(page.file)
    for key in ("Tab", "Enter", "Enter"):
        tab.keyboard.press(key)
    assert tab.locator("#fiche mark").count() > 0
    assert tab.evaluate("document.activeElement.id") == "cardtitle"
    tab.keyboard.press("n")
    assert tab.locator("#fiche .st").count() >= 1
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement !== document.body")


def test_11_axe_finds_nothing_serious(page: Shown, revisit: Any) -> None:
    tab = revisit(page.file)
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.evaluate(
        """async () => (await axe.run(document, {iframes: false, resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})).violations
        .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => [v.id, v.nodes.map(n => n.target.join(' ')).slice(0, 3)])"""
    )
    assert found == []


def test_13_a_phone_and_twice_the_size(page: Shown, open_page: Any, revisit: Any) -> None:
    narrow = revisit(page.file)
    narrow.set_viewport_size({"width": 390, "height": 800})
    twice = open_page(page.file, viewport={"width": 640, "height": 400}, device_scale_factor=2)
    for tab in (narrow, twice):
        for name in ("table", "article", "fiche"):
            tab.click(f"#tab-{name}")
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
            tab.locator(f"#{name}").scroll_into_view_if_needed()
            assert tab.locator(f"#{name}").bounding_box()["height"] > 60  # it can be reached and read
        assert tab.evaluate("document.getAnimations().length") == 0


def test_14_the_address_brings_choice_and_filters_back_and_back_undoes(
    page: Shown, open_page: Any, revisit: Any
) -> None:
    first, second = page.node(0), page.node(1)
    labels = [page.data["nodes"][each][1] for each in (0, 1)]
    tab = open_page(page.file, f"#n={first}&f=s.attributed")
    for again in (False, True):
        if again:
            tab.reload()
            tab.wait_for_selector("html[data-ready]", state="attached")
        assert tab.inner_text("#cardtitle") == labels[0]
        assert not tab.is_checked("#f-statuses-attributed")
    tab.fill("#search", labels[1])
    tab.press("#search", "Enter")
    assert f"n={second}" in tab.url
    tab.go_back()
    tab.kg.until("label => document.querySelector('#cardtitle').textContent === label", arg=labels[0])
    plain = counts(revisit(page.file))
    hostile = revisit(page.file, "#n=constructor&e=~~&p=<b>~<i>&f=t.__proto__,g.x&t=1..2&v=group99999&l=xx")
    assert counts(hostile) == plain
    assert hostile.inner_text("#cardtitle") == "Les phrases derrière le graphe"
    assert hostile.kg.errors == []


def test_15_in_english_no_word_of_ours_is_french(page: Shown, revisit: Any) -> None:
    tab = revisit(page.file, f"#n={page.node(0)}")
    tab.click("#en")
    assert tab.get_attribute("html", "lang") == "en"
    if page.texts:
        assert tab.get_attribute("#fiche blockquote", "lang") == "fr"
    french = page.data["strings"]["fr"]
    ours = {word for table in ("types", "status") for word in french[table].values()}
    ours |= {
        french[key]
        for key in ("filters", "reset", "typesTitle", "relationsTitle", "seeInArticle", "overview", "hint")
    }
    english = json.dumps(page.data["strings"]["en"], ensure_ascii=False)
    seen = tab.inner_text("body")
    assert [word for word in sorted(ours) if word in seen and f'"{word}"' not in english] == []


def test_16_what_is_seen_can_be_taken_along(page: Shown, revisit: Any) -> None:
    tab = revisit(page.file)

    def taken(button: str) -> bytes:
        if not tab.evaluate("document.querySelector('#export').open"):
            tab.click("#export summary")
        with tab.expect_download() as waiting:
            tab.click(button)
        return Path(waiting.value.path()).read_bytes()

    wide, colours = tab.evaluate(SIZE, b64encode(taken("#png3")).decode())
    assert wide >= 3000
    assert colours > 20
    given = json.loads(taken("#json"))
    assert len(given["statements"]) == counts(tab)[1] == len(page.data["statements"])
    for statement in given["statements"]:
        for proof in statement["evidence"]:
            assert page.texts[proof["document"]][proof["start"] : proof["end"]] == proof["quote"]
    assert tab.kg.errors == []


def test_21_without_scripts_there_is_the_table(page: Shown, open_page: Any) -> None:
    tab = open_page(page.file, scripts=False)
    rows = tab.locator("body > noscript tbody tr").count()
    limit = 100 if len(page.data["nodes"]) > 800 else 400
    assert rows == min(len(page.data["statements"]), limit)
    quote = tab.locator("body > noscript q").first.inner_text().strip("«»\u00a0 ")
    assert any(quote in " ".join(text.split()) for text in page.texts.values())
    assert not tab.is_visible("#main")
    if rows < len(page.data["statements"]):
        assert "autres relations" in tab.inner_text("body > noscript")
