"""The further participants of a clause: where, when, how much, to whom, why, each with its role."""

from __future__ import annotations

from collections.abc import Iterator

from kg.entities import bare_amount
from kg.language.tree import Tree
from kg.model import Amount, Node, Period, Qualifier, Span, Token, ValueMention
from kg.statements.arguments import (
    Oblique,
    is_locution,
    tells_how_often,
    told_by_locution,
    with_adverb,
)
from kg.statements.article import Article
from kg.statements.attributes import judged
from kg.statements.clauses import Clause
from kg.statements.contents import is_circumstance
from kg.statements.contrasts import DURATIONS, is_against
from kg.statements.frames import Frame, Frames
from kg.statements.markers import marker_of
from kg.statements.roles import role_of
from kg.statements.times import first_of, is_time, times_of

__all__ = [
    "amount_of",
    "amounts_of",
    "clause_qualifiers",
    "distinct",
    "does_nothing",
    "names_opening_source",
    "tells_age",
]


# What takes part in what happens, also where it is counted.
COUNTED = frozenset({"Person", "Occupation", "Organization", "Group", "Place", "Product", "Work"})


def is_age(article: Article, tree: Tree, token: Token) -> bool:
    """« Marc Aubin, 45 ans, et Julie Perrin, 32 ans, dirigent la société »: years are no third one who does.

    « Vingt ans de prison requis contre le maire »: years of something are.
    """
    value = article.value_at(tree, token) if not tree.children(token, "nmod") else None
    return value is not None and isinstance(value.value, Amount) and value.value.unit == "year"


def does_nothing(article: Article, tree: Tree, token: Token) -> bool:
    """Whether the word is a time, an age, or an amount set beside what it measures: « La sanction, 21 millions d'euros, vise Vexa »."""
    return is_time(article, tree, token) or is_age(article, tree, token) or _is_measure(article, tree, token)


def _is_measure(article: Article, tree: Tree, token: Token) -> bool:
    if token.deprel != "conj" or tree.has(token, "cc") or tree.has(token, "conj"):
        return False
    value = article.value_at(tree, token)
    return value is not None and isinstance(value.value, Amount) and bool(value.value.unit.isupper())


def tells_age(article: Article, clause: Clause, item: Oblique) -> bool:
    """« meurt à 84 ans », « à l'âge de 84 ans », but « condamné à deux ans de prison », which tells to what."""
    if article.frames.defaults.get(item.marker) == "amount":
        return True
    taken = dict(clause.frame.complements) if clause.frame is not None else {item.marker}
    return is_age(article, clause.tree, item.token) and item.marker not in taken


def clause_qualifiers(article: Article, clause: Clause, used: set[int]) -> Iterator[Qualifier]:
    """The further participants of a clause, its adverbs and subordinate clauses, each with its role."""
    tree, frames = clause.tree, article.frames
    for item in clause.obliques:
        if is_against(article, tree, item.token):
            continue  # « contre 4 % en mai » has a statement of its own
        spoken_for = item.marker in frames.initial_attribution and names_opening_source(
            article, clause, item.token
        )
        if item.token.index not in used and not spoken_for:
            yield from _oblique_qualifier(article, tree, item, clause.frame)
        if frames.is_a(item.marker, "place"):
            yield from _places_around(article, tree, item.token)
    for stray in article.strays_in(clause):
        yield Qualifier(stray.role, article.node(tree, stray.told))
    for thing in clause.objects if clause.passive else ():
        yield from amounts_of(article, tree, thing.token)
    for recipient in clause.recipients:
        if frames.is_a(recipient.token.text.lower(), "thereof"):
            continue  # « en vend dix »: of what, and not to whom
        role = "place" if frames.is_a(recipient.token.lemma, "there") else "recipient"
        yield Qualifier(role, article.node(tree, recipient.token))
    yield from _adverbs(article, clause)
    for child in tree.children(clause.head, "advcl", "ccomp"):
        if child.deprel == "ccomp" and not is_circumstance(tree, child, clause.lemma, frames):
            continue
        below = article.clause(tree, child)
        if below is not None and below.host is not None:
            continue
        opening = marker_of(tree, child, frames, "mark", "case")
        role = frames.subordinators.get(opening, "")
        if frames.is_a(opening, "while") and (below is None or not _lasts(below)):
            role = ""  # « alors que le pont est fermé »: set against it, and not when it happens
        if role == "purpose" and child.feature("VerbForm") == "Part" and tree.child(child, "aux:tense"):
            role = "cause"  # « condamné pour avoir vendu le stade »
        if role:
            strayed = [clause.content] if clause.content is not None else []
            yield Qualifier(role, article.clause_node(tree, child, *strayed))
    yield from _attributes(article, clause, used)
    yield from times_of(article, clause)
    for child in tree.children(clause.head, "obl", "advmod"):
        often = tells_how_often(tree, child, frames)
        role = "time" if often else told_by_locution(tree, child, frames)
        if role and (often or article.value_at(tree, child) is None):
            words = tree.subtree(child, without=("nmod", "punct") if often else ("punct",))
            yield Qualifier(role, article.words_node(tree, words))
    if len(clause.objects) == 1:
        yield from _amounts_behind(article, tree, clause.objects[0].token)
    above = _coloured_by(article, clause)
    if above is not None:
        yield from clause_qualifiers(article, above, set(above.consumed))


def _places_around(article: Article, tree: Tree, place: Token) -> Iterator[Qualifier]:
    """« meurt dans une usine à Brest, en France »: what happens in a place happens where that is."""
    for child in tree.exactly(place, "nmod"):
        marker = marker_of(tree, child, article.frames, "case")
        node = article.node(tree, child)
        if node.type == "Place" and article.frames.is_a(marker, "place"):
            yield Qualifier("place", node)
        if node.type == "Place" and (
            article.frames.is_a(marker, "place") or article.frames.is_a(marker, "of")
        ):
            yield from _places_around(article, tree, child)


def _coloured_by(article: Article, clause: Clause) -> Clause | None:
    """« À Lyon, elle a dû partir »: the auxiliary says nothing itself, so what stands around it tells of the infinitive."""
    first = first_of(clause.tree, clause.head)
    verb = clause.tree.head(first) if first.deprel == "xcomp" else None
    above = article.clause(clause.tree, verb) if verb is not None else None
    if above is None or above.frame is None or not above.frame.auxiliary or above.content is not first:
        return None
    return above


def _attributes(article: Article, clause: Clause, used: set[int]) -> Iterator[Qualifier]:
    """What somebody is said, made or held to be."""
    tree = clause.tree
    for child in tree.children(clause.head, "xcomp"):
        if child.index in used or child.upos not in ("NOUN", "ADJ", "PROPN") or tree.has(child, "cop"):
            continue
        if not is_time(article, tree, child):  # « la loi a été votée début mars »
            yield Qualifier("attribute", article.description(tree, child))
    for said in judged(tree, clause.head, clause.lemma, article.frames):
        yield Qualifier("attribute", article.words_node(tree, tree.subtree(said)))


def _adverbs(article: Article, clause: Clause) -> Iterator[Qualifier]:
    """When, where and how, in one word; adverbs that only tie sentences together or doubt say nothing of the kind."""
    tree, frames = clause.tree, article.frames
    for child in tree.children(clause.head, "advmod"):
        ties = child.lemma in frames.connectives or child.text.lower() in frames.connectives
        if (
            child.upos == "ADV"
            and (not ties or frames.adverbs.get(child.lemma) == "time")  # « a ensuite signé »
            and (child.lemma not in frames.hedges or frames.adverbs.get(child.lemma) == "time")  # « bientôt »
            and not is_locution(tree, child, frames)
        ):
            value = article.value_at(tree, child)
            opened = tree.child(child, "ccomp", "advcl")
            if opened is not None:
                # « afin de réduire… », where the adverb bears the clause.
                opening = frames.canonical(f"{child.text} {marker_of(tree, opened, frames, 'mark')}")
                if opening in frames.subordinators and article.clause(tree, opened) is not None:
                    yield Qualifier(frames.subordinators[opening], article.clause_node(tree, opened))
            elif value is None and not _leads(tree, child, frames):
                yield Qualifier(frames.adverbs.get(child.lemma, "manner"), article.words_node(tree, [child]))


def _leads(tree: Tree, adverb: Token, frames: Frames) -> bool:
    """« contrairement au maire », « auprès des clients »: no manner, but what leads to who takes part."""
    behind = tree.children(adverb, "obl", "nmod")
    if behind and frames.is_a(adverb.lemma, "with complement"):
        return True
    return any(with_adverb(tree, item, marker_of(tree, item, frames, "case"), frames) for item in behind)


def names_opening_source(article: Article, clause: Clause, token: Token) -> bool:
    """« Pour le maire, … »: somebody, first in the sentence, set off by a comma; or before what something is.

    > Pour Anne Martin le nucléaire est une filière d'avenir.
    > En revanche, pour le maire, la route est sûre.
    """
    tree, frames = clause.tree, article.frames
    words = [word for word in tree.subtree(token) if word.upos != "PUNCT"]
    before = tree.tokens[words[0].index - 1] if words[0].index else None
    opens = before is None or before.text == ":" or _led_by_locution(tree, before, frames)
    opens = opens or (before is not None and before.index == 0 and before.upos == "CCONJ")
    if token.index >= clause.head.index or not opens:
        return False
    node = article.node(tree, token)
    end = max(article.phrase(tree, token).end, words[-1].end)
    after = next((other for other in tree.tokens if other.start >= end), None)
    if after is None or node.type not in ("Person", "Organization", "Group"):
        return False
    return after.upos == "PUNCT" or (clause.kind == "copula" and node.type == "Person")


def _led_by_locution(tree: Tree, comma: Token, frames: Frames) -> bool:
    """« En revanche, … », « Mais, … »: whether nothing stands before this comma but what ties sentences together."""
    lead = tree.tokens[: comma.index]
    if comma.text != "," or not lead:
        return False
    words = frames.canonical(" ".join(item.text for item in lead))
    return words in frames.locutions or words in frames.connectives or all(i.upos == "CCONJ" for i in lead)


def _lasts(clause: Clause) -> bool:
    """Whether the clause stands in the imperfect: « alors qu'il quittait la salle »."""
    bearers = (clause.head, clause.verb, *clause.tree.children(clause.head, "aux"))
    return any(item.feature("Tense") == "Imp" for item in bearers)


def _oblique_qualifier(
    article: Article, tree: Tree, item: Oblique, frame: Frame | None
) -> Iterator[Qualifier]:
    frames = article.frames
    if item.marker in frames.attribution:
        return
    value = article.value_at(tree, item.token)
    if value is not None and isinstance(value.value, Period):
        return
    if _recurs(article, tree, item):
        near = [
            token
            for token in tree.children(item.token, "amod", "det", "nummod")
            if token.index < item.token.index
        ]
        yield Qualifier("time", article.words_node(tree, [*near, item.token]))
        return
    if not item.marker and _is_reckoned(tree, item.token, frames):
        yield Qualifier("time", article.words_node(tree, tree.subtree(item.token, without=("punct",))))
        return
    if value is not None and isinstance(value.value, Amount):
        yield from _counted(article, tree, item, frame, value)
        return
    if item.token.upos == "VERB":  # « dans le but de vendre »
        yield Qualifier(
            frames.role(frame, item.marker, "") or "purpose", article.clause_node(tree, item.token)
        )
        return
    if frames.is_a(item.token.lemma, "way") and frames.is_a(item.marker, "of"):
        yield Qualifier("manner", article.words_node(tree, _plain_words(tree, item.token)))
        return
    node = article.node(tree, item.token)
    role = role_of(article, tree, item, frame, node)
    if role == "attribute":
        node = article.description(tree, item.token)
    if role == "manner" and frames.is_a(item.marker, "without"):
        lacking = next(iter(tree.exactly(item.token, "case")), None)
        node = article.words_node(tree, [lacking, *_plain_words(tree, item.token)]) if lacking else node
    if role:
        yield Qualifier(role, node)


def _plain_words(tree: Tree, noun: Token) -> list[Token]:
    """The words of a noun phrase without its preposition, and without what is said of it besides."""
    words = tree.subtree(noun, without=("acl", "acl:relcl", "appos", "conj", "cc", "punct", "case"))
    return [noun] if noun not in words else [item for item in words if item.upos != "PUNCT"]


def _counted(
    article: Article, tree: Tree, item: Oblique, frame: Frame | None, value: ValueMention
) -> Iterator[Qualifier]:
    """An amount, and who or what is counted: « dans douze pays », « vend ses usines à deux entreprises »."""
    frames = article.frames
    lasts = frames.defaults.get(item.marker, item.marker) not in ("", "amount")
    lasts = lasts and not frames.is_a(item.marker, "of") and not frames.is_a(item.marker, "toward")
    # « meurt deux ans après son élection »
    behind = tree.tokens[item.token.index + 1 : item.token.index + 2]
    lasts = lasts or (not item.marker and any(frames.is_a(word.text, "reckoned from") for word in behind))
    lasts = lasts and isinstance(value.value, Amount) and value.value.unit in DURATIONS
    thing = article.description(tree, item.token)
    if thing.type in COUNTED:
        kind = "Person" if thing.type == "Occupation" else thing.type
        role = frames.role(frame, item.marker, kind)
        if role not in ("", "amount", "time") and (role, kind) != ("instrument", "Person"):
            yield Qualifier(role, thing)
    yield Qualifier("time" if lasts else "amount", article.value_node(value))


def _is_reckoned(tree: Tree, noun: Token, frames: Frames) -> bool:
    """« deux ans plus tard »: whether an adverb reckons the time from another."""
    return any(
        frames.is_a(" ".join([token.text.lower() for token in tree.subtree(adverb)]), "reckoned")
        for adverb in tree.exactly(noun, "advmod")
    )


def _recurs(article: Article, tree: Tree, item: Oblique) -> bool:
    """« toutes les deux heures », « tous les mardis »: how often."""
    words = tree.children(item.token, "amod", "det")
    return not item.marker and len(words) > 1 and article.node(tree, item.token).type in ("Date", "Amount")


def amounts_of(article: Article, tree: Tree, token: Token) -> list[Qualifier]:
    """The amount that a participant carries: « 520 postes ont disparu », « au moins 35 ouvriers », « 79 tours-opérateurs »."""
    values = article.values_of(tree)
    numbers = [item.index for item in tree.exactly(token, "nummod")] if values else []
    articles = [item.start for item in tree.exactly(token, "det")] if values else []
    return [
        Qualifier("amount", article.value_node(value))
        for value in values
        if isinstance(value.value, Amount)
        and not (value.value.value == 1 and value.start in articles)  # « une année noire »
        if value.token == token.index
        or value.token in numbers
        or (
            value.start <= token.start
            and token.end <= value.end
            and Span(value.start, value.end).within(article.phrase(tree, token))
        )
    ]


def _amounts_behind(article: Article, tree: Tree, token: Token) -> Iterator[Qualifier]:
    """How much a thing is, told behind it: « une prime de 200 euros », « une hausse de la taxe de 2 % », « (+ 3 %) »."""
    values = article.values_of(tree)
    for child in tree.children(token, "nmod", "appos", "parataxis") if values else ():
        for item in (child, *tree.exactly(child, "nmod")):
            value = article.value_at(tree, item)
            if value is not None and isinstance(value.value, Amount) and value.value.unit not in DURATIONS:
                yield Qualifier("amount", article.value_node(value))


def amount_of(node: Node | None) -> tuple[Qualifier, ...]:
    """The amount that a participant is: « 40 % » of « 40 % des élus »."""
    if node is None or not isinstance(node.value, Amount):
        return ()
    return (Qualifier("amount", bare_amount(node, node.value)),)


def distinct(qualifiers: tuple[Qualifier, ...]) -> tuple[Qualifier, ...]:
    """Each qualifier once, in the order given."""
    seen: dict[tuple[str, str], Qualifier] = {}
    for item in qualifiers:
        seen.setdefault((item.role, item.node.id), item)
    return tuple(seen.values())
