"""Learn the weights of `kg.statements.confidence`: `python tests/benchmarks/learn_confidence.py [--write] [FOLDER…]`.

Each statement that the rules propose for an annotated article is an example, right where it meets a fact. Each FOLDER
holds such articles; without one, ../shared/gold-train beside the repository does. Prints cross-validated figures, and
the share of right statements by confidence; with --write, fits all of it and writes the weights that kg loads.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

from kg.documents import read_documents
from kg.entities import resolve
from kg.entities.values import document_values
from kg.evaluation import Matcher, gold_articles
from kg.language import load_analyzer
from kg.ontology import Ontology
from kg.statements import Article, Confidence, candidates, confidence
from kg.statements.calibration import Example, best_threshold, cross_validated, fit

SHARED = Path(__file__).parents[2].parent / "shared" / "gold-train"
PENALTY = 15.0
MUST = 3
WEIGHTS = Path(confidence.__file__).with_name("confidence-fr.json")


def main(arguments: list[str]) -> None:
    """Read the articles, print the figures, write the weights where asked."""
    folders = [Path(item) for item in arguments if not item.startswith("-")] or [SHARED]
    examples, meets, facts, must = examples_of(folders)
    ceiling = frozenset().union(*meets)
    print(f"{len(examples)} candidates, {sum(item.right for item in examples)} right")
    print(
        f"facts within reach: {len(ceiling) / facts:.3f}, of those not to be missed {len(ceiling & must) / len(must):.3f}"
    )
    chances = cross_validated(examples, penalty=PENALTY)
    threshold, score = best_threshold(chances, meets, facts)
    kept = [index for index, chance in enumerate(chances) if chance >= threshold]
    met = frozenset().union(*(meets[index] for index in kept))
    right = sum(examples[index].right for index in kept)
    print(
        f"threshold {threshold}: F1 {score:.3f}, precision {right / len(kept):.3f}, recall {len(met) / facts:.3f}, "
        f"must {len(met & must) / len(must):.3f}"
    )
    for low in (0.0, 0.2, 0.4, 0.6, 0.8, 0.9):
        high = {0.8: 0.9, 0.9: 1.01}.get(low, low + 0.2)
        inside = [item.right for item, chance in zip(examples, chances, strict=True) if low <= chance < high]
        print(
            f"confidence {low:.1f} to {min(high, 1.0):.1f}: {len(inside):5} statements, {sum(inside) / max(len(inside), 1):.2f} right"
        )
    if "--write" in arguments:
        model = replace(fit(examples, penalty=PENALTY), threshold=threshold)
        content = {
            "intercept": model.intercept,
            "threshold": model.threshold,
            "weights": dict(sorted(model.weights.items())),
        }
        fresh = WEIGHTS.with_suffix(".new")
        fresh.write_text(json.dumps(content, ensure_ascii=False, indent=0), encoding="utf-8", newline="\n")
        fresh.replace(WEIGHTS)
        print(f"wrote {len(model.weights)} weights to {WEIGHTS.name}")


def examples_of(folders: list[Path]) -> tuple[list[Example], list[frozenset[int]], int, frozenset[int]]:
    """The candidates of all articles, the facts that each meets, how many facts there are, and the important ones."""
    ontology, analyzer = Ontology.load(), load_analyzer("fr")
    matcher = Matcher(ontology)
    examples: list[Example] = []
    meets: list[frozenset[int]] = []
    must: set[int] = set()
    facts = 0
    gold = [article for folder in folders for article in gold_articles(folder)]
    for document, article in zip(read_documents([item.path for item in gold]), gold, strict=True):
        analysis = analyzer.analyze(document)
        values = document_values(analysis.sentences, document.published, ontology)
        resolution = resolve(document, analysis, values, ontology)
        must |= {facts + index for index, fact in enumerate(article.facts) if fact["importance"] == MUST}
        seen: set[str] = set()
        for item in candidates(
            Article(document, analysis, values, resolution, ontology), Confidence({}, 0, 0)
        ):
            if item.statement.id not in seen:
                seen.add(item.statement.id)
                met = [
                    index
                    for index, fact in enumerate(article.facts)
                    if matcher.meets(item.statement, fact, article.name)
                ]
                examples.append(Example(item.features, bool(met), article.name))
                meets.append(frozenset(facts + index for index in met))
        facts += len(article.facts)
    return examples, meets, facts, frozenset(must)


if __name__ == "__main__":
    main(sys.argv[1:])
