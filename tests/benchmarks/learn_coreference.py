"""Learn the weights of the coreference score sheets.

    python tests/benchmarks/learn_coreference.py [--write] [SHARED [FOLDER…]]

Each pronoun and each description of an annotated text is one decision among the things mentioned before it, or
none of them; the sheets are log-linear models of that decision, fitted by L-BFGS with a Gaussian prior. The texts
are gold-train (the articles' entities), popcorn-fr train, the newspaper articles of Democrat, and the articles of
further folders annotated as gold-train is. Without --write, cross-validated figures alone.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy
from bench_coreference import SHARED, analysed, gold_articles, key_clusters, read_popcorn, score_article
from democrat import heads_of_chains, read_democrat
from scipy.optimize import minimize

from kg.entities import coreference
from kg.entities.abstaining import ABSTENTION, against
from kg.entities.coreference import compatible, setting_of, sheet_of
from kg.entities.features import FEATURES, held
from kg.entities.lexicon import lexicon_of
from kg.entities.mentions import Candidate
from kg.entities.names import head_of
from kg.entities.reading import Reader
from kg.entities.referents import Place, Referent
from kg.entities.resolution import Resolution
from kg.entities.values import document_values
from kg.model import Analysis, Document
from kg.ontology import Ontology

FOLDS = 5
WEIGHT_PATH = Path(coreference.__file__).with_name("weights.json")
# A gold article annotates what it calls entities; a description outside them says less than one inside.
UNANNOTATED = 0.1
# Popcorn's reports are plainer than news, and many: each of its decisions counts for little.
POPCORN, POPCORN_NOUNS = 0.015, 0.15
# Democrat annotates every noun, also what no article comes back to; its local news are of people, seldom of bodies.
DEMOCRAT, DEMOCRAT_NOUNS = 0.03, 0.1
# What a reader would expect: the centre of the prior, so that few examples move a weight only a little.
EXPECTED: dict[str, dict[str, float]] = {
    "demonstrative": {
        "far_before": -2,
        "is_person": 0.5,
        "last_was_object": 0.4,
        "last_was_subject": -0.2,
        "nearest": 1.5,
        "none: any": 0.5,
        "same_sentence": 1,
        "sentence_before": 1,
    },
    "local": {
        "far_before": -1.5,
        "is_group": -2.0,
        "is_named": 0.5,
        "is_organization": 0.8,
        "is_person": -5.0,
        "is_place": 1.5,
        "last_was_quoted": -1.0,
        "nearest": 0.8,
        "none: any": 1.5,
        "same_sentence": 1.5,
        "sentence_before": 1.0,
    },
    "nominal": {
        "busiest": 0.5,
        "called_anew": -1.5,
        "demonstrative_after": 1,
        "far_before": -0.6,
        "head_in_name": 2.5,
        "is_named": 0.8,
        "mentioned_often": 0.3,
        "mentioned_twice": 0.3,
        "nearest": 0.3,
        "none: any": 2.2,
        "none: demonstrative": -1,
        "none: has complement": 0.8,
        "none: has words beside": 0.3,
        "other_kind": -1,
        "pointed_at": 4.0,
        "only_one_of_kind": 1.0,
        "only_named_of_type": 0.3,
        "plainly_of_its_kind": 1.0,
        "plainly_the_main_one": 1.2,
        "plainly_the_nearest": 0.3,
        "same_kind_of_person": -0.6,
        "recent_subject": 0.4,
        "same_head": 3.0,
        "same_kind": 1.2,
        "same_owner": 1,
        "same_sentence": -0.2,
        "says_something_else": -2.5,
        "sentence_before": 0.4,
        "words_in_name": 1,
        "plainly_the_only_one": 0.8,
        "plainly_the_rubric": 0.8,
    },
    "personal": {
        "both_subjects": 0.3,
        "busiest": 0.3,
        "far_before": -1,
        "is_idea": -1,
        "is_named": 0.6,
        "is_organization": 0.4,
        "is_person": 1.5,
        "is_place": -0.8,
        "last_by_pronoun": 0.6,
        "last_was_complement": -0.6,
        "last_was_quoted": -1.0,
        "last_was_subject": 0.8,
        "mentioned_often": 0.3,
        "mentioned_twice": 0.3,
        "nearest": 0.3,
        "none: any": 1.0,
        "recent_subject": 1.2,
        "same_gender": 0.5,
        "same_sentence": 1.0,
        "sentence_before": 1.0,
        "two_sentences_before": 0,
        "said_more": 1.5,
        "several": 1.0,
        "subject_around": 0.6,
        "cannot_say": -2.0,
        "to_come": 1.0,
    },
    "possessive": {
        "busiest": 0.2,
        "far_before": -1.5,
        "is_idea": -1,
        "is_named": 0.5,
        "is_organization": 0.6,
        "is_person": 1.0,
        "is_place": -0.3,
        "last_by_pronoun": 0.5,
        "last_was_complement": -0.4,
        "last_was_quoted": -1.0,
        "last_was_subject": 0.8,
        "mentioned_twice": 0.2,
        "nearest": 0.3,
        "none: any": 1.0,
        "recent_subject": 0.6,
        "same_sentence": 1.5,
        "sentence_before": 0.3,
        "does_it": 1.2,
        "subject_of_its_clause": 0.3,
        "two_sentences_before": -0.5,
        "several": 1.0,
        "to_come": 1.0,
    },
}
# A feature that weighs less is not asked.
NEGLIGIBLE = 0.1
PRIOR = {"personal": 20.0, "possessive": 12.0, "local": 12.0, "demonstrative": 4.0, "nominal": 8.0}
# What tells nothing of a way of referring: the grammar of the clause binds pronouns, not descriptions.
LEFT_OUT: dict[str, frozenset[str]] = {
    "nominal": frozenset(
        {"subject_of_its_clause", "does_it", "subject_of_clause_above", "asked_to_do_it", "in_its_clause"}
    ),
    "personal": frozenset({"does_it"}),
    "local": frozenset({"does_it"}),
    "demonstrative": frozenset({"does_it"}),
}
NAMES, NONE = list(FEATURES), list(ABSTENTION)

Gold = Mapping[tuple[int, int], int]


class Decision:
    """One decision: a row of features for each thing, one for none; which rows are right; its weight."""

    def __init__(self, sheet: str, rows: numpy.ndarray, right: Sequence[int], weight: float) -> None:
        self.sheet, self.rows, self.right, self.weight = sheet, rows, list(right), weight


class Oracle:
    """Decides as the annotation does, and writes down what there was to choose from."""

    def __init__(self, gold: Gold, exhaustive: bool) -> None:
        self.gold, self.exhaustive = gold, exhaustive
        self.reader: Reader | None = None
        self.decisions: list[Decision] = []

    def __call__(
        self, candidate: Candidate, place: Place, owner: int, referents: Sequence[Referent]
    ) -> tuple[Referent | None, str]:
        """The thing that the annotation names."""
        truth = self.gold.get((candidate.sentence, candidate.head), -1)
        found = [one for one in referents if one.number != owner and compatible(candidate, place, one)]
        things = self._annotated()
        right = [i for i, referent in enumerate(found) if truth >= 0 and things.get(referent.number) == truth]
        if truth < 0 and candidate.pronoun:
            return coreference.choose(candidate, place, owner, referents)
        if found:
            setting = setting_of(candidate, place, owner, found)
            weight = 1.0 if truth >= 0 else (1.0 if self.exhaustive else UNANNOTATED)
            names = [*(held(setting, referent) for referent in found), against(setting)]
            rows = numpy.array([[float(name in some) for name in NAMES + NONE] for some in names])
            self.decisions.append(Decision(sheet_of(candidate), rows, right or [len(found)], weight))
        return (found[right[0]], "gold") if right else (None, "gold")

    def _annotated(self) -> dict[int, int]:
        assert self.reader is not None
        votes: dict[int, Counter[int]] = defaultdict(Counter)
        for one in (*self.reader.resolved, *self.reader.inner):
            thing = self.gold.get((one.item.sentence, one.item.head), -1)
            if thing >= 0 and one.referent >= 0:
                votes[one.referent][thing] += 1
        return {number: count.most_common(1)[0][0] for number, count in votes.items()}


def gold_heads(gold: Sequence[dict[str, object]], analysis: Analysis) -> dict[tuple[int, int], int]:
    """Head word → entity, for the mentions of a gold article; in a name with its title, the name's words too."""
    found: dict[tuple[int, int], int] = {}
    spans = [
        (mention["end"] - mention["start"], mention["start"], mention["end"], mention["kind"], i)
        for i, entity in enumerate(gold)
        for mention in entity["mentions"]  # type: ignore[attr-defined]
    ]
    for _, start, end, kind, entity in sorted(spans):
        for sentence in analysis.sentences:
            inside = [token for token in sentence.tokens if token.start >= start and token.end <= end]
            if inside:
                found.setdefault((sentence.index, head_of(inside).index), entity)
                for token in inside if kind == "name" else ():
                    if token.upos == "PROPN":
                        found.setdefault((sentence.index, token.index), entity)
    return found


def learn(decisions: Sequence[Decision]) -> dict[str, dict[str, float]]:
    """The weights of each sheet."""
    return {
        sheet: fit([one for one in decisions if one.sheet == sheet], prior, sheet)
        for sheet, prior in PRIOR.items()
    }


def fit(decisions: Sequence[Decision], prior: float, sheet: str) -> dict[str, float]:
    """Maximum a posteriori weights of one log-linear choice."""
    centre = numpy.array([EXPECTED[sheet].get(name, 0.0) for name in NAMES + NONE])
    used = numpy.array([float(name not in LEFT_OUT.get(sheet, ())) for name in NAMES + NONE])

    rows = numpy.concatenate([one.rows for one in decisions])
    right = numpy.concatenate([numpy.isin(range(len(one.rows)), one.right) for one in decisions])
    sizes = numpy.array([len(one.rows) for one in decisions])
    first = numpy.cumsum(sizes) - sizes
    share = numpy.repeat([one.weight for one in decisions], sizes)

    def loss(weights: numpy.ndarray) -> tuple[float, numpy.ndarray]:
        away = weights - centre
        sums = rows @ weights
        odds = numpy.exp(sums - numpy.repeat(numpy.maximum.reduceat(sums, first), sizes))
        good = numpy.add.reduceat(odds * right, first) + 1e-12
        whole = numpy.add.reduceat(odds, first)
        total = prior * away @ away / 2 - share[first] @ numpy.log(good / whole)
        surplus = odds / numpy.repeat(whole, sizes) - odds * right / numpy.repeat(good, sizes)
        return total, (prior * away + rows.T @ (share * surplus)) * used

    found = minimize(loss, centre, jac=True, method="L-BFGS-B").x
    return {
        name: round(float(weight), 2)
        for name, weight in zip(NAMES + NONE, found, strict=True)
        if abs(weight) >= NEGLIGIBLE
    }


def use(sheets: Mapping[str, Mapping[str, float]]) -> None:
    """Let the reader decide by these sheets."""
    coreference.score_sheets = lambda: sheets  # type: ignore[assignment]


def reader_of(
    document: Document, analysis: Analysis, ontology: Ontology, oracle: Oracle | None = None
) -> Reader:
    """A reader that has read the document, by the oracle's decisions where there is one."""
    values = document_values(analysis.sentences, document.published, ontology)
    decide = oracle or coreference.choose
    reader = Reader(document, analysis, values, lexicon_of(ontology, "fr"), decide=decide)
    if oracle:
        oracle.reader = reader
    reader.read()
    return reader


def decisions_of(
    document: Document,
    analysis: Analysis,
    gold: Gold,
    ontology: Ontology,
    *,
    exhaustive: bool,
    weight: float = 1.0,
    of_nouns: float = 1.0,
) -> list[Decision]:
    """The decisions of one annotated text; `exhaustive` where it annotates every noun."""
    oracle = Oracle(gold, exhaustive)
    reader_of(document, analysis, ontology, oracle)
    for one in oracle.decisions:
        one.weight *= of_nouns if one.sheet == "nominal" else weight
    return oracle.decisions


def others(shared: Path, ontology: Ontology) -> Iterator[Decision]:
    """The decisions of the texts that are no articles annotated as gold-train is."""
    for name, record in read_popcorn(shared):
        document = Document(name, str(record["text"]))
        analysis = analysed(document)
        gold = {head: i for i, cluster in enumerate(key_clusters(record, analysis)) for head in cluster}
        yield from decisions_of(
            document, analysis, gold, ontology, exhaustive=True, weight=POPCORN, of_nouns=POPCORN_NOUNS
        )
    for name, text, chains in read_democrat(shared):
        document = Document(name, text)
        analysis = analysed(document)
        heads = heads_of_chains(chains, analysis)
        yield from decisions_of(
            document, analysis, heads, ontology, exhaustive=True, weight=DEMOCRAT, of_nouns=DEMOCRAT_NOUNS
        )


def main() -> None:
    """Cross-validate, then fit on everything."""
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    shared, ontology = (folders or [SHARED])[0], Ontology.load()
    annotated = [shared / "gold-train", *folders[1:]]
    articles = [
        (document, analysed(document), gold)
        for folder in annotated
        for document, gold in gold_articles(folder)
    ]
    by_article = [decisions_of(d, a, gold_heads(g, a), ontology, exhaustive=False) for d, a, g in articles]
    extra = list(others(shared, ontology))
    counts: Counter[str] = Counter()
    for fold in range(FOLDS):
        use(learn(extra + [one for i, found in enumerate(by_article) if i % FOLDS != fold for one in found]))
        for document, analysis, gold_entities in articles[fold::FOLDS]:
            resolution = Resolution(document, reader_of(document, analysis, ontology), ())
            counts += score_article(resolution, gold_entities, [], document.text)
    for kind in ("nominal", "pronoun"):
        print(
            f"cross-validated: {kind}s resolved {counts[f'{kind} resolved'] / counts[kind]:.3f} of {counts[kind]}"
        )
    sheets = learn(extra + [one for found in by_article for one in found])
    print(json.dumps(sheets, indent=1, sort_keys=True))
    if "--write" in sys.argv:
        WEIGHT_PATH.write_text(
            json.dumps(sheets, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n"
        )


if __name__ == "__main__":
    main()
