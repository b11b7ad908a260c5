"""`kg view`: each option, on the graph of seeds/."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli.view import view

View = Callable[..., dict[str, Any]]


@pytest.fixture
def viewed(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> View:
    """viewed("--option", …) gives the tables of the page, with `html` and the `opened` addresses."""
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)

    def run(*options: str) -> dict[str, Any]:
        target = tmp_path / "page.html"
        done = CliRunner().invoke(
            view, ["-g", str(built), "-o", str(target), *options], catch_exceptions=False
        )
        assert done.exit_code == 0
        assert done.output.strip() == str(target)
        html = target.read_text("utf-8")
        data = json.loads(re.search(r'id="data">(.*?)</script>', html, re.DOTALL)[1])
        return {**data, "html": html, "opened": opened}

    return run


@pytest.fixture
def whole(viewed: View) -> dict[str, Any]:
    return viewed()


def labels(data: dict[str, Any]) -> set[str]:
    return {row[1] for row in data["nodes"]}


def status(data: dict[str, Any], name: str) -> list[Any]:
    return [row for row in data["statements"] if data["statuses"][row[4]] == name]


def test_all_of_it_is_written_and_opened_only_on_demand(viewed: View, whole: dict[str, Any]) -> None:
    assert whole["opened"] == []
    assert viewed("--no-open")["opened"] == []
    (address,) = viewed("--open")["opened"]
    assert address.startswith("file:///")


def test_what_rules_infer_names_its_premises_and_what_was_known(viewed: View, whole: dict[str, Any]) -> None:
    (known,) = status(whole, "background")
    assert "représente" in whole["predicates"][known[2]]
    for row in status(whole, "inferred"):
        used = [whole["statements"][number] for number in row[7]["p"]]
        assert {whole["statuses"][each[4]] for each in used} >= {"asserted", "background"}
        assert whole["laws"][whole["rules"][row[6]]].keys() == {"fr", "en"}
    without = viewed("--no-inferred")
    assert status(without, "inferred") == status(without, "background") == []


def test_around_an_entity_and_further(viewed: View, whole: dict[str, Any]) -> None:
    near, far = viewed("--around", "sag aftra"), viewed("--around", "SAG-AFTRA", "--depth", "2")
    assert labels(near) < labels(far) <= labels(whole)
    assert "SAG-AFTRA" in labels(near)


def test_of_a_claimant(viewed: View) -> None:
    said = viewed("--claimant", "SAG-AFTRA")
    assert {row[1] for row in said["nodes"]} >= {"SAG-AFTRA"}
    speakers = {said["nodes"][each[7]["a"][0][0]][1] for each in status(said, "attributed")}
    assert speakers == {"SAG-AFTRA"}


def test_of_an_article_with_what_follows_from_it(viewed: View, whole: dict[str, Any]) -> None:
    article = viewed("--article", "netflix-ia")
    read = [row[0] for row in whole["statements"] if row[5]]
    assert [row[0] for row in article["statements"] if row[5]] == read
    assert len(status(article, "inferred")) == len(status(whole, "inferred"))


def test_at_least_so_sure(viewed: View, whole: dict[str, Any]) -> None:
    sure = viewed("--min-confidence", "0.8")
    assert 0 < len(sure["statements"]) < len(whole["statements"])
    assert all(row[7].get("c", 1) >= 0.8 for row in sure["statements"] if len(row) > 7)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?o WHERE { ?s kg:recruits ?o }",
        "CONSTRUCT { ?s kg:recruits ?o } WHERE { ?s kg:recruits ?o }",
    ],
)
def test_of_a_query(viewed: View, query: str) -> None:
    found = viewed("--query", query)
    assert {found["predicates"][row[2]][0] for row in found["statements"]} >= {"recruits"}
    assert "Netflix" in labels(found)
    assert status(found, "inferred") == []


def test_how_much_text_and_in_which_language(viewed: View, whole: dict[str, Any]) -> None:
    def carried(data: dict[str, Any]) -> int:
        return sum(len(words) for _, words in data["docs"][0]["parts"])

    full, none = viewed("--embed-text", "full"), viewed("--embed-text", "none", "--lang", "en")
    assert carried(full) >= carried(whole) > carried(none) == 0
    assert '<html lang="en">' in none["html"]
    assert "What the article says" in none["html"]
