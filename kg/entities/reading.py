"""One pass over an article, in reading order: every mention finds the thing that it refers to, or starts a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from kg.entities.beside import Beside, beside, reading_order
from kg.entities.coreference import Decision, choose
from kg.entities.doers import doer_of, subject_around
from kg.entities.inner import INNER, INSIDE, grouped_inner, inner_names
from kg.entities.joint import joined
from kg.entities.lexicon import Lexicon, plain
from kg.entities.memory import Memory
from kg.entities.mentions import Candidate, clause_of, nominals, pronouns, role_of
from kg.entities.names import Name, find_names
from kg.entities.naming import Named, group_names
from kg.entities.pointing import WEIGHED, ahead, around_oneself, could_be, could_be_called, tied, turn
from kg.entities.quoting import in_quotation, quotations
from kg.entities.referents import KIN, Place, Referent
from kg.entities.speakers import speaker_of
from kg.entities.titles import (
    BODIES,
    COUNTRIES,
    body_of,
    by_syntax,
    own_country,
    same_sort,
    sort_of,
    turns_out,
)
from kg.entities.upright import upright
from kg.language.tree import Tree
from kg.model import Analysis, Document, Refusal, Span, Token, ValueMention, record

__all__ = ["Reader", "Resolved"]

QUOTES = (("«", "»"), ("“", "”"), ('"', '"'))


@record
class Resolved:
    """A mention with the number of the referent it was given (-1: none) and what decided."""

    item: Name | Candidate
    referent: int
    rule: str


class Reader:
    """The state of reading one article. `resolved` grows in reading order; `by_token` finds a mention by its words.

    `nouns` are the noun phrases of the sentence at hand; `predicates` are the nouns that say what a thing is ("Anne est
    la maire"), `inner` the names inside longer ones: mentions, but no participants.
    """

    def __init__(
        self,
        document: Document,
        analysis: Analysis,
        values: Sequence[ValueMention],
        lexicon: Lexicon,
        *,
        decide: Decision = choose,
    ) -> None:
        self.lexicon = lexicon
        self.text = document.text
        self._decide = decide
        self.trees = [Tree(upright(sentence, lexicon)) for sentence in analysis.sentences]
        self.names = find_names(document, analysis, [Span(v.start, v.end) for v in values], lexicon)
        self.groups = group_names(self.names, lexicon)
        self._inner = list(inner_names(self.names, analysis.sentences, lexicon))
        self.quotes = quotations(document.text, QUOTES)
        self.memory = Memory()
        self.resolved: list[Resolved] = []
        self.predicates: list[Resolved] = []
        self.refusals: list[Refusal] = []
        self.by_token: dict[tuple[int, int], int] = {}
        self._said: dict[tuple[int, int], int] = {}
        self._name_at: dict[tuple[int, int], Name] = {}
        self._taken = [[False] * len(tree.tokens) for tree in self.trees]
        starts = [0, *(tree.sentence.start for tree in self.trees)]
        self._paragraphs = [*accumulate(document.text.count("\n", *span) for span in pairwise(starts))]
        self._mark(values)
        self._referent_of_group: dict[int, int] = {}
        self._group_of_referent: dict[int, int] = {}
        self._kin: list[tuple[int, Candidate]] = []
        self.beside: Beside = {}
        self.nouns: dict[int, Candidate] = {}
        self._group_of = {id(name): i for i, group in enumerate(self.groups) for name in group.names}
        self._group_of |= grouped_inner(self._inner, self.groups, lexicon)
        self.inner: list[Resolved] = []

    def _mark(self, values: Sequence[ValueMention]) -> None:
        for value in values:
            for token in self.trees[value.sentence].tokens:
                if value.start <= token.start < value.end and not self._counted(token):
                    self._taken[value.sentence][token.index] = True
        for name in self.names:
            for index in range(name.first - name.titled, name.last + 1):
                self._taken[name.sentence][index] = True
                self._name_at[name.sentence, index] = name

    def _counted(self, token: Token) -> bool:
        """Whether the word is what an amount counts, people or things: they are spoken of, not only the number."""
        noun = self.lexicon.sense(plain(token.lemma), plain(token.text)) if token.upos == "NOUN" else None
        return noun is not None and noun.type not in ("Date", "Concept")

    def read(self) -> None:
        """Resolve every mention of the article."""
        later: list[tuple[Candidate, Place]] = []
        for order, tree in enumerate(reading_order(self.trees)):
            for item in self._items(tree):
                place = self._place(item, order, tree)
                if isinstance(item, Name) and item.source == INNER:
                    self.inner.append(Resolved(item, self.number_of(item), INSIDE))
                    if self.type_of(item) == "Person":
                        self.memory.mention(self.number_of(item), place)
                elif isinstance(item, Name):
                    self._keep(item, self.number_of(item), place, f"name: {item.source}")
                elif item.pronoun and item.pronoun.reference.startswith("speaker"):
                    later.append((item, place))
                else:
                    self._resolve(tree, item, place)
            self._relate(tree)
        for nameless, named in self.memory.named_later():
            self._unite(nameless, named)
        for candidate, place in later:
            self._speaker(candidate, place)

    def _items(self, tree: Tree) -> list[Name | Candidate]:
        """The mentions of a sentence, in the order of their heads."""
        index = tree.sentence.index
        names = [name for name in self.names if name.sentence == index]
        pointing = list(pronouns(tree, self.lexicon))
        heads = {candidate.head for candidate in pointing}
        nouns = [one for one in nominals(tree, self._taken[index], self.lexicon) if one.head not in heads]
        self.nouns = {noun.head: noun for noun in nouns}
        self.beside = beside(tree, nouns, names, self.lexicon) if names else {}
        inner = [name for name in self._inner if name.sentence == index]
        found: list[Name | Candidate] = [*names, *inner, *pointing, *nouns]
        return sorted(found, key=lambda item: (turn(tree, item, self.lexicon), item.start))

    def _place(self, item: Name | Candidate, order: int, tree: Tree) -> Place:
        head, headline = tree.tokens[item.head], tree.sentence.headline
        clause, above, doer, around, coming = clause_of(tree, head), -1, -1, -1, -1
        role, kind = (role_of(tree, head), "name") if isinstance(item, Name) else (item.role, item.kind)
        # What binds a mention to the clauses around it is asked of those alone that may refer to a thing before.
        if (
            clause is not None
            and not isinstance(item, Name)
            and (item.determiner != "indefinite" or headline)
        ):
            outer = clause_of(tree, clause)
            above = outer.index if outer else -1
            doer = self._word(tree, doer_of(tree, head, clause))
            around = self._word(tree, subject_around(tree, clause))
        if not isinstance(item, Name) and item.pronoun and item.pronoun.reference in WEIGHED:
            coming = self._word(tree, ahead(tree, head, self.lexicon))
        verb = head.head
        if kind == "pronoun" and around_oneself(tree, head, self.lexicon):
            verb, doer = -1, -1
        return Place(
            order, item.start, role, item.sentence, verb, kind, in_quotation(item.start, self.quotes),
            clause.index if clause else -1, above, item.head, doer, headline, self._says(tree, head), around,
            coming, self._paragraphs[item.sentence],
        )  # fmt: skip

    def _says(self, tree: Tree, head: Token) -> bool:
        for case in tree.children(head, "case"):
            if plain(case.text) in self.lexicon.sources:
                return True
        if not head.deprel.startswith("nsubj") and head.deprel != "expl:subj":
            return False
        verb = tree.head(head)
        return verb is not None and plain(verb.lemma) in self.lexicon.speaking

    def _word(self, tree: Tree, token: Token | None) -> int:
        """The head of the mention that this word belongs to, or -1."""
        if token is None:
            return -1
        name = self._name_at.get((tree.sentence.index, token.index))
        return name.head if name else token.index

    def _keep(self, item: Name | Candidate, number: int, place: Place, rule: str) -> None:
        self.by_token[item.sentence, item.head] = len(self.resolved)
        self.resolved.append(Resolved(item, number, rule))
        if number >= 0:
            self.memory.mention(number, place)
            if isinstance(item, Name) or not item.pronoun:
                tree = self.trees[item.sentence]
                listed = joined(self, tree, tree.tokens[item.head])
                if listed is not None:
                    self.memory.mention(self.memory.together(*listed), place)

    # ---- names

    def named(self, number: int) -> Named | None:
        """The named thing that this referent is; None for one that has only descriptions."""
        group = self._group_of_referent.get(number)
        return self.groups[group] if group is not None else None

    def type_of(self, name: Name) -> str:
        """The type of the thing that this name names."""
        return self.groups[self._group_of[id(name)]].type

    def name_at(self, sentence: int, token: int) -> Name | None:
        """The name that holds this token."""
        return self._name_at.get((sentence, token))

    def number_of(self, name: Name) -> int:
        """The number of the thing that this name names."""
        group = self._group_of[id(name)]
        if group not in self._referent_of_group:
            number = self.memory.add_named(self.groups[group], self.trees)
            self._referent_of_group[group], self._group_of_referent[number] = number, group
        return self._referent_of_group[group]

    def known(self, name: Name) -> int:
        """The number of the thing that this name names, or -1 before its first mention."""
        return self._referent_of_group.get(self._group_of[id(name)], -1)

    # ---- descriptions and pronouns

    def _resolve(self, tree: Tree, candidate: Candidate, place: Place) -> None:
        if candidate.pronoun:
            self._pronoun(tree, candidate, place)
            return
        if candidate.subject >= 0 and self._predicate(tree, candidate):
            return
        owner = self._owner(candidate)
        if owner >= 0 and not candidate.names:
            candidate = replace(candidate, names=self.memory.referents[owner].name_words)
        number, rule = by_syntax(self, tree, candidate)
        if number >= 0:
            self._recognise(candidate, place, number)
        else:
            number, rule = self._description(candidate, place, owner)
        if number < 0:
            number, rule = self._new(candidate, owner), rule or "first mention"
        self.memory.tell(number, candidate)
        self._keep(candidate, number, place, rule)
        if candidate.noun.kind == KIN:
            self._kin.append((number, candidate))

    def _recognise(self, candidate: Candidate, place: Place, number: int) -> None:
        """Somebody described so far turns out to be the one named here: "un policier … le policier, Paul Durand"."""
        earlier = self.memory.nameless(candidate, place, number)
        if earlier is not None:
            self._unite(earlier, number)

    def _unite(self, number: int, into: int) -> None:
        self.memory.merge(number, into)
        for at, one in enumerate(self.resolved):
            if one.referent == number:
                self.resolved[at] = Resolved(one.item, into, one.rule)

    def _relate(self, tree: Tree) -> None:
        """At the end of a sentence: "A, the wife of B" relates the two, so that "his wife" can be found."""
        for number, candidate in self._kin:
            whose = [self._owner(candidate)]
            whose += [self.at(tree, child) for child in tree.children(tree.tokens[candidate.head], "nmod")]
            for other in whose:
                if other >= 0 and other != number:
                    self.memory.referents[number].relatives.add(other)
                    self.memory.referents[other].relatives.add(number)
        self._kin.clear()

    def _predicate(self, tree: Tree, candidate: Candidate) -> bool:
        """ "Anne est la maire": what the subject may be called from here on; no thing of its own.

        False after "c'est": there the noun may speak of somebody for the first time.
        """
        at = self.by_token.get((candidate.sentence, candidate.subject))
        subject = self.resolved[at].item if at is not None else None
        if isinstance(subject, Candidate) and subject.pronoun and subject.pronoun.reference == "clause":
            return False
        number = self.at(tree, tree.tokens[candidate.subject])
        if (named := turns_out(self, tree, candidate, number)) >= 0:
            self._unite(number, named)
            number = named
        if number >= 0 and same_sort(candidate, self.memory.referents[number]):
            self.memory.tell(number, candidate)
            if not candidate.denied:
                self.predicates.append(Resolved(candidate, number, "predicate: what its subject is"))
                self._said[candidate.sentence, candidate.head] = number
        return True

    def _description(self, candidate: Candidate, place: Place, owner: int) -> tuple[int, str]:
        headline = self.trees[candidate.sentence].sentence.headline
        if candidate.determiner == "indefinite" and not headline:
            return -1, ""
        if owner >= 0 and candidate.noun.kind in COUNTRIES and (country := own_country(self, owner)) >= 0:
            return country, "possessive: the country of whose it is"
        found, rule = self._decide(candidate, place, owner, could_be_called(self, candidate, place))
        return (found.number, rule) if found else (-1, "")

    def _owner(self, candidate: Candidate) -> int:
        if candidate.determiner != "possessive":
            return -1
        tree = self.trees[candidate.sentence]
        for child in tree.children(tree.tokens[candidate.head], "det", "nmod"):
            at = self.by_token.get((candidate.sentence, child.index))
            if at is not None and child.upos == "DET":
                return self.resolved[at].referent
        return -1

    def _new(self, candidate: Candidate, owner: int) -> int:
        number, sort = len(self.memory.referents), sort_of(candidate)
        plural, introduced = candidate.number == "Plur", candidate.determiner or "bare"
        return self.memory.add(
            Referent(number, sort, candidate.gender, plural=plural, introduced=introduced, owner=owner)
        )

    def _pronoun(self, tree: Tree, candidate: Candidate, place: Place) -> None:
        assert candidate.pronoun is not None
        found = tied(self, tree, candidate)
        if found is None:
            meant, reason = self._decide(candidate, place, -1, could_be(self, tree, candidate, place))
            found = (meant.number if meant else -1), reason
        number, rule = found
        if number < 0:
            self.refusals.append(Refusal(candidate.start, candidate.end, rule, candidate.pronoun.reference))
        self._keep(candidate, number, place, rule)

    def at(self, tree: Tree, token: Token | None) -> int:
        """The thing mentioned by the phrase that this word heads."""
        if token is None:
            return -1
        name = self._name_at.get((tree.sentence.index, token.index))
        place = (tree.sentence.index, name.head if name else token.index)
        at = self.by_token.get(place)
        return self.resolved[at].referent if at is not None else self._said.get(place, -1)

    def _speaker(self, candidate: Candidate, place: Place) -> None:
        subject = speaker_of(place, self.quotes, self.trees, self.text, self.lexicon)
        number = self.at(self.trees[subject[0]], self.trees[subject[0]].tokens[subject[1]]) if subject else -1
        rule = "speaker: the subject of the verb beside the quotation"
        if number >= 0 and candidate.number == "Plur":
            body, why = body_of(self, number, place.order)
            number, rule = (body, f"speaker: the body {why}") if body >= 0 else (number, rule)
        if number >= 0 and candidate.number == "Sing" and self.memory.referents[number].type in BODIES:
            number = -1
        if number < 0:
            rule = "no speaker is known for this quotation"
            self.refusals.append(Refusal(candidate.start, candidate.end, rule, "speaker"))
        self._keep(candidate, number, place, rule)
