"""How well entities are found and joined: gold articles by the scorer's logic, popcorn-fr by MUC, B³ and CEAF-e.

    python tests/benchmarks/bench_coreference.py [--misses] [SHARED_FOLDER]

The shared folder (default: beside the repository) holds `gold-train/` and `data/popcorn-fr/train.json`.
"""

from __future__ import annotations

import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy
from scipy.optimize import linear_sum_assignment

from kg.entities import Resolution, resolve
from kg.entities.names import head_of
from kg.entities.values import document_values
from kg.language import load_analyzer
from kg.model import Analysis, Document
from kg.ontology import Ontology

SHARED = Path(__file__).parents[2] / ".." / "shared"
# Attributes of an entity (its given name, its number…), not things; their offsets are not kept in the data.
ATTRIBUTES = re.compile(
    r"FIRSTNAME|LASTNAME|CATEGORY|NATIONALITY|COLOR|MATERIAL_REFERENCE|TIME_|QUANTITY_|WEIGHT|HEIGHT|WIDTH|LENGTH|LATITUDE|LONGITUDE"
)
STOP = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "du",
        "de",
        "d",
        "a",
        "au",
        "aux",
        "en",
        "et",
        "ou",
        "que",
        "qui",
        "qu",
        "ce",
        "cet",
        "cette",
        "ces",
        "son",
        "sa",
        "ses",
        "leur",
        "leurs",
        "se",
        "s",
        "y",
        "dans",
        "par",
        "pour",
        "sur",
        "avec",
        "the",
        "of",
        "an",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "its",
        "his",
        "her",
        "their",
        "this",
        "that",
        "and",
    ]
)
Clusters = list[frozenset[tuple[int, int]]]


def words(text: str) -> set[str]:
    """The content words of a name, as the scorer sees them."""
    folded = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    found = re.findall(r"[a-z0-9]+", "".join(char for char in folded if not unicodedata.combining(char)))
    return {word for word in found if word not in STOP} or set(found)


def same_name(label: str, name: str) -> bool:
    """Whether two names share most of their content words (F1 of at least 0.6)."""
    one, other = words(label), words(name)
    return bool(one and other) and 2 * len(one & other) / (len(one) + len(other)) >= 0.6


def muc(key: Clusters, response: Clusters) -> tuple[float, float]:
    """Links kept and links in all, of the key as the response parts it (Vilain et al. 1995)."""
    of = {mention: i for i, cluster in enumerate(response) for mention in cluster}
    kept = total = 0
    for cluster in key:
        parts = {of[mention] for mention in cluster if mention in of}
        alone = sum(mention not in of for mention in cluster)
        kept += len(cluster) - len(parts) - alone
        total += len(cluster) - 1
    return kept, total


def b_cubed(key: Clusters, response: Clusters) -> tuple[float, float]:
    """For each mention of the key, the share of its cluster that the response keeps with it (Bagga & Baldwin 1998)."""
    of = {mention: cluster for cluster in response for mention in cluster}
    kept = sum(
        len(cluster & of[mention]) / len(cluster) for cluster in key for mention in cluster if mention in of
    )
    return kept, sum(len(cluster) for cluster in key)


def ceaf(key: Clusters, response: Clusters) -> float:
    """The similarity of the best one-to-one alignment of clusters, by entity (Luo 2005)."""
    if not key or not response:
        return 0.0
    table = numpy.array([[2 * len(k & r) / (len(k) + len(r)) for r in response] for k in key])
    rows, columns = linear_sum_assignment(-table)
    return float(table[rows, columns].sum())


class Scores:
    """Sums over documents; the three F1 and their mean."""

    def __init__(self) -> None:
        self.sums: Counter[str] = Counter()

    def add(self, key: Clusters, response: Clusters) -> None:
        """Count one document."""
        for name, measure in (("muc", muc), ("b3", b_cubed)):
            for side, (one, other) in (("r", (key, response)), ("p", (response, key))):
                kept, total = measure(one, other)
                self.sums[f"{name} {side} kept"] += kept  # type: ignore[assignment]
                self.sums[f"{name} {side} all"] += total  # type: ignore[assignment]
        same = ceaf(key, response)
        for side, clusters in (("r", key), ("p", response)):
            self.sums[f"ceaf {side} kept"] += same  # type: ignore[assignment]
            self.sums[f"ceaf {side} all"] += len(clusters)

    def table(self) -> dict[str, float]:
        """F1 by measure, in percent, and the CoNLL mean."""
        out = {}
        for name in ("muc", "b3", "ceaf"):
            r, p = (self.sums[f"{name} {s} kept"] / max(self.sums[f"{name} {s} all"], 1) for s in "rp")
            out[name] = round(200 * r * p / (r + p), 1) if r + p else 0.0
        out["conll"] = round(sum(out.values()) / 3, 1)
        return out


def read_popcorn(shared: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """The texts of popcorn-fr train, by name."""
    content = json.loads((shared / "data/popcorn-fr/train.json").read_text(encoding="utf-8"))
    yield from sorted(content.items())


def key_clusters(record: dict[str, object], analysis: Analysis) -> Clusters:
    """The chains of a popcorn text by head word, of mentions that are names, nouns or pronouns."""
    clusters = []
    for entity in record["entities"]:  # type: ignore[attr-defined]
        if ATTRIBUTES.match(entity["type"]):
            continue
        heads = {head_at(analysis, mention["start"], mention["end"]) for mention in entity["mentions"]}
        clusters.append(frozenset(head for head in heads if head))
    return [cluster for cluster in clusters if cluster]


def head_at(analysis: Analysis, start: int, end: int) -> tuple[int, int] | None:
    """Sentence and token of the head word of a stretch, where that is a noun, a name or a pronoun."""
    for sentence in analysis.sentences:
        if sentence.start <= start < sentence.end:
            inside = [token for token in sentence.tokens if token.start < end and start < token.end]
            if inside:
                head = head_of(inside)
                return (sentence.index, head.index) if head.upos in ("NOUN", "PROPN", "PRON", "X") else None
    return None


def response_clusters(resolution: Resolution, analysis: Analysis) -> Clusters:
    """Our chains by head word, without the relative pronouns and possessives that popcorn does not annotate."""
    chains: dict[str, set[tuple[int, int]]] = {}
    for mention in resolution.mentions:
        token = analysis.sentences[mention.sentence].tokens[mention.token]
        if mention.kind == "pronoun" and (token.upos == "DET" or mention.rule.startswith("relative")):
            continue
        chains.setdefault(mention.entity, set()).add((mention.sentence, mention.token))
    return [frozenset(chain) for chain in chains.values()]


def longer(clusters: Clusters) -> Clusters:
    """Without those of one mention."""
    return [cluster for cluster in clusters if len(cluster) > 1]


def score_article(
    resolution: Resolution, gold: Sequence[dict[str, object]], misses: list[str], text: str
) -> Counter[str]:
    """The counts of the gold scorer for one article."""
    counts: Counter[str] = Counter()
    mine = {(mention.start, mention.end): mention for mention in resolution.mentions}
    labels = {entity.id: entity.label for entity in resolution.entities}
    for entity in gold:
        for mention in entity["mentions"]:  # type: ignore[attr-defined]
            span, kind = (mention["start"], mention["end"]), mention["kind"]
            hit = mine.get(span) or next(
                (m for s, m in mine.items() if s[0] < span[1] and span[0] < s[1]), None
            )
            counts[kind] += 1
            if kind == "name":
                ok = hit is not None
                counts["found"] += ok
                counts["exact"] += span in mine
                counts["typed"] += hit is not None and hit.type == entity["type"]
                ok = hit is not None and hit.type == entity["type"]
            else:
                ok = hit is not None and same_name(labels[hit.entity], str(entity["name"]))
                counts[f"{kind} resolved"] += ok
            if not ok:
                got = f"{hit.text} → {labels[hit.entity]} ({hit.type}; {hit.rule})" if hit else "-"
                context = (
                    text[max(0, span[0] - 50) : span[0]]
                    + "["
                    + text[span[0] : span[1]]
                    + "]"
                    + text[span[1] : span[1] + 30]
                )
                misses.append(
                    f"{kind:8} {mention['text']} = {entity['name']} ({entity['type']}) got {got}   « {context!r} »"
                )
    return counts


def gold_articles(folder: Path) -> Iterator[tuple[Document, Sequence[dict[str, object]]]]:
    """The annotated articles of a folder with their entities."""
    for path in sorted(folder.glob("*.txt")):
        gold = path.with_suffix(".entities.json")
        if gold.exists():
            text = path.read_bytes().decode("utf-8")
            yield Document(path.name, text), json.loads(gold.read_text(encoding="utf-8"))


def analysed(document: Document) -> Analysis:
    """The document as the model shipped with kg reads it."""
    return load_analyzer("fr").analyze(document)


def resolved(document: Document, analysis: Analysis, ontology: Ontology) -> Resolution:
    """The document's entities, values left aside as the pipeline does."""
    values = document_values(analysis.sentences, document.published, ontology)
    return resolve(document, analysis, values, ontology)


def main() -> None:
    """Print the two tables, and the misses if asked."""
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    shared, ontology = (folders or [SHARED])[0], Ontology.load()
    counts: Counter[str] = Counter()
    misses: list[str] = []
    spent = parsing = 0.0
    for document, gold in gold_articles(shared / "gold-train"):
        began = time.perf_counter()
        analysis = analysed(document)
        parsed = time.perf_counter()
        resolution = resolved(document, analysis, ontology)
        parsing, spent = parsing + parsed - began, spent + time.perf_counter() - parsed
        counts += score_article(resolution, gold, misses, document.text)
    if "--misses" in sys.argv:
        print("\n".join(misses))
    for name, base in (
        ("found", "name"),
        ("exact", "name"),
        ("typed", "name"),
        ("nominal resolved", "nominal"),
        ("pronoun resolved", "pronoun"),
    ):
        print(f"{name:18} {counts[name] / counts[base]:.3f}  of {counts[base]}")
    print(f"time of names, values and coreference: {spent / parsing:.1%} of the analysis")
    full, chains = Scores(), Scores()
    for name, record in read_popcorn(shared):
        document = Document(name, str(record["text"]))
        analysis = analysed(document)
        key, response = (
            key_clusters(record, analysis),
            response_clusters(resolved(document, analysis, ontology), analysis),
        )
        full.add(key, response)
        chains.add(longer(key), longer(response))
    print("popcorn, all mentions  ", full.table())
    print("popcorn, chains of two+", chains.table())


if __name__ == "__main__":
    main()
