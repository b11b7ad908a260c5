"""Whole processes, as people run them: time and peak memory.

    python tests/benchmarks/bench_process.py [--runs 5] [--large]

Each command runs once to warm the disk, then `--runs` times; the median is told. `--large` also reads
one text of half a megabyte, as long as a short book. The share of `kg build` beyond the parser's own time is reckoned on the texts of seeds/, repeated.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

REPOSITORY = Path(__file__).parents[2]
QUERY = "SELECT ?who ?what WHERE { ?who kg:recruits ?what }"
MEGABYTE = 1 << 20
# Enough articles that the time to load the model no longer counts.
REPEATED = 100


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


def share(runs: int) -> None:
    """What the stages after the parser take, as a share of its time."""
    sys.path.insert(0, str(REPOSITORY))
    from dataclasses import replace

    from kg.documents import read_documents
    from kg.language import load_analyzer
    from kg.ontology import Ontology
    from kg.pipeline import read

    (seed,) = read_documents([REPOSITORY / "seeds" / "netflix-ia.txt"])
    documents = [replace(seed, text=f"{seed.text}\n{number}") for number in range(REPEATED)]
    analyzer, ontology = load_analyzer(), Ontology.load()
    read(seed, analyzer, ontology)
    parser, whole = [], []
    for _ in range(runs):
        started = perf_counter()
        for document in documents:
            analyzer.analyze(document)
        parser.append(perf_counter() - started)
        started = perf_counter()
        for document in documents:
            read(document, analyzer, ontology)
        whole.append(perf_counter() - started)
    a, b = median(parser), median(whole)
    print(
        f"\nparser {a / REPEATED * 1000:.0f} ms an article, all stages {b / REPEATED * 1000:.0f} ms: {b / a - 1:+.0%}"
    )


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
    share(min(options.runs, 3))


if __name__ == "__main__":
    main()
