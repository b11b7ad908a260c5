"""A query and its answer: what is asked of the engine, and what of it is given back.

This module is on the way of every query: it imports next to nothing.
"""

from __future__ import annotations

from pyoxigraph import DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, RdfFormat, Store, Variable

from kg.errors import GraphError, QueryError
from kg.graph import guard
from kg.graph.results import Rows, Triples

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Answer = Rows | Triples | bool
    Options = dict[str, object]

__all__ = ["ask"]

# As kg.graph.iris has it; that module is slow to import.
INFERRED = NamedNode("https://w3id.org/newsgraph/id/inferred")
# Queries that were looked at already, with the graphs they name; as many as a session repeats.
_CHECKED: dict[str, list[str] | None] = {}
_REMEMBERED = 256
# The columns of SELECT *, as these queries say them first.
_ORDERS: dict[str, list[str]] = {}


def ask(
    store: Store,
    sparql: str,
    prefixes: Mapping[str, str],
    *,
    inferred: bool = True,
    base: str | None = None,
    bindings: Mapping[str, object] = {},
) -> Answer:
    """The answer of a query; see `Graph.query`."""
    try:
        return _asked(store, sparql, prefixes, inferred, base, bindings)
    except (OSError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and "Corruption" not in str(error):
            raise
        raise GraphError(
            f"The index is damaged ({error}). Remove the folder index; it is made again."
        ) from error


def _asked(
    store: Store,
    sparql: str,
    prefixes: Mapping[str, str],
    inferred: bool,
    base: str | None,
    bindings: Mapping[str, object],
) -> Answer:
    if sparql in _CHECKED:
        graphs = _CHECKED[sparql]
    else:
        graphs = guard.check(sparql)
        if len(_CHECKED) == _REMEMBERED:
            _CHECKED.clear()
        _CHECKED[sparql] = graphs
    options: Options = {"prefixes": prefixes}
    if graphs:
        _check_graphs(store, sparql, graphs, prefixes, base)
    elif inferred and store.contains_named_graph(INFERRED):
        options["default_graph"] = [DefaultGraph(), INFERRED]
    if not inferred:
        options["named_graphs"] = [graph for graph in store.named_graphs() if graph != INFERRED]
    if base is not None:
        options["base_iri"] = base
    if not bindings:
        return _answer(store, sparql, options)
    from kg.graph.parameters import term

    for name in bindings:
        if f"?{name}" not in sparql and f"${name}" not in sparql:
            raise QueryError(f"The query has no variable ?{name} that could be set.")
    options["substitutions"] = {Variable(name): term(value, prefixes) for name, value in bindings.items()}
    return _answer_bound(store, sparql, options, list(bindings))


def _answer(store: Store, sparql: str, options: Options, hidden: Iterable[str] = ()) -> Answer:
    result = _run(store, sparql, options)
    prefixes: Mapping[str, str] = options["prefixes"]  # type: ignore[assignment]
    if isinstance(result, QuerySolutions):
        columns = _columns(sparql, result, hidden) if "*" in sparql or hidden else None
        return Rows(result, lambda: _run(store, sparql, options), columns, prefixes)
    if isinstance(result, QueryBoolean):
        return bool(result)
    return Triples(result.serialize(format=RdfFormat.N_TRIPLES), prefixes)


def _run(store: Store, sparql: str, options: Options):  # type: ignore[no-untyped-def]
    try:
        return store.query(sparql, **options)  # type: ignore[arg-type]
    except SyntaxError as error:
        from kg.graph.advice import syntax_error

        raise syntax_error(sparql, error.msg, options["prefixes"]) from None  # type: ignore[arg-type]


def _answer_bound(store: Store, sparql: str, options: Options, names: list[str]) -> Answer:
    """With parameters; the engine wants them among the columns, so they are put there and left out after."""
    hidden: list[str] = []
    while True:
        try:
            return _answer(store, sparql, options, hidden)
        except RuntimeError as error:
            name = next((name for name in names if f"variable ?{name} " in str(error)), None)
            if "Corruption" in str(error):
                raise
            if name is None or name in hidden:
                raise QueryError(f"The query cannot be run: {error}") from error
        from kg.graph.parameters import projecting

        sparql = projecting(sparql, name)
        hidden.append(name)


def _columns(sparql: str, solutions: QuerySolutions, hidden: Iterable[str]) -> list[str]:
    """The columns without those that are hidden; those of SELECT * in the order the query first says them."""
    found = [variable.value for variable in solutions.variables]
    if "*" in sparql and len(found) > 1:
        if sparql not in _ORDERS:
            from kg.graph.parameters import in_order

            if len(_ORDERS) == _REMEMBERED:
                _ORDERS.clear()
            _ORDERS[sparql] = in_order(sparql, found)
        found = _ORDERS[sparql]
    return [name for name in found if name not in hidden]


def _check_graphs(
    store: Store, sparql: str, graphs: list[str], prefixes: Mapping[str, str], base: str | None
) -> None:
    from kg.graph.parameters import resolved

    for name in graphs:
        iri = resolved(sparql, name, prefixes, base)
        if iri and not store.contains_named_graph(NamedNode(iri)):
            raise QueryError(
                f"FROM {name}: there is no such graph here, and kg fetches none. Leave FROM out to ask all graphs."
            )
