"""Many articles: time and memory of a build against the parser alone, and builds that are killed.

    python tests/benchmarks/bench_corpus.py                       100 and 300 articles, 1 and 2 jobs
    python tests/benchmarks/bench_corpus.py --sizes 100 300 1084 --jobs 1 2
    python tests/benchmarks/bench_corpus.py --kills 10 --sizes 30

The articles are those of WiNER-fr, which stands beside the repository in ../shared/data/winer-fr; each becomes a
file. Wall times say little on a shared machine: CPU seconds, and the ratio of these to the parser's, say more.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Event, Thread

REPOSITORY = Path(__file__).parents[2]
CORPUS = REPOSITORY.parent / "shared" / "data" / "winer-fr" / "winer-fr.train-dev.jsonl"
OUTPUTS = ("graph.ttl", "graph.html")
MEGABYTE = 1 << 20

PARSER = """
import sys
from kg.documents import read_documents
from kg.language import load_analyzer
analyzer = load_analyzer()
print(sum(len(analyzer.analyze(document).sentences) for document in read_documents([sys.argv[1]])))
"""


def main() -> None:
    """Print a table of the builds, or what became of those that were killed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 300])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--kills", type=int, default=0, help="instead: kill a build so often, and compare")
    parser.add_argument("--seed", type=int, default=7, help="of the moments at which builds are killed")
    options = parser.parse_args()
    if not CORPUS.exists():
        sys.exit(f"{CORPUS} is not there; this benchmark needs it")
    with tempfile.TemporaryDirectory(prefix="kg-corpus-") as place:
        for size in options.sizes:
            articles = written(Path(place) / f"articles-{size}", size)
            if options.kills:
                kills(articles, Path(place), options.kills, options.seed)
            else:
                table(articles, Path(place), options.jobs)


def written(folder: Path, size: int) -> Path:
    """The first articles of the corpus, a file each."""
    folder.mkdir()
    for line in CORPUS.read_text("utf-8").splitlines()[:size]:
        record = json.loads(line)
        (folder / f"{record['id']}.txt").write_text(record["text"], encoding="utf-8")
    return folder


def table(articles: Path, place: Path, jobs: list[int]) -> None:
    """One line for the parser alone, one for each number of jobs."""
    alone = measured([sys.executable, "-c", PARSER, os.fspath(articles)])
    size = len(list(articles.iterdir()))
    print(f"{'articles':>8} {'what':>8} {'wall s':>8} {'CPU s':>8} {'x CPU':>6} {'peak MB':>8}")
    print(f"{size:8} {'parser':>8} {alone[0]:8.1f} {alone[1]:8.1f} {1:6.2f} {alone[2]:8.0f}", flush=True)
    first: dict[str, bytes] = {}
    for count in jobs:
        graph = place / f"graph-{size}-{count}"
        wall, cpu, peak = measured(build(articles, graph, count))
        run = json.loads((graph / "run.json").read_text("utf-8"))
        seconds, counts = run["seconds"], run["counts"]
        print(
            f"{size:8} {f'{count} jobs':>8} {wall:8.1f} {cpu:8.1f} {cpu / alone[1]:6.2f} {peak:8.0f}"
            f"   reading {seconds['reading']} s, writing {seconds['writing']} s, {counts['quads']:,} quads",
            flush=True,
        )
        made = {name: (graph / name).read_bytes() for name in OUTPUTS}
        if first and made != first:
            sys.exit("the bytes differ from those of the first build")
        first = first or made
        shutil.rmtree(graph)


def measured(command: list[str]) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds of all its processes, and the most memory that these had together, in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL)
    peak = Peak(process.pid)
    if process.wait():
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, peak.stop() / MEGABYTE


def environment() -> dict[str, str]:
    # A build's readers keep to one thread each; so that the ratio compares like with like, the parser alone does too.
    return {
        **os.environ,
        "PYTHONPATH": os.fspath(REPOSITORY),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


class Peak:
    """Looks five times a second at the memory of a process and of those it started, each page counted once."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._most = 0
        self._done = Event()
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """The most bytes that were seen."""
        self._done.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        while not self._done.wait(0.2):
            self._most = max(self._most, sum(map(memory, family(self._process))))


def family(process: int) -> list[int]:
    """A process and all below it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(entry.parent.name))
    found = [process]
    for each in found:
        found += parents.get(each, [])
    return found


def memory(process: int) -> int:
    """The bytes of a process's memory, shared pages divided among those that share them."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def kills(articles: Path, place: Path, times: int, seed: int) -> None:
    """Kill builds at random moments from start to end, let them go on, and compare with one that was left in peace."""
    whole, graph = place / "undisturbed", place / "killed"
    lengths = {}
    for jobs in (1, 2):
        shutil.rmtree(whole, ignore_errors=True)
        began = time.perf_counter()
        subprocess.run(build(articles, whole, jobs), env=environment(), check=True)
        lengths[jobs] = time.perf_counter() - began
    expected = outputs(whole)
    chance = random.Random(seed)
    for number in range(times):
        jobs = 1 + number % 2
        # One moment in each tenth of the time, so that what is short is met too.
        moment = (number + chance.random()) / times * lengths[jobs]
        process = subprocess.Popen(build(articles, graph, jobs), env=environment())
        time.sleep(moment)
        process.kill()
        process.wait()
        met = phase(graph)
        subprocess.run(build(articles, graph, chance.choice((1, 2))), env=environment(), check=True)
        counts = json.loads((graph / "run.json").read_text("utf-8"))["counts"]
        same = outputs(graph) == expected
        print(
            f"{jobs} jobs, killed after {moment:5.1f} s of {lengths[jobs]:.0f}, {met}: {counts['unchanged']:4} articles "
            f"were kept, {counts['read']:4} read; {'the same bytes' if same else 'THE BYTES DIFFER'}",
            flush=True,
        )
        if not same:
            sys.exit(1)
        shutil.rmtree(graph)


def outputs(graph: Path) -> dict[str, bytes]:
    """What people see of a graph: its files, its quads, and that nothing of it is damaged."""
    for command in (["export", graph / "all.nq"], ["verify"]):
        subprocess.run(
            [sys.executable, "-m", "kg", *map(os.fspath, command), "-g", os.fspath(graph)],
            env=environment(),
            check=True,
            capture_output=True,
        )
    return {name: (graph / name).read_bytes() for name in (*OUTPUTS, "all.nq")}


def phase(graph: Path) -> str:
    """What a build was at when it ended."""
    if (graph / "run.json").exists():
        return "done"
    if (graph / "journal").exists():
        if (graph / "graph.html").exists():
            return "counting"
        return "drawing" if (graph / "graph.ttl").exists() else "writing Turtle"
    if (graph / "index").exists():
        return "indexing"
    part = graph / "journal.part"
    if not part.exists():
        return "starting"
    return "resolving" if b"spare-own-" in part.read_bytes() else "reading"


def build(articles: Path, graph: Path, jobs: int = 1) -> list[str]:
    """The command of a build."""
    where = ["-g", os.fspath(graph), "--jobs", str(jobs)]
    return [sys.executable, "-m", "kg", "build", "-q", os.fspath(articles), *where]


if __name__ == "__main__":
    main()
