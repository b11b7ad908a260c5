"""Who says it: the stretches of text that somebody is made to answer for, and by which word.

A zone is a stretch with its source: the content of a verb of speech, what stands beside "selon X", a quotation.
Whatever is said inside a zone is a claim of its source, and zones may lie inside each other. The design follows
Pareti (2015), PARC 3.0: source, cue, content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.language.tree import Tree
from kg.model import Attribution, Node, Span, Token, record
from kg.statements.arguments import Argument, whole_marker
from kg.statements.article import Article
from kg.statements.clauses import Clause
from kg.statements.frames import Frames
from kg.statements.holding import held_of
from kg.statements.markers import marker_of, trusts
from kg.statements.qualifiers import names_opening_source
from kg.statements.quotes import Quote, quotes_of

__all__ = ["MarkedSource", "Zone", "attribution_at", "heard_from", "marked_sources", "zones_of"]

# The words that can name a source.
NAMING = frozenset({"NOUN", "PROPN", "PRON", "X"})


@record
class Zone:
    """A stretch of the document that a source answers for. `cue` locates the word that says so, if it is a verb."""

    span: Span
    attribution: Attribution
    cue: tuple[int, int]
    quote: Quote | None = None
    hole: Span | None = None
    infinitive: bool = False

    def covers(self, tree: Tree, head: Token, *, phrase: bool) -> bool:
        """Whether the source answers for a word of its stretch; where it is not quoted, for its clauses alone.

        A relative clause in what somebody wants or promises to do is the article's, as are participles everywhere.
        """
        if self.hole is not None and self.hole.touches(Span(head.start, head.end)):
            return False
        participle = (
            head.deprel == "acl" and head.feature("VerbForm") == "Part" and not tree.child(head, "aux")
        )
        relative = head.deprel == "acl:relcl" and self.infinitive
        return self.quote is not None or not (phrase or participle or relative)


def attribution_at(zones: list[Zone], tree: Tree, head: Token, *, phrase: bool) -> tuple[Attribution, ...]:
    """The sources of what this word says, the outermost first; `phrase` where it is said in passing, in a phrase.

    Only who is quoted answers for his phrases and participles: « Selon le préfet, le pont de Sully, fermé en mai,
    rouvre » leaves it to the article that Sully has a bridge, and that it was closed.
    """
    found: dict[str, tuple[int, Attribution]] = {}
    for zone in zones:
        if head.start < zone.span.start or zone.span.end < head.end:
            continue
        if zone.cue != (tree.sentence.index, head.index) and zone.covers(tree, head, phrase=phrase):
            size = zone.span.end - zone.span.start
            known = found.get(zone.attribution.node.id)
            if known is None or size < known[0]:
                found[zone.attribution.node.id] = (size, zone.attribution)
    return tuple([item for _, item in sorted(found.values(), key=lambda pair: -pair[0])]) if found else ()


def zones_of(article: Article) -> list[Zone]:
    """All zones of the article in text order."""
    quotes = quotes_of(article)
    _mend(article, quotes)
    quoting = {(quote.cue[0].sentence.index, quote.cue[1].head.index): quote for quote in quotes if quote.cue}
    zones: list[Zone] = []
    for tree in article.trees:
        clauses = article.clauses[tree.sentence.index]
        for clause in clauses.values():
            quote = quoting.get((tree.sentence.index, clause.head.index))
            zones += _of_speech(article, tree, clause, quote, quotes)
        zones += _of_markers(article, tree, quotes)
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


def _of_speech(
    article: Article, tree: Tree, clause: Clause, quote: Quote | None, quotes: list[Quote]
) -> Iterator[Zone]:
    """The clause that a verb of speech governs, or is set into; `quote` is the quotation that it introduces."""
    frame = clause.frame
    if frame is None or not frame.stance or heard_from(clause, article.frames):
        return
    said = [article.clause_span(tree, clause.content)] if clause.content is not None else []
    if not said:
        said += [article.phrase(tree, item) for _, item in held_of(clause, article.frames)]
    if not said:
        events = _events_said(article, clause)
        said += [article.phrase(tree, item) for item in events]
        said += [article.clause_span(tree, item) for item in _intended(tree, events)]
    if not said and not clause.passive:
        said += _around(article, tree, clause, quote, quotes)
    for node in speakers(article, tree, clause):
        for span in said:
            attribution = Attribution(node, clause.lemma, frame.stance)
            cue = (tree.sentence.index, clause.head.index)
            yield Zone(span, attribution, cue, infinitive=_is_infinitive(tree, clause.content))


def _is_infinitive(tree: Tree, content: Token | None) -> bool:
    if content is None:
        return False
    bearer = next(iter(tree.children(content, "aux", "cop")), content)
    return bearer.feature("VerbForm") == "Inf"


def _events_said(article: Article, clause: Clause) -> list[Token]:
    """« annonce le départ du directeur », « exige l'annulation du vote »: the events that somebody tells of."""
    spoken = clause.subjects if clause.passive else clause.objects
    return [item.token for item in spoken if item.token.lemma in article.frames.nouns]


def _intended(tree: Tree, nouns: list[Token]) -> list[Token]:
    """« affirme sa volonté de partir », « annonce une décision de fermer »: the infinitives that such nouns govern."""
    below = (item for noun in nouns for item in tree.exactly(noun, "acl"))
    return [item for item in below if item.feature("VerbForm") == "Inf" and tree.child(item, "mark")]


def _around(
    article: Article, tree: Tree, clause: Clause, quote: Quote | None, quotes: list[Quote]
) -> Iterator[Span]:
    """« Le site restera ouvert, indique la mairie »: the clause that the verb of speech is set into.

    What merely leads to a quotation is not said in it: « Le maire réagit : « Nous irons », a-t-il écrit ». Nor does
    a verb inside a quotation speak of what is around that: « Le syndicat s'alarme : « La direction ment » ».
    """
    host = clause.host or _beside(article, tree, clause)
    if host is None:
        return
    place, cue = Span(host.start, host.end), Span(clause.head.start, clause.head.end)
    if (quote is not None and not place.within(quote.span)) or any(
        cue.within(other.span) and not place.within(other.span) for other in quotes
    ):
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


# Between a source named by a preposition and the quotation that it leads to stand a comma and the opening mark.
LED = 6


@record
class MarkedSource:
    """A source that a preposition names beside a clause: its head word, the stretch that names it, what it gives."""

    clause: Clause
    token: Token
    hole: Span
    attribution: Attribution


def marked_sources(article: Article, tree: Tree) -> list[MarkedSource]:
    """« selon la police »: who is named beside a clause as the one who says it; looked for once in each sentence."""
    asked = (marked_sources, tree.sentence.index)
    if asked not in article.answers:
        article.answers[asked] = list(_marked_sources(article, tree))
    found: list[MarkedSource] = article.answers[asked]
    return found


def _marked_sources(article: Article, tree: Tree) -> Iterator[MarkedSource]:
    frames = article.frames
    yield from _trusted(article, tree)
    for token in tree.tokens:
        if token.upos not in NAMING or not tree.relations(token):
            continue
        marker = marker_of(tree, token, frames, "case")
        stance, named = frames.attribution.get(marker), token
        if stance is None and (frames.is_inside_marker(token.text) or tree.child(token, "mark")):
            # « aux dires du maire »: who is named hangs from a noun of the preposition.
            marker, named = whole_marker(tree, token, frames)
            stance = frames.attribution.get(marker)
        if stance is None and marker not in frames.initial_attribution:
            continue
        clause = _host(article, tree, token)
        if clause is None:
            continue
        clause = _whole(article, tree, clause, token)
        if stance is None and names_opening_source(article, clause, token):
            stance = frames.initial_attribution[marker]
        if stance is not None:
            words = tree.subtree(token, without=("conj",) if token.deprel != "root" else ())
            hole = Span(words[0].start, words[-1].end)
            for item in tree.conjuncts(named):
                attribution = Attribution(article.node(tree, item), _written(tree, token, named), stance)
                yield MarkedSource(clause, item if named is token else token, hole, attribution)
    for clause in article.clauses[tree.sentence.index].values():
        host = article.clause(tree, clause.host) if clause.host is not None else None
        if host is None:
            continue
        for token in heard_from(clause, frames):
            words = tree.subtree(clause.head)
            attribution = Attribution(article.node(tree, token), clause.lemma, "neutral")
            yield MarkedSource(host, clause.head, Span(words[0].start, words[-1].end), attribution)


def heard_from(clause: Clause, frames: Frames) -> list[Token]:
    """« dit-on au ministère », « a-t-on appris auprès de la préfecture »: where it is heard, for nobody is named who says it."""
    if clause.host is None or not clause.subjects:
        return []
    if not all(frames.is_a(item.token.text.lower(), "anyone") for item in clause.subjects):
        return []
    told = [item.token for item in clause.obliques if frames.is_a(item.marker, "heard")]
    told += [
        item.token
        for item in (*clause.objects, *clause.recipients)
        if frames.is_a(marker_of(clause.tree, item.token, frames, "case"), "heard")
    ]
    return list({token.index: token for token in told}.values())


def _trusted(article: Article, tree: Tree) -> Iterator[MarkedSource]:
    """« À en croire le maire, le pont rouvrira »: who is believed says what stands beside it."""
    frames = article.frames
    for verb in tree.tokens:
        if verb.deprel != "advcl" or not trusts(tree, verb, frames):
            continue
        clause = _host(article, tree, verb)
        if clause is None:
            continue
        words = tree.subtree(verb)
        for named in tree.exactly(verb, "obj"):
            written = tree.text([item for item in words if item.index <= verb.index]).lower()
            for item in tree.conjuncts(named):
                attribution = Attribution(article.node(tree, item), written, "neutral")
                yield MarkedSource(clause, verb, Span(words[0].start, words[-1].end), attribution)


def _host(article: Article, tree: Tree, token: Token) -> Clause | None:
    """The clause that a phrase stands in."""
    above = (article.clause(tree, head) for head in tree.ancestors(token))
    return next((clause for clause in above if clause is not None), None)


def _whole(article: Article, tree: Tree, clause: Clause, token: Token) -> Clause:
    """Who is named at the very end answers for the whole sentence: for all that is coordinated, for more than an aim.

    > L'usine s'est arrêtée et les ouvriers sont partis, selon la préfecture.
    > Le club fait appel pour obtenir un délai, selon son avocat.
    """
    last = tree.subtree(token)[-1].index
    if any(item.upos != "PUNCT" for item in tree.tokens[last + 1 :]):
        return clause
    while (
        clause.head.deprel == "conj"
        or (clause.head.deprel == "advcl" and clause.head.feature("VerbForm") in ("Inf", "Part"))
    ) and (around := article.clause(tree, tree.tokens[clause.head.head])) is not None:
        clause = around
    return clause


def _written(tree: Tree, token: Token, named: Token) -> str:
    """The preposition before who is named as it is written, in small letters: « selon », « aux dires du »."""
    words = [item for child in tree.children(token, "case") for item in tree.subtree(child)]
    if named is not token:
        words = [item for item in tree.subtree(token) if item.upos != "DET" or item.head == token.index]
    return tree.text([item for item in words if item.index < named.index] or [token]).lower()


def _of_markers(article: Article, tree: Tree, quotes: list[Quote]) -> Iterator[Zone]:
    """The clause beside such a source is what the source says, and a whole quotation: « Selon elle, « … » »."""
    for source in marked_sources(article, tree):
        words = [token for token in tree.subtree(source.clause.head) if token.deprel != "punct"]
        cue = (tree.sentence.index, source.token.index)
        yield Zone(Span(words[0].start, words[-1].end), source.attribution, cue, hole=source.hole)
        for quote in quotes:
            between = article.text[source.hole.end : quote.span.start]
            led = 0 < len(between) <= LED and not any(char.isalnum() for char in between)
            # What opens in the clause beside the source and goes on behind it is said by the source to its end.
            goes_on = source.hole.end <= quote.span.start < tree.sentence.end < quote.span.end
            if quote.whole and (led or goes_on):
                yield Zone(quote.span, source.attribution, (-1, -1), quote)


def _of_quotes(article: Article, quotes: list[Quote], zones: list[Zone]) -> Iterator[Zone]:
    """A quotation belongs to the verb of speech beside it, or goes on from the one before.

    `zones` are those known so far; who is named before a quotation by a preposition has it already.
    """
    led = {zone.quote.span: zone.attribution for zone in zones if zone.quote is not None}
    last: Attribution | None = None
    end = -1
    for quote in quotes:
        cue = quote.cue
        if quote.span in led:
            last, end = led[quote.span], quote.span.end
        elif cue is not None:
            tree, clause = cue
            frame = clause.frame
            stance = frame.stance if frame is not None and quote.told else "neutral"
            for node in [article.node(tree, token) for token in quote.speakers[:1]]:
                last = Attribution(node, clause.lemma, stance or "neutral")
                yield Zone(quote.span, last, (tree.sentence.index, clause.head.index), quote)
            end = quote.span.end
        elif quote.signed is not None:
            tree, token = quote.signed
            last, end = Attribution(article.node(tree, token), "—"), quote.span.end
            yield Zone(quote.span, last, (-1, -1), quote)
        elif (
            quote.whole
            and last is not None
            and quote.span.start - end < 400
            and "\n" not in article.text[end : quote.span.start]
        ):
            yield Zone(quote.span, last, (-1, -1), quote)
            end = quote.span.end
