"""The forms that the French lexicons list, as readings for `kg.language.lexicon`."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.language import scripts
from kg.language.lexicon import Reading

__all__ = ["entries"]

# Family names borne by fewer people than this are left out: too many are also common words.
BEARERS = 1500
# A given name is kept where at least so many were born with it.
BIRTHS = 300

PERSONS = ("1s", "2s", "3s", "1p", "2p", "3p")
FORMS = ("ms", "fs", "mp", "fp")
PARTS = {"N": "NOUN", "A": "ADJ", "V": "VERB", "Adv": "ADV"}
# The gazetteers of SEM whose words are marked, one file each.
NAMES = ("city", "company", "country", "departement", "organisation", "region")


def entries(data: Path) -> dict[str, set[Reading]]:
    """Every form listed under `data` with its readings: inflections, categories, treebank lexicon, names."""
    found: dict[str, set[Reading]] = defaultdict(set)
    for form, reading in _all(data):
        if form and "\n" not in form and " " not in form:
            found[form].add(reading)
    return found


def _all(data: Path) -> Iterator[tuple[str, Reading]]:
    lexicons = data / "lexicons-fr"
    yield from _inflected(lexicons / "jsrealb")
    yield from _listed(lexicons / "sem" / "lefff")
    yield from _participles(lexicons / "lefff" / "lefff-3.4-addition.mlex")
    yield from _counted(lexicons / "gsd-lexicon" / "lexiqueFR-GSD.tsv")
    yield from _named(lexicons / "sem" / "NER-directory", data / "gazetteers")


def _inflected(folder: Path) -> Iterator[tuple[str, Reading]]:
    lexicon = json.loads((folder / "lexicon-fr.json").read_text(encoding="utf-8"))
    rules = json.loads((folder / "rules-fr.json").read_text(encoding="utf-8"))
    for lemma, parts in lexicon.items():
        for part, entry in parts.items():
            if part not in PARTS or not isinstance(entry, dict):
                continue
            upos = PARTS[part]
            forms = _conjugated(lemma, entry, rules) if part == "V" else _declined(lemma, part, entry, rules)
            for form, marks in forms:
                written = lemma.lower() if upos != "NOUN" else lemma
                yield form, Reading(f"{upos}.{marks}", upos, scripts.script(form, written))


def _declined(lemma: str, part: str, entry: Any, rules: Any) -> Iterator[tuple[str, str]]:
    """Forms of a noun, adjective or adverb with gender and number ("mp"); an adverb has neither."""
    if part == "Adv":
        yield lemma, ""
        return
    table = rules["declension"].get(entry.get("tab"))
    if table is None or not lemma.endswith(table["ending"]):
        return
    stem = lemma[: len(lemma) - len(table["ending"])]
    for cell in table["declension"]:
        gender = cell.get("g", "x")
        own = entry.get("g", "x")
        if part == "N" and own in "mf" and gender not in (own, "x"):
            continue
        yield stem + cell["val"], gender.replace("x", own) + cell.get("n", "")


def _conjugated(lemma: str, entry: Any, rules: Any) -> Iterator[tuple[str, str]]:
    """Forms of a verb with tense and person ("p3s"), or kind of participle ("ppmp")."""
    table = rules["conjugation"].get(entry.get("tab"))
    if table is None or not lemma.endswith(table["ending"]):
        return
    stem = lemma[: len(lemma) - len(table["ending"])]
    for tense, endings in table["t"].items():
        if isinstance(endings, str):
            yield stem + endings, tense
        elif isinstance(endings, list):
            marks = FORMS if tense == "pp" else PERSONS
            for mark, ending in zip(marks, endings, strict=False):
                if ending is not None:
                    yield stem + ending, tense + mark


def _listed(folder: Path) -> Iterator[tuple[str, Reading]]:
    for path in sorted(folder.iterdir()):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield line.strip(), Reading(path.name)


def _participles(path: Path) -> Iterator[tuple[str, Reading]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = line.split("\t")
        if len(row) > 4 and row[1] == "adj":
            yield row[0], Reading(f"ADJ.{row[3]}", "ADJ", scripts.script(row[0], row[2]))


def _counted(path: Path) -> Iterator[tuple[str, Reading]]:
    """The lexicon of the GSD treebank, but for what it saw once: those are often slips."""
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row) < 5 or row[2] in {"PUNCT", "SYM", "X", "NUM"} or int(row[4]) < 2:
                continue
            form, lemma, upos = row[:3]
            if upos in {"NOUN", "ADJ", "VERB", "ADV", "PROPN"}:
                yield form, Reading(upos, upos, scripts.script(form, lemma))


def _named(sem: Path, gazetteers: Path) -> Iterator[tuple[str, Reading]]:
    for name in NAMES:
        yield from _words((sem / name).read_text(encoding="utf-8").splitlines(), name)
    with (gazetteers / "world-cities" / "world-cities.csv").open(encoding="utf-8", newline="") as rows:
        yield from _words((row[0] for row in csv.reader(rows)), "city")
    with (gazetteers / "sp500" / "constituents.csv").open(encoding="utf-8", newline="") as rows:
        yield from _words((row[1] for row in csv.reader(rows)), "company")
    with (gazetteers / "insee" / "prenoms_sexe.tsv").open(encoding="utf-8", newline="") as rows:
        given = (row for row in csv.reader(rows, delimiter="\t") if row[-1].isdigit())
        yield from _words((row[0] for row in given if int(row[1]) + int(row[2]) >= BIRTHS), "given")
    with (gazetteers / "insee" / "noms_sorted_by_count.csv").open(encoding="utf-8", newline="") as rows:
        family = (row for row in csv.reader(rows) if len(row) > 1 and row[1].isdigit())
        yield from _words((row[0] for row in family if int(row[1]) >= BEARERS), "family")


def _words(names: Iterable[str], kind: str) -> Iterator[tuple[str, Reading]]:
    """Each word of each name, with a capital; the first of several is told from the rest."""
    for name in names:
        for index, word in enumerate(name.replace("-", " - ").split()):
            if len(word) > 2 and word[0].isalpha():
                written = word.title() if word.isupper() and kind in {"given", "family"} else word
                if written[0].isupper():
                    yield written, Reading(f"{kind}{min(index, 1)}")
