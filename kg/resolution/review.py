"""What a person should be asked: pairs that may be one, pairs just taken for one, statements that are in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.graph import building
from kg.graph.decoding import decode
from kg.graph.journal import Journal, MemoryJournal
from kg.graph.own import own
from kg.resolution import decisions, links
from kg.resolution.decisions import OF_STATEMENT, Decision
from kg.resolution.homonyms import Parted, homonyms
from kg.resolution.resolving import Group, Pair, Resolution
from kg.resolution.settling import articles, profiles, resolved

__all__ = ["Proposal", "proposals"]

# What was taken for one by less than this is asked about again; statements surer than that are not.
BARELY, DOUBTFUL = 3.5, 0.35


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question to a person: of what kind, about which ids, in which words, and why.

    Kinds are merge, split, link, statement; and unknown, which asks nothing: a decision is about what is not here.
    """

    kind: str
    about: tuple[str, ...]
    words: tuple[str, ...]
    why: str


def proposals(journal: Journal | MemoryJournal, folder: Path | None) -> list[Proposal]:
    """The questions that nobody has answered, merges first, each kind in a fixed order."""
    decided = decisions.read(folder)
    answered = {one.about for one in decided}
    with resolved(profiles(journal), decided) as resolution:
        barely = (pair for pair in resolution.merged() if pair.sheet.score < BARELY)
        found = [
            *_pairs("merge", resolution.proposed()),
            *_pairs("split", barely),
            *_namesakes(homonyms(resolution.corpus, decisions.pairs(decided, "same"))),
            *_links(resolution.groups(), links.read(folder)),
            *_doubtful(journal),
        ]
        asked = [one for one in dict.fromkeys(found) if frozenset(one.about) not in answered]
        return [*asked, *_unknown(decided, resolution)]


def _pairs(kind: str, pairs: Iterable[Pair]) -> Iterator[Proposal]:
    for pair in pairs:
        one, other = pair.one[0], pair.other[0]
        alike = one.id == other.id
        about = tuple(f"{unit.id}@{unit.article}" if alike else unit.id for unit in (one, other))
        yield Proposal(kind, about, pair.labels, f"{pair.sheet.score:g}: {pair.sheet}")


def _namesakes(found: Iterable[Parted]) -> Iterator[Proposal]:
    """Whether two whom articles call by one full name are one."""
    for parted in found:
        about = tuple(f"{unit.id}@{unit.article}" for unit in (parted.one, parted.other))
        yield Proposal("split", about, parted.words, f"{parted.sheet.score:g}: {parted.sheet}")


def _links(groups: Iterable[Group], found: links.Found) -> Iterator[Proposal]:
    """Whether a thing is what a service knows under its name; one that is linked already is not asked about."""
    unlinked = [group for group in groups if not group.links] if found else []
    for service, names in sorted(found.items()):
        for group in unlinked:
            for one in names.get(group.label, ()):
                words = (group.label, f"{one.name}, {one.description}".rstrip(", "))
                yield Proposal("link", (group.id, one.iri), words, f"{one.score:g}: {one.iri}, {service}")


def _unknown(decided: Iterable[Decision], resolution: Resolution) -> Iterator[Proposal]:
    """The things that decisions name, but no article: they were removed, or are called otherwise."""
    for one in decided:
        linked = any("://" in name for name in one.about)
        for name in sorted(one.about) if one.answer not in OF_STATEMENT else ():
            # What is linked is a thing of the graph; what is compared is what articles call it by themselves.
            known = resolution.has_group if linked else resolution.has_unit
            if "://" not in name and not known(name):
                yield Proposal("unknown", (name,), (name,), f"{one.id} is about it, and no article names it")


def _doubtful(journal: Journal | MemoryJournal) -> Iterator[Proposal]:
    for article in articles(journal):
        reading = decode(building.quads_of(own(journal, article).content()))
        for statement in reading.statements if reading else ():
            if statement.confidence < DOUBTFUL:
                words = (
                    statement.subject.label,
                    statement.label,
                    statement.object.label if statement.object else "",
                )
                quote = statement.evidence[0].quote if statement.evidence else ""
                yield Proposal("statement", (statement.id,), words, f"{statement.confidence:g}: {quote}")
