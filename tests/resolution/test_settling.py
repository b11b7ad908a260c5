"""All articles call one thing by one id, whatever their order; each keeps what was read from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.api import Graph
from kg.model import Amount, Document, Entity, Evidence, Mention, Node, Reading, Span, Statement

MACRON = Entity("emmanuel-macron", "Emmanuel Macron", "Person", ("Macron",), True)
SHORT = Entity("macron", "Macron", "Person", (), True)
FRANCE = Entity("france", "France", "Place", (), True)
PERSON = Entity("washington", "Washington", "Person", (), True)
TOWN = Entity("washington", "Washington", "Place", (), True)


def reading(
    name: str, who: Entity, *others: Entity, verb: str = "visits", polarity: str = "affirmed"
) -> Reading:
    surface = who.aliases[0] if who.aliases and name.startswith("short") else who.label
    text = f"{surface} visite la Bretagne. {name} {' '.join(one.label for one in others)}"
    document = Document(name, text)
    quote = text.split(".")[0]
    statement = Statement(
        Node(who.id, who.label, who.type, surface),
        verb,
        "visite",
        "visiter",
        Node("bretagne", "Bretagne", "Place", "la Bretagne"),
        polarity=polarity,
        evidence=(Evidence(name, 0, len(quote), quote),),
        rule="verb_frame",
    )
    return Reading(
        document,
        (Span(0, len(quote) + 1),),
        (who, *others),
        (Mention(0, len(surface), surface, "name", who.type, 0, 0, who.id, "spelled_alike"),),
        (statement,),
    )


FULL = reading("full.txt", MACRON, FRANCE)
PART = reading("part.txt", SHORT, FRANCE)
CAPITAL = reading("capital.txt", TOWN)
GENERAL = reading("general.txt", PERSON)
ALL = (FULL, PART, CAPITAL, GENERAL, reading("more.txt", MACRON, FRANCE, verb="leaves"))


def graph_of(*readings: Reading) -> Graph:
    graph = Graph.in_memory()
    for one in readings:
        graph.add(one)
    graph.commit()
    return graph


def test_a_last_name_is_who_bears_it_and_the_statements_are_one() -> None:
    graph = graph_of(FULL, PART)
    (statement,) = graph.statements()
    assert statement.subject.id == "emmanuel-macron"
    assert {evidence.document for evidence in statement.evidence} == {"full.txt", "part.txt"}
    (entity,) = (one for one in graph.entities() if one.type == "Person")
    assert (entity.label, entity.aliases) == ("Emmanuel Macron", ("Macron",))
    assert not graph.verify()


def test_the_reasons_stand_in_the_graph() -> None:
    rows = graph_of(FULL, PART).query(
        "SELECT ?reason WHERE { ?merge a kg:Merge ; kg:about id:emmanuel-macron ; kg:reason ?reason }"
    )
    assert any(str(row.reason).startswith("name part") for row in rows)


def test_a_merge_names_some_of_its_articles_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    derived = "SELECT ?article { ?merge a kg:Merge ; prov:wasDerivedFrom ?article }"
    assert len(list(graph_of(FULL, PART).query(derived))) == 2
    monkeypatch.setattr("kg.resolution.settling.MOST_NAMED", 1)
    assert len(list(graph_of(FULL, PART).query(derived))) == 1


def test_namesakes_stay_apart() -> None:
    graph = graph_of(CAPITAL, GENERAL)
    assert len({statement.subject.id for statement in graph.statements()}) == 2


def test_one_name_of_two_persons_is_split_by_a_person(tmp_path: Path) -> None:
    names = ("one.txt", "two.txt", "three.txt")
    with Graph.create(tmp_path / "graph") as graph:
        for name, other in zip(names, (FRANCE, FRANCE, TOWN), strict=True):
            graph.add(reading(name, MACRON, other))
        graph.commit()
        homes = {document.name: document.id for document in graph.documents()}
    assert len(people(tmp_path)) == 1
    graph = Graph.open(tmp_path / "graph")
    both = [f"emmanuel-macron@{homes[name]}" for name in ("one.txt", "three.txt")]
    graph.decide(both, "apart", "Jeanne")
    graph.apply_decisions()
    said = people(tmp_path)
    # The one of the second article goes with the namesake with whom it shares more.
    assert {frozenset(files) for files in said.values()} == {
        frozenset({"one.txt", "two.txt"}),
        frozenset({"three.txt"}),
    }
    (tmp_path / "graph" / "decisions.ttl").unlink()
    Graph.open(tmp_path / "graph").apply_decisions()
    assert len(people(tmp_path)) == 1


def people(place: Path) -> dict[str, set[str]]:
    """The files that name each person of a graph."""
    found: dict[str, set[str]] = {}
    for one in Graph.open(place / "graph").readings():
        for entity in one.entities:
            if entity.type == "Person":
                found.setdefault(entity.id, set()).add(one.document.name)
    return found


def test_one_who_is_spelt_in_two_ways_is_one_and_a_brother_and_sister_are_two() -> None:
    def people_of(*names: str) -> int:
        entities = [Entity(name.casefold().replace(" ", "-"), name, "Person", (), True) for name in names]
        graph = graph_of(*(reading(f"{one.id}.txt", one, FRANCE, TOWN) for one in entities))
        return sum(one.type == "Person" for one in graph.entities())

    assert people_of("Bachar el-Assad", "Bashar al-Assad") == 1
    assert people_of("Jodie Stimpson", "Jodie Simpson") == 1
    assert people_of("Paul Duranteau", "Paule Duranteau") == 2
    assert people_of("George H. W. Bush", "George W. Bush") == 2


def test_alone_an_article_keeps_its_own_name() -> None:
    (statement,) = graph_of(PART).statements()
    assert statement.subject.id == "macron"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(range(len(ALL))), st.booleans(), st.booleans()), max_size=12))
def test_order_and_what_is_gone_leave_no_trace(steps: list[tuple[int, bool, bool]]) -> None:
    graph = Graph.in_memory()
    held: set[int] = set()
    for number, there, commit in steps:
        if there:
            graph.add(ALL[number])
            held.add(number)
        else:
            graph.remove(ALL[number].document.name)
            held.discard(number)
        if commit:
            graph.commit()
    graph.commit()
    assert list(graph.lines()) == list(graph_of(*(ALL[number] for number in sorted(held))).lines())


def test_copies_are_known() -> None:
    text = " ".join(f"mot{number}" for number in range(60))
    first = Reading(Document("a.txt", text), (), (), (), ())
    copy = replace(first, document=Document("b.txt", text + " AFP"))
    rows = graph_of(first, copy).query("SELECT ?copy ?first WHERE { ?copy kg:copyOf ?first }")
    assert [str(row.copy).rpartition("/")[2] for row in rows] == [copy.document.id]


def test_ten_copies_of_one_wire_are_one_source_and_another_article_is_a_second() -> None:
    words = " ".join(f"mot{number}" for number in range(60))
    wire = reading("wire.txt", MACRON, FRANCE)

    def printed(number: int) -> Reading:
        text = f"{wire.document.text} {words} Journal{number}"
        published = date(2016, 5, 20 - number)
        return replace(wire, document=Document(f"copy-{number}.txt", text, published=published), mentions=())

    copied = [
        replace(
            one,
            statements=tuple(
                replace(s, evidence=(replace(s.evidence[0], document=one.document.name),))
                for s in one.statements
            ),
        )
        for one in map(printed, range(10))
    ]
    graph = graph_of(*copied, PART)
    counted = "SELECT ?n ?file { ?statement kg:sources ?n ; prov:wasDerivedFrom/nif:referenceContext/kg:file ?file }"
    rows = list(graph.query(counted))
    assert {int(row.n) for row in rows} == {2}
    assert len(rows) == 11
    # The first is what was published first.
    firsts = graph.query("SELECT DISTINCT ?first WHERE { ?copy kg:copyOf ?first }")
    assert [str(row.first).rpartition("/")[2] for row in firsts] == [copied[-1].document.id]
    (row,) = graph.ask("corroborated")
    assert int(row.sources) == 2
    assert not list(graph_of(*copied).ask("corroborated"))


def test_sources_are_counted_and_contradictions_linked() -> None:
    from kg.api import questions

    denied = reading("denied.txt", MACRON, polarity="negated")
    graph = graph_of(FULL, PART, denied)
    rows = graph.query("SELECT ?n WHERE { ?statement kg:sources ?n }")
    assert [int(row.n) for row in rows] == [2]
    pairs = graph.query("SELECT ?one ?other WHERE { ?one kg:contradicts ?other }")
    assert len(list(pairs)) == 2
    assert {"corroborated", "contradictions"} <= {one.name for one in questions()}
    assert len(list(graph.ask("corroborated"))) == 1
    shown = [
        (str(row.kind).rpartition("#")[2], row.firstQuote, row.secondQuote)
        for row in graph.ask("contradictions")
    ]
    assert {kind for kind, *_ in shown} == {"polarity"}
    # Both sides stand, each in its own words.
    assert {str(quote) for _, one, other in shown for quote in (one, other)} == {
        one.statements[0].evidence[0].quote for one in (FULL, PART, denied)
    }


def test_amounts_that_articles_do_not_agree_on_contradict_each_other() -> None:
    def paid(name: str, value: int, other: int | None = None) -> Reading:
        one = reading(name, MACRON)
        amounts = [
            Node(f"amount-{value}-eur", f"{value} euros", "Amount", value=Amount(value=value, unit="EUR"))
            for value in (value, other)
            if value is not None
        ]
        said = tuple(replace(one.statements[0], predicate="costs", object=amount) for amount in amounts)
        return replace(one, statements=said)

    def pairs(*readings: Reading) -> set[frozenset[str]]:
        rows = graph_of(*readings).ask("contradictions")
        return {frozenset((str(row.first), str(row.second))) for row in rows}

    assert len(pairs(paid("one.txt", 300), paid("two.txt", 500))) == 1
    assert not pairs(paid("one.txt", 300), paid("two.txt", 300))
    # What one article says of both is no contradiction.
    assert not pairs(paid("one.txt", 300, 500))


def test_two_agents_of_one_deed_contradict_each_other() -> None:
    victim = Node("netflix", "Netflix", "Organization", "Netflix")
    thing = Entity("netflix", "Netflix", "Organization", (), True)

    def said(name: str, who: Entity) -> Reading:
        one = reading(name, who, thing, verb="acquires")
        return Reading(
            one.document,
            one.sentences,
            one.entities,
            one.mentions,
            (replace(one.statements[0], object=victim),),
        )

    graph = graph_of(said("one.txt", MACRON), said("two.txt", FRANCE), said("again.txt", MACRON))
    assert len(list(graph.ask("other-agents"))) == 2
    assert not list(graph_of(said("one.txt", MACRON), said("again.txt", MACRON)).ask("other-agents"))
