"""What in an article may refer to something: noun phrases, pronouns and possessives, with what they tell of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.entities.antecedents import relative_head
from kg.entities.lexicon import Lexicon, NounSense, Pronoun, fold, plain
from kg.entities.nouns import NATIVE, ages, gender_of, idiom, makes, many, nations, native, ranks
from kg.entities.phrases import phrase_tokens
from kg.language.tree import Tree, remembered
from kg.model import Token, record

__all__ = ["Candidate", "nominals", "pronouns"]

UNKNOWN = NounSense("", "")
SUBJECT, OBJECT, OBLIQUE, COMPLEMENT, OTHER = "subject", "object", "oblique", "complement", "other"
ROLES = {
    "nsubj": SUBJECT,
    "obj": OBJECT,
    "iobj": OBLIQUE,
    "obl": OBLIQUE,
    "nmod": COMPLEMENT,
    "root": OTHER,
}
# « grâce à » is no grace.
NOT_PHRASES = frozenset({"fixed", "case", "compound", "flat", "flat:foreign"})
CONTENT = frozenset({"NOUN", "ADJ", "PROPN", "NUM", "VERB"})
POINTING = frozenset({"PRON", "DET", "ADV"})
LATTER = frozenset({"NOUN", "ADJ"})
COPIED = ("conj", "appos", "flat")
COMPLEMENTS = ("csubj", "ccomp", "xcomp", "advcl", "obj", "obl")
NO_NATIONS: frozenset[str] = frozenset()


@record
class Candidate:
    """A stretch of text that may refer. `kind` is nominal or pronoun; `verb` is the word that its head hangs from.

    `determiner` is definite, demonstrative, possessive, indefinite or empty; `words` are the folded content words
    beside the head, `names` the folded names in its complements, `ranks` its place in a row; `noun` is what the head denotes; `subject` is the word that a predicate is said of, or -1; `denied`
    where the predicate is negated; `nations` are its adjectives of nations; `made_of` is a bare complement of its kind,
    by which it can be called as well: "projet de loi".
    """

    kind: str
    start: int
    end: int
    sentence: int
    head: int
    lemma: str
    noun: NounSense
    gender: str
    number: str
    role: str
    verb: int
    determiner: str = ""
    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    pronoun: Pronoun | None = None
    complement: bool = False
    subject: int = -1
    denied: bool = False
    nations: frozenset[str] = frozenset()
    ranks: frozenset[str] = frozenset()
    made_of: str = ""


def role_of(tree: Tree, token: Token) -> str:
    """What the word is to its verb; a coordinate or an apposition is what its head is."""
    relation = token.deprel.partition(":")[0]
    while relation in COPIED and token.head >= 0:
        relation = (token := tree.tokens[token.head]).deprel.partition(":")[0]
    return ROLES.get(relation, OTHER)


@remembered
def clause_of(tree: Tree, token: Token) -> Token | None:
    """The word that heads the clause in which this one stands below it; None at the top of the sentence."""
    above = tree.head(token)
    while above is not None and above.upos != "VERB" and above.head >= 0 and not tree.has(above, "cop"):
        above = tree.head(above)
    return above


def determiner_of(tree: Tree, head: Token, lexicon: Lexicon) -> str:
    """The kind of the noun's determiner; a contraction holds a definite article, « pas de victime » an indefinite one."""
    for child in tree.children(head, "det", "nmod:poss"):
        bare = "indefinite" if child.deprel == "det" and plain(child.text) in lexicon.possessing else ""
        if child.index < head.index and (kind := lexicon.determiners.get(plain(child.text), bare)):
            return kind
    for child in tree.children(head, "case"):
        if plain(child.text) in lexicon.contractions:
            return lexicon.determiners.get(plain(child.text), "")
    return "indefinite" if tree.child(head, "nummod") else ""


def nominals(tree: Tree, taken: Sequence[bool], lexicon: Lexicon) -> Iterator[Candidate]:
    """The noun phrases of a sentence whose head no name or value has taken."""
    for token in tree.tokens:
        if token.upos == "PRON" and plain(token.text) in lexicon.functions["one of many"]:
            fellows = many(tree, token, lexicon)
            if fellows is not None:
                yield _one_of(tree, token, fellows, lexicon)
            continue
        if (
            not (token.upos == "NOUN" or (token.upos == "PROPN" and native(tree, token, lexicon)))
            or taken[token.index]
            or token.deprel in NOT_PHRASES
            or idiom(tree, token, lexicon)
        ):
            continue
        if token.deprel == "nmod" and plain(tree.tokens[token.head].lemma) in lexicon.portfolio_holders:
            continue  # « le ministre de l'Industrie » is in charge of no industry that was spoken of
        if token.deprel == "nmod" and makes(tree, token, tree.tokens[token.head], lexicon):
            continue
        if token.deprel == "nmod" and _is_anyone(tree, token, lexicon):
            continue
        if token.text[-1].isalnum() and (len(token.text) > 1 or token.text.isupper()):
            yield _nominal(tree, token, taken, lexicon)


def _is_anyone(tree: Tree, token: Token, lexicon: Lexicon) -> bool:
    """« les droits de l'homme »: whose rights these are is nobody who was spoken of."""
    whose = f"{plain(tree.tokens[token.head].lemma)} {plain(token.lemma)}"
    return whose in lexicon.functions["of anyone"] and token.feature("Number") != "Plur"


def _nominal(tree: Tree, head: Token, taken: Sequence[bool], lexicon: Lexicon) -> Candidate:
    below, tokens = tree.relations(head), phrase_tokens(tree, head)
    if len(tokens) > 1:
        tokens = _from_determiner(_before_name(tree, head, tokens, taken), head)
    lemma = plain(head.lemma)
    words = frozenset([fold(token.lemma) for token in tokens if token.upos in CONTENT and token is not head])
    noun = lexicon.sense(lemma, plain(head.text), words) or UNKNOWN
    if lemma in lexicon.phrases:
        # "Premier" says nothing of a « Premier ministre » but what he is.
        made = {beside for beside, _ in lexicon.phrases[lemma]}
        words -= made & {fold(token.lemma) for token in tokens if token.upos == "ADJ"}
    age = ages(tree, head, noun, lexicon) if "nmod" in below else ()
    words -= {fold(tree.tokens[index].lemma) for index in age}
    clause = _predicated(tree, head, lexicon)
    subject = _subject(tree, clause)
    return Candidate(
        kind="nominal",
        start=tokens[0].start,
        end=tokens[-1].end,
        sentence=tree.sentence.index,
        head=head.index,
        lemma=lemma,
        noun=noun,
        gender=gender_of(tree, head, noun) if below else head.feature("Gender"),
        number=head.feature("Number") or "Sing",
        role=role_of(tree, head),
        verb=head.head,
        determiner=determiner_of(tree, head, lexicon) if below else "",
        words=words,
        names=_names_in_complements(tree, head) if "nmod" in below else frozenset(),
        ranks=ranks(tokens, lexicon) if words else frozenset(),
        complement="acl" in below or any(one.index not in age for one in tree.children(head, "nmod")),
        subject=subject,
        denied=subject >= 0 and _denied(tree, clause),
        nations=nations(tokens, head, lexicon) if words or noun.kind == NATIVE else NO_NATIONS,
        made_of=next(
            (plain(one.lemma) for one in tree.exactly(head, "nmod") if makes(tree, one, head, lexicon)), ""
        )
        if "nmod" in below
        else "",
    )


def _one_of(tree: Tree, one: Token, fellows: Token, lexicon: Lexicon) -> Candidate:
    """« un des chefs du parti » is a « chef »."""
    tokens = phrase_tokens(tree, one)
    return Candidate(
        kind="nominal",
        start=tokens[0].start,
        end=tokens[-1].end,
        sentence=tree.sentence.index,
        head=one.index,
        lemma=plain(fellows.lemma),
        noun=lexicon.sense(plain(fellows.lemma), plain(fellows.text)) or UNKNOWN,
        gender=one.feature("Gender"),
        number="Sing",
        role=role_of(tree, one),
        verb=one.head,
        determiner="indefinite",
        words=frozenset([fold(token.lemma) for token in tree.children(fellows, "amod")]),
        names=_names_in_complements(tree, fellows),
        complement=True,
        subject=_subject(tree, _predicated(tree, one, lexicon)),
        denied=_denied(tree, _predicated(tree, one, lexicon)),
    )


def _names_in_complements(tree: Tree, head: Token) -> frozenset[str]:
    """« le tournoi de Brest », « le ministre de la Santé », « l'usine Vexa »: the words with a capital letter, folded."""
    complements = [
        item for item in tree.exactly(head, "nmod") if item.upos == "PROPN" or tree.child(item, "case")
    ]
    words = [token.text for item in complements for token in tree.subtree(item)]
    return frozenset([fold(word) for word in words if word[0].isupper()])


def _from_determiner(tokens: list[Token], head: Token) -> list[Token]:
    """Without what stands before the phrase itself: "aussi le maire" is "le maire"."""
    before = tokens[: head.index - tokens[0].index]
    if len(before) > 1 and "DET" in [token.upos for token in before]:
        while tokens[0].upos in ("ADV", "CCONJ", "SCONJ", "PRON", "PUNCT"):
            tokens = tokens[1:]
    return tokens


def _predicated(tree: Tree, head: Token, lexicon: Lexicon) -> Token | None:
    """The head of the clause in which this noun is the predicate: "Anne est maire", no place where she is: "en prison"."""
    if tree.child(head, "cop"):
        return None if tree.child(head, "case") else head
    if head.deprel == "conj" and tree.tokens[head.head].upos == "NOUN":
        return _predicated(tree, tree.tokens[head.head], lexicon)
    if head.head < 0 or head.deprel.partition(":")[0] not in ("obj", "xcomp"):
        return None
    verb = tree.tokens[head.head]
    return verb if plain(verb.lemma) in lexicon.copular else None


def _subject(tree: Tree, clause: Token | None) -> int:
    if clause is None:
        return -1
    subjects = tree.children(clause, "nsubj") or tree.exactly(clause, "expl:subj")
    return subjects[0].index if subjects else -1


def _denied(tree: Tree, clause: Token | None) -> bool:
    return clause is not None and any(
        child.feature("Polarity") == "Neg" for child in tree.children(clause, "advmod")
    )


def _before_name(tree: Tree, head: Token, tokens: list[Token], taken: Sequence[bool]) -> list[Token]:
    """ "le président François Hollande": the title ends where the name begins."""
    for child in tree.children(head, "nmod", "appos", "flat"):
        if child.index > head.index and taken[child.index] and not tree.children(child, "case"):
            first = min((token.index for token in tree.subtree(child)), default=child.index)
            kept = [token for token in tokens if token.index < max(first, head.index + 1)]
            return kept or [head]
    return tokens


def pronouns(tree: Tree, lexicon: Lexicon) -> Iterator[Candidate]:
    """The pronouns and possessives of a sentence that refer to some participant."""
    known, latter = lexicon.pronouns, lexicon.latter_words
    for token in tree.tokens:
        pronoun = None
        if token.upos in POINTING:
            ways = known.get(plain(token.text))
            pronoun = _pronoun(tree, token, ways, lexicon) if ways else None
        elif token.upos in LATTER and plain(token.text) in latter:
            pronoun = _latter(tree, token, lexicon)
        if pronoun is not None:
            yield _pronominal(tree, token, pronoun, lexicon)


def _latter(tree: Tree, token: Token, lexicon: Lexicon) -> Pronoun | None:
    """« ce dernier »: what a determiner and an adjective make together, where no more hangs from it."""
    det = tree.child(token, "det")
    alone = det is not None and len(tree.children(token)) <= 2
    return lexicon.latter.get((plain(det.text), plain(token.text))) if det and alone else None


def _pronoun(tree: Tree, token: Token, ways: Sequence[Pronoun], lexicon: Lexicon) -> Pronoun | None:
    for way in ways:
        possessive = way.reference in ("possessive", "speaker-possessive")
        if possessive == (token.upos == "DET") and _refers(tree, token, way, lexicon):
            return way
    return None


def _refers(tree: Tree, token: Token, way: Pronoun, lexicon: Lexicon) -> bool:
    if token.upos == "ADV" and way.reference != "relative":
        return False
    if way.reference == "relative":
        return token.feature("PronType") != "Int" and relative_head(tree, token) is not None
    if way.reference == "reflexive":
        return True
    if way.reference == "described":
        return tree.child(token, "acl:relcl") is not None
    if token.deprel.startswith("fixed"):
        return False
    return not _is_nobody(tree, token, lexicon)


def _is_nobody(tree: Tree, token: Token, lexicon: Lexicon) -> bool:
    """Whether the pronoun is expletive. Parsers see expletives too often: the verb has to be one that allows it."""
    head = tree.head(token)
    if head is None:
        return False
    expletive = token.deprel.startswith("expl")
    verb = plain(head.lemma)
    when = lexicon.impersonal.get(verb, "parsed" if tree.child(head, "cop") else "")
    near = tree.tokens[token.index : token.index + 4]
    words = [(plain(a.text), plain(b.lemma), b) for a, b in pairwise(near)]
    if any((word, lemma) in lexicon.there_is and not _helps(tree, b) for word, lemma, b in words):
        return True
    if when == "reflexive":
        return any(child.feature("Reflex") == "Yes" for child in tree.children(head))
    return when == "always" or (when == "parsed" and expletive and _has_clause(tree, head))


def _helps(tree: Tree, token: Token) -> bool:
    """« après y avoir vécu » is no « il y a »: the word is the auxiliary of another verb."""
    verb = tree.head(token)
    return token.deprel.startswith("aux") and verb is not None and verb.lemma != token.lemma


def _has_clause(tree: Tree, head: Token) -> bool:
    """Whether something else than the pronoun can be the subject of the thought: "il est clair que", "il reste un an"."""
    if tree.child(head, "cop"):
        return head.upos == "ADJ" and tree.has(head, "csubj", "ccomp", "xcomp")
    return not tree.relations(head).keys().isdisjoint(COMPLEMENTS)


def _pronominal(tree: Tree, token: Token, pronoun: Pronoun, lexicon: Lexicon) -> Candidate:
    det = tree.child(token, "det") if token.upos in ("NOUN", "ADJ") else None
    gender = pronoun.gender or (token.feature("Gender") if token.upos == "PRON" else "")
    gender = gender or _shown_by_participle(tree, token)
    return Candidate(
        kind="pronoun",
        start=det.start if det else token.start,
        end=token.end,
        sentence=tree.sentence.index,
        head=token.index,
        lemma=plain(token.text),
        noun=UNKNOWN,
        gender=gender,
        number=pronoun.number,
        role=role_of(tree, token),
        verb=token.head,
        pronoun=pronoun,
    )


def _shown_by_participle(tree: Tree, token: Token) -> str:
    """« l'a confiée »: a participle with « avoir » has the gender of the object before it."""
    verb = tree.head(token)
    before = verb is not None and token.deprel == "obj" and token.index < verb.index
    if verb is None or not before or not tree.exactly(verb, "aux:tense"):
        return ""
    return "Fem" if verb.feature("Gender") == "Fem" and verb.feature("VerbForm") == "Part" else ""
