"""What a noun's complement tells of it: what it is about, against, for whom it is, how long it lasts, how much it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from kg.language.tree import Tree
from kg.model import Amount, Token, ValueMention
from kg.statements.article import Article
from kg.statements.contrasts import DURATIONS
from kg.statements.events import Proposal
from kg.statements.frames import Frames
from kg.statements.links import Link
from kg.statements.markers import equals_sign
from kg.statements.times import is_time

__all__ = ["equals", "measures", "topics"]

# By the function of the preposition: the property, and the function of the verb that says it in short.
TOPICAL = (
    ("noun about", "concerns", "be about"),
    ("noun against", "aimsAt", "target"),
    ("noun for", "isFor", "be for"),
)
# What is not about anything.
SOMEBODY = ("Person", "Organization", "Group", "Place", "Date")


@lru_cache(maxsize=8)
def _topical(frames: Frames) -> dict[str, tuple[str, str]]:
    """By preposition, the property and the verb of what stands behind it."""
    return {
        marker: (name, verb)
        for function, name, verb in reversed(TOPICAL)
        for marker in frames.functions.get(function, ())
    }


def topics(article: Article, tree: Tree) -> Iterator[Proposal]:
    """What stands behind a noun with "sur", "contre", "pour" is what that is about, against or for.

    > La loi sur les loyers divise le conseil.
    La loi | porter sur | les loyers
    """
    frames, topical = article.frames, _topical(article.frames)
    for host, token, marker in article.complements(tree):
        relation = topical.get(marker)
        if relation is None or host.upos != "NOUN" or article.value_at(tree, host) is not None:
            continue
        for item in tree.conjuncts(token):
            if article.value_at(tree, item) is not None or is_time(article, tree, item):
                continue
            subject, thing = article.owned(tree, host, token), article.node(tree, item)
            if subject.type in SOMEBODY:
                continue  # « le député sur le plateau », « le studio sur sa plateforme »
            how = (
                f"type={subject.type}", f"thing={thing.type}", f"marker={marker}", f"noun={host.lemma}",
                f"frame={host.lemma in frames.nouns}",
                f"article={bool(tree.child(item, 'det'))}",
            )  # fmt: skip
            yield from Link(
                "topic", host, subject, thing, (host, item), how, verb=relation[1], property=relation[0]
            ).propose(article, tree)


def measures(article: Article, tree: Tree) -> Iterator[Proposal]:
    """An amount behind "de" says how long what the noun names lasts, or how much it is.

    > Une grève de trois jours paralyse le port.
    Une grève | durer | trois jours
    """
    frames = article.frames
    for host, token, marker in article.complements(tree):
        value = article.value_at(tree, token)
        if value is None or not isinstance(value.value, Amount) or not frames.is_a(marker, "of"):
            continue
        subject = article.owned(tree, host, token)
        if host.upos != "NOUN" or article.value_at(tree, host) is not None or subject.type == "Person":
            continue
        lasts = value.value.unit in DURATIONS
        node = article.value_node(value)
        how = (f"type={subject.type}", f"noun={host.lemma}", f"lasts={lasts}")
        yield from Link(
            "measure", host, subject, node, (host, token), how,
            verb="last" if lasts else "amount", property="lasts" if lasts else "amountsTo",
        ).propose(article, tree)  # fmt: skip


def _bracketed(article: Article, tree: Tree) -> Iterator[tuple[Token, ValueMention]]:
    """« un salaire moyen (1 200 euros) », « le taux (9 %) »: the noun before the parenthesis and the amount alone inside."""
    for value in article.values_of(tree):
        enclosed = article.text[value.start - 1 : value.end + 1]
        if not isinstance(value.value, Amount) or not (enclosed.startswith("(") and enclosed.endswith(")")):
            continue
        # A sentence may begin inside the parenthesis.
        opening = next((item for item in tree.tokens if item.end == value.start), None)
        host, unit = thing_before(tree, opening) if opening is not None else None, value.value.unit
        told = host is not None and host.upos == "NOUN" and (unit == "%" or unit.isupper())
        if host is not None and told and article.node(tree, host).type in ("Concept", "Amount"):
            yield host, value


def equals(article: Article, tree: Tree) -> Iterator[Proposal]:
    """What "soit" sets beside an amount or a thing is as much; so is a sum or a share in parentheses behind a thing.

    > Le groupe supprime 300 postes, soit un tiers de ses effectifs.
    300 postes | être | un tiers de ses effectifs
    > Le loyer moyen (850 euros) augmente.
    Le loyer moyen | être | 850 euros
    """
    for thing, value in _bracketed(article, tree):
        node, inner = article.node(tree, thing), tree.tokens[value.token]
        how = (f"type={node.type}", "value=True", f"relation={inner.deprel}")
        yield from Link("equal", inner, node, article.value_node(value), (thing, inner), how).propose(
            article, tree
        )
    known_signs = article.frames.functions.get("that is", {})
    if not any(sign in tree.sentence.text.lower() for sign in known_signs):
        return
    signs = [item for item in tree.tokens if item.text.lower() in known_signs]
    for sign in signs if len(signs) == 1 else ():  # « soit l'un, soit l'autre »
        host, token = thing_before(tree, sign), tree.head(sign)
        if host is None or token is None or equals_sign(tree, token, article.frames) is not sign:
            continue
        if token.upos not in ("NOUN", "NUM", "PROPN", "PRON"):
            continue
        known, said = article.value_at(tree, token) is not None, article.description(tree, token)
        if is_time(article, tree, host):
            continue  # « fermera en 2027, soit deux ans plus tôt »
        if known:
            # « supprime 300 postes dans le pays, soit un tiers »: a number is as much as a number.
            stated = [one for one in article.values_of(tree) if one.end <= sign.start]
            amounts = [one for one in stated if isinstance(one.value, Amount)]
            host = tree.tokens[amounts[-1].token] if amounts else host
        said = replace(said, label=said.label.removeprefix(f"{sign.text} "))
        how = (f"type={article.node(tree, host).type}", f"value={known}", f"relation={token.deprel}")
        yield from Link("equal", token, article.node(tree, host), said, (host, token), how).propose(
            article, tree
        )


def thing_before(tree: Tree, sign: Token) -> Token | None:
    """The noun whose phrase ends before a word, marks apart."""
    before = [item for item in tree.tokens[: sign.index] if item.upos != "PUNCT"]
    if not before:
        return None
    thing = before[-1]
    for above in tree.ancestors(before[-1]):
        if (
            above.index > sign.index
            or above.upos not in ("NOUN", "PROPN", "NUM", "ADJ")
            or thing.deprel == "conj"
        ):
            break
        thing = above
    return thing if thing.upos in ("NOUN", "PROPN", "NUM") else None
