"""The SPARQL page in a real browser that can reach nothing but the server: what a person does, and what may not happen."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

READY = "html[data-ready]"
SECONDS = 20_000


class Visit:
    """A fresh profile on one server, and all that its pages asked for or complained of."""

    def __init__(self, browser: Any, url: str, **options: Any) -> None:
        self.url = url
        self.context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900}, **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(SECONDS)
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self.page.on(
            "request",
            lambda request: (
                None if request.url.startswith((url, "data:")) else self.outside.append(request.url)
            ),
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self.note(message))

    def note(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def open(self, path: str) -> Any:
        self.page.goto(self.url + path)
        return self.page

    def sparql(self, query: str = "") -> Any:
        self.open("/sparql-ui" + (f"#query={quote(query)}" if query else ""))
        self.page.wait_for_selector(READY)
        return self.page


@pytest.fixture
def visit(browser: Any, server: Any) -> Iterator[Visit]:
    """A visit during which nothing leaves the machine and no script fails."""
    visit = Visit(browser, server.url)
    yield visit
    stored = (
        visit.page.evaluate("JSON.stringify(localStorage)") if visit.page.url.startswith("http") else "{}"
    )
    visit.context.close()
    assert not visit.outside
    assert not visit.complaints
    assert json.loads(stored) == {}


def test_a_question_of_the_rail_loads_and_runs(visit):
    page = visit.sparql()
    page.click(".rail a >> nth=0")
    page.wait_for_selector(".yasr tbody tr")
    assert page.locator(".yasr tbody tr").count() == 6
    assert page.inner_text("#status").startswith("6 lignes")
    assert "PREFIX kg: <https://w3id.org/newsgraph/ontology#>" in page.evaluate(
        "document.querySelector('.CodeMirror').CodeMirror.getValue()"
    )
    assert page.locator(".CodeMirror-gutter-wrapper .parseErrorIcon").count() == 0
    page.wait_for_selector(".yasr td a.named")
    assert "SAG-AFTRA" in page.inner_text(".yasr tbody")


def test_a_parameter_is_a_field_and_its_value_no_part_of_the_query(visit):
    page = visit.sparql()
    page.click(".rail a >> nth=0")
    page.wait_for_selector(".yasr tbody tr")
    for value, rows in (("id:sag-aftra", 6), ('" } DROP ALL # <a>', 0)):
        page.fill(".parameters input", value)
        page.press(".parameters input", "Enter")
        shown = page.locator(".yasr tbody tr")
        for _ in range(100):
            if shown.count() == rows:
                break
            page.wait_for_timeout(50)
        assert shown.count() == rows
    assert page.locator(".error").count() == 0


def test_the_tabs_show_the_graph_the_evidence_and_the_raw_answer(visit):
    page = visit.sparql()
    page.click(".rail a >> nth=1")
    page.click(".select_graph")
    page.wait_for_selector(".drawing .node")
    assert page.locator(".drawing .node").count() == 12
    page.click(".rail a >> nth=0")
    page.click(".select_evidence")
    page.wait_for_selector(".yasr blockquote")
    assert "Netflix posséderait ce scan" in page.inner_text(".yasr .statements")
    page.click(".select_response")
    page.wait_for_selector(".yasr .CodeMirror")


def test_a_syntax_error_shows_its_line_and_a_sentence(visit):
    page = visit.sparql("SELECT ?x\nWHERE {\n  ?x ?y\n}")
    page.wait_for_selector(".error")
    shown = page.inner_text(".error")
    assert re.search(r"ligne \d+, colonne \d+", shown)
    assert "▲" in shown
    assert len(shown) > 60


def test_a_prefix_that_nobody_declared_is_added_with_one_click(visit):
    page = visit.sparql("SELECT * { ?s foaf:name ?o }")
    page.wait_for_selector(".error button")
    assert "foaf" in page.inner_text(".error button")
    page.click(".error button")
    page.wait_for_selector("#status >> text=Aucun résultat")
    text = page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert text.startswith("PREFIX foaf: <http://xmlns.com/foaf/0.1/>")
    assert page.locator(".error").count() == 0


def test_the_link_to_a_file_gives_what_the_table_shows(visit):
    page = visit.sparql()
    page.click(".rail a >> nth=0")
    page.wait_for_selector(".yasr tbody tr")
    page.click("text=Télécharger")
    with page.expect_download() as downloading:
        page.evaluate("document.querySelector('[data-format=csv]').setAttribute('download', 'rows.csv')")
        page.click("[data-format=csv]")
    rows = list(csv.reader(Path(downloading.value.path()).read_text("utf-8").splitlines()))
    assert rows[0] == ["statement", "who"]
    assert len(rows) - 1 == page.locator(".yasr tbody tr").count()


def test_a_share_link_shows_the_same_in_a_fresh_profile(visit, browser, server):
    page = visit.sparql()
    page.click(".rail a >> nth=0")
    page.wait_for_selector(".yasr tbody tr")
    link, table = page.url, page.locator(".yasr tbody tr").count()
    other = Visit(browser, server.url)
    other.page.goto(link)
    other.page.wait_for_selector(".yasr tbody tr")
    assert other.page.locator(".yasr tbody tr").count() == table
    other.context.close()
    assert not other.outside


def test_typing_asks_only_this_server(visit):
    page = visit.sparql("SELECT * WHERE {\n  ?s a kg:\n}")
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setCursor({line: 1, ch: 10})")
    page.click(".CodeMirror-lines")
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setCursor({line: 1, ch: 10})")
    page.keyboard.type("Stat")
    page.keyboard.press("Control+Space")
    page.wait_for_timeout(600)


def test_hostile_results_and_links_run_nothing(visit):
    attack = '<img src=x onerror="window.__pwn=1">'
    query = f"SELECT * {{ ?s rdfs:label ?l BIND('{attack}' AS ?x) BIND(<javascript:window.__pwn=2> AS ?j) FILTER(CONTAINS(?l, 'pwn')) }}"
    page = visit.sparql(query)
    page.wait_for_selector(".yasr tbody tr")
    for tab in ("graph", "evidence", "response", "table"):
        page.click(f".select_{tab}")
        page.wait_for_timeout(150)
    assert page.locator(".yasr img").count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0
    assert page.evaluate("window.__pwn") is None
    page.goto(f"{visit.url}/sparql-ui#query={quote('SELECT')}&endpoint=http://evil.example/&headers=%7B%7D")
    page.reload()
    page.wait_for_selector(".error")


def test_updates_and_services_are_refused_in_words(visit):
    for query, said in (
        ("SELECT * { SERVICE <http://evil.example/> {} }", "SERVICE asks another machine"),
        ("DROP ALL", "read-only"),
        ("LOAD <http://evil.example/>", "read-only"),
    ):
        page = visit.sparql(query)
        page.reload()
        page.wait_for_selector(".error")
        assert said in page.inner_text(".error")


def test_the_page_in_english_and_an_entity_from_a_result(visit):
    page = visit.open("/sparql-ui?lang=en")
    page.wait_for_selector(READY)
    assert page.inner_text(".rail h2") == "Questions"
    page.click("text=Who says what?")
    page.wait_for_selector(".yasr tbody a[href^='/id/sag-aftra']")
    page.click(".yasr tbody a[href^='/id/sag-aftra']")
    page.wait_for_selector("h1")
    assert page.inner_text("h1") == "SAG-AFTRA"
    assert "Netflix posséderait ce scan" in page.inner_text("main")
    assert page.get_attribute("html", "lang") == "en"


def test_without_javascript_there_is_a_form_and_a_table(browser, server):
    visit = Visit(browser, server.url, java_script_enabled=False)
    page = visit.open("/sparql-ui")
    page.click(".rail a >> nth=0")
    assert page.locator("table tbody tr").count() == 6
    page.fill("textarea", "ASK {}")
    page.click("form.plain button")
    assert page.inner_text(".answer") == "Oui"
    visit.context.close()
    assert not visit.outside


def test_a_narrow_screen_does_not_scroll_sideways(browser, server):
    visit = Visit(browser, server.url)
    for path in ("/sparql-ui", "/id/netflix", "/search?q=netflix"):
        page = visit.open(path)
        page.set_viewport_size({"width": 390, "height": 800})
        page.wait_for_timeout(200)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    visit.context.close()
