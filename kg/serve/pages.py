"""The pages that work without JavaScript: results as a table, an entity with its evidence, search, errors.

Everything shown comes from articles, so everything is text: `html.tag` escapes it, `html.link` lets only addresses
of this server and of the web become links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote, urlencode

from kg.ontology import shorten
from kg.serve.html import Markup, join, link, tag
from kg.serve.words import LANGUAGES, Words

__all__ = ["Question", "editor", "error_page", "id_address", "note", "results_page", "search_page", "shell"]

HERE = Path(__file__).parent
# More rows than these are slow to lay out in any browser; the files have them all.
MOST_ROWS = 1000
DOWNLOADS = {
    "SELECT": ("csv", "tsv", "json", "xml"),
    "ASK": ("json", "xml"),
    "GRAPH": ("ttl", "nt", "jsonld", "rdf"),
}

# What French sets apart by a space that does not break.
DOUBLE_SIGN = re.compile(r" ([?!:;])")

Term = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A named question of the rail: its label in each language, and its query."""

    name: str
    labels: Mapping[str, str]
    query: str

    def label(self, language: str) -> str:
        """What it is called in a language, or in any."""
        label = self.labels.get(language) or next(iter(self.labels.values()), self.name)
        return DOUBLE_SIGN.sub("\u202f\\1", label) if language == "fr" else label


@lru_cache(maxsize=1)
def template() -> Template:
    """The frame of every page."""
    return Template((HERE / "static" / "page.html").read_text(encoding="utf-8"))


def shell(
    words: Words,
    title: str,
    body: str,
    *,
    path: str,
    kind: str = "",
    styles: Sequence[str] = (),
    scripts: Sequence[str] = (),
) -> str:
    """A whole page: its head, the bar on top, the body. `path` is its own address, for the other language."""
    sheets = [tag("link", rel="stylesheet", href=f"/static/{name}") for name in (*styles, "kg.css")]
    return template().substitute(
        lang=words.language,
        title=join(title, " · ", words["title"]) if title else join(words["title"]),
        head=join(*sheets),
        skip=join(words["skip"]),
        header=bar(words, path),
        kind=kind,
        body=join(body),
        scripts=join(
            *(tag("script", src=f"/static/{name}", defer="", type=kind_of(name)) for name in scripts)
        ),
    )


def kind_of(script: str) -> str | None:
    """Our scripts are modules, the vendored one is not."""
    return None if script.endswith(".min.js") else "module"


def bar(words: Words, path: str) -> Markup:
    """The bar on top: the pages, the search box, the languages."""
    places = (("/", words["graph"]), ("/sparql-ui", words["sparql"]))
    separator = "&" if "?" in path else "?"
    return join(
        tag("nav", *(tag("a", label, href=words.address(place)) for place, label in places), class_="places"),
        tag(
            "form",
            tag("input", type="search", name="q", aria_label=words["search"], placeholder=words["search_hint"]),
            tag("button", words["search_run"]),
            tag("input", type="hidden", name="lang", value=words.language) if words.chosen else "",
            action="/search", method="get", role="search",
        ),
        tag(
            "nav",
            *(
                tag(
                    "a", name.upper(), href=f"{path}{separator}lang={name}", lang=name, hreflang=name,
                    aria_current="true" if name == words.language else None,
                )
                for name in LANGUAGES
            ),
            class_="languages", aria_label=words["language"],
        ),
    )  # fmt: skip


def editor(words: Words, questions: Iterable[Question], query: str) -> Markup:
    """The SPARQL page before its scripts run: the questions, which are links, and a form that works as it is."""
    items = [
        tag(
            "li",
            tag(
                "a", question.label(words.language), data_query=question.query, data_name=question.name,
                href=words.address("/sparql?" + urlencode({"query": question.query})),
            ),
        )
        for question in questions
    ]  # fmt: skip
    rail = tag(
        "aside", tag("h2", words["questions"]), tag("p", words["questions_hint"], class_="hint"), tag("ol", *items),
        class_="rail", aria_label=words["questions"],
    )  # fmt: skip
    return join(rail, tag("section", form(words, query), class_="workbench", id="workbench"))


def form(words: Words, query: str) -> Markup:
    """A query to change and run, without JavaScript."""
    return tag(
        "form",
        tag("label", words["query"], for_="query"),
        tag("textarea", query, id="query", name="query", rows="12", spellcheck="false"),
        tag("input", type="hidden", name="lang", value=words.language) if words.chosen else "",
        tag("button", words["run"]),
        action="/sparql", method="get", class_="plain",
    )  # fmt: skip


def results_page(words: Words, query: str, found: Mapping[str, Any], cut: int, base: str) -> str:
    """The answer of a SELECT or an ASK, from its JSON; `cut` is the row limit where it applied, else 0."""
    address = "/sparql?" + urlencode({"query": query})
    if "boolean" in found:
        body, form_name = tag("p", words["yes"] if found["boolean"] else words["no"], class_="answer"), "ASK"
    else:
        body, form_name = (
            table(words, found["head"]["vars"], found["results"]["bindings"], cut, base),
            "SELECT",
        )
    parts = (
        tag("h1", words["results"]),
        body,
        downloads(words, address, form_name),
        tag(
            "p", tag("a", words["edit"], href=words.address("/sparql-ui") + "#" + urlencode({"query": query}))
        ),
        form(words, query),
    )
    return shell(words, words["results"], join(*parts), path=address, kind="reading")


def downloads(words: Words, address: str, form_name: str) -> Markup:
    """Links to the answer in each format, as plain addresses."""
    separator = "&" if "?" in address else "?"
    links = [
        tag("a", name.upper(), href=f"{address}{separator}format={name}") for name in DOWNLOADS[form_name]
    ]
    return tag("p", words["download"], " ", *(join(item, " ") for item in links), class_="downloads")


def table(
    words: Words, columns: Sequence[str], rows: Sequence[Mapping[str, Term]], cut: int, base: str
) -> Markup:
    """A table of results with its count, and in words what is not shown."""
    if not rows:
        return tag("p", words["rows_none"], role="status")
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in columns)))
    numbers = {name for name in columns if all(is_number(row[name]) for row in rows if name in row)}
    lines = (
        tag("tr", *(cell(row.get(name), base, words, name in numbers) for name in columns))
        for row in rows[:MOST_ROWS]
    )
    notes = [words.count("rows", len(rows)) + "."]
    notes += [words["cut"].replace("{n}", words.number(cut))] if cut else []
    notes += [words["shown"].replace("{n}", words.number(MOST_ROWS))] if len(rows) > MOST_ROWS else []
    whole = tag("table", tag("caption", " ".join(notes)), head, tag("tbody", *lines))
    return tag("div", whole, class_="scroll", tabindex="0", role="region", aria_label=words["results"])


def is_number(term: Term) -> bool:
    """Whether a value is a number, by its datatype."""
    return term.get("datatype", "").endswith(("integer", "decimal", "double", "float"))


def cell(term: Term | None, base: str, words: Words, number: bool = False) -> Markup:
    """One value: an IRI as a link by its short name, a literal as text in its language."""
    if term is None:
        return tag("td")
    value = term["value"]
    if term["type"] == "uri":
        return tag("td", iri_link(value, base, words))
    return tag("td", value, lang=term.get("xml:lang"), class_="number" if number else None)


def id_address(local: str) -> str:
    """Where the page of a node is; escapes that are part of its IRI stay what they are."""
    return "/id/" + quote(local, safe="/%:@!$&'()*+,;=~")


def iri_link(iri: str, base: str, words: Words, label: str = "") -> Markup:
    """An IRI as a link to its page here, if it is one of this graph's, else to where it leads."""
    if iri.startswith(base):
        local, hash_, part = iri[len(base) :].partition("#")
        address = words.address(id_address(local)) + hash_ + quote(part, safe="=,")
        return link(label or "id:" + local + hash_ + part, address)
    return link(label or shorten(iri), iri)


def search_page(words: Words, asked: str, hits: Sequence[Mapping[str, str]], base: str) -> str:
    """The passages found, each with what it is, linked to its page."""
    items = [
        tag(
            "li",
            tag("span", words[f"kind_{hit['kind']}"], class_="kind"),
            " ",
            iri_link(hit["iri"], base, words, hit["text"]),
        )
        for hit in hits
    ]
    count = words.count("hits", len(hits)) if hits else words["hits_none"]
    box = tag(
        "form",
        tag("input", type="search", name="q", value=asked, aria_label=words["search"]),
        tag("button", words["search_run"]),
        action="/search", method="get", class_="wide",
    )  # fmt: skip
    body = join(
        tag("h1", words["search"]),
        box,
        tag("p", count, role="status") if asked else "",
        tag("ul", *items, class_="hits"),
    )
    return shell(words, words["search"], body, path="/search?" + urlencode({"q": asked}), kind="reading")


def note(message: str) -> Markup:
    """A page that says one thing."""
    return tag("p", message, role="status")


def error_page(words: Words, status: int, message: str, query: str = "") -> str:
    """What went wrong, with the query to mend where there was one."""
    title = words["not_found"] if status == 404 else words["error"]
    hint = (
        tag("p", words["not_found_hint"])
        if status == 404
        else tag("pre", message, class_="error", role="alert")
    )
    body = join(tag("h1", title), hint, form(words, query) if query else "")
    path = "/sparql?" + urlencode({"query": query}) if query else "/sparql-ui"
    return shell(words, title, body, path=path, kind="reading")
