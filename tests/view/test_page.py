"""The page as a file: same bytes, right size, written whole; our scripts keep the hard rules."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.errors import ExportError, QueryError
from kg.view.page import picture

HERE = Path(__file__).parent
ASSETS = files("kg.view") / "assets"
# One digest of the page of the two articles and of a generated graph.
DIGEST = f"""
import hashlib, importlib.util, sys
spec = importlib.util.spec_from_file_location("articles", {str(HERE / "articles.py")!r})
a = importlib.util.module_from_spec(spec); spec.loader.exec_module(a)
from kg.view.page import picture
one = picture(a.STATEMENTS, a.ENTITIES, a.DOCUMENTS, mentions=a.MENTIONS, inferred=a.INFERRED, background=a.BACKGROUND)
two = picture(*a.generated(400))
print(hashlib.sha256((one.html + one.svg() + two.html).encode()).hexdigest())
"""


def test_06_the_same_bytes_for_any_hash_seed(tmp_path: Path) -> None:
    digests = set()
    for seed in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE.parents[1])}
        done = subprocess.run(
            [sys.executable, "-c", DIGEST],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout)
    assert len(digests) == 1


def test_a_very_large_graph_keeps_its_most_central_part(generated_page: Any) -> None:
    page = generated_page(6000)
    assert len(page.graph) == 6000
    assert '"total":[6000,' in page.html
    assert len(page.html.encode()) <= 1_200_000


def test_19_any_locale_any_name(tmp_path: Path, open_page: Any) -> None:
    folder = tmp_path / "dossier à nous"
    folder.mkdir()
    path = folder / "vue de l’été.html"
    code = DIGEST.split("two =")[0] + "one.save(sys.argv[1])"
    environment = {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONPATH": str(HERE.parents[1]),
    }
    subprocess.run([sys.executable, "-c", code, str(path)], env=environment, check=True)
    assert "Saint-Malo à l’arrêt" in path.read_text(encoding="utf-8")
    assert [entry.name for entry in folder.iterdir()] == [path.name]
    tab = open_page(path, "#n=saint-malo")
    assert tab.inner_text("#cardtitle") == "Saint-Malo"


def test_a_place_that_cannot_be_written_is_said_in_one_line(demo: Any, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written there") as caught:
        demo.save(tmp_path / "none" / "page.html")
    assert "\n" not in str(caught.value)
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExportError):
        demo.save(tmp_path / "folder")
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


def test_the_scripts_never_make_markup_from_text() -> None:
    ours = [entry for entry in ASSETS.iterdir() if entry.name.endswith((".js", ".html"))]
    assert len(ours) > 5
    for entry in ours:
        text = entry.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc|javascript:",
            text,
        ), entry.name
        assert not re.search(r"""https?://(?!www\.w3\.org/2000/svg)""", text), entry.name


# What browsers of 2021 lack and do not merely leave out. `text-wrap`, `accent-color`, `:focus-visible` only degrade.
TOO_NEW = re.compile(
    r"""structuredClone|Object\.(hasOwn|groupBy)|\.(at|findLast|findLastIndex|toSorted|toReversed|toSpliced|showPopover)\("""
    r"""|DecompressionStream|Segmenter|withResolvers|fromAsync|\(\?<[=!]|/[a-z]*v[a-z]*\.test|static\s*\{|import\(|\bawait import"""
    r"""|:has\(|color-mix|light-dark\(|oklch|@container|@layer|@property|@scope|subgrid|popover|\binert\b|\d[dsl]v[hw]\b|^\s*&""",
    re.MULTILINE,
)


def test_the_page_asks_no_more_than_a_browser_of_2021_has() -> None:
    for entry in sorted(ASSETS.iterdir(), key=lambda each: each.name):
        found = TOO_NEW.search(entry.read_text(encoding="utf-8"))
        assert found is None, (entry.name, found)


def test_pyvis_is_the_engine_and_nothing_more() -> None:
    engine = (files("pyvis") / "templates/lib/vis-9.1.2/vis-network.min.js").read_bytes()
    assert (
        hashlib.sha256(engine).hexdigest()
        == "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
    )
    ours = "".join(
        path.read_text(encoding="utf-8") for path in (HERE.parents[1] / "kg" / "view").glob("*.py")
    )
    assert not re.search(r"\.(generate_html|write_html|show|set_options|from_DOT|from_nx|save_graph)\(", ours)


def test_what_the_page_is_about_can_be_chosen(invented: ModuleType) -> None:
    given = (invented.STATEMENTS, invented.ENTITIES, invented.DOCUMENTS)
    assert set(picture(*given, around="moby").graph) == {"moby", "nordsee", "bretagne-express"}
    assert "compagnie-des-ferries" in picture(*given, around="groupe Nordsee", depth=1).graph
    said = picture(*given, claimant="UDM").graph
    assert {a["statement"] for *_, a in said.edges(data=True)} == {
        invented.REPLACES.id,
        next(s.id for s in invented.STATEMENTS if s.predicate == "claims"),
    }
    evening = picture(*given, article="soir.txt").graph
    assert {a["document"] for *_, a in evening.edges(data=True)} == {"soir.txt"}
    sure = picture(*given, min_confidence=0.8).graph
    assert min(a["confidence"] for *_, a in sure.edges(data=True)) >= 0.8
    with pytest.raises(QueryError, match="Did you mean 'nordsee'"):
        picture(*given, around="Nordse")
    with pytest.raises(QueryError, match="article"):
        picture(*given, article="midi.txt")


def test_how_much_text_the_file_carries(invented: ModuleType) -> None:
    given = (invented.STATEMENTS[:3], invented.ENTITIES, invented.DOCUMENTS)
    last = "L’Armorique reliera Portsmouth"
    assert last in picture(*given, embed_text="full").html
    assert last not in picture(*given, embed_text="sentences").html
    none = picture(*given, embed_text="none").html
    assert "ont cessé le travail lundi" not in none
    assert "Saint-Malo" in none


def test_an_empty_graph_still_gives_a_page(invented: ModuleType) -> None:
    page = picture((), (), ())
    assert "Ce que disent les articles" in page.html
    assert page.svg().startswith("<svg")
