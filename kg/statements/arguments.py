"""What stands around a verb in the tree: its subjects and agents, and what prepositions bring."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.language.tree import Tree, remembered
from kg.model import Token, record
from kg.statements.antecedents import antecedent_of, described_by
from kg.statements.frames import Frames
from kg.statements.lists import examples_of, is_example, those_meant
from kg.statements.markers import is_told, marker_of

__all__ = [
    "Argument",
    "Oblique",
    "agents_of",
    "agree",
    "is_impersonal",
    "is_locution",
    "misplaced",
    "obliques_of",
    "own_subjects",
    "said_behind",
    "spare_object",
    "tells_how_often",
    "told_by_locution",
    "whole_marker",
    "with_adverb",
]


@record
class Argument:
    """A participant: its head word, and how it was found ("own", "relative", "shared", "control", "modified")."""

    token: Token
    how: str = "own"


@record
class Oblique:
    """A participant behind a preposition; `argument` is whether the parser holds it to be part of the verb's sense."""

    marker: str
    token: Token
    argument: bool = False


def agents_of(tree: Tree, head: Token, lemma: str, frames: Frames, *, passive: bool) -> list[Token]:
    """By whom something is done: what the parser calls so, or else somebody behind « par » with a passive.

    « accusé de fraude »: what the verb takes with « de » is no agent, but for « connu de la police », « suivi d'un débat ».
    « voté par 310 voix » counts the votes.
    """
    if not passive and not tree.exactly(head, "obl:agent"):
        return []
    bearers = [head]
    if passive:
        # « est jugé trop cher et trop lent par le maire »: hung from what is said of the thing.
        bearers += [
            item
            for said in tree.exactly(head, "xcomp")
            for item in tree.conjuncts(said)
            if item.upos == "ADJ"
        ]
    below = [child for bearer in bearers for child in tree.children(bearer, "obl")]
    if passive:
        # « adopté en première lecture par le conseil »: hung from a bare noun that tells how
        bare = [child for child in below if child.upos == "NOUN" and not tree.has(child, "det")]
        below += [inner for child in bare for inner in tree.exactly(child, "nmod")]
    if not below:
        return []
    around = [
        (child, marker_of(tree, child, frames, "case"))
        for child in below
        if not is_locution(tree, child, frames)
        and whole_marker(tree, child, frames)[1] is child
        and not (frames.is_a(child.lemma, "tally") and tree.child(child, "nummod"))
    ]
    # « la crise se traduit par une chute »: what a pronominal verb takes with « par » does nothing.
    led = {marker for frame in frames.senses.get(lemma, []) for marker in frame.object_markers}
    around = [(child, marker) for child, marker in around if lemma == head.lemma or marker not in led]
    taken = {
        marker
        for frame in frames.senses.get(lemma, [])
        for marker in (*frame.object_markers, *dict(frame.complements))
    }
    found = [
        child
        for child, marker in around
        if child.deprel == "obl:agent"
        and not _is_means(tree, child)
        and (frames.is_a(marker, "by") or (frames.is_a(marker, "of") and marker not in taken))
    ]
    if found or not passive:
        return found
    plain = [
        child
        for child, marker in around
        if frames.is_a(marker, "by")
        and not frames.is_a(marker, "of")
        and (child.upos == "PROPN" or child.text[:1].isupper() or tree.child(child, "det"))
    ]
    if plain or not frames.is_a(lemma, "done by of"):
        return plain
    return [child for child, marker in around if frames.is_a(marker, "of") and is_told(tree, child, frames)]


def _is_means(tree: Tree, noun: Token) -> bool:
    """« fixé par décret », « blessé par balles »: a bare noun is how it is done, and nobody who does it."""
    if noun.upos != "NOUN" or not noun.text.islower() or tree.has(noun, "det", "nummod"):
        return False
    return noun.feature("Number") == "Sing" or not tree.has(noun, "amod", "conj")


def is_impersonal(tree: Tree, head: Token, frames: Frames) -> bool:
    """Whether the verb has an empty subject: « il faut », and « il appartient au maire de signer », however it is hung."""
    if tree.has(head, "expl:subj"):
        return True
    there, nobody = frames.is_a(head.lemma, "there is"), frames.is_a(head.lemma, "for nobody")
    if not there and not nobody:
        return False
    empty = any(frames.is_a(item.text.lower(), "impersonal") for item in tree.exactly(head, "nsubj"))
    if there:  # « il reste deux places », but « il reste maire »
        return empty and any(is_told(tree, item, frames) for item in tree.exactly(head, "obj"))
    return empty and any(
        item.feature("VerbForm") == "Inf" and frames.is_a(marker_of(tree, item, frames, "mark"), "of")
        for item in tree.children(head, "xcomp", "ccomp", "csubj", "advcl")
    )


def own_subjects(tree: Tree, head: Token, frames: Frames) -> Iterator[Argument]:
    """The subjects that the tree hangs from a verb; the noun that a relative pronoun stands for."""
    if frames.is_a(head.lemma, "for nobody") and is_impersonal(tree, head, frames):
        return
    spare, that = misplaced(tree, head), said_behind(tree, head, frames)
    for child in tree.exactly(head, "nsubj", "nsubj:pass", "nsubj:caus", "nsubj:outer"):
        if child in spare or (that is not None and child.index < that.index):
            continue
        if child.upos == "PRON" and described_by(tree, child, frames) is not None:
            continue
        antecedent = antecedent_of(tree, child, frames)
        how = "own" if antecedent.index == child.index else "relative"
        for item in those_meant(tree, antecedent, frames):
            if item.upos not in ("VERB",) or how == "own":
                yield Argument(item, how)
        if how == "own":
            yield from [Argument(item, "example") for item in examples_of(tree, child, frames)]


def said_behind(tree: Tree, head: Token, frames: Frames) -> Token | None:
    """« Le risque est que le pont cède »: the conjunction behind a copula that the tree hangs from the verb of what is said."""
    copula = tree.child(head, "cop")
    if copula is None or not copula.index + 1 < head.index:
        return None
    behind = tree.tokens[copula.index + 1]
    conjunction = behind.deprel == "mark" and frames.is_a(frames.canonical(behind.text), "that")
    return behind if conjunction and head.upos == "VERB" else None


def misplaced(tree: Tree, head: Token) -> list[Token]:
    """A second subject, behind a verb that has one before it, is an object, or tells after a colon who the first is."""
    found = tree.exactly(head, "nsubj")
    if len(found) < 2:
        return []
    before = [item for item in found if item.index < head.index]
    after = [
        item
        for item in found
        if item.index > head.index
        and item.upos in ("NOUN", "PROPN")
        and not any(child.text == ":" for child in tree.exactly(item, "punct"))
    ]
    return after if before else []


def spare_object(tree: Tree, head: Token, frames: Frames) -> Token | None:
    """« annonce ce soir qu'il ferme le site »: what looks like a relative pronoun beside an object is a conjunction.

    « dit dans un mot qu'il va fermer le site »: so it is where both are hung from the infinitive below.
    """
    objects = tree.exactly(head, "obj")
    inner = tree.child(head, "xcomp") if len(objects) < 2 else None
    if inner is not None and not objects:
        return spare_object(tree, inner, frames)
    if inner is not None and head.lemma in frames.auxiliaries:
        objects = [*objects, *tree.exactly(inner, "obj")]
    if len(objects) < 2 or not any(item.index > head.index and item.upos != "PRON" for item in objects):
        return None
    before = (item for item in objects if item.index < head.index and item.upos in ("PRON", "SCONJ"))
    return next((item for item in before if frames.is_a(frames.canonical(item.text), "that")), None)


def agree(tree: Tree, word: Token, noun: Token) -> bool:
    """Whether nothing shows that a participle or an adjective says something of another noun."""
    if tree.child(noun, "conj", "appos") or noun.upos not in ("NOUN", "PROPN"):
        return True
    for name in ("Gender", "Number"):
        shown = {item.feature(name) for item in (noun, *tree.children(noun, "det"))} - {""}
        if word.feature(name) and shown and word.feature(name) not in shown:
            return False
    return True


def obliques_of(
    tree: Tree, head: Token, frames: Frames, consumed: Collection[int], agents: Collection[Token] = ()
) -> list[Oblique]:
    """What prepositions bring to a verb, but for its agents and the words that are part of its expression."""
    spent = _spent(tree, head, consumed) if consumed else []
    strayed = _strayed(tree, head, frames) if tree.has(head, "advmod") else []
    for often in tree.children(head, "obl"):
        strayed += tree.exactly(often, "nmod") if tells_how_often(tree, often, frames) else ()
        # « bondit de 34 % à deux milliards »: what hangs so from an amount belongs to the verb.
        strayed += tree.exactly(often, "obl:arg") if tree.has(often, "nummod") else ()
    found: list[Oblique] = []
    for child in [*tree.children(head, "obl", "nmod", "advmod", "dislocated"), *strayed, *spent]:
        if child.index in consumed or child in agents or is_locution(tree, child, frames):
            continue
        if child.deprel.startswith("advmod") and child.upos not in ("NOUN", "PROPN", "PRON"):
            continue
        origin = child
        marker, child = whole_marker(tree, child, frames)
        marker = marker or frames.contractions.get(child.text.lower(), "")  # « auquel »
        if not marker and frames.is_a(child.text.lower(), "where"):
            marker = frames.word("inside")  # « la voiture où se trouvait le maire »
        marker = with_adverb(tree, child, marker, frames) or marker
        if frames.is_a(marker, "as") and is_example(tree, child, frames):
            continue
        needed = (child.deprel == "obl:arg" and not frames.is_a(marker, "without")) or origin in spent
        for item in tree.conjuncts(child):
            own = item is not child and tree.has(item, "case")
            before = marker_of(tree, item, frames, "case") if own else marker
            found.append(Oblique(before, antecedent_of(tree, item, frames), needed))
    return _joined(tree, found, frames) if len(found) > 1 else found


def _joined(tree: Tree, found: list[Oblique], frames: Frames) -> list[Oblique]:
    """« défile en soutien aux grévistes »: a preposition of several words whose noun the parser hangs beside what it leads to."""
    nouns = {item.token.index: item for item in found if frames.is_inside_marker(item.token.text)}
    if not nouns:
        return found
    kept: list[Oblique] = []
    for item in found:
        cases = tree.exactly(item.token, "case")
        lead = nouns.get(cases[0].index - 1) if cases else None
        whole = frames.canonical(f"{lead.marker} {lead.token.text} {item.marker}") if lead is not None else ""
        if lead is not None and whole in frames.defaults:
            kept = [other for other in kept if other is not lead]
            item = Oblique(whole, item.token)
        kept.append(item)
    return kept


def _strayed(tree: Tree, head: Token, frames: Frames) -> list[Token]:
    """« s'absente souvent de la salle »: what the parser hangs from most adverbs belongs to the verb.

    So does, of any adverb, what makes one preposition with it: « lors du vote ».
    """
    found: list[Token] = []
    for adverb in tree.exactly(head, "advmod"):
        behind = [item for item in tree.children(adverb, "obl", "nmod") if item.index > adverb.index]
        if behind and adverb.upos == "ADV":
            free = adverb.index > head.index and not frames.is_a(adverb.lemma, "with complement")
            found += [
                item
                for item in behind
                if free or with_adverb(tree, item, marker_of(tree, item, frames, "case"), frames)
            ]
    return found


def _spent(tree: Tree, head: Token, consumed: Collection[int]) -> list[Token]:
    """« fait appel du jugement »: what hangs from a noun that is part of the verb's expression."""
    return [
        item
        for index in consumed
        if tree.tokens[index].upos == "NOUN" and tree.tokens[index].head == head.index
        for item in tree.exactly(tree.tokens[index], "nmod")
        if tree.has(item, "case")
    ]


def with_adverb(tree: Tree, child: Token, marker: str, frames: Frames) -> str:
    """« s'excuse auprès des clients »: the preposition whose first word the parser takes for an adverb; empty elsewhere."""
    adverb = tree.tokens[child.head]
    if adverb.upos != "ADV" or adverb.index > child.index:
        return ""
    whole = frames.canonical(f"{adverb.text} {marker}")
    return whole if whole in frames.defaults else ""


def is_locution(tree: Tree, child: Token, frames: Frames) -> bool:
    """« par la suite », « à son tour »: the whole phrase is an adverb, and nobody takes part in it."""
    return _locution(tree, child, frames) != "" or tells_how_often(tree, child, frames)


def tells_how_often(tree: Tree, child: Token, frames: Frames) -> bool:
    """« à trois reprises »: what hangs from it belongs to the verb."""
    return frames.is_a(child.lemma, "occasion") and tree.has(child, "nummod") and tree.has(child, "case")


def told_by_locution(tree: Tree, child: Token, frames: Frames) -> str:
    """« à l'avenir », « de justesse »: the role of a phrase that is an adverb as a whole; empty for any other."""
    return frames.locution_roles.get(_locution(tree, child, frames), "")


def _locution(tree: Tree, child: Token, frames: Frames) -> str:
    """The adverb that a preposition makes with its bare noun; empty where the lexicon has none."""
    if frames.canonical(child.text).rpartition(" ")[2] not in frames.locution_ends:
        return ""
    words = [item for item in tree.children(child, "case", "det", "amod") if item.index < child.index]
    whole = frames.canonical(" ".join([item.text for item in (*words, child)]))
    return whole if words and whole in frames.locutions else ""


@remembered
def whole_marker(tree: Tree, child: Token, frames: Frames) -> tuple[str, Token]:
    """The preposition before a word, and the word: « au cours de la réunion » has its noun in the preposition."""
    marker = marker_of(tree, child, frames, "case", "mark")
    if not frames.is_inside_marker(child.text):
        return marker, child
    article = tree.child(child, "det")
    determiner = article.text if article is not None else ""
    for inner in tree.children(child, "nmod", "obl", "acl"):
        behind = marker_of(tree, inner, frames, "case", "mark")
        whole = frames.canonical(f"{marker} {determiner} {child.text} {behind}")
        if whole in frames.prepositions:
            return whole, inner
    return marker, child
