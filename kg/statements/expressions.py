"""How a verb is called: with its reflexive pronoun, or with the words that make one expression of it."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from kg.language.tree import Tree
from kg.model import Token
from kg.statements.frames import Frames
from kg.statements.markers import marker_of

__all__ = ["causative", "governing", "lemma_of"]

# How a pronoun hangs that belongs to its verb.
REFLEXIVE = ("expl:pv", "expl:comp", "expl:pass")
# What phrases tell that stand anywhere.
WHERE = ("place", "time")
# How near its noun the complement of a compound stands.
COMPOUND = 4


def lemma_of(tree: Tree, head: Token, frames: Frames) -> tuple[str, tuple[int, ...]]:
    """The lemma with its reflexive, or the longest light-verb expression that the lexicon knows."""
    pronouns = tree.children(head, "expl", "obj", "iobj")
    if not pronouns and frames.canonical(head.lemma) not in frames.openings:
        return head.lemma, ()
    reflexives = [child for child in pronouns if child.feature("Reflex") == "Yes"]
    base = head.lemma
    pronominal = reflexives or [
        child
        for child in tree.exactly(head, *REFLEXIVE)
        if not frames.is_a(child.text.lower(), "adverbial pronoun")
    ]
    if pronominal and " " not in base and "'" not in base:
        base = _pronominal(base, frames)
        for item in pronouns:  # « s'en prend au maire »
            whole = f"{list(frames.functions['reflexive'])[1]}{item.text.lower()} {head.lemma}"
            if whole in frames.verbs:
                return whole, (item.index,)
    clitics = tuple([child.index for child in reflexives if not child.deprel.startswith("expl")])
    for clitic in tree.exactly(head, "obj"):
        # « le maire l'a emporté »: the pronoun stands for nothing.
        if clitic.upos == "PRON" and f"{clitic.text.lower()}{base}" in frames.verbs:
            return f"{clitic.text.lower()}{base}", (*clitics, clitic.index)
    stems = [stem for stem in dict.fromkeys((base, head.lemma)) if frames.canonical(stem) in frames.openings]
    for child in tree.children(head, "obj", "obl", "xcomp", "advmod") if stems else ():
        if child.upos not in ("NOUN", "ADJ", "VERB", "ADV", "PRON"):
            continue
        words = [word for word in (child.lemma, child.text.lower()) if _ends(word, frames)]
        compound, inner = _compound(tree, child, frames)
        words += [compound] if compound and _ends(compound, frames) else []
        if not words:
            continue
        article = tree.child(child, "det")
        own = article is not None and article.feature("Poss") == "Yes"
        before = ("", article.text if article is not None else "", *(frames.functions["own"] if own else ()))
        known = _expression(stems, marker_of(tree, child, frames, "case"), before, words, frames)
        if known:
            # « prendre le pouvoir » still has its object; « prendre fin », « porter ses fruits » have none.
            # « a l'intention de vendre », « fait l'objet d'une enquête »: what is governed takes its place.
            content = any(frame.content_subject for frame in frames.senses.get(known, ()))
            infinitive = (item.feature("VerbForm") == "Inf" for item in tree.exactly(child, "acl"))
            governs = (content and any(infinitive)) or _has_other(tree, head, known, frames)
            bare = governs or (own and not tree.has(child, "nmod", "amod", "acl"))
            spent = () if article is not None and child.deprel == "obj" and not bare else (child.index,)
            if compound and frames.canonical(known).endswith(frames.canonical(compound)):
                spent = (*spent, inner.index)
            return known, (*clitics, *spent)
    for marker, noun in _taken_for_particles(tree, head) if stems else ():
        known = _expression(stems, frames.canonical(marker), ("",), [noun.lemma], frames)
        if known:
            return known, (*clitics, noun.index)
    return base, clitics


def _has_other(tree: Tree, head: Token, expression: str, frames: Frames) -> bool:
    """Whether a phrase stands behind an expression with the preposition of its object: « serre la main aux élus »."""
    markers = {marker for frame in frames.senses.get(expression, ()) for marker in frame.object_markers}
    for item in tree.exactly(head, "obl:arg", "obl:mod") if markers else ():
        marker = marker_of(tree, item, frames, "case")
        if marker in markers and (item.deprel == "obl:arg" or frames.defaults.get(marker) not in WHERE):
            return True
    return False


def _taken_for_particles(tree: Tree, head: Token) -> Iterator[tuple[str, Token]]:
    """The noun of an expression with the preposition before it, where the tree has it as part of another word.

    « fait face à une crise »: straight behind the verb, hung in a preposition; « se mettent d'accord »: in an adverb.
    """
    for item in tree.tokens[head.index + 1 : head.index + 2]:
        if item.upos == "NOUN" and item.deprel == "case" and tree.below(item, head):
            yield "", item
    for adverb in tree.exactly(head, "advmod"):
        if adverb.upos == "ADP":
            yield from ((adverb.text, noun) for noun in tree.exactly(adverb, "fixed") if noun.upos == "NOUN")


def _compound(tree: Tree, noun: Token, frames: Frames) -> tuple[str, Token]:
    """« garde à vue », « feu vert »: a noun with what makes one word of it behind it, and that."""
    if noun.upos == "NOUN" and noun.lemma in frames.compound_openings:
        for inner in tree.exactly(noun, "nmod", "amod"):
            if 0 < inner.index - noun.index < COMPOUND:
                words = (noun.text, marker_of(tree, inner, frames, "case"), inner.text)
                return " ".join([word for word in words if word]).lower(), inner
    return "", noun


def _ends(word: str, frames: Frames) -> bool:
    return frames.canonical(word).rpartition(" ")[2] in frames.expression_ends


def _expression(
    stems: list[str], marker: str, articles: tuple[str, ...], words: list[str], frames: Frames
) -> str:
    """The first expression that the lexicon knows of those that these words can make."""
    for stem in stems:
        for word in words:
            for article in articles:
                known = frames.expressions.get(frames.canonical(f"{stem} {marker} {article} {word}"))
                if known:
                    return known
    return ""


def causative(tree: Tree, head: Token, frames: Frames) -> tuple[str, str]:
    """How a verb that somebody has done is called, and what its subject is to it: agent, cause or patient.

    « La mairie fait construire un pont » tells as much of the mairie as if it built the bridge; « la grève fait perdre
    deux jours à l'usine », « fait tomber les ventes », what it causes; « le voleur s'est fait prendre », what befalls him.
    """
    maker = next(iter(tree.exactly(head, "aux:caus")), None) or _seen(tree, head, frames)
    if maker is None:
        return "", ""
    whole = f"{maker.lemma} {head.lemma}"
    itself = frames.is_a(head.lemma, "of itself") or frames.is_a(head.lemma, "perfect")
    around = tree.children(head, "obj", "iobj", "expl")
    if maker.index == head.head:
        around = [*around, *tree.children(maker, "expl")]
    if any(item.feature("Reflex") == "Yes" for item in around):
        own = _pronominal(whole, frames)
        if own in frames.verbs:
            return own, "agent"
        lost = any(item.deprel == "obj" and item.feature("Reflex") != "Yes" for item in around)
        # « se voir proposer un poste »: whom something is given is not who is acted on, wherever the gift stands.
        gives = any(
            "recipient" in dict(frame.complements).values() for frame in frames.senses.get(head.lemma, ())
        )
        return (own, "cause") if itself or lost or gives else (head.lemma, "patient")
    if whole in frames.verbs:
        return whole, "agent"
    given = (marker_of(tree, item, frames, "case") for item in tree.exactly(head, "obl:arg"))
    return (
        (whole, "cause")
        if itself or any(frames.is_a(item, "toward") for item in given)
        else (head.lemma, "agent")
    )


def _seen(tree: Tree, head: Token, frames: Frames) -> Token | None:
    """« se voit refuser un prêt », « s'est vu exclure du club »: what somebody sees done to himself; its verb of seeing."""
    maker = tree.head(head) if head.deprel == "xcomp" and head.feature("VerbForm") == "Inf" else None
    seeing = maker is not None and frames.is_a(maker.lemma, "see done")
    return maker if seeing and maker is not None and tree.exactly(maker, "expl:pv") else None


def _pronominal(lemma: str, frames: Frames) -> str:
    """The infinitive of a pronominal verb, its pronoun elided before a vowel or a mute h."""
    full, elided = list(frames.functions["reflexive"])[:2]
    forms = (f"{full} {lemma}", f"{elided}{lemma}")
    known = next((form for form in forms if form in frames.verbs), "")
    return known or forms[normalize("NFD", lemma)[:1] in tuple("aeiouh")]


def governing(tree: Tree, head: Token, copula: Token, frames: Frames) -> tuple[str, Token] | None:
    """« est en mesure de vendre »: a noun behind a copula that governs an infinitive as an auxiliary does, and the infinitive."""
    for child in tree.exactly(head, "acl"):
        if child.feature("VerbForm") == "Inf" and tree.child(child, "mark"):
            marker = marker_of(tree, head, frames, "case")
            article = next((item.text for item in tree.children(head, "det")), "")
            words = frames.canonical(f"{copula.lemma} {marker} {article} {head.lemma}")
            known = frames.expressions.get(words, "")
            return (known, child) if known in frames.auxiliaries else None
    return None
