"""Clients that people have: SPARQLWrapper, rdflib's SPARQLStore, curl. Each asks a running server."""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings

import pytest

COUNT = "PREFIX schema: <https://schema.org/> SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a schema:NewsArticle }"
LABELS = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 20"


def test_sparqlwrapper_reads_tables_and_graphs(server):
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{server.url}/sparql")
    client.setReturnFormat(wrapper.JSON)
    client.setQuery(COUNT)
    for method in (wrapper.GET, wrapper.POST):
        client.setMethod(method)
        assert client.queryAndConvert()["results"]["bindings"][0]["n"]["value"] == "6"
    client.setReturnFormat(wrapper.XML)
    assert "<literal" in client.queryAndConvert().toxml()
    client.setReturnFormat(wrapper.TURTLE)
    client.setQuery(LABELS)
    assert client.queryAndConvert()
    client.setReturnFormat(wrapper.JSON)
    client.setQuery("SELECT * {")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed):
        client.query()


def test_rdflib_asks_it_as_a_store(server):
    import rdflib
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    for method in ("GET", "POST"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own
            graph = rdflib.Graph(SPARQLStore(f"{server.url}/sparql", method=method), bind_namespaces="none")
            [row] = graph.query(COUNT)
            assert int(row.n) == 6
            netflix = rdflib.URIRef("https://w3id.org/newsgraph/id/netflix")
            assert rdflib.Literal("Netflix") in set(graph.objects(netflix, rdflib.RDFS.label))


def test_curl_asks_as_the_page_says(server):
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")

    def run(*arguments: str) -> str:
        return subprocess.run(
            [curl, "-sS", *arguments], capture_output=True, encoding="utf-8", check=True, timeout=20
        ).stdout

    endpoint = f"{server.url}/sparql"
    assert run("-H", "Accept: text/csv", endpoint, "--data-urlencode", f"query={COUNT}").split() == ["n", "6"]
    assert json.loads(run("-G", endpoint, "--data-urlencode", f"query={COUNT}"))["head"]["vars"] == ["n"]
    assert "400" in run("-o", "/dev/null", "-w", "%{http_code}", endpoint, "--data-urlencode", "query=SELECT")
    assert run(f"{server.url}/id/netflix", "-H", "Accept: text/turtle").startswith("@prefix")
