"""What somebody or something is called and said to be: titles, one of several, as much as, made so, told besides."""

from __future__ import annotations

import pytest

from kg import pipeline
from kg.language import load_analyzer
from kg.model import Document, Statement
from kg.ontology import Ontology


@pytest.fixture(scope="module")
def read():
    analyzer, ontology = load_analyzer("fr"), Ontology.load()
    return lambda text: pipeline.read(Document("example.txt", text), analyzer, ontology).statements


def written(statement: Statement) -> str:
    """ "subject | lemma | object", with the determiner of the object where it stands in its label."""
    parts = [statement.subject.label, statement.lemma]
    return " | ".join([*parts, *([statement.object.label] if statement.object else [])])


SAID = [
    # A title reaches to the name.
    ("La ministre de la santé Claire Montel défend le plan.", "Claire Montel | être | ministre de la santé"),
    ("Le premier ministre de Malte Robert Abela a réagi.", "Robert Abela | être | premier ministre de Malte"),
    ("La ministre de la justice Anne Roy récuse cette idée.", "Anne Roy | être | ministre de la justice"),
    ("Le porte-parole du gouvernement Paul Roy a réagi.", "Paul Roy | être | porte-parole du gouvernement"),
    # One of several, be it an apposition in the tree or a second subject.
    ("Lille, l'une des villes les plus endettées du pays, réduit ses dépenses.", "Lille | réduire"),
    ("Doral, l'un des promoteurs du pays, vend ses parts.", "Doral | être | un des promoteurs du pays"),
    # As much as.
    ("Le groupe supprime 300 postes, soit un tiers des effectifs.", "300 postes | être | tiers des effectifs"),
    ("Le groupe supprime 300 postes en France, soit 8 % des effectifs.", "300 postes | être | 8 % des effectifs"),
    # Who is punished for a deed did it.
    ("Le tribunal a condamné Paul Roy pour avoir vendu le stade.", "Paul Roy | vendre | stade"),
    # Made so, made of, seen done.
    ("La crise rend les loyers inabordables.", "crise | rendre | loyers"),
    ("Cette victoire fait de Lyon le favori du tournoi.", "Lyon | être | favori du tournoi"),
    ("Les salariés se sont vu refuser leur prime.", "salariés | se voir refuser | prime"),
    # What a comma parts from a noun is no part of its name.
    ("Le sous-traitant, issu d'une fusion, vend ses machines.", "sous-traitant | vendre | machines"),
    # A relative clause whose pronoun the parser takes for a conjunction, or hangs from a name.
    ("L'aide au programme Erasmus que le conseil accorde aux étudiants augmente.", "conseil | accorder | aide"),
    # A label ends at a parenthesis; several left over before a verb are all its subjects.
    ("Un millier de salariés (soit plus du tiers de l'équipe) quittent Doral.", "millier de salariés | quitter | Doral"),
    ("La Belgique et, surtout, le Pérou, qui avait voté le texte, ont refusé la taxe.", "Pérou | refuser | taxe"),
    # What somebody sees happen happens to what is seen; who is given something is not acted on.
    ("Les locataires voient leur loyer légèrement augmenter.", "loyer | augmenter"),
    ("La mairie tente par tous les moyens de sauver le club.", "mairie | sauver | club"),
    # The newer spelling.
    ("La hausse accroit la dette et le groupe reconnait son erreur.", "hausse | accroître | dette"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), SAID)
def test_what_is_said_of_it(read, text: str, said: str) -> None:
    assert any(written(item).startswith(said) for item in read(text)), [written(item) for item in read(text)]


def test_a_participle_in_a_name_tells_no_deed(read) -> None:
    assert {item.lemma for item in read("Le Canard enchaîné publie un dossier.")} == {"publier"}


def test_what_something_is_made_stands_beside_the_making(read) -> None:
    made = [item for item in read("La crise rend les loyers inabordables.") if item.lemma == "rendre"]
    assert [(one.role, one.node.label) for item in made for one in item.qualifiers] == [
        ("attribute", "inabordables")
    ]


def test_what_a_title_and_an_apposition_say_is_said_once(read) -> None:
    said = read("La première ministre maltaise, Anne Roy, a voté.")
    assert [written(item) for item in said if item.lemma == "être"] == [
        "Anne Roy | être | première ministre maltaise"
    ]


CALLED = [
    # No lone quotation mark.
    ("La mairie soutient le « oui » franc du maire.", "mairie | soutenir | oui franc du maire"),
    ("Les élus sont des « hypocrites ».", "élus | être | hypocrites"),
    # A clause goes no further than what it needs.
    (
        "Paul Morin refuse de livrer les noms de ses clients, qui ont payé 600 000 euros en liquide.",
        "Paul Morin | refuser | livrer les noms de ses clients",
    ),
    # An adverb that only points stays outside; a name behind « de » keeps its article.
    ("Les élus, surtout le maire sortant, quittent Lens.", "maire sortant | quitter | Lens"),
    ("Le Qatar a rompu ses relations avec Oman.", "Qatar | rompre | relations du Qatar"),
    ("Les Verts perdent leur chef.", "Verts | perdre | chef des Verts"),
    # No name and no date is cut through, and « toutes ses » is said by whose they are.
    ("L'accord du 31 mai 2023 est respecté.", "accord du 31 mai 2023 | respecter"),
    ("Tirval arrête toutes ses activités.", "Tirval | arrêter | activités de Tirval"),
    # A thing is called in one way, whatever is said of it.
    ("Le maire juge la taxe injuste.", "taxe injuste | être | injuste"),
]


@pytest.mark.parametrize(("text", "said"), CALLED)
def test_what_it_is_called(read, text: str, said: str) -> None:
    found = [written(item) for item in read(text)]
    assert said in found, found
