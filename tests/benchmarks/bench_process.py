"""Whole processes, as people run them: time and peak memory.

    python tests/benchmarks/bench_process.py [--runs 5] [--large | --share]

Each command runs once to warm the disk, then `--runs` times; the median is told. `--large` also reads
one text of half a megabyte, as long as a short book. What each stage takes beside the parser is reckoned in CPU time, on
articles of WiNER-fr (in ../shared beside the repository), none of them twice: what the parser remembers of words would
flatter it. Where they are not there, the texts of seeds/ are repeated. `--share` measures that alone.
"""

from __future__ import annotations

import argparse
import gc
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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.language import Analyzer
    from kg.model import Document
    from kg.ontology import Ontology

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
    """What each stage takes of an article, and as a share of the parser's time."""
    # A build's readers keep to one thread each, and look for rings of garbage as seldom as every command does.
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))
    sys.path.insert(0, str(REPOSITORY))
    from kg.__main__ import NEW_THINGS
    from kg.language import load_analyzer
    from kg.ontology import Ontology

    gc.set_threshold(NEW_THINGS)
    first, *documents = articles()
    analyzer, ontology = load_analyzer(), Ontology.load()
    stages(first, analyzer, ontology)
    read = [stages(document, analyzer, ontology) for document in documents]
    spent = {name: 1000 * sum(times[name] for _, times in read) / len(read) for name in read[0][1]}
    words = sum(count for count, _ in read) / len(read)
    print(f"\n{len(read)} articles of {words:.0f} words, CPU time of each:\n")
    print("| stage | ms an article | of the parser |\n|---|--:|--:|")
    sums = {
        "entities and statements": spent["entities"] + spent["statements"],
        "entities, statements, RDF": spent["entities"] + spent["statements"] + spent["RDF"],
    }
    for name, milliseconds in (spent | sums).items():
        print(f"| {name} | {milliseconds:.1f} | {milliseconds / spent['parser']:.0%} |")
    print(f"\nparser: {1000 * words / spent['parser']:,.0f} words a second")


def stages(document: Document, analyzer: Analyzer, ontology: Ontology) -> tuple[int, dict[str, float]]:
    """The words of an article, and the seconds of processor time of each stage that reads it."""
    from kg.entities import resolve
    from kg.entities.values import document_values
    from kg.graph.conformity import conforms
    from kg.graph.members import pack
    from kg.graph.rdf import encode
    from kg.pipeline import reading_of
    from kg.statements import read_statements

    times = [process_time()]
    analysis = analyzer.analyze(document)
    times.append(process_time())
    values = document_values(analysis.sentences, document.published, ontology)
    resolution = resolve(document, analysis, values, ontology)
    times.append(process_time())
    said = read_statements(document, analysis, values, resolution, ontology)
    reading = reading_of(document, analysis, resolution, *said)
    times.append(process_time())
    content = encode(reading)
    pack(document.id, content)
    times.append(process_time())
    assert conforms(content)
    times.append(process_time())
    names = ("parser", "entities", "statements", "RDF", "shapes")
    spent = [after - before for before, after in pairwise(times)]
    return sum(len(sentence.tokens) for sentence in analysis.sentences), dict(zip(names, spent, strict=True))


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
    arguments.add_argument("--share", action="store_true")
    options = arguments.parse_args()
    if options.share:
        share()
        return
    print("| command | time | peak memory |\n|---|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        commands(Path(folder), options.runs)
        if options.large:
            large(Path(folder))
    share()


if __name__ == "__main__":
    main()
