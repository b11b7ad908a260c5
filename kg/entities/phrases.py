"""How far a noun phrase reaches, and the words by which it is called in short."""

from __future__ import annotations

from kg.language.tree import Tree, remembered
from kg.model import Token

__all__ = ["PAIRS", "balanced", "bare_head", "closes", "complement_of", "label_tokens", "phrase_tokens"]

# What hangs from a noun that is a predicate, and so is no part of its phrase ("il est le président").
CLAUSAL = frozenset(
    {"nsubj", "csubj", "cop", "aux", "advcl", "mark", "expl", "ccomp", "obj", "iobj", "xcomp"}
)
# What hangs from a noun beside its phrase.
BESIDE = frozenset(
    {"parataxis", "cc", "conj", "case", "discourse", "vocative", "dislocated", "punct", "list", "orphan"}
)
DETACHED = ("appos", "parataxis", "acl:relcl")
ADVERBIAL = ("obl", "advmod")
LOOSE = frozenset({"appos", "parataxis", "acl:relcl", "advcl"})
TOP = CLAUSAL | BESIDE | LOOSE

# What closes a quotation, and what opened it; marks that go in pairs.
CLOSING = {"»": "«", "”": "“"}
PAIRS = (*CLOSING.items(), (")", "("), ("]", "["))

# A label holds the head and its first complement; with what depends on that at most so many words that are not small.
LABEL_WORDS = 5
HOLDING = frozenset({"nmod", "acl", "obl"})
SMALL = frozenset({"ADP", "DET", "PUNCT", "CCONJ", "SCONJ", "PRON"})


@remembered
def phrase_tokens(tree: Tree, head: Token) -> list[Token]:
    """The words of the noun phrase headed by this one, without relative clauses, appositions and coordinates."""
    children = tree.children(head)
    if not children:
        return [head]
    kept = {head.index}
    for child in children:
        if _inside(tree, head, child):
            kept.update(tree.reach(child, DETACHED))
    for participle in [tree.tokens[index] for index in kept if tree.tokens[index].deprel == "acl"]:
        if _beside(tree, participle):
            kept.difference_update(tree.reach(participle))
    return _run(tree, head, kept)


def _inside(tree: Tree, head: Token, child: Token) -> bool:
    """Whether what hangs from the noun by this word belongs to its phrase."""
    relation = child.deprel
    base = relation.partition(":")[0]
    if relation in TOP or base in TOP or (child.upos == "ADJ" and _predicated(tree, head, child)):
        return False
    if base == "nmod":
        before = child.index < head.index
        return not (child.upos == "PRON" if before else relation == base and _added(tree, head, child))
    if relation == "amod":
        told = child.index > head.index and tree.child(child, "obl", "nmod", "xcomp")
        return not (
            _such(tree, head, child) or (told and _added(tree, head, child)) or _apart(tree, head, child)
        )
    if base not in ADVERBIAL:
        return True
    return not (_of_clause(tree, head, child) or (base == "advmod" and _focusing(tree, head, child)))


def _focusing(tree: Tree, head: Token, child: Token) -> bool:
    """« les élus, surtout [le maire] », « les villages, en particulier »: an adverb for a comma, before an article or last."""
    words = tree.subtree(child)
    if words[0].index == 0 or tree.tokens[words[0].index - 1].upos not in ("PUNCT", "PRON"):
        return False
    return child.index > head.index or tree.tokens[words[-1].index + 1].upos == "DET"


def _beside(tree: Tree, participle: Token) -> bool:
    """Whether a participle tells more of what is known already: behind a comma, or of a name.

    « un avis publié lundi, donnant raison au maire », « les liens avec le Maroc accusé d'espionnage »
    """
    noun = tree.tokens[participle.head]
    first = tree.subtree(participle)[0]
    comma = first.text == "," or (first.index > 0 and tree.tokens[first.index - 1].text == ",")
    return participle.index > noun.index and (comma or noun.upos == "PROPN")


def _added(tree: Tree, head: Token, child: Token) -> bool:
    """« un bâtiment, d'une surface de 400 m² », « un atelier, issu d'une fusion »: told besides, for a comma cuts it off.

    Not so where a complement stands before, nor the second of two bare adjectives.
    """
    first = tree.subtree(child)[0]
    comma = first.text == "," or tree.tokens[first.index - 1].text == ","
    return comma and not any(
        head.index < other.index < child.index for other in tree.children(head, "nmod", "acl")
    )


def _such(tree: Tree, head: Token, child: Token) -> bool:
    """« des villes telles que Lyon »: an adjective before a conjunction gives examples, and ends the phrase."""
    behind = tree.tokens[child.index + 1 : child.index + 2] if child.index > head.index else ()
    return any(mark.upos == "SCONJ" for mark in behind)


def _apart(tree: Tree, head: Token, child: Token) -> bool:
    """« le texte, pourtant non prioritaire »: an adjective behind a comma, the first behind its noun, is told besides."""
    first = tree.subtree(child)[0]
    others = (other for other in tree.children(head, "amod") if head.index < other.index < child.index)
    comma = first.text == "," or tree.tokens[first.index - 1].text == ","
    return child.index > head.index and comma and not any(others)


def _predicated(tree: Tree, head: Token, adjective: Token) -> bool:
    """Whether an adjective says what the noun is taken for: « on qualifie la loi d'inutile »."""
    return head.upos == "NOUN" and tree.child(adjective, "case") is not None


def _of_clause(tree: Tree, head: Token, child: Token) -> bool:
    """Whether the child belongs to the clause of which the noun is the predicate: « il est maire depuis 2012 »."""
    copula = tree.child(head, "cop")
    if copula is None:
        return False
    return child.index < copula.index or (child.index > head.index and child.deprel != "obl:arg")


def _run(tree: Tree, head: Token, kept: set[int]) -> list[Token]:
    """The unbroken stretch around the head; a quotation mark inside does not break it."""
    tokens = tree.tokens
    first = last = head.index
    while first - 1 in kept or (first > 1 and tokens[first - 1].upos == "PUNCT" and first - 2 in kept):
        first -= 1
    while (last + 1 in kept and tokens[last + 1].text != "(") or (
        last + 2 < len(tokens)
        and tokens[last + 1].upos == "PUNCT"
        and tokens[last + 1].text not in ",;("
        and last + 2 in kept
    ):
        last += 1
    if last + 1 < len(tokens) and tokens[last + 1].text in CLOSING:
        opening = CLOSING[tokens[last + 1].text]
        # « le « non » »: what closes the quotation that begins inside belongs to it.
        inside = [token.text for token in tokens[first : last + 1]]
        if inside.count(opening) > inside.count(tokens[last + 1].text):
            last += 1
    return list(tokens[first : last + 1])


def bare_head(tree: Tree, head: Token) -> bool:
    """Whether nothing but a determiner describes the noun."""
    return not any(
        child.deprel.split(":")[0] in ("amod", "nmod", "acl", "nummod") for child in tree.children(head)
    )


def label_tokens(tree: Tree, head: Token) -> list[Token]:
    """The words of a short name for the phrase: no determiner, adjectives, the first complement, no clauses."""
    words = phrase_tokens(tree, head)
    while words[0].index < head.index and words[0].upos in ("DET", "ADP", "PUNCT", "ADV", "CCONJ", "PRON"):
        if words[0].deprel == "advmod" and tree.tokens[words[0].head].upos == "ADJ":
            break  # « le plus jeune président »
        if words[0].deprel == "advmod" and words[1].deprel == "fixed":
            break  # « plus de dix élus »
        words = words[1:]
    behind = _complements(tree, head, words)
    if behind:
        cut = _reach(tree, words, behind)
        words = [token for token in words if token.index < cut]
    while len(words) > 1 and words[-1].upos in ("ADP", "PUNCT", "CCONJ", "DET") and not closes(words):
        words = words[:-1]
    return words or [head]


def complement_of(tree: Tree, head: Token, words: list[Token]) -> list[Token]:
    """« avec le maire » of « rencontre longue avec le maire »: what the words of a label hold behind the noun's adjectives."""
    behind = _complements(tree, head, words)
    start = min((tree.subtree(child)[0].index for child in behind), default=words[-1].index + 1)
    return [token for token in words if token.index >= start]


def _complements(tree: Tree, head: Token, words: list[Token]) -> list[Token]:
    last = words[-1].index
    return [child for child in tree.children(head, *HOLDING) if head.index < child.index <= last]


def closes(words: list[Token]) -> bool:
    """« un plan « injuste » »: whether the last word closes the quotation that begins among those before it."""
    texts = [token.text for token in words]
    return texts[-1] in CLOSING and texts.count(texts[-1]) == texts.count(CLOSING[texts[-1]])


def balanced(words: str) -> str:
    """A label without the quotation marks and brackets that only open or only close in it.

    >>> balanced("la ville « vend le pont")
    'la ville vend le pont'
    >>> balanced("coup d'État » parlementaire"), balanced("soutenir le régime (parti")
    ("coup d'État parlementaire", 'soutenir le régime parti')
    """
    for closing, opening in PAIRS:
        if words.count(opening) != words.count(closing):
            words = " ".join(words.replace(opening, " ").replace(closing, " ").split())
    return words


def _reach(tree: Tree, words: list[Token], behind: list[Token]) -> int:
    """Where the label ends: after the first complement, with what depends on that as long as it stays short."""
    first, *others = behind
    start = tree.subtree(first)[0].index
    if first.deprel.partition(":")[0] == "acl":
        return start
    stop = min((tree.subtree(other)[0].index for other in others), default=words[-1].index + 1)
    below = {
        tree.subtree(token)[0].index
        for token in tree.subtree(first)
        if first.index < token.index < stop and token.deprel.partition(":")[0] in HOLDING
    }
    cuts = [*sorted(index for index in below if first.index < index < stop), stop]
    short = [cut for cut in cuts if _weight(tree, words[0].index, cut) <= LABEL_WORDS]
    return max(short, default=cuts[0])


def _weight(tree: Tree, first: int, end: int) -> int:
    """How many words of a stretch are not small."""
    return sum(token.upos not in SMALL for token in tree.tokens[first:end])
