"""What goes wrong is said in one line, with the right exit code, and leaves nothing half-written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli.main import cli

STORY = "La SNCF recrute mille conducteurs. Le syndicat rejette la proposition de la direction.\n"


def one_line(run, code: int = 2) -> str:
    """The single line on standard error of a command that ended with this code and printed nothing else."""
    assert (run.returncode, run.stdout) == (code, ""), run.stderr
    (line,) = run.stderr.splitlines()
    assert line.startswith("kg: ")
    return line


def put(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


# ---- Articles


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "empty.txt: the article is empty"),
        ("latin.txt", "Le chômage".encode("latin-1"), "latin.txt: not UTF-8 at byte 5"),
        ("binary.txt", b"abc\x00\x01", "binary.txt: a NUL"),
        ("swapped.txt", "Le ch\ufffemage".encode(), "swapped.txt: U+FFFE, which is no character"),
        ("letter.docx", b"PK", "letter.docx: not a kind of file that kg reads"),
        (
            "english.txt",
            b"The vote was on the law that the House would not have, and it is not for the people of it.",
            "English",
        ),
    ],
)
def test_a_build_of_nothing_readable_says_why_and_writes_nothing(
    kg_command, tmp_path, name, content, message
):
    line = one_line(kg_command("build", put(tmp_path / name, content), "-g", tmp_path / "graph"))
    assert message in line
    assert not (tmp_path / "graph").exists()


def test_a_folder_without_articles_says_so(kg_command, tmp_path):
    (tmp_path / "articles").mkdir()
    line = one_line(kg_command("build", tmp_path / "articles", "-g", tmp_path / "graph"))
    assert "no article in this folder. kg reads .txt .md .html" in line


def test_a_missing_seeds_folder_says_so(kg_command, tmp_path):
    assert "seeds: no such file or folder" in one_line(kg_command("build", cwd=tmp_path))


def test_an_article_of_one_word_is_an_article(tmp_path):
    graph = kg.build(put(tmp_path / "word.txt", "Netflix"), tmp_path / "graph")
    assert graph.stats()["articles"] == 1
    assert graph.verify() == graph.validate() == []
    assert (tmp_path / "graph" / "graph.html").exists()


def test_what_is_set_aside_is_told_and_the_rest_is_read(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    put(articles / "a.txt", STORY)
    put(articles / "b.txt", b"\xff")
    run = CliRunner().invoke(cli, ["build", str(articles), "-g", str(tmp_path / "graph")])
    assert run.exit_code == 0
    assert "kg: set aside: b.txt: not UTF-8 at byte 0 (0xff). Save the file as UTF-8." in run.stderr
    assert '"name": "b.txt"' in (tmp_path / "graph" / "rejected.jsonl").read_text("utf-8")


def test_five_megabytes_are_no_article(kg_command, tmp_path):
    path = put(tmp_path / "long.txt", STORY * (5_000_000 // len(STORY) + 1))
    line = one_line(kg_command("build", path, "-g", tmp_path / "graph"))
    assert "long.txt: 5,000,0" in line
    assert "Split it into articles" in line
    assert not (tmp_path / "graph").exists()


def test_a_long_text_is_read(tmp_path):
    graph = kg.build(put(tmp_path / "long.txt", STORY * 300), None)
    assert graph.stats()["sentences"] == 600


HOSTILE = (
    '<script>alert("pwn")</script> La SNCF """ recrute \\u0000 mille > <http://evil> conducteurs.\n'
    "Le ministre \u202eeticxe\u202c a rejeté </script> la proposition ' de \u202ela direction\u202c {{7*7}} \x1b[31m ]]> --> \\ \x07.\n"
    "« <img src=x onerror=alert(1)> », a dit Jean\u2028Dupont <https://w3id.org/newsgraph/id/netflix> . \ufdd0 \x0c \x01 \U0010ffff\n"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    """The graph of an article that tries to break out of every format."""
    folder = tmp_path_factory.mktemp("hostile")
    kg.build(put(folder / "hostile.txt", HOSTILE), folder / "graph")
    return folder / "graph"


def test_hostile_text_is_only_text(hostile):
    graph = kg.load(hostile)
    assert graph.verify() == []
    assert [document.text for document in graph.documents()] == [HOSTILE]
    assert not any(
        "evil" in str(value)
        for row in graph.query("SELECT ?s { ?s ?p ?o FILTER isIRI(?s) }")
        for value in row
    )


def test_hostile_text_is_not_part_of_the_page(hostile, built):
    page, harmless = ((folder / "graph.html").read_text("utf-8") for folder in (hostile, built))
    for tag in ("<script", "</script", "<!--", "-->"):
        assert page.count(tag) == harmless.count(tag)
    assert '<script>alert("pwn")' not in page
    assert "<img src=x" not in page


def test_hostile_text_survives_turtle(hostile):
    import rdflib

    graph = rdflib.Graph().parse(hostile / "graph.ttl", format="turtle")
    texts = graph.objects(
        None, rdflib.URIRef("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString")
    )
    assert HOSTILE in {str(text) for text in texts}


@pytest.mark.parametrize(
    ("suffix", "syntax"),
    [("ttl", "turtle"), ("nt", "ntriples"), ("nq", "nquads"), ("trig", "trig"), ("rdf", "rdfxml")],
)
def test_a_strict_reader_takes_hostile_text_in_every_export(hostile, tmp_path, suffix, syntax):
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper (raptor2-utils) is not installed here")
    graph = kg.load(hostile)
    graph.export(tmp_path / f"graph.{suffix}")
    read = subprocess.run(
        [rapper, "-q", "-i", syntax, tmp_path / f"graph.{suffix}"], capture_output=True, check=True
    )
    assert not read.stderr
    assert len(set(read.stdout.splitlines())) == len(list(graph.lines(graphs=False)))


def test_hostile_text_does_not_steer_the_terminal(kg_command, hostile):
    for arguments in (
        ["search", "SNCF"],
        ["query", "SELECT ?s ?o { ?s nif:anchorOf ?o }"],
        ["explain", "hostile.txt"],
    ):
        run = kg_command(*arguments, "-g", hostile)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", run.stdout + run.stderr), (
            arguments
        )


# ---- Queries and places


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?s WHERE { ?s ?p ", "line 1"),
        ("SELECT ?s WHERE { ?s nope:p ?o }", "nope"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", "INSERT"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        ("", "query"),
    ],
)
def test_a_query_that_cannot_be_run_says_why(kg_command, built, query, message):
    run = kg_command("query", query, "-g", built)
    assert (run.returncode, run.stdout) == (2, "")
    assert message in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["query", "ASK {}"],
        ["stats"],
        ["export", "a.ttl"],
        ["view"],
        ["verify"],
        ["validate"],
        ["explain", "a"],
        ["search", "a"],
    ],
)
def test_without_a_graph_every_command_says_how_to_make_one(kg_command, tmp_path, command):
    line = one_line(kg_command(*command, cwd=tmp_path))
    assert "there is no graph here. Build one" in line


@pytest.mark.parametrize("name", ["graph.doc", "graph", "graph.ttl.bak"])
def test_an_unknown_suffix_names_those_that_are_known(kg_command, built, tmp_path, name):
    line = one_line(kg_command("export", tmp_path / name, "-g", built))
    assert ".ttl" in line
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(
    "command",
    [
        ["export", "{place}/graph.ttl"],
        ["view", "-o", "{place}/page.html"],
        ["build", "{seeds}", "-g", "{place}/graph"],
    ],
)
def test_a_place_that_cannot_be_written_says_so(kg_command, built, tmp_path, command):
    """A file stands where a folder is needed: the one place that even root cannot write below."""
    place = put(tmp_path / "file", "x")
    seeds = Path(__file__).parents[1] / "seeds"
    arguments = [part.format(place=place, seeds=seeds) for part in command]
    graph = [] if command[0] == "build" else ["-g", built]
    line = one_line(kg_command(*arguments, *graph))
    assert str(place) in line
    assert place.read_text("utf-8") == "x"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_says_so(kg_command, built, tmp_path):
    tmp_path.chmod(0o555)
    one_line(kg_command("build", "-g", tmp_path / "graph"))
    one_line(kg_command("export", tmp_path / "graph.ttl", "-g", built))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_else_is_left_alone(kg_command, tmp_path):
    put(tmp_path / "thesis.tex", "x")
    line = one_line(kg_command("build", "-g", tmp_path))
    assert "holds thesis.tex and more, but no graph" in line
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_failed_build_leaves_the_older_graph_whole(kg_command, tmp_path):
    good = put(tmp_path / "good.txt", STORY)
    folder = tmp_path / "graph"
    kg.build(good, folder)
    before = {path: path.read_bytes() for path in sorted(folder.glob("*.*"))}
    one_line(kg_command("build", put(tmp_path / "bad.txt", b"\xff"), "-g", folder))
    with pytest.raises(kg.KgError, match="no_such_model"):
        kg.build(good, folder, model="no_such_model")
    assert {path: path.read_bytes() for path in sorted(folder.glob("*.*"))} == before
    assert kg.load(folder).stats()["articles"] == 1
