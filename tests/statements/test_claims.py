"""Who says it, whether it is so, and how sure we are: read from whole sentences with the model that ships."""

from __future__ import annotations

import pytest

from kg import pipeline
from kg.language import load_analyzer
from kg.model import Document, Statement
from kg.ontology import Ontology


@pytest.fixture(scope="module")
def read():
    analyzer, ontology = load_analyzer("fr"), Ontology.load()

    def statements(text: str) -> tuple[Statement, ...]:
        return pipeline.read(Document("example.txt", text), analyzer, ontology).statements

    return statements


def one(statements: tuple[Statement, ...], lemma: str) -> Statement:
    found = [item for item in statements if item.lemma == lemma]
    assert found, [item.lemma for item in statements]
    return found[0]


SOURCES = [
    ("La ministre affirme que le tunnel rouvrira mardi.", "rouvrir", "ministre", "affirmer"),
    ("Selon la préfecture, le barrage a cédé dimanche.", "céder", "préfecture", "selon"),
    ("« Nous fermerons le dépôt », a déclaré la directrice.", "fermer", "directrice", "déclarer"),
    ("Le groupe achète trois usines, comme le rapporte La Tribune.", "acheter", "Tribune", "rapporter"),
    (
        "À l'inverse, pour l'économiste Paul Rivet, la loi affaiblit les communes.",
        "affaiblir",
        "Rivet",
        "pour",
    ),
    ("Mais, pour Mme Brunel, « la mairie se trompe. La fuite dure ».", "durer", "Brunel", "pour"),
    ("Pour le député Marc Tallon, la « ville a tort. Elle ferme une école ».", "fermer", "Tallon", "pour"),
    ("Le syndicat durcit le ton : « La direction ment aux salariés. »", "mentir", "syndicat", "durcir"),
    ("« La tournée est annulée. Elle reviendra »\n\n— Agence Blue Note\n\n", "revenir", "Blue Note", "—"),
]


@pytest.mark.parametrize(("sentence", "lemma", "speaker", "cue"), SOURCES)
def test_a_claim_names_its_source(read, sentence: str, lemma: str, speaker: str, cue: str) -> None:
    said = one(read(sentence), lemma)
    assert any(speaker in source.node.label and source.cue == cue for source in said.attribution)


def test_what_the_article_says_itself_has_no_source(read) -> None:
    assert one(read("Le maire a inauguré la piscine."), "inaugurer").attribution == ()


def test_who_is_quoted_does_not_speak_of_what_is_around_the_quotation(read) -> None:
    said = read("Le syndicat durcit le ton : « La direction ment aux salariés. »")
    assert one(said, "durcir").attribution == ()


def test_what_stands_behind_a_dash_and_a_quotation_signs_it_only_without_a_verb(read) -> None:
    said = read("« Nous irons jusqu'au bout » – le cri que la foule reprend.\n\nLe maire se tait.")
    assert "—" not in {source.cue for item in said for source in item.attribution}


def test_whoever_admits_something_is_not_believed_in_all_he_says_behind_a_colon(read) -> None:
    said = read("Le directeur admet que le chantier a pris du retard : « Les équipes travaillent bien. »")
    assert one(said, "prendre").asserted or one(said, "prendre").attribution[0].stance == "endorsing"
    assert one(said, "travailler").attribution[0].stance == "neutral"


STATUS = [
    ("Le groupe n'a pas vendu ses usines.", "vendre", "negated", "actual"),
    ("Le groupe ne possède que deux usines.", "posséder", "affirmed", "actual"),
    ("Le groupe vendra ses usines en juin.", "vendre", "affirmed", "planned"),
    ("Le groupe aurait vendu ses usines.", "vendre", "affirmed", "possible"),
    ("Le groupe doit vendre ses usines.", "vendre", "affirmed", "obligation"),
    ("Le groupe peut vendre ses usines.", "vendre", "affirmed", "possible"),
    ("Le pont permet de traverser la rivière.", "traverser", "affirmed", "possible"),
    ("L'enquête a permis d'arrêter dix suspects.", "arrêter", "affirmed", "actual"),
    ("L'enquête n'a pas permis de retrouver l'arme.", "retrouver", "negated", "actual"),
    ("Le maire a empêché la vente de l'usine.", "vente", "negated", "actual"),
    ("Le maire a rejeté les accusations de fraude de la presse.", "rejeter", "affirmed", "actual"),
    ("Sans le soutien du parti, le maire perdra.", "soutien", "negated", "actual"),
    ("La loi est adoptée sans que le conseil ne vote.", "voter", "negated", "actual"),
    ("La loi est adoptée sans qu'aucun élu ne vote.", "voter", "negated", "actual"),
    ("En cas de licenciement de Paul Roy, le maire partira.", "licenciement", "affirmed", "hypothetical"),
    ("Ce plan aura coûté deux milliards.", "coûter", "affirmed", "actual"),
    ("D'ici à juin, le groupe aura vendu ses usines.", "vendre", "affirmed", "planned"),
    ("Le groupe vendra-t-il ses usines ?", "vendre", "affirmed", "question"),
]


@pytest.mark.parametrize(("sentence", "lemma", "polarity", "modality"), STATUS)
def test_polarity_and_modality(read, sentence: str, lemma: str, polarity: str, modality: str) -> None:
    found = one(read(sentence), lemma)
    assert (found.polarity, found.modality) == (polarity, modality)


def test_only_what_happens_and_is_affirmed_is_asserted(read) -> None:
    assert one(read("Le groupe vend ses usines."), "vendre").asserted
    assert not one(read("Le groupe vendra ses usines."), "vendre").asserted
    assert not one(read("La ministre affirme que le groupe vend ses usines."), "vendre").asserted


def test_the_claim_points_to_what_is_claimed(read) -> None:
    statements = read("La ministre affirme que le groupe vend ses usines.")
    claimed, act = one(statements, "vendre"), one(statements, "affirmer")
    assert act.object is not None
    assert act.object.id == claimed.id
