"""Whole processes, as people run them: time and peak memory.

    python tests/benchmarks/bench_process.py [--runs 5] [--large]

Each command runs once to warm the disk, then `--runs` times; the median is told. `--large` also reads
one text of half a megabyte, as long as a short book. The share of a reader's time beyond the parser's own is reckoned in
CPU time, on articles of WiNER-fr (in ../shared beside the repository), none of them twice: what the parser remembers of
words would flatter it. Where they are not there, the texts of seeds/ are repeated.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Document

REPOSITORY = Path(__file__).parents[2]
QUERY = "SELECT ?who ?what WHERE { ?who kg:recruits ?what }"
MEGABYTE = 1 << 20
CORPUS = REPOSITORY.parent / "shared" / "data" / "winer-fr" / "winer-fr.train-dev.jsonl"
# Enough articles that one of them makes no difference.
ARTICLES = 100


def measured(*arguments: object, cwd: Path) -> tuple[float, float]:
    """Seconds and peak MB (resident) of one run of kg."""
    started = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, arguments
    return perf_counter() - started, usage.ru_maxrss / 1024


def told(name: str, runs: list[tuple[float, float]]) -> None:
    seconds, memory = median(run[0] for run in runs), max(run[1] for run in runs)
    print(f"| `{name}` | {seconds:.2f} s | {memory:.0f} MB |")


def commands(place: Path, runs: int) -> None:
    seeds = REPOSITORY / "seeds"
    for name, arguments in (
        ("kg --help", ["--help"]),
        ("kg build seeds", ["build", "-q", "--again", seeds]),
        ("kg query", ["query", QUERY]),
        ("kg search", ["search", "salaire"]),
        ("kg stats", ["stats"]),
        ("kg view", ["view"]),
        ("kg verify", ["verify"]),
        ("kg validate", ["validate"]),
        ("kg export graph.ttl", ["export", "graph.ttl"]),
    ):
        measured(*arguments, cwd=place)
        told(name, [measured(*arguments, cwd=place) for _ in range(runs)])


def large(place: Path) -> None:
    text = (REPOSITORY / "seeds" / "netflix-ia.txt").read_text("utf-8") + "\n"
    copies = MEGABYTE // 2 // len(text.encode("utf-8")) + 1
    (place / "large.txt").write_text(text * copies, encoding="utf-8")
    told("kg build large.txt (0.5 MB)", [measured("build", "-q", "large.txt", "-g", "large", cwd=place)])


def share() -> None:
    """What the stages after the parser take of an article, and as a share of the parser's time."""
    # A build's readers keep to one thread each.
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))
    sys.path.insert(0, str(REPOSITORY))
    from kg.graph.members import pack
    from kg.graph.rdf import encode
    from kg.language import load_analyzer
    from kg.ontology import Ontology
    from kg.pipeline import read

    first, *documents = articles()
    analyzer, ontology = load_analyzer(), Ontology.load()
    read(first, analyzer, ontology)
    spent, words = [0.0, 0.0, 0.0], 0
    for document in documents:
        times = [process_time()]
        analysis = analyzer.analyze(document)
        times.append(process_time())
        reading = read(document, SimpleNamespace(analyze=lambda _, known=analysis: known), ontology)
        times.append(process_time())
        pack(document.id, encode(reading))
        times.append(process_time())
        spent = [sum(pair) for pair in zip(spent, (b - a for a, b in pairwise(times)), strict=True)]
        words += sum(len(sentence.tokens) for sentence in analysis.sentences)
    parser, stages, graph = (1000 * seconds / len(documents) for seconds in spent)
    print(
        f"\n{len(documents)} articles of {words / len(documents):.0f} words, CPU time of each: parser {parser:.1f} ms "
        f"({words / spent[0]:,.0f} words a second), entities and statements {stages:.1f} ms, RDF {graph:.1f} ms: "
        f"{(stages + graph) / parser:+.0%}"
    )


def articles() -> list[Document]:
    """One article more than are read, from WiNER-fr; the texts of seeds/, repeated, where it is not there."""
    from kg.documents import read_documents
    from kg.model import Document

    if CORPUS.exists():
        lines = CORPUS.read_text("utf-8").splitlines()[: ARTICLES + 1]
        return [Document(record["id"], record["text"]) for record in map(json.loads, lines)]
    (seed,) = read_documents([REPOSITORY / "seeds" / "netflix-ia.txt"])
    return [replace(seed, text=f"{seed.text}\n{number}") for number in range(ARTICLES + 1)]


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--large", action="store_true")
    options = arguments.parse_args()
    print("| command | time | peak memory |\n|---|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        commands(Path(folder), options.runs)
        if options.large:
            large(Path(folder))
    share()


if __name__ == "__main__":
    main()
