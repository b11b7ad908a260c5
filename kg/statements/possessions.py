"""What has what, and what is where and when, as noun phrases say it in passing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.language.tree import Tree
from kg.model import Amount, Mention, Period, Qualifier, Token
from kg.statements.antecedents import antecedent_of
from kg.statements.arguments import is_locution, whole_marker
from kg.statements.article import Article
from kg.statements.besides import changes
from kg.statements.events import Proposal
from kg.statements.frames import Frames
from kg.statements.links import Link
from kg.statements.markers import is_told, marker_of, possessive_of
from kg.statements.modality import ACTUAL, Status
from kg.statements.times import is_time

__all__ = ["ages", "authors", "dated", "members", "owners", "places", "possessions", "states"]

# What stands beside the noun that tells a state, and is no part of it.
BESIDE_STATE = ("acl", "appos", "conj", "punct", "cc")
# Who can make something.
MAKERS = ("Person", "Organization", "Group")


def possessions(article: Article, tree: Tree) -> Iterator[Proposal]:
    """What follows "de" after a noun, when it is a name, has what the noun names, or is where that is or belongs.

    > Le budget du syndicat Valmont reste secret.
    Valmont | avoir | Le budget
    """
    for host, token, marker in article.complements(tree):
        if host.upos != "NOUN" or not article.frames.is_a(marker, "of"):
            continue
        if article.frames.is_a(host.lemma, "deed"):
            continue  # whose deed it is, says the next rule
        for item in tree.conjuncts(token):
            owner = article.node(tree, item)
            if not article.is_entity(owner) or owner.type in ("Amount", "Date"):
                continue
            owned = article.owned(tree, host, token)
            if owned.type == "Organization" and article.frames.is_a(host.lemma, "any party"):
                continue  # « Vexa, client de Dorn »: what it is to Dorn is said where its name is
            how = (
                f"type={owner.type}", f"owned={owned.type}", f"noun={host.lemma}",
                f"named={article.is_named(owner)}", f"who={article.is_named(owned)}", f"frame={host.lemma in article.frames.nouns}",
            )  # fmt: skip
            words = (host, item)
            if owner.type in ("Place", "Organization") and owned.type == "Person":
                # « le juge du tribunal de Lille »: whose he is, not what the court has.
                link = Link("affiliation", host, owned, owner, words, how, property="affiliatedWith")
            elif owner.type == "Place" and owned.type in ("Place", "Organization"):
                link = Link("location", host, owned, owner, words, how, property="locatedIn")
            elif owned.type == "Person" and article.is_named(owned):
                # « un proche du maire » that is known by name: who he is, not what the mayor has
                link = Link("role", host, owned, article.description(tree, host), words, how)
            else:
                link = Link("possession", host, owner, owned, words, how, verb="have", property="has")
            yield from link.propose(article, tree)


def members(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A person's name with an organization behind "de", set off by commas, belongs to that; so with parties and places in parentheses.

    > Jeanne Perrin, de l'Institut Pasteur, a signé la lettre.
    Jeanne Perrin | être | Institut Pasteur
    > Le conseil réunit trois élus : Anne Colin (CDU, Belgique), Paul Vernet (MR) et Luc Aubry (PS, Suède).
    Anne Colin | être | Belgique
    Paul Vernet | être | MR
    """
    for name, inside in _bracketed(article, tree):
        body = article.name_node(inside)
        how = (f"type={body.type}", "parenthesis", "named=True")
        yield from Link(
            "affiliation", tree.tokens[inside.token], article.name_node(name), body,
            (tree.tokens[name.token], tree.tokens[inside.token]), how, property="affiliatedWith",
        ).propose(article, tree)  # fmt: skip
    for name in article.names_in(tree):
        host = tree.tokens[name.token] if name.type == "Person" else None
        for token in tree.exactly(host, "nmod") if host is not None else ():
            first = tree.subtree(token)[0]
            comma = first.text == "," or tree.tokens[first.index - 1].text == ","
            if not comma or token.index < name.token:
                continue
            marker = marker_of(tree, token, article.frames, "case")
            body = article.node(tree, token)
            if article.frames.is_a(marker, "of") and body.type == "Organization":
                how = (f"type={body.type}", "apart", f"named={article.is_named(body)}")
                yield from Link(
                    "affiliation", token, article.name_node(name), body, (tree.tokens[name.token], token), how,
                    property="affiliatedWith",
                ).propose(article, tree)  # fmt: skip


def _bracketed(article: Article, tree: Tree) -> Iterator[tuple[Mention, Mention]]:
    """The names of bodies and places that stand alone in parentheses behind a person's, with that."""
    person: Mention | None = None
    for one, other in pairwise(article.names_in(tree)):
        between = article.text[one.end : other.start].strip()
        if between == "(":
            person = one if one.type == "Person" else None
        elif between != ",":
            person = None
        closes = article.text[other.end : other.end + 1] in (")", ",")
        if person is not None and closes and other.type in ("Organization", "Place"):
            yield person, other


def authors(article: Article, tree: Tree) -> Iterator[Proposal]:
    """Whose decision, speech or report something is, made it.

    > Le discours du maire a surpris.
    le maire | discours | Le discours
    > Anne Roux défend sa décision.
    Anne Roux | décision | sa décision
    """
    frames = article.frames
    for noun in article.nouns(tree):
        if not frames.is_a(noun.lemma, "deed") or article.is_spent(tree, noun):
            continue
        if article.in_name(tree, noun):
            continue
        makers = [item for item in tree.children(noun, "det", "nmod") if item.feature("Poss") == "Yes"]
        for child in tree.children(noun, "nmod", "obl"):
            marker = marker_of(tree, child, frames, "case")
            if (frames.is_a(marker, "of") and not makers) or frames.is_a(marker, "by"):
                makers += tree.conjuncts(child)
        for item in makers:
            maker = article.node(tree, item)
            if maker.type in MAKERS and not _is_kind(tree, item, frames):
                own = item.index < noun.index
                thing = article.description(tree, noun) if own else article.owned(tree, noun, item)
                how = (f"type={maker.type}", f"noun={noun.lemma}", f"by={item.deprel}")
                yield from Link(
                    "authorship", noun, maker, thing, (noun, item), how,
                    property="isAuthorOf", lemma=noun.lemma,
                ).propose(article, tree)  # fmt: skip


def _is_kind(tree: Tree, maker: Token, frames: Frames) -> bool:
    """« un conseil d'administration »: a bare singular noun tells of which kind something is, and not whose."""
    return maker.upos == "NOUN" and maker.feature("Number") != "Plur" and not is_told(tree, maker, frames)


def owners(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A possessive tells whose something is.

    > Marie Lantier vend sa voiture.
    Marie Lantier | avoir | sa voiture
    """
    for token in article.nouns(tree):
        if not tree.has(token, "det", "nmod"):
            continue
        owner_word = possessive_of(tree, token)
        if owner_word is None:
            # « le groupe, dont le siège est à Lyon »
            relatives = [item for item in tree.children(token, "nmod") if relative_before(tree, token, item)]
            owner_word = relatives[0] if relatives else None
        if owner_word is None or article.is_spent(tree, token) or article.frames.is_a(token.lemma, "deed"):
            continue
        if is_locution(tree, token, article.frames):
            continue  # « pour sa part »
        bearer = antecedent_of(tree, owner_word, article.frames)
        owner, owned = article.node(tree, bearer), article.node(tree, token)
        if article.is_entity(owner) or bearer is not owner_word:
            how = (
                f"type={owner.type}",
                f"owned={owned.type}",
                f"noun={token.lemma}",
                f"frame={token.lemma in article.frames.nouns}",
                f"relative={bearer is not owner_word}",
            )
            link = Link("possessive", token, owner, owned, (token,), how, verb="have", property="has")
            yield from link.propose(article, tree)


def relative_before(tree: Tree, noun: Token, word: Token) -> bool:
    """« dont le siège »: whether the word is the relative pronoun that tells whose that is; not « dont deux maires »."""
    if word.upos != "PRON" or word.index > noun.index or tree.has(word, "case"):
        return False
    return any(item.feature("Definite") == "Def" for item in tree.children(noun, "det"))


def places(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A place behind a noun, with a preposition of place, says where that is.

    > L'usine à Clermont emploie deux cents personnes.
    L'usine | être | Clermont
    """
    for host, token, marker in article.complements(tree):
        if host.upos not in ("NOUN", "PROPN") or not article.frames.is_a(marker, "place"):
            continue
        if tree.child(host, "cop"):  # « est en poste à Lyon »: where the clause holds
            continue
        if is_time(article, tree, host):
            continue  # « employé depuis deux ans à Lyon »
        if any(article.frames.is_a(item.lemma, "for example") for item in tree.exactly(token, "advmod")):
            continue  # « dans le monde, principalement en Asie »
        if article.frames.is_inside_marker(token.text) and not tree.has(token, "det", "nmod", "amod"):
            continue  # « cent personnes à bord »
        place = article.node(tree, token)
        alone = token.upos == "NOUN" and " " not in place.label  # « le commissaire à l'Agriculture »
        if place.type == "Place" or (article.is_named(place) and place.type != "Person" and not alone):
            subject = article.owned(tree, host, token)
            if subject.type == "Amount":
                continue  # « le record du 100 m à Pékin »
            how = (f"type={subject.type}", f"place={place.type}", f"marker={marker}", f"noun={host.lemma}")
            yield from Link(
                "location", host, subject, place, (host, token), how, property="locatedIn"
            ).propose(article, tree)


def states(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A bare noun behind "en" tells the state that something is in.

    > Les ouvriers en grève bloquent le port.
    Les ouvriers | être | en grève
    > Un navire à la dérive bloque le port.
    Un navire | être | à la dérive
    > La droite au pouvoir défend la loi.
    La droite | être | au pouvoir
    > Les usines à l'abandon seront vendues.
    Les usines | être | à l'abandon
    > Lyon et Lens en finale.
    Lens | être | en finale
    """
    frames = article.frames
    for host, token, marker in (*article.complements(tree), *_of_named(article, tree)):
        if token.upos != "NOUN" or not marker or host.upos not in ("NOUN", "PROPN"):
            continue
        bare = not tree.has(token, "det")
        if not (bare and frames.is_a(marker, "state")) and not _is_state(tree, token, marker, frames):
            continue
        if frames.canonical(f"{host.lemma} {marker} {token.text}") in frames.compounds:
            continue  # « une mise en examen »
        if article.in_name(tree, token) or article.value_at(tree, token) is not None:
            continue
        if is_time(article, tree, host):
            continue  # « après dix ans au pouvoir »
        if changes(article, tree, token):
            continue  # « en hausse de 4 % »: tells what rises, as `nominal_events` says
        words = tree.subtree(token, without=BESIDE_STATE)
        if words[-1].index > token.index + 2:
            words = tree.subtree(token, without=(*BESIDE_STATE, "nmod", "obl"))
        how = (f"noun={token.lemma}", f"type={article.description_type(tree, token)}", f"marker={marker}")
        value = article.words_node(tree, words)
        whole = [article.node(tree, item) for item in tree.conjuncts(host)] if host.upos == "PROPN" else []
        for subject in whole or [article.without(tree, host, token)]:
            yield from Link("state", token, subject, value, (host, token), how).propose(article, tree)


def _of_named(article: Article, tree: Tree) -> Iterator[tuple[Token, Token, str]]:
    """« Vexa en grève », where that is the whole sentence: the name, what it is in, the preposition."""
    roots = [item for item in tree.tokens if item.deprel == "root" and item.upos == "PROPN"]
    if not roots or any(item.feature("VerbForm") == "Fin" for item in tree.tokens):
        return
    for root in roots:
        for token in tree.exactly(root, "nmod") if article.in_name(tree, root) else ():
            yield root, token, marker_of(tree, token, article.frames, "case")


def _is_state(tree: Tree, token: Token, marker: str, frames: Frames) -> bool:
    """« à l'arrêt »: whether a phrase tells a state as a whole."""
    if marker.partition(" ")[0] not in frames.state_openings:
        return False
    words = tree.children(token, "case", "det", "amod")
    return frames.canonical(tree.text([token, *words])) in frames.state_phrases


def ages(article: Article, tree: Tree) -> Iterator[Proposal]:
    """Years behind a person are the person's age.

    > Jeanne Perrin, 34 ans, reprend la boutique.
    Jeanne Perrin | avoir | 34 ans
    > La peintre Jeanne Perrin est morte lundi à l'âge de 81 ans.
    Jeanne Perrin | avoir | 81 ans
    """
    years_told = any(
        isinstance(item.value, Amount) and item.value.unit == "year" for item in article.values_of(tree)
    )
    for token in tree.tokens if years_told else ():
        years, host = token, tree.head(token)
        if host is not None and article.frames.is_inside_marker(token.text):
            years, host = _at_age(article, tree, token)
        elif token.deprel.partition(":")[0] not in ("nmod", "appos", "parataxis"):
            continue
        value = article.value_at(tree, years)
        if host is None or value is None:
            continue
        person = article.node(tree, host)
        if isinstance(value.value, Amount) and value.value.unit == "year" and person.type == "Person":
            node, how = article.value_node(value), (f"relation={token.deprel}",)
            within = tree.below(token, host) and not article.is_named(person)
            bare = article.without(tree, host, token) if within else person
            yield from Link(
                "age", years, bare, node, (host, years), how, verb="have", property="age"
            ).propose(article, tree)


def _at_age(article: Article, tree: Tree, age: Token) -> tuple[Token, Token | None]:
    """« meurt à l'âge de 81 ans », « la mort de Paul Roy, à l'âge de 81 ans »: the years, and whose they are."""
    marker, years = whole_marker(tree, age, article.frames)
    host = tree.tokens[age.head]
    if years is age or article.frames.defaults.get(marker) != "amount":
        return age, None
    clause = article.clause(tree, host)
    around = [item.token for item in clause.subjects] if clause is not None else [host]
    people = (
        item
        for bearer in around[:1]
        for item in (bearer, *tree.exactly(bearer, "nmod"))
        if article.node(tree, item).type == "Person"
    )
    return years, next(people, None)


def dated(article: Article, tree: Tree) -> Iterator[Proposal]:
    """An event with its date behind it takes place then, and is planned where that is still to come.

    > L'attentat du 3 mars 2015 a fait vingt blessés.
    L'attentat | avoir lieu | 3 mars 2015
    """
    published = article.document.published
    for host, token, _ in article.complements(tree):
        value = article.value_at(tree, token)
        if value is None or not isinstance(value.value, Period) or host.upos != "NOUN":
            continue
        if article.value_at(tree, host) is not None:
            continue  # « trois jours de mai », « 3 % en mai »
        subject = article.owned(tree, host, token)
        how = (f"type={subject.type}", f"noun={host.lemma}")
        time = (Qualifier("time", article.value_node(value)),)
        future = published is not None and value.value.start > published.isoformat()
        link = Link(
            "dated",
            host,
            subject,
            None,
            (host, token),
            how,
            verb="happen",
            property="takesPlace",
            qualifiers=time,
            status=Status(False, "planned", value.text) if future else ACTUAL,
        )
        yield from link.propose(article, tree)
