"""What is written as RDF can be had back exactly, whatever an article contains."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pyoxigraph import BlankNode, NamedNode, RdfFormat

from kg.errors import GraphError
from kg.graph import iris
from kg.graph.building import lines_of, quads_of
from kg.graph.canonical import canonical
from kg.graph.decoding import decode, decode_inferred
from kg.graph.describing import statement_label
from kg.graph.rdf import RESERVED, encode, encode_inferred
from kg.model import (
    Amount,
    Attribution,
    Document,
    Entity,
    Evidence,
    Mention,
    Node,
    Period,
    Qualifier,
    Reading,
    Refusal,
    Span,
    Statement,
)

HOSTILE = [
    "",
    '"""',
    "'''",
    "\\",
    "> <http://evil/> .",
    "<script>alert(1)</script>",
    "\x00\x01\x1f\x7f\x85",
    "\u2028\u2029\ufeff\ufffe\uffff",
    "\u202e\u2066mot\u2069",
    "e\u0301é",
    "😀 𝒩etflix",
    "a\r\nb\tc\n",
    "_:b0",
    "l’« IA » générative",
    "{}|^`",
    "100%_x0041_",
    "..",
    "a/b#c?d",
]
words = some.one_of(
    some.sampled_from(HOSTILE), some.text(some.characters(exclude_categories=["Cs"]), max_size=12)
)
names = words.filter(bool)
types = some.sampled_from(
    [
        "Person",
        "Organization",
        "Place",
        "Work",
        "Product",
        "Event",
        "Group",
        "Occupation",
        "Concept",
        "Amount",
        "Date",
        "Statement",
        "Other",
    ]
)
numbers = some.one_of(
    some.none(), some.floats(allow_nan=False, allow_infinity=False), some.integers(-(2**53), 2**53)
)
amounts = some.builds(
    Amount,
    value=numbers,
    minimum=numbers,
    maximum=numbers,
    unit=some.one_of(words, some.sampled_from(["USD", "EUR", "%", "person"])),
    per=some.one_of(
        words.filter(lambda word: not word.startswith("P")), some.sampled_from(["", "year", "week", "hour"])
    ),
    approximate=some.booleans(),
)
periods = some.builds(
    Period,
    start=some.one_of(words, some.dates(date(1000, 1, 1)).map(date.isoformat)),
    end=some.one_of(words, some.just("")),
    precision=words,
    hour=words,
)
ids = some.one_of(names, some.sampled_from(["netflix", "sag-aftra", "amount-5"]))
nodes = some.builds(
    Node, id=ids, label=words, type=types, mention=words, value=some.one_of(some.none(), amounts, periods)
)
predicates = some.one_of(names, some.sampled_from(["recruits", "open-écrire", "123"])).filter(
    lambda name: name not in RESERVED
)
roles = some.sampled_from(
    [
        "amount",
        "time",
        "place",
        "recipient",
        "purpose",
        "instrument",
        "manner",
        "cause",
        "source",
        "topic",
        "part",
        "attribute",
    ]
)


@some.composite
def readings(draw: some.DrawFn) -> Reading:
    """A whole article, of anything that the model can hold."""
    document = draw(
        some.builds(
            Document,
            name=words,
            text=words,
            language=some.sampled_from(["fr", "en", "fr-CA"]),
            title=some.one_of(some.none(), words),
            published=some.one_of(some.none(), some.dates(date(1000, 1, 1))),
            outlet=some.one_of(some.none(), words),
            author=some.one_of(some.none(), words),
            url=some.one_of(some.none(), words),
        )
    )
    size = len(document.text)
    spans = some.tuples(some.integers(0, size), some.integers(0, size)).map(
        lambda pair: Span(min(pair), max(pair))
    )
    evidence = spans.map(
        lambda span: Evidence(document.name, span.start, span.end, document.text[span.start : span.end])
    )
    statement = some.builds(
        Statement,
        subject=nodes,
        predicate=predicates,
        label=words,
        lemma=words,
        object=some.one_of(some.none(), nodes),
        qualifiers=some.lists(some.builds(Qualifier, role=roles, node=nodes), max_size=3).map(tuple),
        attribution=some.lists(
            some.builds(
                Attribution,
                node=nodes,
                cue=words,
                stance=some.sampled_from(["endorsing", "neutral", "distancing"]),
            ),
            max_size=2,
        ).map(tuple),
        polarity=some.sampled_from(["affirmed", "negated"]),
        modality=some.sampled_from(
            ["actual", "planned", "possible", "hypothetical", "question", "obligation"]
        ),
        evidence=some.lists(evidence, max_size=2).map(tuple),
        rule=words,
        confidence=some.floats(0, 1),
    )
    mention = some.builds(
        lambda span, **rest: Mention(span.start, span.end, document.text[span.start : span.end], **rest),
        spans,
        kind=some.sampled_from(["name", "nominal", "pronoun"]),
        type=types,
        sentence=some.integers(0, 9),
        token=some.integers(0, 99),
        entity=words,
        rule=words,
    )
    return Reading(
        document=document,
        sentences=tuple(draw(some.lists(spans, max_size=3))),
        entities=tuple(
            draw(
                some.lists(
                    some.builds(
                        Entity,
                        id=ids,
                        label=words,
                        type=types.filter(lambda name: name != "Statement"),
                        aliases=some.lists(words, max_size=2).map(tuple),
                        named=some.booleans(),
                        links=some.lists(
                            some.sampled_from(["http://www.wikidata.org/entity/Q1", "urn:x:é"])
                        ).map(tuple),
                    ),
                    max_size=3,
                )
            )
        ),
        mentions=tuple(draw(some.lists(mention, max_size=3))),
        statements=tuple(draw(some.lists(statement, max_size=3))),
        refusals=tuple(
            draw(
                some.lists(
                    some.builds(lambda s, r, u: Refusal(s.start, s.end, r, u), spans, words, words),
                    max_size=2,
                )
            )
        ),
    )


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(readings())
def test_what_is_written_is_read_back(reading: Reading) -> None:
    assert decode(quads_of(encode(reading))) == canonical(reading)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(readings())
def test_it_survives_the_journal_and_the_store(reading: Reading) -> None:
    lines = encode(reading)
    assert decode(quads_of(lines)) == canonical(reading)
    assert lines_of(quads_of(lines)) == lines


def test_an_article_is_read_back(make) -> None:
    assert decode(quads_of(encode(make.article()))) == canonical(make.article())


def test_no_blank_node_and_one_graph(make) -> None:
    article = make.article()
    quads = list(quads_of(encode(article)))
    assert not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object))
    assert {quad.graph_name for quad in quads} == {NamedNode(iris.node(article.document.id))}
    assert len(set(quads)) == len(quads)


def test_the_plain_edge_stands_for_what_the_article_asserts_alone(make) -> None:
    edges = {
        (
            iris.id_of(quad.subject.value),
            iris.property_name(quad.predicate.value),
            iris.id_of(quad.object.value),
        )
        for quad in quads_of(encode(make.article()))
        if iris.property_name(quad.predicate.value) in ("recruits", "owns", "claims")
    }
    document = make.article().document
    assert edges == {
        ("netflix", "recruits", "directeur-technique-7ce1"),
        ("sag-aftra", "claims", make.owns(document).id),
    }


def test_the_canonical_form_is_the_same_whatever_the_order(make) -> None:
    article = make.article()
    turned = replace(
        article,
        entities=article.entities[::-1],
        mentions=article.mentions[::-1],
        statements=article.statements[::-1] * 2,
    )
    assert encode(turned) == encode(article)


@pytest.mark.parametrize("quote", ["netflix", "Netflix ", ""])
def test_a_quote_that_is_not_in_the_text_is_not_written(make, quote) -> None:
    article = make.article()
    wrong = replace(article.statements[0], evidence=(Evidence(article.document.name, 0, 7, quote),))
    with pytest.raises(GraphError, match="characters 0 to 7"):
        encode(replace(article, statements=(wrong,)))


def test_a_mention_that_is_not_in_the_text_is_not_written(make) -> None:
    article = make.article()
    with pytest.raises(GraphError, match="nothing was written"):
        encode(replace(article, mentions=(replace(article.mentions[0], start=1),)))


def test_a_relation_cannot_take_a_name_of_the_encoding(make) -> None:
    article = make.article()
    with pytest.raises(GraphError, match="kg:polarity; that name is taken"):
        encode(replace(article, statements=(replace(article.statements[0], predicate="polarity"),)))


def test_two_values_under_one_id_stay_two(make) -> None:
    article = make.article()
    first, second = (
        replace(
            make.recruits(article.document),
            object=Node("sum", "somme", "Amount", value=Amount(value=value, unit="EUR")),
            lemma=str(value),
        )
        for value in (1.5, 2.0)
    )
    second = replace(second, modality="planned")
    found = decode(quads_of(encode(replace(article, statements=(first, second)))))
    assert found is not None
    assert {statement.object.value.value for statement in found.statements} == {1.5, 2.0}


def test_inferences_name_rule_and_premises_and_quote_nothing(make) -> None:
    document = make.article().document
    inferred = replace(
        make.recruits(document), subject=make.node(make.UNION), evidence=(), rule="members_act"
    )
    quads = list(quads_of(encode_inferred([(inferred, ("statement-1", "statement-2"))], {"sag-aftra"})))
    assert decode_inferred(quads) == [(inferred, ("statement-1", "statement-2"))]
    assert {quad.graph_name for quad in quads} == {NamedNode(iris.INFERRED)}


def test_turtle_of_any_string_is_turtle() -> None:
    text = "".join(HOSTILE)
    document = Document("x.txt", text, title=text)
    content = encode(Reading(document, (), (Entity(text, text, "Work", named=True),), (), ()))
    quads = list(pyoxigraph.parse(content, RdfFormat.N_QUADS))
    assert any(getattr(quad.object, "value", None) == text for quad in quads)


@given(words)
def test_names_of_properties_and_nodes_come_back(name: str) -> None:
    assert iris.property_name(iris.property_iri(name)) == name
    assert iris.id_of(iris.node(name)) == name
    assert iris.id_of(iris.part(name, "qualifier-1")) == name
    assert iris.rule_name(iris.rule(name)) == name


@given(some.floats(allow_nan=False, allow_infinity=False))
def test_numbers_come_back(value: float) -> None:
    from kg.graph.literals import number

    assert math.isclose(float(number(value).value), value, rel_tol=0, abs_tol=0)


def test_a_statement_in_one_line(make) -> None:
    assert statement_label(make.rains(make.article().document)) == "Il pleut"
