"""Who says it: the stretches of text that somebody is made to answer for, and by which word.

A zone is a stretch with its source: the content of a verb of speech, what stands beside "selon X", a quotation.
Whatever is said inside a zone is a claim of its source, and zones may lie inside each other. The design follows
Pareti (2015), PARC 3.0: source, cue, content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.language.tree import Tree
from kg.model import Attribution, Node, Span, Token
from kg.statements.arguments import Argument, marker_of
from kg.statements.article import Article
from kg.statements.clauses import Clause
from kg.statements.holding import held_of
from kg.statements.quotes import Quote, quotes_of

__all__ = ["MarkedSource", "Zone", "attribution_at", "marked_sources", "zones_of"]


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of the document that a source answers for. `cue` locates the word that says so, if it is a verb."""

    span: Span
    attribution: Attribution
    cue: tuple[int, int]
    quote: Quote | None = None
    hole: Span | None = None
    deep: bool = False

    def covers(self, token: Token, noun: Token | None, *, phrase: bool) -> bool:
        """Whether the source answers for a word: for what clauses say, and in a deep zone for what phrases say too.

        `noun` is the one that the word's clause modifies, if it modifies one.
        """
        here = Span(token.start, token.end)
        modifies = noun is not None and Span(noun.start, noun.end).within(self.span)
        if not self.deep and (phrase or modifies):
            return False
        return here.within(self.span) and not (self.hole is not None and here.touches(self.hole))


def attribution_at(zones: list[Zone], tree: Tree, head: Token, *, phrase: bool) -> tuple[Attribution, ...]:
    """The sources of what this word says, the outermost first; `phrase` where it is said in passing, in a phrase.

    Only words that somebody is heard to say, quoted or in a that-clause, make him answer for their phrases:
    « Selon le préfet, le pont de Sully rouvre » leaves it to the article that Sully has a bridge.
    """
    found: dict[str, tuple[int, Attribution]] = {}
    noun = tree.head(head) if head.deprel.startswith("acl") else None
    for zone in zones:
        if zone.covers(head, noun, phrase=phrase) and zone.cue != (tree.sentence.index, head.index):
            size = zone.span.end - zone.span.start
            known = found.get(zone.attribution.node.id)
            if known is None or size < known[0]:
                found[zone.attribution.node.id] = (size, zone.attribution)
    return tuple(item for _, item in sorted(found.values(), key=lambda pair: -pair[0]))


def zones_of(article: Article) -> list[Zone]:
    """All zones of the article in text order."""
    quotes = quotes_of(article)
    _mend(article, quotes)
    zones: list[Zone] = []
    for tree in article.trees:
        clauses = article.clauses[tree.sentence.index]
        for clause in clauses.values():
            zones += _of_speech(article, tree, clause)
        zones += _of_markers(article, tree)
    zones += _of_quotes(article, quotes, zones)
    return sorted(zones, key=lambda zone: (zone.span.start, -zone.span.end, zone.attribution.node.id))


def _mend(article: Article, quotes: list[Quote]) -> None:
    """The verb beside a quotation has its speaker as subject, whatever the parser took from inside the quotation."""
    for quote in quotes:
        if quote.cue is None or not quote.speakers:
            continue
        tree, clause = quote.cue
        known = {argument.token.index for argument in (*clause.subjects, *clause.agents)}
        if not known & {token.index for token in quote.speakers}:
            speakers = tuple(Argument(token, "speaker") for token in quote.speakers)
            mended = replace(clause, subjects=speakers, objects=(), content=None, passive=False, agents=())
            article.clauses[tree.sentence.index][clause.head.index] = mended


def speakers(article: Article, tree: Tree, clause: Clause) -> list[Node]:
    """Who utters what a verb of speech introduces; nobody where a passive leaves the speaker out."""
    arguments = clause.agents if clause.passive else clause.subjects
    return [article.node(tree, argument.token) for argument in arguments]


def _of_speech(article: Article, tree: Tree, clause: Clause) -> Iterator[Zone]:
    """The clause that a verb of speech governs, or is set into."""
    frame = clause.frame
    if frame is None or not frame.stance:
        return
    deep = clause.content is not None and clause.content.deprel == "ccomp"
    said = [article.clause_span(tree, clause.content)] if clause.content is not None else []
    if not said:
        said += [article.phrase(tree, item) for _, item in held_of(clause, article.frames)]
        deep = bool(said)
    if not said:
        said += [article.phrase(tree, item) for item in _events_said(article, clause)]
        deep = False
    if not said and not clause.passive:
        said += _around(article, tree, clause)
        deep = True
    for node in speakers(article, tree, clause):
        for span in said:
            attribution = Attribution(node, clause.lemma, frame.stance)
            yield Zone(span, attribution, (tree.sentence.index, clause.head.index), deep=deep)


def _events_said(article: Article, clause: Clause) -> list[Token]:
    """« annonce le départ du directeur », « exige l'annulation du vote »: the events that somebody tells of."""
    spoken = clause.subjects if clause.passive else clause.objects
    return [item.token for item in spoken if item.token.lemma in article.frames.nouns]


def _around(article: Article, tree: Tree, clause: Clause) -> Iterator[Span]:
    """« Le site restera ouvert, indique la mairie »: the clause that the verb of speech is set into."""
    host = clause.host or _beside(article, tree, clause)
    if host is None:
        return
    own = {token.index for token in tree.subtree(clause.head)}
    rest = [token for token in tree.subtree(host) if token.index not in own and token.deprel != "punct"]
    if rest:
        yield Span(rest[0].start, rest[-1].end)


def _beside(article: Article, tree: Tree, clause: Clause) -> Token | None:
    """The clause that a verb of speech without an object is set beside."""
    host = tree.head(clause.head)
    if host is None or article.clause(tree, host) is None or clause.objects:
        return None
    return host if clause.head.deprel.split(":")[0] in ("parataxis", "dep") else None


@dataclass(frozen=True, slots=True)
class MarkedSource:
    """A source that a preposition names beside a clause: its head word, the stretch that names it, what it gives."""

    clause: Clause
    token: Token
    hole: Span
    attribution: Attribution


def marked_sources(article: Article, tree: Tree) -> Iterator[MarkedSource]:
    """« selon la police »: who is named beside a clause as the one who says it."""
    frames = article.frames
    for token in tree.tokens:
        if token.upos not in ("NOUN", "PROPN", "PRON", "X"):
            continue
        marker = marker_of(tree, token, frames, "case")
        stance = frames.attribution.get(marker)
        if stance is None and marker not in frames.initial_attribution:
            continue
        clause = _host(article, tree, token)
        if clause is None:
            continue
        clause = _whole(article, tree, clause, token)
        if stance is None and _opens_clause(article, tree, clause, token):
            stance = frames.initial_attribution[marker]
        if stance is not None:
            words = tree.subtree(token, without=("conj",) if token.deprel != "root" else ())
            hole = Span(words[0].start, words[-1].end)
            for item in tree.conjuncts(token):
                attribution = Attribution(article.node(tree, item), _written(tree, token), stance)
                yield MarkedSource(clause, item, hole, attribution)


def _host(article: Article, tree: Tree, token: Token) -> Clause | None:
    """The clause that a phrase stands in."""
    above = (article.clause(tree, head) for head in tree.ancestors(token))
    return next((clause for clause in above if clause is not None), None)


def _whole(article: Article, tree: Tree, clause: Clause, token: Token) -> Clause:
    """« A s'est arrêté et B est parti, selon C »: who is named at the very end answers for all that is coordinated."""
    last = tree.subtree(token)[-1].index
    if any(item.upos != "PUNCT" for item in tree.tokens[last + 1 :]):
        return clause
    while (
        clause.head.deprel == "conj"
        and (first := article.clause(tree, tree.tokens[clause.head.head])) is not None
    ):
        clause = first
    return clause


def _written(tree: Tree, token: Token) -> str:
    """The preposition of a source as it is written, in small letters."""
    words = [item for child in tree.children(token, "case") for item in tree.subtree(child)]
    return tree.text([item for item in words if item.index < token.index] or [token]).lower()


def _of_markers(article: Article, tree: Tree) -> Iterator[Zone]:
    """The clause beside such a source is what the source says."""
    for source in marked_sources(article, tree):
        words = [token for token in tree.subtree(source.clause.head) if token.deprel != "punct"]
        cue = (tree.sentence.index, source.token.index)
        yield Zone(Span(words[0].start, words[-1].end), source.attribution, cue, hole=source.hole)


def _opens_clause(article: Article, tree: Tree, clause: Clause, token: Token) -> bool:
    """« Pour le maire, … »: somebody, first in the sentence, set off by a comma."""
    words = tree.subtree(token)
    if words[0].index != 0 or token.index >= clause.head.index:
        return False
    end = max(article.phrase(tree, token).end, words[-1].end)
    after = next((other for other in tree.tokens if other.start >= end), None)
    named = article.node(tree, token).type in ("Person", "Organization", "Group")
    return named and after is not None and after.upos == "PUNCT"


def _of_quotes(article: Article, quotes: list[Quote], zones: list[Zone]) -> Iterator[Zone]:
    """A quotation belongs to the verb of speech beside it, or goes on from the one before."""
    last: Attribution | None = None
    end = -1
    for quote in quotes:
        cue = quote.cue
        if cue is not None:
            tree, clause = cue
            frame = clause.frame
            stance = frame.stance if frame is not None else "neutral"
            for node in [article.node(tree, token) for token in quote.speakers[:1]]:
                last = Attribution(node, clause.lemma, stance or "neutral")
                yield Zone(quote.span, last, (tree.sentence.index, clause.head.index), quote, deep=True)
            end = quote.span.end
        elif (
            quote.whole
            and last is not None
            and quote.span.start - end < 400
            and "\n" not in article.text[end : quote.span.start]
        ):
            yield Zone(quote.span, last, (-1, -1), quote, deep=True)
            end = quote.span.end
