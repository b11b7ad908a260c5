"""Learn the score sheet of the types of names: `python tests/benchmarks/learn_types.py [--write] [SHARED]`.

Each thing that an article names is one decision between six types; the sheet is a log-linear model of it, over the signs
of `kg/entities/signs.py` and what the model calls its names, fitted by L-BFGS with a Gaussian prior. First the signs
alone, on WiNER-fr's training part with its own names; these weights are then the centre of the prior for what the model
finds in texts that it has not learnt from: WiNER-fr's development part, articles of our own with invented names
(`types-fr.txt` beside this file), and gold-train, where the windows judge alone, as the other network knows it. WiNER knows
no works: what it calls a product is one where a sign says so. Without --write, cross-validated figures alone.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy
from scipy.optimize import minimize

from kg.entities import naming
from kg.entities.lexicon import lexicon_of
from kg.entities.names import NAME_TYPES, find_names
from kg.entities.naming import group_names
from kg.entities.values import document_values
from kg.language import load_analyzer
from kg.language.names import Namer, likelihood
from kg.language.recipe import corpora
from kg.language.recipe.corpora import tidied
from kg.model import Analysis, Document, Mention, Span
from kg.ontology import Ontology

SHARED = Path(__file__).parents[2] / ".." / "shared"
SHEET = Path(naming.__file__).with_name("types.json")
FOLDS = 5
# A sign counts where so many things show it.
SEEN = 5
# How far weights stray: of the signs alone, then of the signs, of the votes and of what is known from their centres. WiNER
# names the same few firms again and again, as sites; that is no reason to think little of what is known.
FAR, NEAR, VOTES, SURE = 1.0, 0.4, 0.5, 0.2
# How much of what the signs say alone they say beside the model, and what its vote is worth at first.
SHARE, VOTE = 0.7, 2.5
# What a noun that calls a thing, or the authority file, should say of it, where too few examples tell.
WEIGHT, KNOWN = 1.0, 3.0
WAYS = ("called", "beside one called", "is", "explained as", "names", "begins as")
EXPECTED = {f"{way} {kind}": (kind, WEIGHT) for way in WAYS for kind in NAME_TYPES}
EXPECTED |= {f"known as {kind}": (kind, KNOWN) for kind in NAME_TYPES}
EXPECTED |= {"called government": ("Person", WEIGHT), "another name and more": ("Product", WEIGHT)}

# Articles that the windows did not learn from.
LEFT_OUT = Path(corpora.__file__).with_name("left-out.txt")
# Articles of our own.
OWN = Path(__file__).with_name("types-fr.txt")

Example = tuple[dict[str, float], str, str]


class Windows(Namer):
    """The windows alone, which speak for both networks."""

    def judged(self, passages: Sequence[Sequence[str]], states: Sequence[numpy.ndarray]) -> numpy.ndarray:
        """What the windows say, twice."""
        return 2 * likelihood(self.scores(passages, states))


def main() -> None:
    """Read, learn, score; write the sheet where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--kept", type=Path, help="folder in which what was read is kept")
    options = parser.parse_args()
    far, near = (kept(options.kept, name, options.shared) for name in ("far", "near"))
    if not (far and near):
        return
    counts = Counter(sign for found, _, _ in [*far, *near] for sign in found)
    names = sorted({sign for sign, count in counts.items() if count >= SEEN} | EXPECTED.keys())
    told = [EXPECTED.get(name, ("", 0.0)) for name in names]
    expected = numpy.array([[weight * (kind == one) for kind in NAME_TYPES] for one, weight in told])
    far_spread = numpy.array([SURE if name.startswith("known as ") else FAR for name in names])
    ground = fit(far, names, expected, far_spread)
    centre, spread = SHARE * ground, numpy.full(len(names), NEAR)
    for place, name in enumerate(names):
        if name.startswith("known as "):
            spread[place] = SURE
        elif name.startswith("tagged "):
            spread[place] = VOTES
            centre[place] = [VOTE * (name == f"tagged {kind}") for kind in NAME_TYPES]
    documents = sorted({source for _, _, source in near})
    right: Counter[str] = Counter()
    for fold in range(FOLDS):
        out = set(documents[fold::FOLDS])
        weights = fit([e for e in near if e[2] not in out], names, centre, spread)
        for found, kind, source in near:
            if source in out:
                part = part_of(source)
                best = NAME_TYPES[int((matrix([found], names) @ weights)[0].argmax())]
                tagged = max(NAME_TYPES, key=lambda one: found.get(f"tagged {one}", 0.0))
                right[part, "all"] += 1
                right[part, "model"] += tagged == kind
                right[part, "sheet"] += best == kind
                if best != kind:
                    right["confused", part, kind, best] += 1
    for key, count in sorted(right.items(), key=str):
        print(*key, count)
    if options.write:
        weights = fit(near, names, centre, spread)
        sheet = {
            name: {
                kind: round(float(w), 2) for kind, w in zip(NAME_TYPES, row, strict=True) if abs(w) >= 0.05
            }
            for name, row in zip(names, weights, strict=True)
        }
        text = json.dumps({name: row for name, row in sheet.items() if row}, ensure_ascii=False, indent=1)
        SHEET.write_text(text + "\n", encoding="utf-8")


def part_of(source: str) -> str:
    """Which of the sets an article is of."""
    return "own" if source.startswith("own") else "gold-train" if source.startswith("w") else "WiNER dev"


def kept(folder: Path | None, name: str, shared: Path) -> list[Example]:
    """The examples of a name, from the folder if they were read before."""
    path = folder and folder / f"{name}.pkl"
    if path and path.exists():
        with path.open("rb") as stored:
            return pickle.load(stored)
    found = list(winer_train(shared) if name == "far" else unseen(shared))
    if path:
        with path.open("wb") as stored:
            pickle.dump(found, stored)
    return found


def matrix(found: Sequence[dict[str, float]], names: Sequence[str]) -> numpy.ndarray:
    """The signs of things as rows."""
    place = {name: index for index, name in enumerate(names)}
    rows = numpy.zeros((len(found), len(names)))
    for row, some in zip(rows, found, strict=True):
        for sign, value in some.items():
            if sign in place:
                row[place[sign]] = value
    return rows


def fit(
    examples: Sequence[Example], names: Sequence[str], centre: numpy.ndarray, spread: numpy.ndarray
) -> numpy.ndarray:
    """The weights that make the types likeliest, near their centre."""
    rows = matrix([found for found, _, _ in examples], names)
    gold = numpy.array([NAME_TYPES.index(kind) for _, kind, _ in examples])
    each = numpy.arange(len(gold))

    def loss(flat: numpy.ndarray) -> tuple[float, numpy.ndarray]:
        weights = flat.reshape(centre.shape)
        scores = rows @ weights
        scores -= scores.max(axis=1, keepdims=True)
        likely = numpy.exp(scores)
        likely /= likely.sum(axis=1, keepdims=True)
        far = (weights - centre) / spread[:, None]
        value = -numpy.log(likely[each, gold]).sum() + 0.5 * (far**2).sum()
        likely[each, gold] -= 1
        return float(value), (rows.T @ likely + far / spread[:, None]).ravel()

    return minimize(loss, centre.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x.reshape(
        centre.shape
    )


def winer(shared: Path, split: str) -> Iterator[tuple[str, str, list[tuple[int, int, str]]]]:
    """The articles of a part, tidied, with their names."""
    with (shared / "data" / "winer-fr" / "winer-fr.train-dev.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["split"] == split:
                yield record["id"], *tidied(record["text"], record["outer"])


def own(path: Path) -> Iterator[tuple[str, str, list[tuple[int, int, str]]]]:
    """The articles of a file of our own, numbered, with the names that it marks."""
    for number, (text, spans) in enumerate(corpora.marked(path)):
        yield f"own{number:02}", text, spans


def winer_train(shared: Path) -> Iterator[Example]:
    """What WiNER's training part names, with the signs alone."""
    analyzer = load_analyzer()
    left_out = frozenset(LEFT_OUT.read_text(encoding="utf-8").split())
    for source, text, spans in winer(shared, "train"):
        if source in left_out:
            continue
        document = Document(source, text)
        analysis = analyzer.analyze(document)
        yield from examples(document, named(document, analysis, spans), spans, votes=False)


def unseen(shared: Path) -> Iterator[Example]:
    """What the model finds in articles that it did not learn from."""
    analyzer = load_analyzer()
    for source, text, spans in winer(shared, "dev"):
        document = Document(source, text)
        yield from examples(document, analyzer.analyze(document), spans, votes=True)
    for source, text, spans in own(OWN):
        document = Document(source, text)
        yield from examples(document, analyzer.analyze(document), spans, votes=True, works=True)
    both = analyzer._reader.names
    analyzer._reader.names = Windows(both.alone, both._w, both.features)
    for path in sorted((shared / "gold-train").glob("w*.txt")):
        entities = json.loads(path.with_suffix(".entities.json").read_text(encoding="utf-8"))
        spans = [
            (mention["start"], mention["end"], entity["type"])
            for entity in entities
            for mention in entity["mentions"]
            if mention["kind"] == "name"
        ]
        document = Document(path.name, path.read_bytes().decode("utf-8"))
        yield from examples(document, analyzer.analyze(document), spans, votes=True, works=True)


def named(document: Document, analysis: Analysis, spans: Sequence[tuple[int, int, str]]) -> Analysis:
    """The analysis with these names in the place of its own."""
    found = []
    for start, end, kind in spans:
        for sentence in analysis.sentences:
            inside = [token for token in sentence.tokens if token.start < end and start < token.end]
            if inside:
                within = {token.index for token in inside}
                head = next((token for token in inside if token.head not in within), inside[0])
                text = document.text[start:end]
                found.append(Mention(start, end, text, "name", kind, sentence.index, head.index))
                break
    return replace(analysis, names=tuple(found))


def examples(
    document: Document,
    analysis: Analysis,
    spans: Sequence[tuple[int, int, str]],
    *,
    votes: bool,
    works: bool = False,
) -> Iterator[Example]:
    """The things an article names, with their signs and their type by most of their names."""
    ontology = Ontology.load()
    lexicon = lexicon_of(ontology, "fr")
    values = document_values(analysis.sentences, None, ontology)
    names = find_names(document, analysis, [Span(value.start, value.end) for value in values], lexicon)
    for thing in group_names(names, lexicon):
        kinds = Counter(
            kind
            for name in thing.names
            for start, end, kind in spans
            if name.start < end and start < name.end
        )
        if not kinds:
            continue
        kind = max(sorted(kinds), key=lambda one: kinds[one])
        found = dict(thing.evidence)
        if kind == "Product" and not works:
            kind = _work_or_product(found)
        if kind in NAME_TYPES:
            yield (
                {s: v for s, v in found.items() if votes or not s.startswith("tagged ")},
                kind,
                document.name,
            )


def _work_or_product(found: dict[str, float]) -> str:
    said = [sign for sign in found if not sign.startswith("tagged ")]
    work, product = (sum(sign.endswith(f" {kind}") for sign in said) for kind in ("Work", "Product"))
    return "Work" if work > product or (work == product and "quoted" in found) else "Product"


if __name__ == "__main__":
    main()
