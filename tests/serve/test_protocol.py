"""Content negotiation and the fields of a request, without a server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve import protocol
from kg.serve.guard import Refused
from kg.serve.protocol import GRAPHS, TABLES, negotiate


def status_of(decide: Callable[..., object], *arguments: object) -> int:
    """The status that a decision leads to."""
    try:
        decide(*arguments)
    except Refused as refused:
        return refused.status
    return 200


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "offers", "expected"),
    [
        ("", TABLES, "application/sparql-results+json"),
        ("*/*", GRAPHS, "text/turtle"),
        (BROWSER, TABLES, "text/html"),
        ("text/csv;q=0.1, text/tab-separated-values;q=0.2", TABLES, "text/tab-separated-values"),
        ("text/*;q=0.5, text/csv;q=0", TABLES, "text/tab-separated-values"),
        ("application/json", TABLES, "application/sparql-results+json"),
        ("application/json", GRAPHS, "application/ld+json"),
        ("application/rdf+xml, text/turtle;q=0.9", GRAPHS, "application/rdf+xml"),
        ("TEXT/CSV ; q=1.0", TABLES, "text/csv"),
        ("text/csv;q=broken, application/sparql-results+xml;q=0.5", TABLES, "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*", TABLES, "application/sparql-results+xml"),
    ],
)
def test_the_format_wanted_most_is_given(accept, offers, expected):
    assert negotiate(accept, offers) == expected


@pytest.mark.parametrize("offers", [TABLES, GRAPHS], ids=["tables", "graphs"])
def test_each_format_has_its_weight(offers):
    for media, aliases in offers.items():
        for name in (media, *aliases):
            first = next(other for other, names in offers.items() if name in (other, *names))
            assert negotiate(f"{name};q=0.6, */*;q=0.5", offers) == first
        assert negotiate(f"*/*, {media};q=0.1", offers) != media
        others = ", ".join(f"{other};q={0.1 + 0.1 * place:.1f}" for place, other in enumerate(offers))
        assert negotiate(f"{others}, {media};q=0.95", offers) == media


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "nonsense"])
def test_what_is_not_offered_is_not_acceptable(accept):
    with pytest.raises(Refused) as refused:
        negotiate(accept, TABLES)
    assert refused.value.status == 406


@pytest.mark.parametrize(
    ("word", "offers", "expected"),
    [("csv", TABLES, "text/csv"), ("json", GRAPHS, "application/ld+json"), ("TTL", GRAPHS, "text/turtle")],
)
def test_a_link_names_its_format(word, offers, expected):
    assert negotiate("text/html", offers, word) == expected


@given(st.text(max_size=80))
def test_any_accept_header_is_understood_or_refused(accept):
    assert status_of(negotiate, accept, TABLES) in (200, 406)


@given(
    st.binary(max_size=200),
    st.sampled_from([protocol.FORM, protocol.QUERY, protocol.UPDATE, "text/plain", ""]),
)
def test_any_body_is_a_question_or_refused(body, kind):
    assert status_of(protocol.question, "POST", b"", kind, body) in (200, 400, 415)
