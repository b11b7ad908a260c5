"""The only place where the stages meet: documents ──► language ──► entities ──► statements ──► Reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.entities import Resolution, resolve
from kg.entities.values import document_values
from kg.language import Analyzer
from kg.model import Analysis, Document, Reading, Refusal, Statement
from kg.ontology import Ontology
from kg.statements import Article, Candidate, Confidence, candidates, read_statements

__all__ = ["candidates_of", "read", "read_all", "reading_of"]


def read(document: Document, analyzer: Analyzer, ontology: Ontology) -> Reading:
    """All that one article says."""
    return _reading(document, analyzer.analyze(document), ontology)


def read_all(documents: Iterable[Document], analyzer: Analyzer, ontology: Ontology) -> Iterator[Reading]:
    """The readings of many articles, in their order, one at a time."""
    for document in documents:
        yield read(document, analyzer, ontology)


def candidates_of(document: Document, analyzer: Analyzer, ontology: Ontology) -> list[Candidate]:
    """What the rules propose for one article, believed or not: to test the rules and to learn the confidence."""
    analysis = analyzer.analyze(document)
    values = document_values(analysis.sentences, document.published, ontology)
    resolution = resolve(document, analysis, values, ontology)
    return list(candidates(Article(document, analysis, values, resolution, ontology), Confidence({})))


def _reading(document: Document, analysis: Analysis, ontology: Ontology) -> Reading:
    values = document_values(analysis.sentences, document.published, ontology)
    resolution = resolve(document, analysis, values, ontology)
    return reading_of(
        document,
        analysis,
        resolution,
        *read_statements(document, analysis, values, resolution, ontology),
    )


def reading_of(
    document: Document,
    analysis: Analysis,
    resolution: Resolution,
    statements: tuple[Statement, ...],
    silent: tuple[Refusal, ...],
) -> Reading:
    """What the stages found in one article, put together."""
    return Reading(
        document=document,
        sentences=tuple(sentence.span for sentence in analysis.sentences),
        entities=resolution.entities,
        mentions=resolution.mentions,
        statements=statements,
        refusals=(*resolution.refusals, *silent),
    )
