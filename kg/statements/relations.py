"""What is said to be what: copulas, appositions, titles, other names, roles, adjectives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from kg.language.tree import Tree
from kg.model import Node, Token
from kg.statements.antecedents import described_by
from kg.statements.article import Article
from kg.statements.events import Proposal
from kg.statements.links import Link
from kg.statements.lists import listed
from kg.statements.markers import equals_sign
from kg.statements.modality import hedged

__all__ = [
    "acronyms",
    "appositions",
    "descriptions",
    "detached",
    "epithets",
    "kinds",
    "places_named",
]


# By the type of a named thing, what that never is.
NEVER = {
    "Person": ("Event", "Date", "Amount", "Place", "Work", "Product"),
    "Organization": ("Event", "Date", "Amount"),
    "Place": ("Event", "Date", "Amount"),
}
# What is no body or place that stands in parentheses behind it, but may be called so: « Vexa, premier employeur du pays ».
SOMEBODY = ("Person", "Occupation")


def appositions(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A noun beside another, between commas, says what that is.

    > La cour a entendu Marc Aubin, un ancien comptable.
    Marc Aubin | être | ancien comptable
    > Paul Roy, originaire de Lens, préside le club.
    Paul Roy | être | originaire de Lens
    > La grève a touché Brest et Lorient, les deux ports de la région.
    Lorient | être | deux ports de la région
    > Lille, l'une des villes les plus peuplées du pays, vote.
    Lille | être | une des villes les plus peuplées du pays
    """
    for token in tree.tokens:
        if token.head < 0 or (token.upos != "PRON" and token.deprel not in ("appos", "amod")):
            continue
        one = described_by(tree, token, article.frames) if token.upos == "PRON" else None
        host = one or tree.tokens[token.head]
        if one is None and token.deprel != "appos" and not _is_set_apart(tree, token, host):
            continue
        if _counts(article, tree, token) or equals_sign(tree, token, article.frames):
            continue
        members = {item.index for item, _ in listed(tree, host, article.frames)}
        for item in tree.conjuncts(token):
            if item.index in members:
                continue  # one of several, as `instances` says
            if one is None and article.frames.is_a(host.text.lower(), "one") and item.upos == "NOUN":
                # « l'un des pires drames du pays : l'incendie de 1987 »
                named = replace(article.node(tree, item), label=article.description(tree, item).label)
                subjects, description = [named], article.description(tree, host)
            elif one is not None or (item.upos in ("NOUN", "ADJ") and not article.in_name(tree, item)):
                subjects = _described(article, tree, host, item)
                description = article.description(tree, item)
            elif (
                host.upos == "NOUN"
                and article.value_at(tree, host) is None
                and not article.in_name(tree, host)
                and (item.upos in ("PROPN", "X") or article.in_name(tree, item))
            ):
                subjects, description = [article.node(tree, item)], article.description(tree, host)
            else:
                continue
            if _opens_with(tree, item, "("):
                kind = subjects[0].type
                if kind == "Place" or (kind == "Organization" and description.type in SOMEBODY):
                    continue  # « l'explosion de Tarbes (Landes) », « la députée Anne Roux (PS) »: where or whose that is
            if any(description.type in NEVER.get(subject.type, ()) for subject in subjects):
                continue  # « le député Marc Aubin (PS) », « Élection régionale : Marc Aubin en tête »
            said = item if item.upos in ("NOUN", "ADJ") and not article.in_name(tree, item) else host
            status = hedged(tree, said, article.frames)
            for subject in subjects:
                if description.type == "Date" != subject.type:
                    continue  # « a perdu trois clients, l'an dernier »
                how = (f"host={host.upos}", f"item={item.upos}", f"type={subject.type}")
                yield from Link(
                    "apposition", item, subject, description, (host, item), how, status=status
                ).propose(article, tree)


def _counts(article: Article, tree: Tree, token: Token) -> bool:
    """« Anne Roux, 34 ans »: an amount or a time, and not « les deux ports »."""
    definite = any(item.feature("Definite") == "Def" for item in tree.children(token, "det"))
    return not definite and article.value_at(tree, token) is not None


def _described(article: Article, tree: Tree, host: Token, item: Token) -> list[Node]:
    """Whom an apposition describes: each of several names where it is a plural, else the one that it hangs from."""
    several = host.upos == "PROPN" and host.feature("Number") != "Plur" and item.feature("Number") == "Plur"
    return [article.node(tree, one) for one in (tree.conjuncts(host) if several else [host])]


def _is_set_apart(tree: Tree, token: Token, host: Token) -> bool:
    """« Paul Roy, originaire de Lens, »: an adjective with a complement behind a name and a comma."""
    adjective = (
        token.deprel == "amod" and token.upos == "ADJ" and host.upos == "PROPN" and host.index < token.index
    )
    return adjective and bool(tree.children(token, "obl", "nmod")) and _opens_with(tree, token, ",")


def _opens_with(tree: Tree, token: Token, mark: str) -> bool:
    """Whether this mark stands before the phrase, hung from it or not."""
    first = tree.subtree(token)[0]
    return first.text == mark or (first.index > 0 and tree.tokens[first.index - 1].text == mark)


def descriptions(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A noun phrase beside a name, before it as a title or after it between commas, describes the one named.

    > Anne Dubreuil, maire de Lorient, inaugure la halle.
    Anne Dubreuil | être | maire de Lorient
    """
    for mention, name in article.beside_names(tree):
        head = tree.tokens[mention.token]
        subject = article.name_node(name)
        title = article.title_node(tree, head, mention, name)
        side = "title" if mention.start < name.start else "after"
        how = (side, f"type={name.type}", f"noun={title.type}")
        words = (head, tree.tokens[name.token])
        yield from Link(
            "description", head, subject, title, words, how, status=hedged(tree, head, article.frames)
        ).propose(article, tree)


def kinds(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A common noun straight before a name, no preposition between, says what kind of thing is so called.

    > La plateforme Kolibri compte mille abonnés.
    Kolibri | être | plateforme
    > Paul Morin, délégué CGT, a pris la parole.
    Paul Morin | être | Confédération générale du travail
    """
    beside = {name.token for _, name in article.beside_names(tree)}
    for name in article.names_in(tree):
        first = next((token for token in tree.tokens if token.start >= name.start), None)
        before = tree.tokens[first.index - 1] if first is not None and first.index else None
        if (
            first is None
            or before is None
            or name.token in beside
            or before.upos not in ("NOUN", "ADJ")
            or article.in_name(tree, before)
        ):
            continue
        noun = before if before.upos == "NOUN" else tree.head(before)
        if noun is None or noun.upos != "NOUN" or noun.index > before.index:
            continue
        if not any(tree.below(tree.tokens[name.token], item) for item in (noun, before)):
            continue
        named_so = article.description_type(tree, noun) in ("Work", "Event")  # « le contrat Vexa »
        named_so = named_so and name.type in ("Person", "Organization", "Place")
        if named_so or article.frames.is_a(noun.lemma, "called after"):
            continue
        bearer = article.node(tree, noun)
        if name.type == "Organization" and bearer.type == "Person":
            yield from Link(
                "affiliation", first, bearer, article.name_node(name), (noun, first), ("kind",),
                property="affiliatedWith",
            ).propose(article, tree)  # fmt: skip
            continue
        words = list(tree.tokens[noun.index : first.index])
        lead = [item for item in tree.children(noun, "amod") if item.index < noun.index]
        value = article.words_node(tree, [*lead, *words])
        how = (f"type={name.type}", f"relation={tree.tokens[name.token].deprel}")
        yield from Link("kind", first, article.name_node(name), value, (noun, first), how).propose(
            article, tree
        )


def places_named(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A kind of place before « de » and the name of one says what that is.

    > La ville de Mirval vote dimanche.
    Mirval | être | ville
    """
    frames = article.frames
    for host, token, marker in article.complements(tree):
        if not frames.is_a(marker, "of") or not frames.is_a(host.lemma, "kind of place"):
            continue
        node = article.node(tree, token)
        if node.type != "Place":
            continue
        if article.in_name(tree, token) and not tree.child(token, "det") and not tree.child(host, "amod"):
            value = article.words_node(tree, [host])
            yield from Link("kind", token, node, value, (host, token), ("of",)).propose(article, tree)


def epithets(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A description that stands for somebody named before says what that is.

    > Marc Aubin, un comptable, est mort. L'ancien comptable de Lyon avait trente ans.
    Marc Aubin | être | ancien comptable de Lyon
    """
    for mention in article.mentions_in(tree):
        head = tree.tokens[mention.token]
        if (
            mention.kind != "nominal"
            or not mention.entity
            or not tree.has(head, "amod", "nmod")
            or mention.rule.startswith(("title", "apposition"))
        ):
            continue
        if not tree.has(head, "det") or tree.has(head, "cop"):
            continue
        named = article.node(tree, head)
        if article.is_named(named) and named.type == "Person":
            value = article.description(tree, head)
            how = (f"noun={value.type}", f"reference={mention.rule}")
            named = replace(named, mention=named.label)
            yield from Link("epithet", head, named, value, (head,), how).propose(article, tree)


def acronyms(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A second name in parentheses is another name of the same thing, or the land that a place lies in.

    > L'Agence des routes du Nord (ARN) recrute.
    Agence des routes du Nord | être | ARN
    """
    names = article.names_in(tree)
    for first, second in pairwise(names):
        between = article.text[first.end : second.start].strip()
        if between != "(":
            continue
        subject, other = article.name_node(first), article.name_node(second)
        words = (tree.tokens[first.token], tree.tokens[second.token])
        # Letters beside a name are its short form, whether or not it is called by them elsewhere.
        short = any(2 <= len(item.text) <= 6 and item.text.isupper() for item in (first, second))
        closed = article.text[second.end : second.end + 1] == ")"
        if subject.id == other.id or (short and closed and first.type == second.type != "Place"):
            # Whichever of the two the thing is known by, the other is its other name.
            known = subject.label.casefold() == second.text.casefold()
            shown, text = (second, first.text) if known else (first, second.text)
            subject = replace(subject, mention=shown.text)
            alias = Node(f"name-{text.lower()}-{subject.id}"[:80], text, first.type, text)
            yield from Link("acronym", words[1], subject, alias, words, (f"type={first.type}",)).propose(
                article, tree
            )
        elif first.type == second.type == "Place":
            yield from Link(
                "location", words[0], subject, other, words, ("parenthesis",), property="locatedIn"
            ).propose(article, tree)


def detached(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A bare noun phrase that opens the sentence, set off by a comma, describes the subject.

    > Ancien notaire, Louis Ferrand dirige la coopérative.
    Louis Ferrand | être | Ancien notaire
    > Âgée de 64 ans, Anne Roux dirige le parti.
    Anne Roux | être | Âgée de 64 ans
    """
    opening = next(
        (item for item in tree.tokens[:6] if item.upos in ("NOUN", "ADJ") and item.deprel != "fixed"), None
    )
    if opening is None or tree.has(opening, "det", "nummod"):
        return
    if opening.deprel.startswith(("nsubj", "root", "case")):
        return
    first = next(token for token in tree.tokens if token.upos != "PUNCT")
    # « D'abord avocat, puis juge, … »: adverbs may lead.
    lead = tree.tokens[first.index : opening.index]
    if any(item.head != opening.index and item.upos != "ADV" and item.deprel != "fixed" for item in lead):
        return
    if any(
        item.upos not in ("ADV", "ADJ") and not tree.exactly(item, "fixed") and item.deprel != "fixed"
        for item in lead
    ):
        return
    said = [item for item in tree.conjuncts(opening) if item.upos in ("NOUN", "ADJ")]
    subject = next(
        (token for token in tree.tokens if token.deprel.startswith("nsubj") and token.index > said[-1].index),
        None,
    )
    if subject is None:
        return
    phrase = tree.subtree(subject)[0].index
    behind = tree.tokens[said[-1].index : phrase]
    between = [item for item in behind if item.upos in ("VERB", "AUX") and not tree.below(item, said[-1])]
    commas = [item for item in behind if item.text == ","]
    named = article.node(tree, subject)
    if not commas or between or named.type not in ("Person", "Organization", "Group"):
        return
    for item in said:
        description = (
            article.description(tree, item)
            if item.upos == "NOUN"
            else article.words_node(
                tree, tree.subtree(item, without=("conj", "cc", "punct", "advcl", "appos"))
            )
        )
        if description.type != "Date":
            how = (f"type={named.type}", f"said={item.upos}", f"described={description.type}")
            yield from Link("detached", item, named, description, (item, subject), how).propose(article, tree)
