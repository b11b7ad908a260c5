"""Clauses: what is predicated of whom, read from a dependency tree before any word is interpreted.

A clause has a head (a verb, or the predicate beside a copula), subjects, objects, and obliques with their markers.
What the text leaves out is found by `kg.statements.subjects`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.language.tree import Tree
from kg.model import Token, record
from kg.statements.antecedents import antecedent_of, unseen_antecedent
from kg.statements.arguments import (
    Argument,
    Oblique,
    agents_of,
    is_impersonal,
    misplaced,
    obliques_of,
    own_subjects,
    said_behind,
    spare_object,
)
from kg.statements.attributes import is_office, judged
from kg.statements.clefts import set_apart
from kg.statements.contents import content_of
from kg.statements.expressions import causative, governing, lemma_of
from kg.statements.frames import Frame, Frames
from kg.statements.lists import examples_of, those_meant
from kg.statements.markers import equals_sign, marker_of, trusts

__all__ = [
    "Clause",
    "alike",
    "form_of",
    "is_finite",
    "own_clauses",
    "shares_auxiliary",
]

PREDICATES = (
    "root",
    "conj",
    "ccomp",
    "xcomp",
    "advcl",
    "acl",
    "parataxis",
    "csubj",
    "dep",
    "appos",
    "obl",
    "nmod",
    "dislocated",
)
VERBAL = frozenset({"VERB", "AUX"})
# What is never the head of a clause.
DEPENDENT = frozenset({"aux", "cop", "fixed", "flat", "det", "case", "mark", "punct", "cc"})


@record
class Clause:
    """One predication. `kind` is verb or copula; `verb` is the word that bears tense (the copula, or the head).

    `host` is the head of the clause that a verb of speech is set into, with its subject behind it.
    """

    tree: Tree
    head: Token
    verb: Token
    kind: str
    lemma: str
    frame: Frame | None
    passive: bool
    subjects: tuple[Argument, ...] = ()
    objects: tuple[Argument, ...] = ()
    agents: tuple[Argument, ...] = ()
    recipients: tuple[Argument, ...] = ()
    obliques: tuple[Oblique, ...] = ()
    content: Token | None = None
    content_marker: str = ""
    consumed: tuple[int, ...] = ()
    host: Token | None = None


def own_clauses(tree: Tree, frames: Frames) -> list[Clause]:
    """The clauses of a sentence in text order, each with what the tree hangs from its own words."""
    linked = {token.head for token in tree.tokens if token.deprel.startswith("cop")}
    found = [
        _clause(tree, token, frames)
        for token in tree.tokens
        if (token.upos in VERBAL or token.index in linked)
        and _is_predicate(tree, token)
        and not _is_fixed(tree, token, frames)
    ]
    # « font valoir »: what is part of an expression tells no deed of its own.
    spent = {index for clause in found for index in clause.consumed}
    return [clause for clause in found if clause.head.index not in spent]


def _is_fixed(tree: Tree, token: Token, frames: Frames) -> bool:
    """« un permis de conduire », « les mois à venir », « à commencer par le maire »: an infinitive that tells no deed."""
    if trusts(tree, token, frames):
        return True
    if token.feature("VerbForm") != "Inf" or token.head < 0:
        return False
    marker = marker_of(tree, token, frames, "mark", "case")
    phrase = f"{marker} {token.lemma}"
    head = tree.tokens[token.head]
    return frames.is_a(phrase, "no deed") or frames.is_a(f"{head.lemma} {phrase}", "no deed")


def _is_predicate(tree: Tree, token: Token) -> bool:
    if token.deprel.partition(":")[0] in DEPENDENT:
        return False
    if tree.child(token, "cop"):
        return True
    if token.upos not in VERBAL:
        return False
    # A participle before or after its noun, tagged as a verb but hung as an adjective, is no clause of its own.
    return token.deprel.split(":")[0] in PREDICATES and token.deprel != "amod"


def _content(tree: Tree, head: Token, lemma: str, consumed: Collection[int], frames: Frames) -> Token | None:
    """« font valoir que la loi est prête »: what an expression governs may hang from its last verb."""
    content = content_of(tree, head, lemma, frames)
    if content is not None and content.index in consumed:
        return tree.child(content, "ccomp", "xcomp")
    if content is None and consumed and any(frame.content_subject for frame in frames.senses.get(lemma, ())):
        # « a peur de perdre », « a l'intention de vendre »: hung from the noun.
        below = (item for index in consumed for item in tree.children(tree.tokens[index], "acl", "ccomp"))
        return next((item for item in below if tree.has(item, "mark")), None)
    return content


def _clause(tree: Tree, head: Token, frames: Frames) -> Clause:
    bearer = tree.child(head, "cop") if said_behind(tree, head, frames) is None else None
    perfect = bearer is not None and _is_perfect(tree, head, frames)
    copula = None if perfect else bearer
    ruled = governing(tree, head, copula, frames) if copula else None
    passive = not _went(tree, head, bearer, frames) and (
        perfect or _is_passive(tree, head, bare=copula is None)
    )
    lemma, consumed = lemma_of(tree, head, frames) if not copula else (copula.lemma, ())
    caused, part = causative(tree, head, frames)
    if part:
        lemma, passive = caused, part == "patient"
    if (
        passive
        and not part
        and lemma != head.lemma
        and lemma in frames.verbs
        and tree.has(head, "expl")
        and not tree.has(head, "aux:pass")
    ):
        passive = False  # « la facture s'élève à mille euros »: what the lexicon knows as pronominal
    if not copula and _exists(tree, head, frames):
        lemma = frames.word("exist")
    content = _content(tree, head, lemma, consumed, frames)
    if ruled:
        lemma, content = ruled
    agents = agents_of(tree, head, lemma, frames, passive=passive)
    objects = tuple(_objects(tree, head, consumed, frames))
    subjects, objects = _who_and_what(tree, head, lemma, objects, frames)
    obliques = tuple(obliques_of(tree, head, frames, consumed, agents))
    obliques += tuple(set_apart(tree, head, frames))
    frame = (
        _frame(tree, head, lemma, content, obliques, frames)
        if not copula
        else frames.frame_of(lemma, governs="infinitive" if ruled else "")
    )
    if part == "cause":
        frame = None
    elif passive and not agents:
        state = frames.state_of(head.text.lower(), frozenset([item.marker for item in obliques]))
        frame, passive = (state, False) if state is not None else (frame, passive)
    return Clause(
        tree=tree,
        head=head,
        verb=bearer or head,
        kind="copula" if copula and not ruled else "verb",
        lemma=lemma,
        frame=frame,
        passive=passive,
        subjects=subjects,
        objects=objects,
        agents=tuple([Argument(item) for child in agents for item in those_meant(tree, child, frames)]),
        recipients=tuple(
            [Argument(antecedent_of(tree, child, frames)) for child in tree.exactly(head, "iobj")]
        ),
        obliques=obliques,
        content=content,
        content_marker=marker_of(tree, content, frames, "mark", "case") if content else "",
        consumed=consumed,
    )


def _objects(tree: Tree, head: Token, consumed: tuple[int, ...], frames: Frames) -> Iterator[Argument]:
    """The objects of a verb, of the verb that is part of its expression (« laisse tomber le projet »), and those listed behind."""
    spare = spare_object(tree, head, frames)
    verbs = [head, *(tree.tokens[index] for index in consumed if tree.tokens[index].upos == "VERB")]
    own = [item for verb in verbs for item in tree.exactly(verb, "obj")]
    if not own and (noun := unseen_antecedent(tree, head, frames)) is not None:
        yield Argument(noun, "relative")
    for child in (*own, *misplaced(tree, head)):
        if child.index in consumed or child is spare or is_office(tree, head, child):
            continue
        if not equals_sign(tree, child, frames):
            for item in (*those_meant(tree, child, frames), *examples_of(tree, child, frames)):
                thing = antecedent_of(tree, item, frames)
                if thing is not item or not frames.is_a(frames.canonical(item.text), "that"):
                    yield Argument(thing)


def _is_perfect(tree: Tree, head: Token, frames: Frames) -> bool:
    """« il est parti », « il est vendu »: a participle behind what looks like a copula is its verb."""
    participle = head.upos == "VERB" and head.feature("VerbForm") == "Part"
    return participle and head.lemma in frames.senses and not tree.children(head, "det", "case")


def _went(tree: Tree, head: Token, bearer: Token | None, frames: Frames) -> bool:
    """« est arrivé », « est passé de 4 à 5 % »: a perfect made with « être », which no « été » tells to be a passive."""
    if frames.is_a(head.lemma, "perfect"):
        return True
    if not frames.is_a(head.lemma, "mostly perfect"):
        return False
    bearers = [*tree.children(head, "aux"), *([bearer] if bearer is not None else [])]
    alone = [item for item in bearers if item.feature("VerbForm") == "Fin"] == bearers
    return bool(bearers) and alone and not tree.exactly(head, "obl:agent")


def _is_passive(tree: Tree, head: Token, *, bare: bool) -> bool:
    """Whether a verb says so, or is a participle that stands `bare` of auxiliaries, its own or shared ones."""
    if tree.has(head, "expl:pv", "expl:comp"):
        return False  # « se sont installés »
    if tree.has(head, "aux:pass", "nsubj:pass"):
        return True
    if tree.has(head, "aux:tense") or shares_auxiliary(tree, head):
        return False
    if head.feature("Voice") == "Pass":
        return True
    return bare and _is_bare_participle(tree, head) and not tree.has(head, "obj")


def shares_auxiliary(tree: Tree, head: Token) -> bool:
    """« a pris une arme et blessé un gardien »: the auxiliary of the first of two participles serves both."""
    first = tree.head(head) if head.deprel == "conj" else None
    return (
        first is not None
        and head.feature("VerbForm") == "Part"
        and first.feature("VerbForm") == "Part"
        and tree.has(first, "aux:tense")
        and not tree.has(first, "aux:pass")
        and not tree.has(head, "aux")
    )


def _who_and_what(
    tree: Tree, head: Token, lemma: str, things: tuple[Argument, ...], frames: Frames
) -> tuple[tuple[Argument, ...], tuple[Argument, ...]]:
    """The subjects and the objects; what there is, remains or is needed is told of, and no object: « il faut dix navires »."""
    if frames.is_a(head.lemma, "need"):
        return tuple(Argument(item.token, "patient") for item in things), ()
    there = bool(things) and frames.is_a(lemma, "there is") and is_impersonal(tree, head, frames)
    if there or lemma == frames.word("exist"):
        return things, ()
    return tuple(own_subjects(tree, head, frames)), things


def _exists(tree: Tree, head: Token, frames: Frames) -> bool:
    """« il y a deux ponts »: what looks like the object is what there is."""
    if not frames.is_a(head.lemma, "have"):
        return False
    turned = (item for item in tree.exactly(head, "nsubj") if item.index > head.index)  # « y a-t-il »
    empty = any(frames.is_a(item.text.lower(), "impersonal") for item in turned)
    if not empty and not is_impersonal(tree, head, frames):
        return False
    beside = (*tree.children(head, "expl", "obj", "iobj", "obl"), *tree.children(head, "advmod"))
    return any(frames.is_a(child.text.lower(), "there") for child in beside)


def _frame(
    tree: Tree, head: Token, lemma: str, content: Token | None, obliques: tuple[Oblique, ...], frames: Frames
) -> Frame | None:
    """The sense of the verb among these complements; a pronominal verb without one has that of the plain verb."""
    # « L'usine rouvrira, assure le ministre »: what a verb is set into is its content.
    governs = "clause" if head.deprel == "parataxis:insert" else ""
    if content is not None:
        form = form_of(tree, content)
        # « semble fatigué »: a participle is said of the subject, as an adjective is.
        said = form == "Part" and content.deprel == "xcomp"
        governs = "infinitive" if form == "Inf" or (content.deprel == "xcomp" and not said) else "clause"
        governs = "" if said else governs
    said_so = [
        item
        for item in tree.exactly(head, "xcomp")
        if item.upos in ("ADJ", "NOUN") or item.feature("VerbForm") == "Part"
    ]
    attribute = bool(said_so) or bool(judged(tree, head, lemma, frames))
    # « Sur l'île, on compte dix maires »: where the verb has its object, what stands before it tells no sense of it.
    whole = bool(tree.exactly(head, "obj"))
    markers = frozenset(
        [item.marker for item in obliques if not whole or item.argument or item.token.index > head.index]
    )
    found = frames.frame_of(lemma, governs=governs, attribute=attribute, markers=markers)
    if found is None and lemma != head.lemma:
        return frames.frame_of(head.lemma, governs=governs, attribute=attribute, markers=markers)
    return found


def _is_bare_participle(tree: Tree, head: Token) -> bool:
    return (
        head.feature("VerbForm") == "Part"
        and head.feature("Tense") == "Past"
        and head.deprel.split(":")[0] in ("acl", "advcl", "appos", "dep", "root", "conj", "amod")
        and not tree.child(head, "aux")
    )


def form_of(tree: Tree, head: Token) -> str:
    """The form of the whole verb: « être scanné » is an infinitive, though its head is a participle."""
    return (tree.child(head, "aux") or head).feature("VerbForm")


def is_finite(clause: Clause) -> bool:
    """Whether the verb, its copula or its auxiliary shows a person."""
    bearers = (clause.head, clause.verb, *clause.tree.children(clause.head, "aux"))
    return "Fin" in [token.feature("VerbForm") for token in bearers]


def alike(clause: Clause, parent: Clause, by_head: dict[int, Clause]) -> Clause:
    """« doit payer une taxe perçue par la ville et verser un droit »: an infinitive goes with an infinitive above, not with a participle."""
    tree, form = clause.tree, form_of(clause.tree, clause.head)
    finite = is_finite(clause)
    if (form != "Inf" and not finite) or tree.child(clause.head, "mark"):
        return parent
    above = (
        by_head[item.index] for item in (parent.head, *tree.ancestors(parent.head)) if item.index in by_head
    )
    for other in above:
        if other.subjects and (is_finite(other) if finite else form_of(tree, other.head) == "Inf"):
            return other
    return parent
