"""The named questions that come with kg: `ontology/queries/*.rq`; the first comment line says what each asks.

A further comment line "# param entity: the entity, such as id:netflix" names a variable that may be given a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from kg.errors import QueryError
from kg.ontology import ontology_folder

__all__ = ["Question", "question", "questions"]

PARAMETER = "param "


@dataclass(frozen=True, slots=True)
class Question:
    """A SPARQL query with a name and the question that it answers.

    `parameters` are variables that may be given a value, each with what it is.
    """

    name: str
    help: str
    sparql: str
    parameters: tuple[tuple[str, str], ...] = ()


def questions() -> tuple[Question, ...]:
    """All of them, by name."""
    files = sorted((ontology_folder() / "queries").glob("*.rq"))
    return tuple(_question(path.stem, path.read_text(encoding="utf-8")) for path in files)


def question(name: str) -> Question:
    """The question of that name. Raises QueryError, with the nearest names, where there is none such."""
    known = {item.name: item for item in questions()}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=3) or sorted(known)
    raise QueryError(f"There is no question named {name!r}. Take one of these: {', '.join(near)}")


def _question(name: str, sparql: str) -> Question:
    comments = [line.lstrip("# ").strip() for line in sparql.splitlines() if line.startswith("#")]
    told = (line.removeprefix(PARAMETER).partition(":") for line in comments if line.startswith(PARAMETER))
    parameters = tuple((parameter.strip(), meaning.strip()) for parameter, _, meaning in told)
    return Question(name, comments[0] if comments else "", sparql, parameters)
