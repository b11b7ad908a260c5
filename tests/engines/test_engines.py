"""Every engine gives the same bytes, in the same order, whatever happens to its processes."""

from __future__ import annotations

import importlib
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from types import ModuleType

import pytest

from kg.engines import Recipe, batched, engine, extract_batch, split
from kg.engines.identity import fingerprint
from kg.errors import KgError
from kg.graph.members import unpack
from kg.model import Document

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def toy() -> Iterator[ModuleType]:
    """The toy reader, importable by name here and in the processes that are started from here."""
    sys.path.insert(0, str(HERE))
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [str(HERE), str(HERE.parents[1]), *([before] if before else [])]
    )
    yield importlib.import_module("toy_reader")
    sys.path.remove(str(HERE))
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before


@pytest.fixture(scope="module")
def recipe(toy: ModuleType) -> Recipe:
    return Recipe(load=toy.load)


def articles(count: int) -> list[Document]:
    return [Document(f"{number:03}.txt", f"Personne{number} parle .") for number in range(count)]


def run(
    recipe: Recipe, documents: list[Document], jobs: int = 1, name: str | None = None, size: int = 4
) -> bytes:
    with engine(name, recipe, jobs) as reader:
        return b"".join(segment for _, segment in reader.run(batched(documents, size, 10_000)))


# ---- Batches and segments


def test_batches_keep_the_order_and_the_limits() -> None:
    documents = articles(10)
    batches = list(batched(documents, 4, 10_000))
    assert [len(batch) for batch in batches] == [4, 4, 2]
    assert [document for batch in batches for document in batch] == documents
    assert [len(batch) for batch in batched(documents, 100, 45)] == [2] * 5
    assert list(batched([], 4, 10)) == []


def test_an_article_longer_than_a_batch_is_one_by_itself() -> None:
    long = Document("long.txt", "mot " * 100)
    assert [len(batch) for batch in batched([*articles(1), long, *articles(1)], 4, 50)] == [1, 1, 1]


def test_a_segment_depends_on_its_articles_alone(recipe: Recipe) -> None:
    documents = articles(5)
    whole = extract_batch(documents, recipe)
    assert whole == b"".join(extract_batch([document], recipe) for document in documents)
    assert [member.name for member in unpack(whole)] == [document.id for document in documents]
    assert whole == extract_batch(documents, recipe)


def test_what_a_rule_did_not_foresee_costs_one_article(recipe: Recipe) -> None:
    documents = [*articles(2), Document("bad.txt", "Quelqu'un fails ."), *articles(3)[2:]]
    kept, refused = split(extract_batch(documents, recipe))
    assert kept == extract_batch([documents[0], documents[1], documents[3]], recipe)
    assert [rejection.name for rejection in refused] == ["bad.txt"]
    assert "KeyError" in refused[0].reason
    assert "\n" not in refused[0].reason


def test_what_reads_is_part_of_what_is_noted(recipe: Recipe) -> None:
    member = next(unpack(extract_batch(articles(1), recipe)))
    assert member.note.split(" ")[1:] == [recipe.reader, "000.txt"]
    assert Recipe().reader != Recipe("another").reader


def test_a_cut_segment_is_refused(recipe: Recipe) -> None:
    whole = extract_batch(articles(2), recipe)
    for cut in (1, 20, len(whole) // 2, len(whole) - 1):
        with pytest.raises(ValueError, match=r"cut short|\d"):
            list(unpack(whole[:cut]))


# ---- Processes


def test_two_processes_give_the_bytes_of_one(recipe: Recipe) -> None:
    documents = articles(30)
    assert run(recipe, documents, jobs=2) == run(recipe, documents)


def test_a_process_that_is_killed_costs_nothing(recipe: Recipe, tmp_path: Path) -> None:
    mark = tmp_path / "killed"
    documents = articles(30)
    documents[11] = Document("011.txt", f"Personne once {mark} .")
    found = run(recipe, documents, jobs=2)
    assert mark.exists()
    assert found == run(recipe, documents)


def test_an_article_that_kills_every_reader_is_set_aside_alone(recipe: Recipe) -> None:
    documents = articles(12)
    documents[5] = Document("005.txt", "Personne kills .")
    kept, refused = split(run(recipe, documents, jobs=2))
    assert [rejection.name for rejection in refused] == ["005.txt"]
    assert "ended by the system" in refused[0].reason
    assert kept == run(recipe, [*documents[:5], *documents[6:]])


def test_only_a_few_batches_are_taken_ahead(recipe: Recipe) -> None:
    taken = 0

    def counted() -> Iterator[Document]:
        nonlocal taken
        for document in articles(200):
            taken += 1
            yield document

    with engine(None, recipe, 2) as reader:
        done = 0
        for batch, _ in reader.run(batched(counted(), 4, 10_000)):
            done += len(batch)
            assert taken - done <= 4 * 5


def test_readers_end_with_the_process_that_started_them(recipe: Recipe, tmp_path: Path) -> None:
    """Killed outright, a build leaves no process behind."""
    if not Path("/proc").is_dir():
        pytest.skip("processes are looked up in /proc")
    import subprocess

    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import toy_reader, os\nfrom kg.engines import Recipe, engine\nfrom kg.model import Document\n"
        "if __name__ == '__main__':\n"
        "    pool = engine(None, Recipe(load=toy_reader.load), 2)\n"
        "    next(pool.run([[Document('a', 'Anne parle .')]] * 9))\n"
        "    print(*[process.pid for process in pool._executor._processes.values()], flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    script = tmp_path / "build.py"
    script.write_text(program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script, HERE], capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    workers = [int(word) for word in done.stdout.split()]
    assert (done.returncode, len(workers)) == (-signal.SIGKILL, 2)
    for _ in range(200):
        if not any(Path(f"/proc/{worker}").exists() for worker in workers):
            return
        time.sleep(0.05)
    pytest.fail("a reader outlived its parent")


def test_no_such_engine() -> None:
    with pytest.raises(KgError, match="no engine of this name"):
        engine("hadoop", Recipe())


# ---- Spark


def check(read: bytes, expected: bytes) -> None:
    """Spark's processes load kg later than this one; where it was edited in between, they may read otherwise."""
    if read != expected and fingerprint(None) != fingerprint.__wrapped__(None):
        pytest.skip("kg was edited while this test ran: its processes did not read by the same code")
    assert read == expected


@pytest.fixture
def spark(monkeypatch: pytest.MonkeyPatch) -> None:
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: pip install 'newsgraph-kg[spark]'")
    # For so short a life Java's thorough compiler and its parallel collector cost more than they save.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


SENTENCES = (
    "Netflix recrute un directeur technique.",
    "Renault a supprimé 500 emplois à Paris en 2023.",
    "Selon Le Monde, Airbus livre dix avions à Air France.",
    "Marie Curie est née à Varsovie.",
)
CLUSTER = "spark-local-cluster[2,1,1024]"


@pytest.mark.usefixtures("spark")
@pytest.mark.filterwarnings("ignore")
def test_a_spark_cluster_gives_the_bytes_of_one_process_whatever_is_killed(
    toy: ModuleType, tmp_path: Path
) -> None:
    """The Python process that reads a certain article; and as soon as it has read it, one executor's Java process.

    The reader of kg itself reads too, in both workers.
    """
    mark, recipe = tmp_path / "killed", Recipe(load=toy.load_beside)
    documents = articles(100)
    documents[11] = Document("011.txt", f"Personne once {mark} .")
    # What stands behind it in its batch takes a while, so that the executor is killed in the midst of the work.
    documents[12:25] = [Document(f"{n:03}.txt", f"Personne{n} parle slowly .") for n in range(12, 25)]
    for number, text in enumerate(SENTENCES):
        place = 25 * number + number
        documents[place] = Document(f"{place:03}.txt", text)
    killed: list[int] = []

    def kill_one() -> None:
        for _ in range(2400):
            processes = Path("/proc").glob("[0-9]*") if mark.exists() else ()
            if found := [int(path.name) for path in processes if _is_executor(path)]:
                os.kill(found[0], signal.SIGKILL)
                killed.append(found[0])
                return
            time.sleep(0.05)

    killer = Thread(target=kill_one)
    killer.start()
    read = run(recipe, documents, name=CLUSTER, size=25)
    killer.join()
    assert killed
    assert mark.exists()
    assert [member.name for member in unpack(read)] == [document.id for document in documents]
    check(read, run(recipe, documents))


def _is_executor(process: Path) -> bool:
    try:
        line = (process / "cmdline").read_bytes()
        status = (process / "status").read_text()
    except OSError:
        return False
    ours = f"Uid:\t{os.getuid()}\t" in status
    return ours and b"CoarseGrainedExecutorBackend" in line and _descends(process)


def _descends(process: Path) -> bool:
    """Whether this test started it: no other's process is touched."""
    number = int(process.name)
    while number > 1:
        if number == os.getpid():
            return True
        try:
            stat = Path(f"/proc/{number}/stat").read_text()
        except OSError:
            return False
        number = int(stat.rsplit(")", 1)[1].split()[1])
    return False
