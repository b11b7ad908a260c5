"""Each command: help with examples, results on standard output, the exit code that is promised."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.cli.main import COMMANDS, cli
from kg.cli.query import query
from kg.cli.quick import arguments

REPOSITORY = Path(__file__).parents[1]


def run(*arguments: object):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="kg")


# ---- Help


def test_help_names_every_command_in_one_line_each():
    shown = run("--help").output
    for command in COMMANDS:
        line = next(line for line in shown.splitlines() if line.split()[:1] == [command.name])
        assert not line.endswith("..."), line


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_shows_three_examples(command):
    shown = run(command.name, "--help").output
    examples = shown.split("Examples:\n")[1].splitlines()
    assert sum(f"kg {command.name}" in line for line in examples) >= 3


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_option_says_what_it_does(command):
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_readme_shows_every_command(command):
    assert f"kg {command.name}" in (REPOSITORY / "README.md").read_text("utf-8")


def test_the_version_is_told():
    assert run("--version").output == f"kg, version {kg.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["stats", "--nothing"],
        ["query"],
        ["query", "ASK {}", "--saved", "x"],
    ],
)
def test_wrong_usage_is_exit_code_2(arguments):
    assert run(*arguments).exit_code == 2


def test_iris_begin_with_what_ends_in_a_slash(built):
    shown = run("serve", "-g", built, "--base", "https://graph.example.org/id")
    assert shown.exit_code == 2
    assert "does not end with a slash" in shown.stderr


# ---- Building


def test_a_build_tells_what_it_found_and_what_to_try(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("build", REPOSITORY / "seeds")
    assert (done.exit_code, done.stderr) == (0, "")
    assert re.search(r"articles +1\n", done.stdout)
    assert "sentences that gave nothing" in done.stdout
    assert "graph/graph.html" in done.stdout
    tries = [line.strip() for line in done.stdout.split("Try next:\n")[1].splitlines()]
    assert len(tries) == 3
    for line in tries[:2]:
        assert subprocess.run(
            line.replace("kg ", f"{sys.executable} -m kg ", 1),
            shell=True,
            cwd=tmp_path,
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        ).stdout
    assert {path.name for path in (tmp_path / "graph").iterdir()} >= {
        "journal",
        "index",
        "graph.ttl",
        "graph.html",
        "run.json",
    }


def test_a_build_reads_standard_input_and_writes_json(tmp_path):
    text = "Renault recrute deux cents ingénieurs."
    done = CliRunner().invoke(cli, ["build", "-", "--json", "-g", str(tmp_path / "g")], input=text)
    counts = json.loads(done.stdout)
    assert (counts["articles"], counts["rejected"], counts["graph"]) == (1, 0, str(tmp_path / "g"))
    assert [document.name for document in kg.load(tmp_path / "g").documents()] == ["stdin.txt"]


def test_the_folder_of_the_graph_comes_from_the_environment(kg_command, built):
    assert kg_command("stats", KG_GRAPH=str(built)).returncode == 0


BUILD_AND_EXPORT = f"""
from kg.cli.main import cli
tables = ("statements", "mentions", "entities")
for arguments in (["build", "-q", {str(REPOSITORY / "seeds")!r}], *(["export", f"g/{{name}}.jsonl", "--as", name] for name in tables)):
    cli([*arguments, "-g", "g"], standalone_mode=False)
"""


def test_two_builds_give_the_same_bytes(tmp_path, built):
    """Whatever the seed of hashes and wherever they run: in a process that has another seed, and in this one."""
    seed = "1" if os.environ.get("PYTHONHASHSEED") == "0" else "0"
    subprocess.run(
        [sys.executable, "-c", BUILD_AND_EXPORT],
        cwd=tmp_path,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY)},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    for name in ("graph.ttl", "graph.html", "journal"):
        assert (tmp_path / "g" / name).read_bytes() == (built / name).read_bytes(), name
    for name in ("statements", "mentions", "entities"):
        assert run("export", tmp_path / f"{name}.jsonl", "--as", name, "-g", built).exit_code == 0
        assert (tmp_path / "g" / f"{name}.jsonl").read_bytes() == (tmp_path / f"{name}.jsonl").read_bytes(), (
            name
        )


# ---- Asking


RECRUITS = "SELECT ?who ?what WHERE { ?who kg:recruits ?what }"


def test_a_query_prints_a_table(built):
    shown = run("query", RECRUITS, "-g", built)
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[0].split() == ["who", "what"]
    assert "Netflix (id:netflix)" in shown.stdout


def test_a_query_prints_what_the_w3c_says(built):
    rows = list(csv.reader(io.StringIO(run("query", RECRUITS, "-g", built, "--format", "csv").stdout)))
    assert rows[0] == ["who", "what"]
    assert rows[1][0] == "https://w3id.org/newsgraph/id/netflix"
    found = json.loads(run("query", RECRUITS, "-g", built, "--format", "json").stdout)
    assert found["head"]["vars"] == ["who", "what"]
    assert len(found["results"]["bindings"]) == len(rows) - 1
    assert run("query", RECRUITS, "-g", built, "--format", "tsv").stdout.startswith("?who\t?what\n")
    assert "<sparql" in run("query", RECRUITS, "-g", built, "--format", "xml").stdout


def test_a_construct_prints_turtle(built):
    shown = run("query", "CONSTRUCT { ?s kg:recruits ?o } WHERE { ?s kg:recruits ?o }", "-g", built)
    assert re.search(r"^id:netflix\s+kg:recruits id:", shown.stdout, re.MULTILINE)


@pytest.mark.parametrize(("predicate", "word", "code"), [("recruits", "true", 0), ("neverSaid", "false", 1)])
def test_ask_answers_with_its_exit_code(built, predicate, word, code):
    query = f"ASK {{ ?s kg:{predicate} ?o }}"
    shown = run("query", query, "-g", built)
    assert (shown.stdout, shown.exit_code) == (f"{word}\n", code)
    assert json.loads(run("query", query, "-g", built, "--format", "json").stdout)["boolean"] is (code == 0)


def test_a_query_comes_from_a_file_or_standard_input(built, tmp_path):
    (tmp_path / "q.rq").write_text(RECRUITS, encoding="utf-8")
    expected = run("query", RECRUITS, "-g", built, "--format", "csv").stdout
    assert run("query", "-f", tmp_path / "q.rq", "-g", built, "--format", "csv").stdout == expected
    piped = CliRunner().invoke(cli, ["query", "-f", "-", "-g", str(built), "--format", "csv"], input=RECRUITS)
    assert piped.stdout == expected


@pytest.mark.parametrize("question", kg.questions(), ids=lambda question: question.name)
def test_every_question_that_comes_with_kg_can_be_asked(built, question):
    assert question.help
    assert run("query", "--saved", question.name, "-g", built).exit_code in (0, 1)


def test_an_unknown_question_names_the_nearest(built):
    known = next(iter(kg.questions())).name
    shown = run("query", "--saved", known + "x", "-g", built)
    assert shown.exit_code == 2
    assert known in shown.stderr


def test_a_question_can_be_given_values(built):
    arguments = ["query", "--saved", "about", "--set", "entity=id:netflix", "-g", built, "--format", "csv"]
    rows = list(csv.DictReader(io.StringIO(run(*arguments).stdout)))
    assert rows
    assert {row["entity"] for row in rows} == {"https://w3id.org/newsgraph/id/netflix"}


@pytest.mark.parametrize("parameter", ["entity", "=id:netflix", "base=x", "two words=x"])
def test_a_value_without_a_name_is_refused(built, parameter):
    shown = run("query", "--saved", "about", "--set", parameter, "-g", built)
    assert shown.exit_code == 2
    assert "NAME=VALUE" in shown.stderr


def test_an_error_shows_its_place_and_with_v_what_the_engine_says(built):
    asked = ("query", "SELECT ?x\nWHERE { ?x kg:a b }", "-g", built)
    shown = run(*asked)
    assert shown.exit_code == 2
    first, line, caret = shown.stderr.splitlines()
    assert first.startswith("kg: Query, line 2, column 17: “b” is no keyword here")
    assert (line, caret) == ("  WHERE { ?x kg:a b }", " " * 18 + "^")
    verbose = run(*asked, "-v").stderr.splitlines()
    assert verbose[:3] == [first, line, caret]
    assert verbose[3].startswith("error at 2:")


def test_what_is_inferred_can_be_left_out(built):
    query = "ASK { ?statement kg:inferredBy ?rule }"
    assert run("query", query, "-g", built).exit_code == 0
    assert run("query", query, "-g", built, "--no-inferred").exit_code == 1


def test_search_finds_or_says_that_there_is_nothing(built):
    assert "Netflix" in run("search", "netflix", "-g", built).stdout
    hits = json.loads(run("search", "netflix", "-g", built, "--json").stdout)
    assert {"kind", "iri", "text"} <= set(hits[0])
    assert run("search", "introuvable", "-g", built).exit_code == 1


def test_stats_are_the_same_for_people_and_programs(built):
    counts = json.loads(run("stats", "-g", built, "--json").stdout)
    shown = run("stats", "-g", built).stdout
    assert counts == kg.load(built).stats()
    assert all(f"{number:,}" in shown for number in counts.values())


# ---- Writing


def test_an_export_prints_where_it_is(built, tmp_path):
    path = tmp_path / "graph.nq"
    assert run("export", path, "-g", built).stdout == f"{path}\n"
    assert path.stat().st_size > 1000


def test_the_page_is_written_beside_the_graph_or_where_one_says(kg_command, tmp_path, built):
    path = tmp_path / "about netflix é.html"
    assert run("view", "--around", "Netflix", "--lang", "en", "-o", path, "-g", built).stdout == f"{path}\n"
    assert '<html lang="en">' in path.read_text("utf-8")
    assert run("view", "--around", "Netflx", "-o", path, "-g", built).exit_code == 2


# ---- Checking


def test_a_graph_as_built_is_well(built):
    for command in ("verify", "validate"):
        shown = run(command, "-g", built)
        assert shown.exit_code == 0, shown.output
        assert json.loads(run(command, "-g", built, "--json").stdout) == []


@pytest.fixture
def an_impossible_shape(tmp_path, monkeypatch):
    """Within it, no statement is as the shapes want it."""
    from kg.graph import conformity, shapes
    from kg.ontology import ontology_folder

    folder = tmp_path / "shapes"
    folder.mkdir()
    text = (ontology_folder() / "shapes.ttl").read_text("utf-8")
    wanted = '<x:s> sh:targetClass kg:Statement ; sh:property [ sh:path kg:nothing ; sh:minCount 1 ; sh:message "Nothing."@en ] .'
    (folder / "shapes.ttl").write_text(f"{text}\n{wanted}\n", encoding="utf-8")

    def forget():
        for known in (conformity.questions, shapes._shapes, shapes._translations):
            known.cache_clear()

    @contextmanager
    def wanted_here():
        with monkeypatch.context() as patched:
            for module in (conformity, shapes):
                patched.setattr(module, "ontology_folder", lambda: folder)
            forget()
            yield
        forget()

    return wanted_here


def test_a_build_whose_output_breaks_a_shape_fails_loudly(tmp_path, an_impossible_shape):
    (tmp_path / "a.txt").write_text("Renault recrute deux cents ingénieurs.", encoding="utf-8")
    with an_impossible_shape():
        shown = run("build", tmp_path / "a.txt", "-g", tmp_path / "g")
    assert shown.exit_code == 2
    assert re.search(
        r"breaks a shape.*a\.txt: id:statement-.*: Nothing\. « Renault recrute deux cents", shown.stderr
    )
    assert not (tmp_path / "g" / "journal").exists(), "nothing of it is a graph"
    assert run("build", tmp_path / "a.txt", "-g", tmp_path / "g").exit_code == 0


@pytest.mark.parametrize("command", ["build", "add", "update"])
def test_what_is_refused_leaves_the_graph_and_all_beside_it(tmp_path, an_impossible_shape, command):
    graph = tmp_path / "g"
    (tmp_path / "a.txt").write_text("Renault recrute deux cents ingénieurs.", encoding="utf-8")
    assert run("build", tmp_path / "a.txt", "-g", graph).exit_code == 0
    names = ("journal", "graph.ttl", "graph.html", "run.json")
    before = {name: (graph / name).read_bytes() for name in names}
    (tmp_path / "a.txt").write_text("Peugeot recrute vingt ouvriers.", encoding="utf-8")
    with an_impossible_shape():
        assert run(command, tmp_path / "a.txt", "-g", graph).exit_code == 2
    assert {name: (graph / name).read_bytes() for name in names} == before
    assert not list(graph.glob(".*.before"))
    assert run(command, tmp_path / "a.txt", "-g", graph).exit_code == 0, (
        "and the next one does as it would have"
    )
    assert b"Peugeot" in (graph / "graph.ttl").read_bytes()
    assert not list(graph.glob(".*.before"))


def test_explain_tells_the_sentence_and_the_rule(built):
    statement = next(item for item in kg.load(built).statements() if item.predicate == "recruits")
    shown = run("explain", f"id:{statement.id}", "-g", built)
    assert shown.exit_code == 0
    assert statement.evidence[0].quote in shown.stdout
    assert statement.rule in shown.stdout
    assert json.loads(run("explain", statement.id, "-g", built, "--json").stdout)
    assert run("explain", "id:nobody", "-g", built).exit_code == 2


# ---- At a terminal


def test_a_closed_pipe_is_no_error(built):
    command = f"{sys.executable} -m kg query -g '{built}' 'SELECT * {{ ?s ?p ?o }}' --format tsv | head -n 1"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, encoding="utf-8", cwd=REPOSITORY, check=False
    )
    assert done.stdout == "?s\t?p\t?o\n"
    assert "Traceback" not in done.stderr


def test_a_terminal_sees_progress_and_a_pipe_does_not(tmp_path):
    """Standard error is a terminal here; standard output is not."""
    ours, theirs = pty.openpty()
    (tmp_path / "[red]a.txt").write_text("Renault recrute deux cents ingénieurs.", encoding="utf-8")
    seen: list[bytes] = []

    def watch() -> None:
        with suppress(OSError):  # how a terminal says that the other side has hung up
            while piece := os.read(ours, 4096):
                seen.append(piece)

    watching = Thread(target=watch)
    watching.start()
    done = subprocess.run(
        [sys.executable, "-m", "kg", "build", tmp_path, "-g", tmp_path / "g"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        cwd=REPOSITORY,
        env={**os.environ, "TERM": "xterm"},
        encoding="utf-8",
        check=True,
    )
    os.close(theirs)
    watching.join()
    os.close(ours)
    assert "[red]a.txt" in b"".join(seen).decode("utf-8")
    assert "\x1b" not in done.stdout


def test_ctrl_c_ends_in_one_line_and_leaves_nothing(tmp_path, monkeypatch):
    def interrupted(document):
        raise KeyboardInterrupt

    (tmp_path / "a.txt").write_text("Renault recrute deux cents ingénieurs.", encoding="utf-8")
    build = kg.build
    monkeypatch.setattr(
        kg, "build", lambda *a, **k: build(*a, **{**k, "progress": interrupted}), raising=False
    )
    shown = run("build", tmp_path / "a.txt", "-g", tmp_path / "g")
    assert (shown.exit_code, shown.stdout, shown.stderr) == (130, "", "kg: interrupted\n")
    left = {path.name for path in (tmp_path / "g").glob("*")}
    assert left <= {".lock", "journal.part"}, "only what a later build goes on from may stay"


WORDS = st.sampled_from(
    ["ASK {}", "-g", "--graph", ".", "nowhere", "--format", "csv", "table", "docx", "--set", "x=1", "y=id:n", "1x",
     "--no-inferred", "--saved", "--list", "--", "-h", "-f", "--store", "", "--format=csv", "--no-inf", "-g."]
)  # fmt: skip


@given(st.lists(WORDS, max_size=6))
def test_the_quick_way_to_a_query_reads_what_click_reads(words):
    quick = arguments(words)
    if quick is None:
        return
    with query.make_context("query", list(words)) as context:
        said = context.params
    folder, sparql, form, inferred, bindings = quick
    assert (folder, sparql, form, inferred) == (
        str(said["folder"]),
        said["sparql"],
        said["form"],
        not said["no_inferred"],
    )
    assert bindings == dict(text.split("=") for text in said["parameters"])
    assert not any(said[name] for name in ("file", "saved", "listed", "store"))


def test_a_query_imports_next_to_nothing(built):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "from kg.__main__ import main; main()", "query", RECRUITS, "-g", str(built)],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, timeout=60,
    )  # fmt: skip
    assert "netflix" in done.stdout
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if "|" in line}
    assert "pyoxigraph" in imported
    assert (
        not {"click", "dataclasses", "pathlib", "json", "logging", "rdflib", "kg.ontology", "kg.cli.main"}
        & imported
    )


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
@pytest.mark.parametrize(("few", "limit"), [(45, "96"), (0, "200")])
def test_a_query_of_a_small_graph_opens_few_files(built, few, limit):
    program = (
        "import resource, sys, kg.cli.quick as quick\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (200, 200))\n"
        f"quick.FEW = {few}\nquick.sparing(sys.argv[1])\n"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )
    told = subprocess.run([sys.executable, "-c", program, built], capture_output=True, check=True, text=True)
    assert told.stdout.split() == [limit]
