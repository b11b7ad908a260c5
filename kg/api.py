"""What people use from Python, twin by twin with the command line.

    kg build seeds                kg.build("seeds")
    kg query '…'                  graph.query("…")
    kg export graph.ttl           graph.export("graph.ttl")
    kg view -o page.html          graph.view("page.html")
    kg stats, verify, explain …   graph.stats(), graph.verify(), graph.explain(…)

`kg query` passes through here, so what only other commands need is imported where it is used.
"""

from __future__ import annotations

import os

from kg.errors import GraphError
from kg.graph.graph import Graph as Core
from kg.graph.results import Iri, Rows, Triples

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from contextlib import closing
    from pathlib import Path
    from typing import Any, Literal

    import networkx
    from pyoxigraph import Store

    from kg.assembly import Run
    from kg.documents import Rejection
    from kg.graph.asking import Answer as Answer
    from kg.graph.diff import Difference
    from kg.graph.journal import Journal, MemoryJournal
    from kg.graph.writing import Writer
    from kg.model import Document
    from kg.remote import Remote as Remote
    from kg.resolution.review import Proposal
    from kg.saved import Question
    from kg.view.page import Page

    Paths = str | Path | Iterable[str | Path]

__all__ = ["Graph", "Rows", "build", "connect", "load", "question", "questions", "serve"]


class Graph(Core):
    """What articles say, as a graph: ask it, look at it, export it, check it."""

    def _compare(self, writer: Writer) -> None:
        writer.resolve, writer.agree = _resolve, _agree

    def query(self, sparql: str, **how: Any) -> Answer:
        """The answer of a SPARQL query, as kg.graph gives it; in a notebook that of a CONSTRUCT is a picture."""
        answer = super().query(sparql, **how)
        if isinstance(answer, Triples):
            from kg.view.notebook import pictured

            answer.shown = lambda: pictured(self, answer)
        return answer

    def ask(self, name: str, *, inferred: bool = True, **parameters: object) -> Answer:
        """The answer of a question that comes with kg, by its name; `parameters` are values of its variables.

        Raises QueryError where there is none such.
        """
        return self.query(question(name).sparql, inferred=inferred, base=None, **parameters)

    def table(self, rows: Rows, *, width: int | None = None) -> str:
        """The rows as people read them: labels beside the names of nodes, lines of at most `width` characters."""
        iris = dict.fromkeys(str(value) for row in rows for value in row if isinstance(value, Iri))
        return rows.serialize("table", labels=self.labels(iris), width=width)

    def export(self, path: str | Path, as_: str | None = None, *, min_confidence: float = 0.0) -> Path:
        """Write the graph in the format that the suffix names; `as_` picks a table: statements, mentions, entities.

        Raises ExportError where nothing can be written there, or not in that format.
        """
        from pathlib import Path

        from kg.export import export

        export(self, Path(path), as_=as_, min_confidence=min_confidence)
        return Path(path)

    def view(
        self,
        path: str | Path | None = None,
        *,
        query: str | None = None,
        around: str | None = None,
        depth: int = 1,
        article: str | None = None,
        claimant: str | None = None,
        language: Literal["fr", "en"] = "fr",
        embed_text: Literal["full", "sentences", "none"] = "sentences",
        inferred: bool = True,
        min_confidence: float = 0.0,
    ) -> Page:
        """The picture, as a page that works offline; saved where `path` says.

        `query` keeps the statements that a SPARQL answer names, by their IRI or by their two ends in one row;
        `around` what is said of an entity, `depth` steps far; `article` and `claimant` what is read or said there.
        Where nothing is chosen, a large graph is shown in its middle: the statements about what most is said of.
        """
        from kg.graph.central import named_in
        from kg.view.page import draw

        page = draw(
            self if query or around or article or claimant else self.center(),
            None if query is None else named_in(self.query(query), self.statements()),
            inferred=inferred and query is None,
            language=language,
            embed_text=embed_text,
            around=around,
            depth=depth,
            article=article,
            claimant=claimant,
            min_confidence=min_confidence,
        )
        if path is not None:
            page.save(path)
        return page

    def network(self) -> networkx.MultiDiGraph:
        """The picture's graph, as networkx has it."""
        from kg.view.page import draw

        return draw(self).graph

    def add_articles(self, paths: Paths, **how: Any) -> Run:
        """Read further articles into the graph: the same graph as if all had been read at once.

        Takes what `kg.build` takes (model, outlet, jobs, engine, again, rejected, progress). The answer counts
        what was `read`, what was there `unchanged`, and names what was `refused`.
        """
        return self._take(paths, replace=False, **how)

    def update_articles(self, paths: Paths, **how: Any) -> Run:
        """The same, in place of what the graph has of files with these names; what did not change is not read."""
        return self._take(paths, replace=True, **how)

    def remove_articles(self, names: str | Iterable[str]) -> Run:
        """Forget articles, by their files' names or their ids: the graph is as if they had never been read.

        Raises GraphError, and changes nothing, where one of them is not in the graph.
        """
        from kg.assembly import Run, forget
        from kg.engines import Recipe

        how = Run(Recipe())
        with self._changing():
            forget(self, [names] if isinstance(names, str) else list(names), how)
        return how

    def push(self, url: str, *, default: str = "", again: bool = False) -> dict[str, int]:
        """Copy the graph to a store's Graph Store Protocol endpoint; how many graphs were written and deleted.

        What all articles say together goes to its default graph, or to the graph of the IRI `default`. See kg.remote.
        """
        from kg.remote import push

        return push(self, url, default=default, again=again)

    def link(self, service: str, *, limit: int = 3, again: bool = False) -> dict[str, int]:
        """Ask a W3C reconciliation service for the names of the graph; `proposals` has its candidates.

        Raises GraphError where no such service answers, or the graph is not kept in a folder.
        """
        from kg.linking import link

        if self.folder is None:
            raise GraphError("Candidates are kept beside a graph: build it into a folder.")
        names = [one.label for one in self.entities() if one.named and not one.links]
        return link(names, service, self.folder, limit=limit, again=again)

    def proposals(self) -> list[Proposal]:
        """What a person should decide: things that may be one, or are barely so, and doubtful statements."""
        from kg.resolution.review import proposals

        return proposals(self._journal, self.folder)

    def decide(
        self, about: Iterable[str], answer: str, by: str, corrections: Mapping[str, str] | None = None
    ) -> None:
        """Write down what a person answers about two things or a statement; `apply_decisions` makes it count.

        With the answer "corrected", `corrections` are new words for the statement's subject, relation or object.
        Raises GraphError where the graph is not kept in a folder.
        """
        from kg.resolution.decisions import record

        record(self.folder, about, answer, by, corrections)

    def has_new_decisions(self) -> bool:
        """Whether decisions.ttl says something else than when the graph was last committed."""
        from kg.resolution.settling import DECISIONS, content_of_decisions

        kept = self._journal.read(DECISIONS) if DECISIONS in self._journal.names() else b""
        return kept != content_of_decisions(self.folder)

    def apply_decisions(self) -> None:
        """Make the graph what the decisions beside it say."""
        from kg.assembly import settle

        with self._changing():
            settle(self)

    def diff(self, other: Core) -> Difference:
        """What the other graph has gained, lost and changed against this one."""
        from kg.graph.diff import difference

        return difference(self, other)

    def _take(
        self, paths: Paths, *, replace: bool, outlet: str | None = None, model: str | None = None, **how: Any
    ) -> Run:
        from kg.assembly import Run, take
        from kg.engines import Recipe

        run = Run(Recipe(model), **{name: value for name, value in how.items() if value is not None})
        with self._changing():
            take(self, _named(paths), run, outlet=outlet, replace=replace)
        return run

    def _changing(self) -> closing[Writer]:
        """The right to change the folder, given back at the end."""
        from contextlib import closing

        return closing(self._writer)

    def __repr__(self) -> str:
        counts = self.stats()
        shown = ", ".join(f"{counts[name]} {name}" for name in ("articles", "entities", "statements"))
        return f"<kg.Graph {self._folder or 'in memory'}: {shown}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """How a notebook shows the graph: its picture, and one line of text."""
        return {**self.view()._repr_mimebundle_(include, exclude), "text/plain": repr(self)}


def connect(url: str) -> Remote:
    """The SPARQL endpoint of a store, to be asked like a graph: kg.connect(url).query("SELECT …")."""
    from kg.remote import Remote

    return Remote(url)


def load(folder: str | Path = "graph") -> Graph:
    """The graph in a folder. Raises GraphError where there is none, or it is damaged."""
    return Graph.open(folder)


def serve(
    folder: str | Path = "graph",
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    hosts: Iterable[str] = (),
    token: str = "",
    base: str | None = None,
    workers: int = 2,
    timeout: float = 20.0,
    max_rows: int = 10_000,
    log_queries: bool = False,
    ready: Callable[[str], object] = lambda address: None,
) -> None:
    """Serve a graph over HTTP until interrupted: a SPARQL endpoint at /sparql, pages for the browser at /.

    `hosts` are further names that requests may be addressed to, `token` opens updates to whoever sends it, `base`
    is what the IRIs of entities begin with. A query is ended after `timeout` seconds, an answer cut at `max_rows`; `ready` is told the address. Raises GraphError where there is no graph, or the port is taken.
    """
    from pathlib import Path

    from kg.ontology import ID
    from kg.serve import Limits, Settings, run

    limits = Limits(seconds=timeout, rows=max_rows, workers=workers)
    settings = Settings(
        Path(folder), host, port, tuple(hosts), token, base or ID, log_queries=log_queries, limits=limits
    )
    run(settings, ready)


def question(name: str) -> Question:
    """The question of that name. Raises QueryError, with the nearest names, where there is none such."""
    from kg.saved import question as saved

    return saved(name)


def questions() -> tuple[Question, ...]:
    """The questions that come with kg, by name: each with what it asks, and its SPARQL."""
    from kg.saved import questions as saved

    return saved()


def build(
    paths: Paths = "seeds",
    graph: str | Path | None = "graph",
    *,
    model: str | None = None,
    outlet: str | None = None,
    jobs: int = 1,
    engine: str | None = None,
    again: bool = False,
    rejected: Callable[[Rejection], object] | None = None,
    progress: Callable[[Document], object] | None = None,
) -> Graph:
    """Read articles and keep what they say in the folder `graph`, in place of what was there (None: in memory).

    What the folder has of the same articles, whole or from a build that was interrupted, is not read again unless
    `again`. `jobs` processes read, or an `engine` (a Spark master: "spark://host:7077", "spark-local[2]").
    An article that cannot be read is set aside: `rejected` is called with it, or the log is warned.
    `progress` is called with each article once it is read; `model` names an installed spaCy pipeline.
    Raises DocumentError where nothing can be read, GraphError where the folder cannot be written.
    """
    from pathlib import Path

    from kg.assembly import Run, fresh, open_articles, read_all, warn
    from kg.engines import Recipe

    folder = None if graph is None else Path(graph)
    how = Run(Recipe(model), jobs, engine, again, rejected or warn, progress)
    documents = open_articles(_named(paths), how.refuse, outlet)
    with fresh(folder):
        made = Graph.in_memory() if folder is None else Graph.create(folder, resume=True)
        try:
            read_all(made, documents, how)
        finally:
            made.close()
    return made if folder is None else Graph.open(folder)


def _resolve(journal: Journal | MemoryJournal, folder: Path | None) -> set[str]:
    from kg.resolution import resolve_journal

    return resolve_journal(journal, folder)


def _agree(store: Store, journal: Journal | MemoryJournal) -> Iterable[str]:
    from kg.resolution import agree

    return agree(store, journal)


def _named(paths: Paths) -> list[str | Path]:
    return [paths] if isinstance(paths, str | os.PathLike) else list(paths)
