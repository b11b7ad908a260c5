"""The record: appended, read by name, whole after a cut, and never believed where a bit has flipped."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.graph.journal import Journal

ARTICLES = {"article-1": b"<s> <p> <o> <g> .\n" * 40, "article-2": "« é »\n".encode(), "default": b""}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    made = Journal(tmp_path / "journal")
    for name, content in ARTICLES.items():
        made.put(name, content)
    return made


def test_what_is_put_is_read_by_name(journal: Journal) -> None:
    again = Journal(journal.path)
    assert again.names() == sorted(ARTICLES)
    assert {name: again.read(name) for name in again.names()} == ARTICLES
    assert again.digest("article-1") == sha256(ARTICLES["article-1"]).hexdigest()


def test_gzip_reads_it_all(journal: Journal) -> None:
    assert gzip.decompress(journal.path.read_bytes()) == b"".join(ARTICLES.values())


def test_the_last_of_a_name_counts_and_a_removal_removes(journal: Journal) -> None:
    journal.put("article-1", b"new\n")
    journal.remove("article-2")
    journal.remove("never there")
    again = Journal(journal.path)
    assert again.names() == ["article-1", "default"]
    assert again.read("article-1") == b"new\n"
    assert again.waste > 0


def test_compacting_keeps_what_counts_in_the_same_bytes_whatever_the_history(
    journal: Journal, tmp_path: Path
) -> None:
    journal.put("article-1", b"old\n")
    journal.put("article-1", ARTICLES["article-1"])
    journal.compact()
    other = Journal(tmp_path / "other")
    for name in reversed(ARTICLES):
        other.put(name, ARTICLES[name])
    other.compact()
    assert journal.path.read_bytes() == other.path.read_bytes()
    assert Journal(journal.path).waste == 0


def test_the_same_articles_give_the_same_bytes(journal: Journal, tmp_path: Path) -> None:
    other = Journal(tmp_path / "other")
    for name, content in ARTICLES.items():
        other.put(name, content)
    assert other.path.read_bytes() == journal.path.read_bytes()


def test_a_write_that_was_cut_anywhere_loses_that_article_alone(journal: Journal) -> None:
    whole = journal.path.read_bytes()
    journal.put("article-3", b"the last\n" * 9)
    longer = journal.path.read_bytes()
    for cut in range(len(whole) + 1, len(longer)):
        journal.path.write_bytes(longer[:cut])
        torn = Journal(journal.path)
        assert torn.names() == sorted(ARTICLES)
        assert torn.torn == cut - len(whole)
        assert torn.read("article-1") == ARTICLES["article-1"]


def test_after_a_cut_the_next_write_takes_the_place_of_the_rest(journal: Journal) -> None:
    size = journal.path.stat().st_size
    with journal.path.open("ab") as file:
        file.write(journal.path.read_bytes()[:15])
    torn = Journal(journal.path)
    torn.put("article-4", b"four\n")
    again = Journal(journal.path)
    assert again.torn == 0
    assert again.read("article-4") == b"four\n"
    assert again.size > size


def test_any_flipped_bit_is_found_or_changes_nothing(journal: Journal) -> None:
    whole = journal.path.read_bytes()
    believed = []
    for place in range(len(whole)):
        journal.path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        try:
            flipped = Journal(journal.path)
            contents = {name: flipped.read(name) for name in flipped.names()}
        except GraphError as error:
            assert "damaged at byte" in str(error)  # noqa: PT017 most bits end here, some (the padding) change nothing
        else:
            assert contents == ARTICLES
            assert not flipped.torn
            believed.append(place)
    assert len(believed) <= 8


def test_a_file_of_something_else_is_not_taken_for_a_journal(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    path.write_bytes(b"something else\n" * 300)
    with pytest.raises(GraphError, match="damaged at byte 0"):
        Journal(path)
