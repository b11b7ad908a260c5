"""The page of one node: what it is called, what is said of it, and the sentence of each thing said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from kg.ontology import PREFIXES, shorten
from kg.serve.html import Markup, join, link, tag
from kg.serve.pages import DOWNLOADS, iri_link, shell
from kg.serve.words import Words

__all__ = ["entity_page"]

LABEL, ALIAS = PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "altLabel"
TYPE, SAME_AS = PREFIXES["rdf"] + "type", PREFIXES["owl"] + "sameAs"
QUOTE, ARTICLE = PREFIXES["nif"] + "anchorOf", PREFIXES["schema"] + "NewsArticle"
MOST_ROWS = 2000

Row = Mapping[str, Mapping[str, str]]


@dataclass(slots=True)
class Said:
    """A statement with all that its rows say of it."""

    row: Row
    agents: dict[str, str] = field(default_factory=dict)
    quotes: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)


def entity_page(words: Words, iri: str, base: str, card: Sequence[Row], relations: Sequence[Row]) -> str:
    """The page of a node, from the rows of `card.rq` and `relations.rq`."""
    values: dict[str, list[Row]] = {}
    for row in card:
        values.setdefault(row["property"]["value"], []).append(row)
    name = title(values, iri, base)
    classes = [row["value"]["value"] for row in values.get(TYPE, ())]
    heading = words["statement_list"] if ARTICLE in classes else words["statements"]
    said = statements(relations)
    listed = [sentence(words, base, iri, item) for item in said]
    more = tag("p", words["more"].replace("{n}", words.number(MOST_ROWS))) if len(relations) >= MOST_ROWS else ""
    path = "/id/" + quote(iri.removeprefix(base))
    body = join(
        tag("p", *(tag("span", shorten(item), class_="class") for item in classes), class_="classes"),
        tag("h1", name),
        names(words, values),
        tag("h2", heading),
        tag("ol", *listed, class_="statements") if listed else tag("p", words["statements_none"]),
        more,
        tag("h2", words["properties"]),
        properties(words, base, values),
        formats(words, path),
    )
    return shell(words, name, body, path=path, kind="reading entity")


def title(values: Mapping[str, list[Row]], iri: str, base: str) -> str:
    """What the node is called: its label, else its words in the text, else its name."""
    for property_ in (LABEL, QUOTE):
        if property_ in values:
            return values[property_][0]["value"]["value"]
    return iri.removeprefix(base)


def names(words: Words, values: Mapping[str, list[Row]]) -> Markup:
    """Other names, and the same thing elsewhere."""
    aliases = [row["value"]["value"] for row in values.get(ALIAS, ())]
    links = [row["value"]["value"] for row in values.get(SAME_AS, ())]
    return join(
        tag("p", words["also"], " ", tag("b", ", ".join(aliases))) if aliases else "",
        tag("p", words["same_as"], " ", *(join(link(shorten(item), item), " ") for item in links)) if links else "",
    )


def statements(relations: Sequence[Row]) -> list[Said]:
    """The statements of the rows, in their order; a row has one quote and one claimant."""
    found: dict[str, Said] = {}
    for row in relations:
        said = found.setdefault(row["statement"]["value"], Said(row))
        if "agent" in row:
            said.agents[row["agent"]["value"]] = row.get("agentLabel", row["agent"])["value"]
        if "span" in row:
            article = row["article"]["value"]
            label = row.get("articleLabel", row["article"])["value"]
            said.quotes[row["span"]["value"]] = (row["quote"]["value"], article, label, row["quote"].get("xml:lang", ""))
    return list(found.values())


def sentence(words: Words, base: str, iri: str, said: Said) -> Markup:
    """One thing said: its subject, relation and object, who says it, and where it stands."""
    row = said.row
    asserted = row.get("asserted", {}).get("value") == "true"
    parts: list[str] = [node(words, base, iri, row, "subject"), " ", tag("span", wording(row), class_="relation")]
    if "object" in row:
        parts += [" ", node(words, base, iri, row, "object")]
    quotes = [
        tag(
            "blockquote",
            tag("p", text, lang=language or None),
            tag("footer", iri_link(article, base, words, label)),
        )
        for text, article, label, language in said.quotes.values()
    ]
    about = tag("p", *parts, class_="said")
    return tag("li", about, marks(words, base, said), *quotes, class_="asserted" if asserted else "claimed")


def wording(row: Row) -> str:
    """How the relation is said."""
    return row["wording"]["value"] if "wording" in row else "·"


def node(words: Words, base: str, iri: str, row: Row, name: str) -> Markup:
    """A participant by its label; the page's own node is not a link."""
    value = row[name]
    label = row.get(f"{name}Label", value)["value"]
    if value["value"] == iri:
        return tag("strong", label)
    return iri_link(value["value"], base, words, label)


def marks(words: Words, base: str, said: Said) -> Markup:
    """How it is said: asserted or attributed and to whom, and any polarity or modality but the plain one."""
    row = said.row
    found: list[str] = []
    if row.get("asserted", {}).get("value") == "true":
        found.append(tag("span", words["asserted"], class_="mark"))
    for agent, label in said.agents.items():
        found.append(tag("span", words["said_by"], " ", iri_link(agent, base, words, label), class_="mark"))
    for name, plain in (("polarity", "Affirmed"), ("modality", "Actual")):
        if name in row and not row[name]["value"].endswith(plain):
            found.append(tag("span", shorten(row[name]["value"]), class_="mark other"))
    link_ = iri_link(row["statement"]["value"], base, words)
    return tag("p", *(join(mark, " ") for mark in (*found, link_)), class_="marks")


def properties(words: Words, base: str, values: Mapping[str, list[Row]]) -> Markup:
    """The other data of the node, as a list of terms."""
    rows: list[str] = []
    for property_, found in values.items():
        if property_ not in (ALIAS, SAME_AS):
            rows.append(tag("dt", shorten(property_)))
            rows += [tag("dd", value(words, base, row)) for row in found]
    return tag("dl", *rows)


def value(words: Words, base: str, row: Row) -> Markup:
    """One value of a property."""
    term: Any = row["value"]
    if term["type"] == "uri":
        return iri_link(term["value"], base, words, row["label"]["value"] if "label" in row else "")
    return tag("span", term["value"], lang=term.get("xml:lang"))


def formats(words: Words, path: str) -> Markup:
    """Links to the same in RDF."""
    links = [tag("a", name.upper(), href=f"{path}?format={name}", rel="alternate") for name in DOWNLOADS["GRAPH"]]
    return tag("p", words["as"], " ", *(join(item, " ") for item in links), class_="downloads")
