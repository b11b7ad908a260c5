"""The page of one node: what it is called, what is said of it, and the sentence of each thing said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.ontology import KG, PREFIXES, shorten
from kg.serve.html import Markup, join, link, tag
from kg.serve.pages import DOWNLOADS, id_address, iri_link, shell
from kg.serve.words import Words

__all__ = ["Said", "entity_page", "said"]

LABEL, ALIAS = PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "altLabel"
TYPE, SAME_AS = PREFIXES["rdf"] + "type", PREFIXES["owl"] + "sameAs"
QUOTE, ARTICLE = PREFIXES["nif"] + "anchorOf", PREFIXES["schema"] + "NewsArticle"
SUBJECT, OBJECT = PREFIXES["rdf"] + "subject", PREFIXES["rdf"] + "object"
KG_WORDING, KG_ASSERTED, KG_AGENT = KG + "wording", KG + "asserted", KG + "attributedTo"
# How a thing is said, and the plain way of saying it, which needs no mark.
MANNERS = {KG + "polarity": KG + "Affirmed", KG + "modality": KG + "Actual"}
MOST = 400  # statements on one page, as in statements.rq

Row = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where a statement was read."""

    span: str
    text: str
    language: str
    article: str
    label: str


@dataclass(slots=True)
class Said:
    """A statement: its values by property and its (role, value) qualifiers, each with its label, and its quotes."""

    iri: str
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    qualifiers: dict[tuple[str, str], str] = field(default_factory=dict)
    quotes: list[Quoted] = field(default_factory=list)

    def first(self, property_: str) -> tuple[str, str] | None:
        """One value of a property and its label."""
        return next(iter(self.values.get(property_, {}).items()), None)

    @property
    def asserted(self) -> bool:
        """Whether an article says it as a fact."""
        return "true" in self.values.get(KG_ASSERTED, {})


def said(told: Sequence[Row], qualified: Sequence[Row], quoted: Sequence[Row]) -> list[Said]:
    """The statements of the rows of told.rq, qualifiers.rq and quotes.rq, in the order in which they are read."""
    found: dict[str, Said] = {}
    for row in quoted:
        item = found.setdefault(row["statement"]["value"], Said(row["statement"]["value"]))
        span, quote_, article = row["span"]["value"], row["quote"], row["article"]["value"]
        label = row.get("label", row["article"])["value"]
        if all(other.span != span for other in item.quotes):
            item.quotes.append(Quoted(span, quote_["value"], quote_.get("xml:lang", ""), article, label))
    for row in told:
        item = found.setdefault(row["statement"]["value"], Said(row["statement"]["value"]))
        value = row["value"]["value"]
        item.values.setdefault(row["property"]["value"], {}).setdefault(
            value, row.get("label", row["value"])["value"]
        )
    for row in qualified:
        item = found.setdefault(row["statement"]["value"], Said(row["statement"]["value"]))
        key = row["role"]["value"], row["value"]["value"]
        item.qualifiers.setdefault(key, row.get("label", row["value"])["value"])
    return list(found.values())


def entity_page(words: Words, iri: str, base: str, card: Sequence[Row], sayings: Sequence[Said]) -> str:
    """The page of a node, from the rows of `card.rq` and what is said of it."""
    values: dict[str, list[Row]] = {}
    for row in card:
        values.setdefault(row["property"]["value"], []).append(row)
    name = title(values, iri, base)
    classes = list(dict.fromkeys(row["value"]["value"] for row in values.get(TYPE, ())))
    heading = words["statement_list"] if ARTICLE in classes else words["statements"]
    listed = [sentence(words, base, iri, item) for item in sayings]
    more = tag("p", words["more"].replace("{n}", words.number(MOST))) if len(listed) >= MOST else ""
    path = id_address(iri.removeprefix(base))
    body = join(
        tag(
            "p",
            *(join(tag("span", shorten(item), class_="class"), " ") for item in classes),
            class_="classes",
        ),
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
        tag("p", words["same_as"], " ", *(join(link(shorten(item), item), " ") for item in links))
        if links
        else "",
    )


def sentence(words: Words, base: str, iri: str, item: Said) -> Markup:
    """One thing said: its subject, relation and object, who says it, and where it stands."""
    wording = item.first(KG_WORDING)
    parts = [
        participant(words, base, iri, item.first(SUBJECT)),
        tag("span", wording[0] if wording else "·", class_="relation"),
        participant(words, base, iri, item.first(OBJECT)),
    ]
    for (role, value_), label in item.qualifiers.items():
        name = tag("span", words.manner(shorten(role)), class_="role")
        parts.append(join(name, " ", participant(words, base, iri, (value_, label))))
    quotes = [quotation(words, base, iri, found) for found in item.quotes]
    about = tag("p", *(join(part, " ") for part in parts), class_="said")
    return tag(
        "li", about, marks(words, base, item), *quotes, class_="asserted" if item.asserted else "claimed"
    )


def quotation(words: Words, base: str, iri: str, found: Quoted) -> Markup:
    """The words of an article, under their place in it, which its own page can be opened at."""
    place = found.span.partition("#")[2] if found.article == iri else None
    source = "" if found.article == iri else tag("footer", iri_link(found.span, base, words, found.label))
    return tag("blockquote", tag("p", found.text, lang=found.language or None), source, id=place)


def participant(words: Words, base: str, iri: str, found: tuple[str, str] | None) -> Markup:
    """A participant by its label; the page's own node is not a link."""
    if found is None:
        return Markup()
    value, label = found
    return tag("strong", label) if value == iri else iri_link(value, base, words, label)


def marks(words: Words, base: str, item: Said) -> Markup:
    """How it is said: as a fact or by whom, and any polarity or modality but the plain one."""
    found: list[str] = []
    if item.asserted:
        found.append(tag("span", words["asserted"], class_="mark"))
    for agent, label in item.values.get(KG_AGENT, {}).items():
        found.append(tag("span", words["said_by"], " ", iri_link(agent, base, words, label), class_="mark"))
    for property_, plain in MANNERS.items():
        manners = {
            manner: label for manner, label in item.values.get(property_, {}).items() if manner != plain
        }
        found += [tag("span", words.manner(shorten(manner)), class_="mark other") for manner in manners]
    found.append(iri_link(item.iri, base, words, "¶"))
    return tag("p", *(join(mark, " ") for mark in found), class_="marks")


def properties(words: Words, base: str, values: Mapping[str, list[Row]]) -> Markup:
    """The other data of the node, as a list of terms."""
    rows: list[str] = []
    for property_, found in values.items():
        if property_ not in (ALIAS, SAME_AS, LABEL, TYPE):
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
    links = [
        tag("a", name.upper(), href=f"{path}?format={name}", rel="alternate") for name in DOWNLOADS["GRAPH"]
    ]
    return tag("p", words["as"], " ", *(join(item, " ") for item in links), class_="downloads")
