"""The picture as one HTML file that works offline: pyvis's network, our own template, nothing else.

pyvis as shipped executes markup in five fields and calls a CDN. So only its `Network` object and its copy of
vis-network are used; the template is ours, escapes everything, and allows two scripts by their hashes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from kg.errors import ExportError
from kg.model import Document, Entity, Mention, Statement
from kg.view import selection
from kg.view.layout import arrange
from kg.view.minify import minify
from kg.view.names import clean
from kg.view.network import STATUSES, Drawing, Inference, gather, graph_of
from kg.view.overview import overview
from kg.view.passages import EmbedText, sentence_at
from kg.view.payload import Payload, Table
from kg.view.scripts import asset, digest, engine, packed, script

if TYPE_CHECKING:
    import networkx

    from kg.graph.central import Center
    from kg.graph.graph import Graph

__all__ = ["Language", "Page", "draw", "picture"]

Language = Literal["fr", "en"]

# Above this many nodes the page would take seconds to open: it keeps the most central and says so.
MOST_NODES, KEPT_NODES = 5000, 2000
# Above so many nodes the page opens on its communities.
LARGE = 800
# Statements in the table for browsers without scripts; with all of a large graph the file would double.
MOST_ROWS, MOST_ROWS_LARGE = 400, 100
JSON_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True)
class Page:
    """A picture of a graph: one HTML file, and the same drawing as SVG."""

    html: str
    title: str
    language: Language
    graph: networkx.MultiDiGraph = field(repr=False, compare=False)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page (UTF-8), whole or not at all, and return where.

        Raises ExportError if nothing can be written there.
        """
        target = Path(path)
        try:
            _write(target, self.html.encode("utf-8"))
        except OSError as error:
            raise ExportError(f"{target}: the page cannot be written there ({error.strerror})") from error
        return target

    def svg(self) -> str:
        """The drawing as SVG: no script, no style sheet, readable by any vector editor."""
        from kg.view.svg import svg

        return svg(self.graph, self.title, self.language)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """How a notebook shows the page: in a frame that cannot reach the notebook, with SVG and text beside it."""
        from kg.view.notebook import bundle

        return bundle(self)


def _write(target: Path, content: bytes) -> None:
    """Write a file under another name, then rename it; on failure nothing is left."""
    with NamedTemporaryFile("wb", dir=target.parent, prefix=".kg-", delete=False) as file:
        made = Path(file.name)
        try:
            file.write(content)
            file.close()
            made.chmod(0o644)
            made.replace(target)
        except OSError:
            made.unlink(missing_ok=True)
            raise


def draw(
    graph: Graph | Center,
    statements: Iterable[Statement] | None = None,
    *,
    inferred: bool = True,
    **choice: Any,
) -> Page:
    """The page of a graph, or of some of its statements; with what rules infer, and what they know, if `inferred`.

    `choice` is what `picture` takes.
    """
    from kg.graph.central import Center
    from kg.graph.inference import background, rule_names

    entities = graph.entities()
    return picture(
        graph.statements() if statements is None else statements,
        entities,
        graph.documents(),
        mentions=((document.name, mention) for document, mention in graph.mentions()),
        inferred=graph.inferred() if inferred else (),
        background=background(entities) if inferred else (),
        rules=rule_names(),
        things=graph.things if isinstance(graph, Center) else 0,
        **choice,
    )


def picture(
    statements: Iterable[Statement],
    entities: Iterable[Entity],
    documents: Iterable[Document],
    *,
    mentions: Iterable[tuple[str, Mention]] = (),
    inferred: Iterable[Inference] = (),
    background: Iterable[Statement] = (),
    rules: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    language: Language = "fr",
    embed_text: EmbedText = "sentences",
    around: str | None = None,
    depth: int = 1,
    article: str | None = None,
    claimant: str | None = None,
    min_confidence: float = 0.0,
    title: str | None = None,
    things: int = 0,
) -> Page:
    """The page of these statements.

    `mentions` are (file name, mention) pairs; they let a reader go from a name in the text to the graph.
    `inferred` are statements with the ids of their premises, `background` what is known beyond the articles;
    `rules` are names for people, by a rule's name and a language. `things` is how many things the graph has, where
    these are the statements of a few.
    `around` (with `depth` in steps), `article` and `claimant` are ids or names; QueryError if there is none such.
    `embed_text` says how much of the articles the file may carry.
    """
    known = {entity.id: entity for entity in sorted(entities, key=lambda entity: entity.id)}
    articles = sorted(
        documents, key=lambda document: (document.published is None, document.published or 0, document.name)
    )
    drawings = selection.sure(gather(statements, inferred, background), min_confidence)
    if article is not None:
        drawings = selection.of_article(drawings, articles, article)
    if claimant is not None:
        drawings = selection.by_claimant(drawings, known, claimant)
    if around is not None:
        drawings = selection.around(drawings, known, around, depth)
    read = {evidence.document for drawing in drawings for evidence in drawing.statement.evidence}
    if around or article or claimant:
        articles = [document for document in articles if document.name in read]
    graph = graph_of(drawings, known)
    arrange(graph)
    heading = clean(title or _title(articles))
    data = _data(graph, drawings, known, articles, mentions, embed_text)
    data |= {"title": heading, "lang": language, "embed": embed_text}
    data["total"] = [max(len(graph), things), len(drawings)]
    data["laws"] = {name: dict(rules[name]) for name in data["rules"] if name in rules}
    return Page(_render(data, heading, language), heading, language, graph)


def _title(documents: Sequence[Document]) -> str:
    """The title of the one article; the page has words of its own where there is none."""
    return (documents[0].title or "") if len(documents) == 1 else ""


def _data(
    graph: networkx.MultiDiGraph,
    drawings: Sequence[Drawing],
    entities: Mapping[str, Entity],
    documents: Sequence[Document],
    mentions: Iterable[tuple[str, Mention]],
    embed: EmbedText,
) -> dict[str, Any]:
    """All that the page knows, ready for JSON."""
    most = KEPT_NODES if len(graph) > MOST_NODES else len(graph)
    nodes = sorted(graph, key=lambda node: int(graph.nodes[node]["rank"]))[:most]
    shown = set(nodes)
    tied = {d["statement"] for a, b, d in graph.edges(data=True) if a in shown and b in shown}
    kept = [drawing for drawing in drawings if drawing.statement.id in tied]
    payload = Payload(nodes, kept, documents, mentions)
    drawn = _pyvis(graph, nodes, payload.numbers)
    types = Table()
    return {
        "nodes": payload.node_rows(drawn.nodes, entities, types),
        "edges": payload.edge_rows(drawn.edges),
        "statements": payload.statement_rows(),
        "docs": payload.document_rows(embed),
        "evidence": [number for place in payload.evidence.values for number in place],
        "predicates": payload.predicates.values,
        "rules": payload.rules.values,
        "types": types.values,
        "statuses": STATUSES,
        "groups": overview(graph) if len(graph) > LARGE else [],
    }


def _pyvis(graph: networkx.MultiDiGraph, nodes: Sequence[str], statements: Mapping[str, int]) -> Any:
    """Pyvis's network of these nodes: ids n0, n1…, parallel edges of one look drawn as one."""
    from kg.view.drawing import KGNetwork

    drawn = KGNetwork()
    numbers = {node: number for number, node in enumerate(nodes)}
    for node, number in numbers.items():
        a = graph.nodes[node]
        drawn.add_node(
            f"n{number}",
            label=a["label"],
            shape="dot",
            group=a["type"],
            key=node,
            iri=a["iri"],
            x=a["x"],
            y=a["y"],
            size=a["size"],
            community=a["community"],
        )
    groups: dict[tuple[int, int, int], list[list[Any]]] = {}
    for source, target, a in graph.edges(data=True):
        if source in numbers and target in numbers:
            # The look of an edge: its status, or that of an act of saying; +10 where it is denied.
            look = len(STATUSES) if a["kind"] == "says" else STATUSES.index(a["status"])
            look += 10 * int(a["polarity"] != "affirmed")
            link = [statements[a["statement"]], *_word(a)]
            groups.setdefault((numbers[source], numbers[target], look), []).append(link)
    drawn.add_groups(groups)
    return drawn


def _word(edge: Mapping[str, Any]) -> list[str]:
    """What a link says beyond its statement's own relation: [kind, role or cue]."""
    if edge["kind"] == "qualifier":
        return ["q", edge["role"]]
    return ["s", edge["label"]] if edge["kind"] == "says" else []


def _render(data: dict[str, Any], title: str, language: Language) -> str:
    """The whole HTML file."""
    from jinja2 import Environment

    strings, style = json.loads(asset("strings.json")), json.loads(asset("style.json"))
    most = MOST_ROWS if len(data["nodes"]) <= LARGE else MOST_ROWS_LARGE
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        asset("page.html")
    )
    return (
        template.render(
            title=title or strings[language]["appOne" if len(data["docs"]) == 1 else "app"],
            language=language,
            words=strings[language],
            # Markup-safe by construction: our own files, and JSON whose < > & are escaped.
            policy=_Safe(f"'sha256-{digest(engine())}' 'sha256-{digest(script())}'"),
            engine=packed(),
            size=len(engine().encode("utf-8")),
            script=_Safe(script()),
            style=_Safe(minify(asset("page.css"), script=False)),
            data=_Safe(script_json({**data, "strings": strings, "style": style})),
            groups=_groups(data, strings[language], most),
            left_out=max(len(data["statements"]) - most, 0),
            documents=data["docs"],
            several=len(data["docs"]) > 1,
        )
        + "\n"
    )


class _Safe(str):
    """Text that the template does not escape: our own files, never anything read from an article."""

    def __html__(self) -> str:
        return self


def script_json(data: object) -> str:
    r"""JSON that cannot leave the <script> it stands in.

    >>> script_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character, escape in JSON_ESCAPES.items():
        text = text.replace(character, escape)
    return text


def _groups(data: Mapping[str, Any], words: Mapping[str, Any], most: int) -> list[list[dict[str, str]]]:
    """The table for browsers without scripts; what one sentence says stands together, the sentence once."""
    rows = [_table_row(data, words, row) for row in data["statements"][:most]]
    return [list(group) for _, group in groupby(rows, key=lambda row: (row["quote"], row["source"]))]


def _table_row(data: Mapping[str, Any], words: Mapping[str, Any], row: Sequence[Any]) -> dict[str, str]:
    def name(end: Any) -> str:
        return "" if end is None else str(data["nodes"][end][1] if isinstance(end, int) else end[0])

    extras = row[7] if len(row) > 7 else {}
    quotes = [_quote(data, number) for number in row[5]]
    return {
        "subject": name(row[1]),
        "relation": ("✗ " if "n" in extras else "") + data["predicates"][row[2]][1],
        "object": name(row[3]),
        "status": _status(words, STATUSES[row[4]], extras),
        "speakers": ", ".join(name(source[0]) for source in extras.get("a", ())),
        "quote": " […] ".join(dict.fromkeys(quote for _, quote in quotes if quote)),
        "source": ", ".join(sorted({source for source, _ in quotes})),
        "language": next((data["docs"][data["evidence"][3 * each]]["lang"] for each in row[5]), ""),
    }


def _status(words: Mapping[str, Any], status: str, extras: Mapping[str, Any]) -> str:
    """Who or what stands for a statement, whether it is denied, and how far from a fact it is, as the page itself says it."""
    modality = words["modality"].get(extras.get("m", ""), extras.get("m", ""))
    told = [
        "" if status == "uncertain" and modality else words["status"][status],
        words["denied"] if "n" in extras else "",
        modality,
    ]
    return ", ".join(dict.fromkeys(each for each in told if each))


def _quote(data: Mapping[str, Any], number: int) -> tuple[str, str]:
    """The article and the sentence of one piece of evidence; no words where the page carries no text."""
    home, start, end = data["evidence"][3 * number : 3 * number + 3]
    document = data["docs"][home]
    for first, text in document["parts"]:
        if first <= start and end <= first + len(text):
            return document["title"] or document["name"], sentence_at(text, start - first, end - first)
    return document["title"] or document["name"], ""
