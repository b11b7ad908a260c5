"""Ended before any of the changes it makes to files, a build, an addition or a decision goes on: to the same bytes.

Each is done in a process of its own, which counts what it does to files and ends without a word before the one it
was told. tests/test_crash.py kills kg itself, as a whole, where chance chooses.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]

PROGRAM = '''
import importlib.util, json, os, shutil, sys, traceback
from dataclasses import replace
from pathlib import Path
from unittest import mock

# All that a build loads is loaded here, once: each process that is started below has it.
import kg, kg.assembly, kg.export.rdf, kg.view.drawing, kg.view.page, kg.resolution.copies, datasketch, sqlite3
from kg.engines import extraction, here
from kg.engines.identity import fingerprint
from kg.graph import central, conformity, counting, gathering, inference, sorting, terms
from kg.ontology import Ontology

Ontology.load(), fingerprint(None), terms._known(), inference._background(), conformity.questions()
kg.view.page.picture((), (), ())

share = int(sys.argv[3])
spec = importlib.util.spec_from_file_location("settling", sys.argv[1])
settling = importlib.util.module_from_spec(spec)
spec.loader.exec_module(settling)
known = {one.document.name: one for one in settling.ALL}
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "shutil.copyfile", "sqlite3.connect"}

def changes(event, arguments):
    """Whether this changes a file of the graph."""
    told = os.fspath(arguments[0]) if arguments and isinstance(arguments[0], (str, os.PathLike)) else ""
    writes = event in CHANGES or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR))
    return writes and told.startswith(str(place / "graph"))

def apart(do, step=0):
    """Do it in a process that ends before its step-th change: how it ended."""
    child = os.fork()
    if not child:
        count = 0
        def hook(event, arguments):
            nonlocal count
            count += changes(event, arguments)
            if step and count == step:
                os._exit(9)
        try:
            sys.addaudithook(hook)
            do()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

def build():
    kg.build(place / "articles", place / "graph")

def add():
    kg.load(place / "graph").add_articles(place / "articles")

def remove():
    graph = kg.load(place / "graph")
    names = {document.name for document in graph.documents()}
    graph.remove_articles([name for name in ("full.txt", "more.txt") if name in names])

def decide():
    graph = kg.load(place / "graph")
    graph.decide(("emmanuel-macron", "macron"), "apart", "Jeanne")
    graph.apply_decisions()

def look():
    graph = kg.load(place / "graph")
    assert not graph.verify(), graph.verify()
    lines = list(graph.lines())
    quads = len(list(graph.query("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }")))
    assert quads == len(lines) > 0, (quads, len(lines))
    pages = [(place / "graph" / name).read_bytes() for name in ("graph.ttl", "graph.html")]
    told = json.dumps([lines, [page.decode() for page in pages]])
    before = place / "expected.json"
    if before.exists():
        assert before.read_text() == told
    else:
        before.write_text(told)

def start():
    """The graph as it is before: none, some of the articles, or all."""
    shutil.rmtree(place / "graph", ignore_errors=True)
    if (place / "before").exists():
        shutil.copytree(place / "before", place / "graph")

reader = lambda document: replace(known[document.name], document=document)
ended = {}
with mock.patch.object(extraction, "load_reader", return_value=reader):
    for do in (build, add, remove, decide):
        place = Path(sys.argv[2]) / do.__name__
        (place / "articles").mkdir(parents=True)
        for one in settling.ALL:
            (place / "articles" / one.document.name).write_text(one.document.text)
        if do is not build:
            files = "part.txt" if do is add else ""
            assert apart(lambda: kg.build(place / "articles" / files, place / "graph")) == 0
            (place / "graph").rename(place / "before")
        start()
        assert apart(do) == 0
        assert apart(look) == 0
        for step in range(1, 1000, share):
            start()
            how = apart(do, step)
            assert how in (0, 9), (do, step, how)
            assert apart(do) == 0, (do, step)
            assert apart(look) == 0, (do, step)
            if how == 0:
                break
            ended[do.__name__] = step
print(json.dumps(ended))
'''


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_ended_before_any_change_of_a_file(tmp_path: Path) -> None:
    """Before every twenty-third; before each of them with KG_EVERY=1."""
    settling = REPOSITORY / "tests" / "resolution" / "test_settling.py"
    share = int(os.environ.get("KG_EVERY", "23"))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, settling, tmp_path, str(share)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    ended = json.loads(done.stdout)
    assert len(ended) == 4
    assert min(ended.values()) > 14
