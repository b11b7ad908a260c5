"""Ended at any moment, on a full disk or with damaged files: nothing is lost, nothing is twice, nothing is believed wrongly."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.graph import index

REPOSITORY = Path(__file__).parents[1]
OUTPUTS = ("graph.ttl", "graph.html", "journal")

TEXTS = {
    "a.txt": "Netflix recrute un directeur technique. La SAG-AFTRA dénonce cette décision.",
    "b.txt": "Renault a supprimé 500 emplois à Paris en 2023. Le ministre a rejeté le projet.",
    "c.txt": "La SNCF a commandé douze trains à Alstom pour 300 millions d'euros.",
    "d.txt": "Le maire de Lyon a inauguré une école. Les habitants saluent cette ouverture.",
    "e.txt": "Airbus livre dix avions à Air France. Selon Le Monde, la commande vaut un milliard d'euros.",
    "f.txt": "Marie Curie a reçu le prix Nobel en 1903. Elle est née à Varsovie.",
}


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1"}


def start(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def finished(*arguments: object) -> tuple[int, str]:
    process = start(*arguments)
    _, errors = process.communicate(timeout=300)
    return process.returncode, errors


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def undisturbed(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("undisturbed") / "graph"
    kg.build(articles, folder)
    return folder


def same(graph: Path, undisturbed: Path) -> None:
    for name in OUTPUTS:
        assert (graph / name).read_bytes() == (undisturbed / name).read_bytes(), name
    assert kg.load(graph).verify() == []
    assert kg.load(graph).stats() == kg.load(undisturbed).stats()


# ---- kill -9


def journaled(graph: Path) -> int:
    """The bytes of the journal that is being written."""
    part = graph / "journal.part"
    return part.stat().st_size if part.exists() else 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_that_is_killed_goes_on_where_it_was(
    articles: Path, undisturbed: Path, tmp_path: Path, jobs: int
) -> None:
    """In the midst of reading; tests/benchmarks/bench_corpus.py kills at any moment, tests/test_killed.py at each step."""
    graph = tmp_path / "graph"
    build = start("build", "-q", articles, "-g", graph, "--jobs", jobs)
    enough = (undisturbed / "journal").stat().st_size // 3
    while build.poll() is None and journaled(graph) < enough and not (graph / "journal").exists():
        time.sleep(0.002)
    build.kill()
    build.communicate()
    kept = journaled(graph)
    kg.build(articles, graph)
    same(graph, undisturbed)
    assert kept or (graph / "journal").exists()
    assert '"unchanged": 0' not in (graph / "run.json").read_text("utf-8")


def test_ctrl_c_keeps_what_was_read(articles: Path, undisturbed: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    build = start("build", "-q", articles, "-g", graph)
    while build.poll() is None and not journaled(graph):
        time.sleep(0.002)
    build.send_signal(signal.SIGINT)
    _, errors = build.communicate()
    assert "Traceback" not in errors
    kg.build(articles, graph)
    same(graph, undisturbed)


def test_a_build_is_stopped_while_a_graph_is_there(articles: Path, undisturbed: Path, tmp_path: Path) -> None:
    """The graph that is there answers until the new one is whole."""
    graph = tmp_path / "graph"
    kg.build(articles / "a.txt", graph)
    before = (graph / "graph.ttl").read_bytes()
    build = start("build", "-q", articles, "-g", graph)
    while build.poll() is None and not journaled(graph):
        time.sleep(0.002)
    build.kill()
    build.communicate()
    if (graph / "journal.part").exists():
        assert (graph / "graph.ttl").read_bytes() == before
        assert [document.name for document in kg.load(graph).documents()] == ["a.txt"]


# ---- Full, and read-only


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of little more than nothing."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.getuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small file system")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def grow(disk: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)


def test_a_full_disk_is_one_line_and_no_damage(articles: Path, undisturbed: Path, small_disk: Path) -> None:
    graph = small_disk / "graph"
    for size in ("64k", "200k", "1m"):
        grow(small_disk, size)
        with pytest.raises(kg.KgError, match="No space left on device"):
            kg.build(articles, graph)
    code, errors = finished("build", "-q", articles, "-g", graph)
    assert (code, len(errors.splitlines())) == (2, 1), errors
    assert "No space left on device" in errors
    assert "Traceback" not in errors
    grow(small_disk, "200m")
    kg.build(articles, graph)
    same(graph, undisturbed)


def test_a_full_disk_leaves_the_graph_that_is_there(articles: Path, small_disk: Path) -> None:
    graph = small_disk / "graph"
    grow(small_disk, "200m")
    kg.build(articles / "a.txt", graph)
    filler = small_disk / "filler"
    with filler.open("wb") as file:
        file.write(b"x" * (shutil.disk_usage(small_disk).free - 4096))
    code, errors = finished("add", "-q", articles, "-g", graph)
    assert (code, len(errors.splitlines())) == (2, 1), errors
    assert "a.txt" in [document.name for document in kg.load(graph).documents()]
    filler.unlink()
    kg.load(graph).add_articles(articles)
    assert kg.load(graph).stats()["articles"] == len(TEXTS)
    assert kg.load(graph).verify() == []


def test_a_folder_that_may_not_be_written_is_one_line(
    articles: Path, tmp_path: Path, undisturbed: Path
) -> None:
    closed = tmp_path / "closed"
    shutil.copytree(undisturbed, closed)
    if not read_only(closed):
        pytest.skip("this user may write everywhere, and no file system can be mounted read-only")
    try:
        for command in (["build", "-q", articles], ["add", "-q", articles], ["remove", "a.txt"]):
            code, errors = finished(*command, "-g", closed)
            assert (code, len(errors.splitlines())) == (2, 1), errors
            assert str(closed) in errors
        code, errors = finished("query", "ASK { ?s ?p ?o }", "-g", closed)
        assert code == 0
    finally:
        writable(closed)


def read_only(folder: Path) -> bool:
    if os.getuid() != 0:
        folder.chmod(0o555)
        return True
    steps = (["mount", "--bind", folder, folder], ["mount", "-o", "remount,bind,ro", folder])
    return all(subprocess.run(step, capture_output=True, check=False).returncode == 0 for step in steps)


def writable(folder: Path) -> None:
    if os.getuid() != 0:
        folder.chmod(0o755)
    else:
        subprocess.run(["umount", "-l", folder], check=True)


# ---- Damage


@pytest.fixture
def graph(undisturbed: Path, tmp_path: Path) -> Path:
    shutil.copytree(undisturbed, tmp_path / "graph")
    return tmp_path / "graph"


def count(graph: Path) -> int:
    rows = kg.load(graph).query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    return int(str(rows[0][0]))  # type: ignore[index]


def test_a_torn_journal_is_told_and_mended(
    graph: Path, undisturbed: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole = (graph / "journal").read_bytes()
    (graph / "journal").write_bytes(whole + whole[:100])
    assert count(graph) == count(undisturbed)
    assert "journal: 100 bytes at its end" in caplog.text
    kg.load(graph).remove_articles("a.txt")
    assert kg.load(graph).verify() == []


def test_a_flipped_bit_in_the_journal_is_told_with_the_article(graph: Path) -> None:
    content = bytearray((graph / "journal").read_bytes())
    for place in random.Random(7).sample(range(len(content)), 12):
        flipped = bytearray(content)
        flipped[place] ^= 1 << (place % 8)
        (graph / "journal").write_bytes(flipped)
        try:
            found = kg.load(graph)
            findings = [str(finding) for finding in found.verify()]
        except kg.GraphError as error:
            findings = [str(error)]
        assert any("journal" in finding or "article-" in finding for finding in findings), place


def test_every_file_of_the_store_cut_or_emptied_is_noticed_and_made_again(
    graph: Path, undisturbed: Path
) -> None:
    expected = count(undisturbed)
    generation = (index.facts_of(str(graph / "index")) or {})["generation"]
    names = [
        path.relative_to(graph)
        for path in sorted((graph / "index" / generation).rglob("*"))
        if path.stat().st_size and path.is_file()
    ]
    names = [name for name in names if not name.name.startswith(("LOG", "LOCK", "IDENTITY"))]
    tables = [name for name in names if name.suffix == ".sst"]
    # One of each kind, of the tables two; and the file that says which of the folders counts.
    names = [Path("index/current"), *(name for name in names if name not in tables[2:])]
    assert len(names) > 6
    for name in names:
        for keep in (0, 0.5):
            shutil.rmtree(graph / "index")
            shutil.copytree(undisturbed / "index", graph / "index")
            content = (graph / name).read_bytes()
            (graph / name).write_bytes(content[: int(len(content) * keep)])
            assert count(graph) == expected, (name, keep)
            assert kg.load(graph).verify() == []


def test_a_flipped_bit_in_any_file_of_the_index_is_healed_or_named(graph: Path, undisturbed: Path) -> None:
    """Never another answer, nor an empty one. What no query reads may stay as it is."""

    def asked() -> object:
        found = kg.load(graph)
        query = "SELECT ?s ?quote { ?s a kg:Statement ; prov:wasDerivedFrom/nif:anchorOf ?quote }"
        return sorted(tuple(map(str, row)) for row in found.query(query)), found.search("Paris")

    expected, chance, named = asked(), random.Random(7), 0
    files = [path for path in sorted((graph / "index").rglob("*")) if path.is_file() and path.stat().st_size]
    for path in files:
        content = path.read_bytes()
        for place in [chance.randrange(len(content)) for _ in range(1 if path.suffix == ".sst" else 3)]:
            flipped = bytearray(content)
            flipped[place] ^= 1 << chance.randrange(8)
            shutil.rmtree(graph / "index")
            shutil.copytree(undisturbed / "index", graph / "index")
            path.write_bytes(flipped)
            try:
                assert asked() == expected, (path, place)
            except kg.GraphError as error:
                assert "damaged" in str(error) or "Corruption" in str(error)  # noqa: PT017 either is right
                named += 1
    assert named < len(files)


# ---- Reading beside a writer

READER = """
import sys, kg
from pathlib import Path
folder, stop, all_there_are = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
seen = set()
while not stop.exists() or all_there_are not in seen:
    graph = kg.load(folder)
    articles = {str(row[0]) for row in graph.query("SELECT DISTINCT ?file { GRAPH ?g { ?a kg:file ?file } }")}
    whole = {str(row[0]) for row in graph.query("SELECT DISTINCT ?file { GRAPH ?g { ?a kg:file ?file ; nif:isString ?t } }")}
    assert articles == whole and "a.txt" in articles, (articles, whole)
    assert {document.name for document in graph.documents()} >= {"a.txt"}
    graph.close()
    seen.add(len(articles))
print(*sorted(seen))
"""


def test_two_read_while_one_writes(articles: Path, tmp_path: Path) -> None:
    graph, stop = tmp_path / "graph", tmp_path / "stop"
    kg.build(articles / "a.txt", graph)
    readers = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", READER, graph, stop, str(len(TEXTS))],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(2)
    ]
    writer = kg.load(graph)
    for name in ("b.txt", "c.txt"):
        writer.add_articles(articles / name)
    writer.remove_articles("b.txt")
    kg.build([articles / "a.txt", articles / "d.txt"], graph)
    kg.load(graph).update_articles(articles)
    stop.touch()
    for reader in readers:
        output, errors = reader.communicate(timeout=120)
        assert reader.returncode == 0, errors
        assert max(map(int, output.split())) == len(TEXTS)
