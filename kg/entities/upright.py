"""Trees set right before anything is read from them, where commas mislead a parser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.entities.adverbial import adverbial
from kg.entities.belonging import HEARERS, Place, counted, listed, of_somebody, wanted, words_above
from kg.entities.epithets import unburdened
from kg.entities.lexicon import Lexicon, plain
from kg.model import Sentence, Token

__all__ = ["upright"]

# What stands behind a verb that lacks nothing.
FILLED = frozenset({"obj", "xcomp", "ccomp", "obl:arg", "expl:pv", "expl:comp"})


def upright(sentence: Sentence, lexicon: Lexicon) -> Sentence:
    """The sentence with all that is known to be hung wrong in its tree set right."""
    return unburdened(adverbial(_parted(sentence, lexicon), lexicon), lexicon)


def _parted(sentence: Sentence, lexicon: Lexicon) -> Sentence:
    """The sentence with a perfect joined again, an absolute clause on its own, and a description beside its names.

    > La ville a, ce jeudi 8 mars, vendu le port.          a ─aux:tense─► vendu
    > Elle n'a toujours pas, à ce jour, vendu le port.     a ─aux:tense─► vendu
    > Le port perd des clients, le trafic tombant à 3 %.   trafic ─nsubj─► tombant ─advcl─► perd
    > Elle a visité Lima, la capitale.                     capitale ─appos─► Lima
    > Un de ses adjoints, Paul Bois, a signé.              un ─appos─► Paul ─nsubj─► signé
    > Elle dit que Paul vient et que Marie part.           part ─conj─► vient
    > Il demande au préfet de venir.                       venir ─xcomp─► demande
    > La ville a de son côté vendu le port.                a ─aux:tense─► vendu
    > Il vit de la pêche en mer et de la chasse.            chasse ─conj─► pêche, and not: mer
    > Tenu par l'ami d'Anne, le bar a fermé.               bar ─nsubj─► fermé, and not: Anne
    > Elle emploie plus de dix personnes.                  personnes ─obj─► emploie, and not: plus
    > Il souffre depuis dix ans de maux de dos.            maux ─obl:arg─► souffre
    > Un élu hostile à la loi qui a crié a été exclu.      crié ─acl:relcl─► élu, and not: loi
    > Des villes ont voté, parmi lesquelles Lima.          Lima ─nmod─► villes, « parmi lesquelles » before it
    """
    tokens = sentence.tokens
    moved: dict[int, Place] = {}
    if tokens[0].deprel == "advcl" and plain(tokens[0].text) in lexicon.functions["like a preposition"]:
        moved.update(_prepositional(tokens, tokens[0]))
    if tokens[0].deprel == "advcl" and tokens[0].feature("VerbForm") == "Part":
        moved.update(_led(tokens, tokens[0]))
    for token in tokens[1:-1]:
        if token.text == ",":
            before = _past_adverbs(tokens, token.index - 1)
            if before.lemma in lexicon.functions["have"] and not before.deprel.startswith("aux"):
                moved.update(_joined(tokens, before))
        elif token.upos == "NOUN" and token.deprel == "nmod" and tokens[token.head].deprel == "obl:mod":
            moved.update(wanted(tokens, token, lexicon))
        elif token.upos == "ADP" and tokens[token.index - 1].upos == "ADV":
            moved.update(counted(tokens, tokens[token.index - 1], token))
        elif token.deprel == "acl" and token.feature("Tense") == "Pres":
            moved.update(_absolute(tokens, token))
        elif token.upos == "NOUN" and token.deprel == "obl:arg" and token.head < token.index:
            moved.update(_inserted(tokens, token, lexicon))
        elif token.upos == "PRON" and token.feature("PronType") == "Rel":
            moved.update(listed(tokens, token, lexicon))
        elif token.upos == "PROPN" and token.deprel == "appos":
            moved.update(_named(tokens, token))
        elif token.upos == "NOUN" and token.deprel in ("conj", "obj"):
            moved.update(_described(tokens, token))
            if token.deprel == "conj" and token.index not in moved:
                moved.update(_matched(tokens, token))
        elif token.deprel == "acl:relcl" and token.lemma in lexicon.functions["of somebody"]:
            moved.update(of_somebody(tokens, token, lexicon))
        elif token.deprel == "conj" and token.upos == "VERB":
            moved.update(_said_too(tokens, token))
        elif token.deprel == "acl" and token.feature("VerbForm") == "Inf":
            moved.update(_asked(tokens, token, lexicon))
    if not moved:
        return sentence
    placed = tuple(_placed(token, *moved[token.index]) if token.index in moved else token for token in tokens)
    return replace(sentence, tokens=placed)


def _led(tokens: tuple[Token, ...], participle: Token) -> Iterator[tuple[int, Place]]:
    """« Construit par les frères d'Anne, le pont rouvre »: the noun behind the first comma is the subject."""
    comma = next((token for token in tokens[:-2] if token.text == ","), None)
    verb = tokens[participle.head]
    below = [token for token in tokens if token.head == verb.index]
    if comma is None or verb.index < comma.index or any("subj" in token.deprel for token in below):
        return
    article = tokens[comma.index + 1]
    noun = tokens[article.head] if article.deprel == "det" else article
    if noun.deprel == "appos" and comma.index < noun.index < verb.index and noun.upos in ("NOUN", "PROPN"):
        passive = any(token.deprel == "aux:pass" for token in below)
        yield noun.index, (verb.index, "nsubj:pass" if passive else "nsubj")


def _placed(token: Token, head: int, relation: str) -> Token:
    return replace(token, head=head, deprel=relation, upos="ADP" if relation == "case" else token.upos)


def _prepositional(tokens: tuple[Token, ...], participle: Token) -> Iterator[tuple[int, Place]]:
    """« Concernant le budget, le maire attend »: a participle that nobody is the subject of stands before its noun."""
    below = [token for token in tokens if token.head == participle.index and token.deprel != "punct"]
    if len(below) == 1 and below[0].deprel == "obj":
        yield below[0].index, (participle.head, "obl:mod")
        yield from (
            (token.index, (below[0].index, token.deprel))
            for token in tokens
            if token.head == participle.index and token.deprel == "punct"
        )
        yield participle.index, (below[0].index, "case")


def _matched(tokens: tuple[Token, ...], noun: Token) -> Iterator[tuple[int, Place]]:
    """What repeats a preposition is coordinated to the noun that has it: « par la hausse du prix et par le retard »."""
    shown = {token.head: token.lemma for token in reversed(tokens) if token.deprel == "case"}
    first = tokens[noun.head]
    own = shown.get(noun.index)
    if own is None or own == shown.get(first.index) or first.upos == "VERB":
        return
    for above in words_above(tokens, first):
        if above.upos == "VERB":
            return
        if above is not first and above.index < noun.index and shown.get(above.index) == own:
            yield noun.index, (above.index, "conj")
            return


def _past_adverbs(tokens: tuple[Token, ...], index: int) -> Token:
    """The word before the adverbs, and the prepositions that make locutions with them, that end here."""
    while index > 0 and tokens[index].upos in ("ADV", "ADP"):
        index -= 1
    return tokens[index]


def _joined(tokens: tuple[Token, ...], verb: Token) -> Iterator[tuple[int, Place]]:
    """A verb of having before a comma, with a participle below it behind the next one, as that participle's auxiliary."""
    below = [token for token in tokens if token.head == verb.index]
    participle = next(
        (
            token
            for token in tokens[verb.index + 3 :]
            if tokens[token.index - 1].text == ","
            and token.feature("VerbForm") == "Part"
            and token.feature("Tense") == "Past"
            and any(item is verb for item in words_above(tokens, token))
        ),
        None,
    )
    if participle is None or any(token.deprel in FILLED and token is not participle for token in below):
        return
    yield from _made_one(tokens, verb, participle)


def _made_one(tokens: tuple[Token, ...], verb: Token, participle: Token) -> Iterator[tuple[int, Place]]:
    """The verb is the participle's auxiliary, and all that hangs from it hangs from that."""
    yield participle.index, (verb.head, verb.deprel)
    yield verb.index, (participle.index, "aux:tense")
    for token in tokens:
        if token.head == verb.index and token is not participle:
            yield token.index, (participle.index, token.deprel)


def _inserted(tokens: tuple[Token, ...], noun: Token, lexicon: Lexicon) -> Iterator[tuple[int, Place]]:
    """« a de son côté annoncé »: a perfect is joined again around a locution that the parser took for a complement."""
    verb, behind = tokens[noun.head], tokens[noun.index + 1]
    words = " ".join(plain(token.text) for token in tokens[verb.index + 1 : noun.index + 1])
    if words not in lexicon.functions["locution"] or verb.deprel.startswith("aux"):
        return
    perfect = (
        behind.upos == "VERB" and behind.feature("Tense") == "Past" and behind.feature("VerbForm") == "Part"
    )
    below = any(item is verb for item in words_above(tokens, behind))
    if perfect and below and verb.lemma in (lexicon.functions["have"] | lexicon.functions["be"]):
        yield from _made_one(tokens, verb, behind)
        yield noun.index, (behind.index, "obl:mod")


def _described(tokens: tuple[Token, ...], noun: Token) -> Iterator[tuple[int, Place]]:
    """What is hung as one more of several names, behind a comma and no conjunction, where these are closed: an apposition."""
    host = tokens[noun.head]
    if noun.deprel == "conj" and host.upos == "VERB":
        yield from _joined_to_subject(tokens, noun)
    below = [token for token in tokens if token.head == noun.index]
    first = min([token.index for token in below if token.deprel in ("det", "nummod", "amod")] or [0])
    if noun.deprel == "obj" and any(_is_fellow(token, noun) for token in tokens[host.index : noun.index]):
        host = tokens[first - 2]  # « compte des clients à Lima, la capitale »: the name before the comma
        while host.deprel == "conj" or host.deprel.startswith("flat"):
            host = tokens[host.head]
    definite = any(token.feature("Definite") == "Def" for token in below if token.deprel == "det")
    if not definite or host.upos != "PROPN" or tokens[first - 1].text != ",":
        return
    names = [
        token for token in tokens if token.head == host.index and token.deprel == "conj" and token is not noun
    ]
    closed = any(
        token.deprel == "cc" and any(token.head == name.index for name in names) for token in tokens[:first]
    )
    last = not names or names[-1].index < noun.index
    if last and closed == bool(names) and noun.feature("Number") == ("Plur" if names else "Sing"):
        yield noun.index, (host.index, "appos")


def _said_too(tokens: tuple[Token, ...], verb: Token) -> Iterator[tuple[int, Place]]:
    """A clause with the conjunction of what is said, hung beside the verb that says so: one more thing that is said."""
    host = tokens[verb.head]
    mark = next((token for token in tokens if token.head == verb.index and token.deprel == "mark"), None)
    said = next((token for token in tokens if token.head == host.index and token.deprel == "ccomp"), None)
    if mark is None or said is None or said.index > verb.index:
        return
    if any(token.head == said.index and token.lemma == mark.lemma for token in tokens[: said.index]):
        yield verb.index, (said.index, "conj")


def _asked(tokens: tuple[Token, ...], verb: Token, lexicon: Lexicon) -> Iterator[tuple[int, Place]]:
    """What somebody is asked, allowed or forbidden to do, hung from whom that is: it belongs to the verb of asking."""
    somebody = tokens[verb.head]
    host = tokens[somebody.head] if somebody.head >= 0 else None
    if host is None or host.upos != "VERB" or not somebody.deprel.startswith("obl"):
        return
    case = next((token for token in tokens if token.head == somebody.index and token.deprel == "case"), None)
    if case is None or case.lemma not in lexicon.functions["toward"]:
        return
    sense = lexicon.sense(plain(somebody.lemma), plain(somebody.text))
    if somebody.upos == "PROPN" or (sense is not None and sense.type in HEARERS):
        yield verb.index, (host.index, "xcomp")


def _joined_to_subject(tokens: tuple[Token, ...], noun: Token) -> Iterator[tuple[int, Place]]:
    """« Des grèves sont prévues, ainsi qu'une marche »: a noun hung as one more verb is one more subject."""
    verb = tokens[noun.head]
    below = [token for token in tokens if token.head == noun.index]
    beside = [token for token in tokens if token.head == verb.index]
    subjects = [token for token in beside if token.deprel.startswith("nsubj") and token.index < verb.index]
    joined = any(token.deprel == "cc" and token.upos == "ADV" for token in below)
    if joined and subjects and not any(token.deprel in FILLED for token in (*below, *beside)):
        yield noun.index, (subjects[-1].index, "conj")


def _named(tokens: tuple[Token, ...], name: Token) -> Iterator[tuple[int, Place]]:
    """A name behind « un de ses adjoints »: it stands for whom that one is, who is described so."""
    one = tokens[name.head]
    if one.deprel == "nmod" and one.feature("Number") == "Plur":
        one = tokens[one.head]  # « l'un des adjoints du maire, Paul Bois »: hung from the last of the words
    below = [token for token in tokens if token.head == one.index]
    if one.upos == "PRON" and one.index < name.index and any(token.deprel == "nmod" for token in below):
        yield name.index, (one.head, one.deprel)
        yield one.index, (name.index, "appos")
        for token in below:
            if token.deprel == "case":
                yield token.index, (name.index, "case")


def _is_fellow(token: Token, noun: Token) -> bool:
    """Whether two words hang in the same way from the same word: a verb has one object."""
    return token.head == noun.head and token.deprel == noun.deprel


def _absolute(tokens: tuple[Token, ...], participle: Token) -> Iterator[tuple[int, Place]]:
    """A second subject, behind a comma and the verb, that has a participle of its own: a clause beside the verb's."""
    noun = tokens[participle.head]
    while noun.deprel == "nmod":
        noun = tokens[noun.head]
    if not noun.deprel.startswith("nsubj") or not noun.head < noun.index < participle.index:
        return
    first = min(
        [token.index for token in tokens if token.head == noun.index and token.deprel == "det"]
        or [noun.index]
    )
    below = [token for token in tokens if token.head == noun.head and token is not noun]
    before = any(token.deprel.startswith("nsubj") and token.index < noun.head for token in below)
    if tokens[first - 1].text == "," and before and any(token.deprel in FILLED for token in below):
        yield participle.index, (noun.head, "advcl")
        yield noun.index, (participle.index, "nsubj")
