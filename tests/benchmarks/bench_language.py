"""How well and how fast the French pipeline reads: Sequoia's development set and WiNER-fr's, from raw text.

    python tests/benchmarks/bench_language.py [--model NAME] [--treebank FILE]… [SHARED_FOLDER]

The shared folder (default: beside the repository) holds `data/ud-fr` and `data/winer-fr`. A score is an F1 in
percent over aligned words; relations count with their subtypes. The speed is that of one core, on articles of which none
was read before.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time

# A build's readers keep to one thread each; two that wait for each other would be counted twice. NumPy asks when it is
# imported.
os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

from kg.language import load_analyzer
from kg.language.conllu import read_file
from kg.language.evaluation import Score, names_score, syntax_score
from kg.language.recipe.corpora import tidied
from kg.model import Document

SHARED = Path(__file__).parents[2] / ".." / "shared"


def main() -> None:
    """Load, score, time; print one line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--model")
    parser.add_argument("--treebank", type=Path, action="append")
    options = parser.parse_args()
    began = perf_counter()
    analyzer = load_analyzer(model=options.model)
    print(f"loaded in {perf_counter() - began:.2f} s")
    data = options.shared / "data"
    for path in options.treebank or [data / "ud-fr" / "fr_sequoia-ud-dev.conllu"]:
        show(path.name, syntax_score(analyzer, list(read_file(path))))
    texts = [text for text, _ in winer(data / "winer-fr" / "winer-fr.train-dev.jsonl")]
    began = process_time()
    read = [analyzer.analyze(Document("-", text)) for text in texts]
    words = sum(len(sentence.tokens) for analysis in read for sentence in analysis.sentences)
    print(f"{words / (process_time() - began):,.0f} words a second of processor time, article by article")
    show("WiNER-fr dev", names_score(analyzer, winer(data / "winer-fr" / "winer-fr.train-dev.jsonl")))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


def winer(path: Path) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """The development articles, tidied, with their outermost names."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["split"] == "dev":
                yield tidied(record["text"], record["outer"])


def show(name: str, scores: dict[str, Score]) -> None:
    """One line of a table."""
    print(f"{name}: " + ", ".join(f"{key} {score.f1:.1f}" for key, score in scores.items()))


if __name__ == "__main__":
    main()
