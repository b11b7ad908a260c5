"""One node for one thing: names joined, and names kept apart."""

import pytest

from kg.entities import INSIDE
from kg.entities.acronyms import initials, is_acronym
from kg.entities.lexicon import fold, lexicon_of
from kg.entities.names import places_of
from kg.entities.signs import given_gender
from kg.ontology import Ontology


def line(*words: str) -> str:
    """A sentence of names in a row; the trees do not matter here."""
    return "\n".join(
        f"{word} {word} {'PROPN' if word[0].isupper() else 'NOUN'} {0 if i == 0 else 1} {'root' if i == 0 else 'dep'}"
        for i, word in enumerate(words)
    )


def test_short_names_join_the_full_name(article):
    read = article(
        line("Anne", "Martin"),
        line("Martin"),
        line("A.", "Martin"),
        names={"Anne Martin": "Person", "Martin": "Person", "A. Martin": "Person"},
    )
    assert read.labels() == {"Anne Martin"}


def test_two_people_of_one_name_stay_two(article):
    read = article(
        line("Anne", "Martin"),
        line("Paul", "Martin"),
        line("Martin"),
        names={"Anne Martin": "Person", "Paul Martin": "Person", "Martin": "Person"},
    )
    assert read.labels() == {"Anne Martin", "Paul Martin", "Martin"}


def test_a_civil_title_tells_which_of_two(article):
    read = article(
        line("Anne", "Martin"),
        line("Paul", "Martin"),
        line("Mme", "Martin"),
        names={"Anne Martin": "Person", "Paul Martin": "Person", "Martin": "Person"},
    )
    assert read.labels() == {"Anne Martin", "Paul Martin"}
    assert read.label("Mme Martin") == "Anne Martin"


@pytest.mark.parametrize(
    ("one", "other"), [("Cour pénale internationale", "CPI"), ("CPI", "Cour pénale internationale")]
)
def test_an_acronym_in_parentheses_is_its_long_form(article, one, other):
    read = article(
        line(*one.split(), "(", *other.split(), ")"), names={"Cour pénale internationale": "Organization"}
    )
    assert read.labels() == {"Cour pénale internationale"} or one == "CPI"


def test_an_acronym_behind_its_long_form_is_found_where_the_model_saw_none(article):
    read = article(
        line("Cour", "pénale", "internationale", "(", "CPI", ")"),
        line("CPI"),
        names={"Cour pénale internationale": "Organization"},
    )
    assert read.labels() == {"Cour pénale internationale"}
    assert read.label("CPI", 1) == "Cour pénale internationale"


@pytest.mark.parametrize("names", [{"AKP": "Organization"}, {}])
def test_an_acronym_of_another_language_is_the_long_name_it_stands_behind_in_brackets(article, names):
    names = names | {"Parti de la justice": "Organization"}
    read = article(line("Parti", "de", "la", "justice", "(", "AKP", ")"), line("AKP"), names=names)
    assert read.labels() == {"Parti de la justice"}
    assert read.label("AKP", 1) == "Parti de la justice"


@pytest.mark.parametrize(
    ("long", "inside"), [("Anne de la Tour", "ROSP"), ("Fédération de la mine", "CGT"), ("Vexa", "FNV")]
)
def test_no_acronym_of_somebody_s_or_of_something_known_elsewhere(article, long, inside):
    kind = "Person" if long.startswith("Anne") else "Organization"
    read = article(line(*long.split(), "(", inside, ")"), names={long: kind, inside: "Organization"})
    assert len(read.labels()) == 2


def test_case_hyphen_and_accent_do_not_make_two(article):
    read = article(
        line("Saint-Étienne"),
        line("Saint-Etienne"),
        names={"Saint-Étienne": "Place", "Saint-Etienne": "Place"},
    )
    assert len(read.labels()) == 1


def test_a_city_is_not_its_town_hall(article):
    read = article(
        line("Paris"),
        line("Mairie", "de", "Paris"),
        names={"Mairie de Paris": "Organization", "Paris": "Place"},
    )
    assert read.labels() == {"Paris", "Mairie de Paris"}


def test_what_is_a_name_once_is_a_name_wherever_the_words_stand(article):
    read = article(line("Netflix", "recrute"), line("Netflix", "grandit"), names={"Netflix": "Organization"})
    one = [mention.rule for mention in read.resolution.mentions if mention.text == "Netflix"]
    assert len(one) == 2


def test_most_mentions_tell_the_type():
    lexicon = lexicon_of(Ontology.load(), "fr")
    assert initials("Organisation du traité de l'Atlantique nord", lexicon.particles) >= {"otan"}
    assert is_acronym("OTAN")
    assert not is_acronym("Otan")
    assert fold("L’Élysée") == "l'elysee"


def test_a_name_of_the_authority_file_brings_its_id_and_links(article):
    read = article(line("Netflix", "recrute"), names={"Netflix": "Organization"})
    (entity,) = [one for one in read.resolution.entities if one.named]
    assert entity.id == "netflix"
    assert "http://www.wikidata.org/entity/Q907311" in entity.links


def test_two_names_that_the_authority_file_has_for_one_thing_are_one(article):
    read = article(
        line("Myanmar", "refuse"),
        line("Birmanie", "proteste"),
        names={"Myanmar": "Place", "Birmanie": "Place"},
    )
    assert [(one.id, one.label) for one in read.resolution.entities] == [("birmanie", "Birmanie")]


def test_a_firm_spoken_of_as_a_medium_alone_is_a_product(article):
    said = """
        Anne Anne PROPN 3 nsubj
        Martin Martin PROPN 1 flat:name
        écrit écrire VERB 0 root
        sur sur ADP 5 case
        Twitter Twitter PROPN 3 obl:mod
        """
    names = {"Anne Martin": "Person", "Twitter": "Organization"}
    read = article(said, names=names)
    assert {entity.label: entity.type for entity in read.resolution.entities}["Twitter"] == "Product"
    pays = "Twitter Twitter PROPN 2 nsubj\npaie payer VERB 0 root"
    read = article(said, pays, names=names)
    assert {entity.label: entity.type for entity in read.resolution.entities}["Twitter"] == "Organization"


def test_a_government_is_called_after_a_person(article):
    read = article(
        """
        Le le DET 2 det
        gouvernement gouvernement NOUN 4 nsubj Number=Sing
        Durand Durand PROPN 2 nmod
        tombe tomber VERB 0 root
        """,
        names={"Durand": "Person"},
    )
    named = {entity.label: entity.type for entity in read.resolution.entities if entity.named}
    assert named == {"gouvernement Durand": "Organization", "Durand": "Person"}


def test_what_a_minister_is_in_charge_of_is_no_body(article):
    said = """
        La le DET 2 det
        ministre ministre NOUN 5 nsubj
        des de ADP 4 case
        Transports transport PROPN 2 nmod
        démissionne démissionner VERB 0 root
        """
    assert article(said, names={"Transports": "Organization"}).labels() == set()
    # Who presides over a body presides over one.
    said = said.replace("ministre", "patronne")
    assert article(said, names={"Transports": "Organization"}).labels() == {"Transports"}


def test_an_acronym_of_an_idea_is_no_name(article):
    read = article(
        """
        L' le DET 2 det
        IA IA PROPN 3 nsubj
        inquiète inquiéter VERB 0 root
        """,
        names={"IA": "Organization"},
    )
    assert not read.labels()
    assert read.node("IA").type == "Concept"


def test_forms_are_found_as_whole_words_the_longest_first():
    text = "Le Pen et Jean Le Pen, Le Pensec, Le Pen-Duick, Ve, Le Pen."
    found = list(places_of(text, ["Le Pen", "Jean Le Pen", "Pen"]))
    assert found == [(0, "Le Pen"), (10, "Jean Le Pen"), (52, "Le Pen")]


COURT = """
Le le DET 2 det Gender=Masc|Number=Sing
tribunal tribunal NOUN 5 nsubj Gender=Masc|Number=Sing
de de ADP 4 case
Mirval Mirval PROPN 2 nmod
refuse refuser VERB 0 root
. . PUNCT 5 punct
"""


def inner(read):
    """The names inside others: text, type."""
    return [(m.text, m.type) for m in read.resolution.mentions if m.rule == INSIDE]


def test_the_place_in_which_the_name_of_a_body_ends_is_named_too(article):
    read = article(COURT, names={"tribunal de Mirval": "Organization"})
    assert inner(read) == [("Mirval", "Place")]
    # It takes no part in what is said: the court refuses.
    assert read.node("tribunal").label == read.node("Mirval").label == "tribunal de Mirval"


def test_a_name_inside_another_is_what_is_so_called_elsewhere(article):
    read = article(
        COURT, line("Mirval", "vote"), names={"tribunal de Mirval": "Organization", "Mirval": "Place"}
    )
    ids = {mention.entity for mention in read.resolution.mentions if mention.text == "Mirval"}
    assert len(ids) == 1
    assert inner(read) == [("Mirval", "Place")]


def test_inside_the_name_of_a_government_stands_a_person(article):
    said = """
        Le le DET 2 det
        gouvernement gouvernement NOUN 4 nsubj
        Dastin Dastin PROPN 2 nmod
        tombe tomber VERB 0 root
        """
    assert inner(article(said, names={"gouvernement Dastin": "Organization"})) == [("Dastin", "Person")]
    # Nobody is inside another's name.
    assert inner(article(line("Anne", "Dastin"), names={"Anne Dastin": "Person"})) == []


def test_what_the_text_has_before_a_longer_name_is_not_that_in_short(article):
    names = {"Arvo Mini": "Product", "Arvo": "Organization"}
    firm, speaker = line("Arvo", "recrute"), line("Arvo", "Mini", "sort")
    assert article(line("Grève"), firm, speaker, names=names).labels() == {"Arvo", "Arvo Mini"}
    names = {"Arvo Groupe": "Organization", "Arvo": "Organization"}
    group = line("Arvo", "Groupe", "recrute")
    assert article(line("Grève"), group, firm, names=names).labels() == {"Arvo Groupe"}
    assert article(line("Grève"), firm, group, names=names).labels() == {"Arvo", "Arvo Groupe"}


def test_an_agreement_has_the_name_of_its_place(article):
    said = """
        Elle elle PRON 2 nsubj
        signe signer VERB 0 root
        le le DET 4 det Definite=Def|Gender=Masc|Number=Sing
        traité traité NOUN 2 obj
        de de ADP 6 case
        Mirval Mirval PROPN 4 nmod
        """
    read = article(said, names={"Mirval": "Place"})
    assert {one.label: one.type for one in read.resolution.entities if one.named} == {
        "traité de Mirval": "Work",
        "Mirval": "Place",
    }
    assert inner(read) == [("Mirval", "Place")]
    # One of many is none by name, and what lies in a place is not called after it.
    assert article(said.replace("le le", "un un"), names={"Mirval": "Place"}).labels() == {"Mirval"}
    assert article(said.replace("traité", "château"), names={"Mirval": "Place"}).labels() == {"Mirval"}


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Étienne", "Masc"), ("Etienne", "Masc"), ("Janet", "Fem"), ("Sergueï", "Masc"), ("Anne-Marie", "Fem"),
        ("Claude", ""), ("Macron", ""),
    ],
)  # fmt: skip
def test_a_given_name_tells_the_gender_with_its_accents_or_without(name: str, gender: str) -> None:
    assert given_gender(name, lexicon_of(Ontology.load(), "fr")) == gender
