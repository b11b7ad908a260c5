"""How fast the graph is beside its engine and beside rdflib: queries, loading, export, start.

    python tests/benchmarks/bench_graph.py --quads 100000 [--rdflib] [--json FILE]

All on one machine, paired and interleaved, medians of five; ratios mean something elsewhere, milliseconds do not.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
from generate_graph import articles
from pyoxigraph import QuerySolutions, RdfFormat, Store

from kg.export import export
from kg.graph import Graph
from kg.graph.building import load_all
from kg.graph.results import Rows

QUERIES = {
    "lookup": "SELECT ?p ?o WHERE { ?it rdfs:label @LABEL@ . ?it ?p ?o }",
    "by label": "SELECT ?e WHERE { ?e a schema:Person ; rdfs:label ?l . FILTER(?l = @LABEL@) }",
    "star": "SELECT * WHERE { ?s kg:lemma 'relancer'@fr ; rdf:subject ?who ; rdf:object ?what ; kg:polarity ?p OPTIONAL { ?s kg:attributedTo ?by } OPTIONAL { ?s kg:cue ?cue } } LIMIT 200",
    "events of one, with quote and article": "SELECT ?r ?o ?quote ?file WHERE { @WHO@ ^rdf:subject ?s . ?s rdf:predicate ?r ; rdf:object ?o ; prov:wasDerivedFrom ?e . ?e nif:anchorOf ?quote ; nif:referenceContext/kg:file ?file }",
    "claims of one": "SELECT ?s ?cue WHERE { ?s kg:attributedTo @WHO@ ; kg:cue ?cue ; kg:asserted false }",
    "path": "SELECT DISTINCT ?x WHERE { @WHO@ kg:recruits+ ?x } LIMIT 100",
    "path, count": "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { @WHO@ (kg:sues|kg:visits)+ ?x }",
    "aggregate": "SELECT ?r (COUNT(*) AS ?n) WHERE { ?s rdf:predicate ?r } GROUP BY ?r ORDER BY DESC(?n)",
    "range, optional": "SELECT ?s ?by WHERE { ?s kg:time/schema:startDate ?d . FILTER(?d >= '2024-01-01'^^xsd:date) OPTIONAL { ?s kg:attributedTo ?by } }",
    "contains": "SELECT ?s WHERE { ?s a nif:Sentence ; nif:anchorOf ?t FILTER(CONTAINS(?t, 'pour 77 millions')) }",
    "regex": "SELECT (COUNT(?s) AS ?n) WHERE { ?s a nif:Sentence ; nif:anchorOf ?t FILTER(REGEX(?t, '^B[ae].*199[0-9]')) }",
    "order, limit": "SELECT ?s ?sum WHERE { ?s kg:amount/schema:value ?sum } ORDER BY DESC(?sum) ?s LIMIT 20",
    "construct": "CONSTRUCT { @WHO@ ?p ?o } WHERE { @WHO@ ?p ?o }",
    "co-occurrence": "SELECT ?b (COUNT(*) AS ?n) WHERE { ?m itsrdf:taIdentRef @WHO@ ; nif:referenceContext ?a . ?m2 nif:referenceContext ?a ; itsrdf:taIdentRef ?b FILTER(?b != @WHO@) } GROUP BY ?b ORDER BY DESC(?n) ?b LIMIT 20",
    "contradiction": "SELECT ?x ?y WHERE { ?x kg:polarity kg:Negated ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . ?y kg:polarity kg:Affirmed ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } LIMIT 200",
}
REPEATS = 5
COLD = 25
# A quick query is run so often that it takes this long, in seconds, and no more than so many times.
ENOUGH, MOST_RUNS = 0.05, 300
RECRUITS = "https://w3id.org/newsgraph/ontology#recruits"


def median(times: list[float]) -> float:
    """In milliseconds."""
    return statistics.median(times) * 1000


def interleaved(runs: dict[str, Callable[[], object]], repeats: int = REPEATS) -> dict[str, float]:
    """CPU milliseconds of each, taken in turn so that all see the same machine."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(repeats + 1):
        for name, run in runs.items():
            start = time.process_time()
            run()
            if turn:
                times[name].append(time.process_time() - start)
    return {name: median(found) for name, found in times.items()}


def often(run: Callable[[], object]) -> int:
    """How often to run what is quick, so that the clock has enough to measure."""
    run()
    start = time.process_time()
    run()
    return max(1, min(MOST_RUNS, round(ENOUGH / max(time.process_time() - start, 1e-5))))


def busiest(graph: Graph) -> tuple[str, str]:
    """The entity of which most is said, and its label, as SPARQL writes them."""
    rows = graph.query(
        "SELECT ?who (SAMPLE(?l) AS ?label) WHERE { ?s rdf:subject ?who . ?who rdfs:label ?l }"
        " GROUP BY ?who ORDER BY DESC(COUNT(?s)) ?who LIMIT 1"
    )
    who, label = rows.terms[0]
    return str(who), str(label)


def queries(graph: Graph, with_rdflib: bool) -> dict[str, dict[str, float]]:
    """Each query through kg, through the engine on the same store, and through rdflib."""
    dataset = graph.rdf if with_rdflib else None
    who, label = busiest(graph)
    found = {}
    for name, text in QUERIES.items():
        text = text.replace("@WHO@", who).replace("@LABEL@", label)
        few = often(lambda text=text: list(graph._store.query(text, prefixes=graph.prefixes)))

        def kg(text: str = text, few: int = few) -> None:
            for _ in range(few):
                answer = graph.query(text)
                _ = answer.terms if isinstance(answer, Rows) else answer.serialize("nt")

        def raw(text: str = text, few: int = few) -> None:
            for _ in range(few):
                answer = graph._store.query(text, prefixes=graph.prefixes)
                _ = (
                    list(answer)
                    if isinstance(answer, QuerySolutions)
                    else answer.serialize(format=RdfFormat.N_TRIPLES)
                )

        runs: dict[str, Callable[[], object]] = {"kg": kg, "pyoxigraph": raw}
        times = {engine: value / few for engine, value in interleaved(runs).items()}
        if dataset is not None:
            times["rdflib"] = interleaved({"rdflib": lambda text=text: list(dataset.query(text))}, 1)[
                "rdflib"
            ]
        found[name] = times
    return found


def loading(graph: Graph) -> dict[str, float]:
    """Seconds to load what the journal holds: kg, and the engine from one plain file (no default graph made)."""
    content = "".join(graph.lines()).encode()

    def kg() -> None:
        with tempfile.TemporaryDirectory() as place:
            load_all(Store(place), graph._journal)

    def raw() -> None:
        with tempfile.TemporaryDirectory() as place:
            Store(place).bulk_load(content, RdfFormat.N_QUADS)

    def both() -> None:
        with tempfile.TemporaryDirectory() as place:
            store = Store(place)
            store.bulk_load(content, RdfFormat.N_QUADS)
            store.bulk_load(triples, RdfFormat.N_TRIPLES)

    triples = "".join(graph.lines(graphs=False)).encode()
    times = interleaved(
        {"kg": kg, "pyoxigraph, named graphs alone": raw, "pyoxigraph, and their union": both}, 3
    )
    return {name: value / 1000 for name, value in times.items()}


def exporting(graph: Graph, with_rdflib: bool) -> dict[str, float]:
    """Seconds to write sorted Turtle."""
    with tempfile.TemporaryDirectory() as place:
        target = Path(place) / "graph.ttl"
        times = {"kg": interleaved({"kg": lambda: export(graph, target)}, 3)["kg"] / 1000}
        if with_rdflib:
            import rdflib

            made = rdflib.Graph()
            for triple in graph.rdf.triples((None, None, None)):
                made.add(triple)
            start = time.process_time()
            made.serialize(Path(place) / "rdflib.ttl", format="turtle")
            times["rdflib"] = time.process_time() - start
    return times


def starting(folder: Path) -> dict[str, float]:
    """CPU milliseconds (user and system) of whole processes; `kg` is the installed command where there is one."""
    query = "SELECT ?who ?what WHERE { ?who kg:recruits ?what } LIMIT 10"
    python = sys.executable
    installed = Path(python).with_name("kg")
    kg = [str(installed)] if installed.exists() else [python, "-m", "kg"]
    store = next((folder / "index").glob("*/store"))
    engine = f"from pyoxigraph import Store; list(Store.read_only({str(store)!r}).query('SELECT * {{ ?s <{RECRUITS}> ?o }}'))"
    commands = {
        "python -c pass": [python, "-c", "pass"],
        "import pyoxigraph": [python, "-c", "import pyoxigraph"],
        "pyoxigraph: open, ask": [python, "-c", engine],
        "python -m kg query": [python, "-m", "kg", "query", "-g", str(folder), query],
        "kg query": [*kg, "query", "-g", str(folder), query],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as compiled:
        # As after an install: modules are compiled already, by the first turn.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for turn in range(COLD + 1):
            for name, command in commands.items():
                used = cpu_seconds(command, environment)
                if turn:
                    times[name].append(used)
    return {name: median(found) for name, found in times.items()}


def cpu_seconds(command: list[str], environment: dict[str, str]) -> float:
    """User and system time of a process from start to exit."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Builds the graph, measures, prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quads", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rdflib", action="store_true", help="measure rdflib too (slow, 2 GB a million)")
    parser.add_argument(
        "--start", type=Path, metavar="DIR", help="only the start of processes, on this graph"
    )
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    if chosen.start:
        print("\n".join(f"{name:24} {value:7.1f} ms CPU" for name, value in starting(chosen.start).items()))
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "graph"
        start = time.process_time()
        with Graph.create(folder) as made:
            for reading in articles(chosen.quads, chosen.seed):
                made.add(reading)
            made.commit()
        report: dict[str, object] = {"build_s": time.process_time() - start}
        graph = Graph.open(folder)
        report |= {"quads": len(graph), "pyoxigraph": pyoxigraph.__version__}
        report["queries_ms"] = queries(graph, chosen.rdflib)
        report["load_s"] = loading(graph)
        report["turtle_s"] = exporting(graph, chosen.rdflib)
        report["start_ms"] = starting(folder)
    show(report)
    if chosen.json:
        chosen.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def show(report: dict[str, object]) -> None:
    """The report as a table for people."""
    print(
        f"{report['quads']:,} quads, built in {report['build_s']:.1f} s CPU, pyoxigraph {report['pyoxigraph']}"
    )
    for name, times in report["queries_ms"].items():
        ratio = times["kg"] / times["pyoxigraph"]
        print(
            f"  {name:40}"
            + "".join(f"{engine} {value:9.2f} ms  " for engine, value in times.items())
            + f"kg/engine {ratio:.2f}"
        )
    for part in ("load_s", "turtle_s", "start_ms"):
        print(f"{part}: " + ", ".join(f"{name} {value:.2f}" for name, value in report[part].items()))


if __name__ == "__main__":
    main()
