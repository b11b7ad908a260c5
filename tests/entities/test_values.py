"""What amounts and times are read from: one line, one expression."""

from __future__ import annotations

import gc
import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.entities.values import document_values, local_dollar, values_in
from kg.model import Sentence, Token
from kg.ontology import Ontology

TUESDAY = date(2016, 12, 6)


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology.load()


def sentence(text: str, start: int = 0, index: int = 0, **analysis: tuple) -> Sentence:
    """A sentence cut at spaces; analysis={word: (lemma, upos, features, head)} where a test needs one."""
    tokens = []
    for match in re.finditer(r"[\w'’]+|[^\w\s]", text):
        lemma, upos, features, head = analysis.get(match.group(), ("", "X", (), -1))
        place = (len(tokens), start + match.start(), start + match.end())
        tokens.append(Token(*place, match.group(), lemma, upos, features, head, ""))
    return Sentence(index, start, start + len(text), text, tuple(tokens))


def read(
    text: str, ontology: Ontology, published: date | None = TUESDAY, **analysis: tuple
) -> list[tuple[str, dict]]:
    """The words and the value of each mention."""
    found = values_in(sentence(text, **analysis), published, ontology)
    return [(mention.text, mention.value.json()) for mention in found]


AMOUNTS = {
    "300 000 dollars": {"value": 300000, "unit": "USD"},
    "300\u202f000 dollars": {"value": 300000, "unit": "USD"},
    "300\u00a0000,50 €": {"value": 300000.5, "unit": "EUR"},
    "1.200.000 euros": {"value": 1200000, "unit": "EUR"},
    "6,57 millions d'euros": {"value": 6570000, "unit": "EUR"},
    "1 000 milliards de dollars": {"value": 1e12, "unit": "USD"},
    "48,2 M€": {"value": 48200000, "unit": "EUR"},
    "10 k€": {"value": 10000, "unit": "EUR"},
    "3 Mds€": {"value": 3e9, "unit": "EUR"},
    "15 dollars canadiens": {"value": 15, "unit": "CAD"},
    "neuf livres": {"value": 9, "unit": "GBP"},
    "90 millions £": {"value": 90000000, "unit": "GBP"},
    "125 000 $US": {"value": 125000, "unit": "USD"},
    "EUR 20": {"value": 20, "unit": "EUR"},
    "20 CHF": {"value": 20, "unit": "CHF"},
    "dix couronnes suédoises": {"value": 10, "unit": "SEK"},
    "15 euros et 20 centimes": {"value": 15.2, "unit": "EUR"},
    "un million et demi d'euros": {"value": 1500000, "unit": "EUR"},
    "de 300 000 à 900 000 dollars": {"min": 300000, "max": 900000, "unit": "USD"},
    "entre 18 et 54 ans": {"min": 18, "max": 54, "unit": "year"},
    "environ 24 à 26 millions de personnes": {
        "min": 24e6,
        "max": 26e6,
        "unit": "person",
        "approximate": True,
    },
    "jusqu'à 650 000 dollars par an": {"max": 650000, "unit": "USD", "per": "year"},
    "jusqu’à 650 000 dollars": {"max": 650000, "unit": "USD"},
    "plus de 2 000 salariés": {"min": 2000, "unit": "person"},
    "moins de 3,5 millions de salariés": {"max": 3500000, "unit": "person"},
    "au moins 28 personnes": {"min": 28, "unit": "person"},
    "près de 2500 chauffeurs": {"value": 2500, "unit": "person", "approximate": True},
    "quelque 150 kilomètres": {"value": 150, "unit": "km", "approximate": True},
    "une centaine d'habitants": {"value": 100, "unit": "person", "approximate": True},
    "une douzaine de pays": {"value": 12, "unit": "country"},
    "des milliers de manifestants": {"min": 1000, "unit": "person"},
    "des centaines de milliers de personnes": {"min": 100000, "unit": "person"},
    "plusieurs millions de dollars": {"min": 2000000, "unit": "USD"},
    "la moitié": {"value": 50, "unit": "%"},
    "trois quarts": {"value": 75, "unit": "%"},
    "près de la moitié": {"value": 50, "unit": "%", "approximate": True},
    "neuf sur dix": {"value": 90, "unit": "%"},
    "51,41 %": {"value": 51.41, "unit": "%"},
    "vingt-deux pour cent": {"value": 22, "unit": "%"},
    "7 % par an": {"value": 7, "unit": "%", "per": "year"},
    "1,7 point de pourcentage": {"value": 1.7, "unit": "percentage point"},
    "200 dollars par jour": {"value": 200, "unit": "USD", "per": "day"},
    "200 euros l'an": {"value": 200, "unit": "EUR", "per": "year"},
    "30 euros de l'heure": {"value": 30, "unit": "EUR", "per": "hour"},
    "520 postes": {"value": 520, "unit": "job"},
    "8 000 emplois": {"value": 8000, "unit": "job"},
    "deux grèves": {"value": 2, "unit": "strike"},
    "deux nouvelles grèves": {"value": 2, "unit": "strike"},
    "deux fois": {"value": 2, "unit": "times"},
    "cinq cent trente-cinq personnes": {"value": 535, "unit": "person"},
    "quatre-vingt-dix-neuf pays": {"value": 99, "unit": "country"},
    "trois ans et demi": {"value": 3.5, "unit": "year"},
    "deux décennies": {"value": 20, "unit": "year"},
    "une demi-heure": {"value": 0.5, "unit": "hour"},
    "45 ans": {"value": 45, "unit": "year"},
    "24 heures": {"value": 24, "unit": "hour"},
    "37 °C": {"value": 37, "unit": "°C"},
    "90 km/h": {"value": 90, "unit": "km/h"},
}

TIMES = {
    "mardi 6 décembre": ("2016-12-06", "2016-12-06"),
    "ce mardi 6 décembre 2016": ("2016-12-06", "2016-12-06"),
    "1er octobre 2018": ("2018-10-01", "2018-10-01"),
    "5 mai": ("2017-05-05", "2017-05-05"),
    "8 février prochain": ("2017-02-08", "2017-02-08"),
    "20 mai dernier": ("2016-05-20", "2016-05-20"),
    "21/04/2016": ("2016-04-21", "2016-04-21"),
    "2013-03-01": ("2013-03-01", "2013-03-01"),
    "lundi": ("2016-12-05", "2016-12-05"),
    "mardi dernier": ("2016-11-29", "2016-11-29"),
    "vendredi prochain": ("2016-12-09", "2016-12-09"),
    "lundi soir": ("2016-12-05", "2016-12-05"),
    "hier": ("2016-12-05", "2016-12-05"),
    "avant-hier": ("2016-12-04", "2016-12-04"),
    "Aujourd’hui": ("2016-12-06", "2016-12-06"),
    "la veille": ("2016-12-05", "2016-12-05"),
    "le soir même": ("2016-12-06", "2016-12-06"),
    "dans la nuit de lundi à mardi": ("2016-12-05", "2016-12-06"),
    "du 13 au 15 juillet 2016": ("2016-07-13", "2016-07-15"),
    "du 10 juin au 1er juillet 2015": ("2015-06-10", "2015-07-01"),
    "mai 2018": ("2018-05-01", "2018-05-31"),
    "décembre dernier": ("2016-12-01", "2016-12-31"),
    "novembre": ("2016-11-01", "2016-11-30"),
    "avril et mai 2017": ("2017-04-01", "2017-05-31"),
    "mi-juin": ("2016-06-11", "2016-06-20"),
    "début juin": ("2016-06-01", "2016-06-10"),
    "fin 2019": ("2019-10-01", "2019-12-31"),
    "la fin de l'année": ("2016-10-01", "2016-12-31"),
    "les années 1980": ("1980-01-01", "1989-12-31"),
    "XXe siècle": ("1901-01-01", "2000-12-31"),
    "19e siècle": ("1801-01-01", "1900-12-31"),
    "l'été 2011": ("2011-06-21", "2011-09-22"),
    "deuxième trimestre": ("2016-04-01", "2016-06-30"),
    "2e trimestre 2015": ("2015-04-01", "2015-06-30"),
    "premier semestre 2015": ("2015-01-01", "2015-06-30"),
    "an dernier": ("2015-01-01", "2015-12-31"),
    "mois prochain": ("2017-01-01", "2017-01-31"),
    "cette semaine": ("2016-12-05", "2016-12-11"),
    "ce week-end": ("2016-12-03", "2016-12-04"),
    "il y a trois ans": ("2013-01-01", "2013-12-31"),
    "il y a deux semaines": ("2016-11-22", "2016-11-22"),
    "dans cinq ans": ("2021-01-01", "2021-12-31"),
    "les dix prochaines années": ("2016-12-06", "2026-12-06"),
    "ces trois derniers mois": ("2016-09-06", "2016-12-06"),
    "depuis janvier 2015": ("2015-01-01", "2016-12-06"),
    "depuis deux semaines": ("2016-11-22", "2016-12-06"),
    "d'ici à 2020": ("2016-12-06", "2020-12-31"),
    "d'ici vendredi": ("2016-12-06", "2016-12-09"),
    "jusqu'en 2021": ("2016-12-06", "2021-12-31"),
    "jusqu'au 27 juillet 2017": ("2016-12-06", "2017-07-27"),
    "à partir du 22 juillet 2017": ("2017-07-22", ""),
    "après 2012": ("2013-01-01", ""),
    "avant la fin de l'année": ("2016-12-06", "2016-12-31"),
    "de 2002 à 2012": ("2002-01-01", "2012-12-31"),
    "2016-2017": ("2016-01-01", "2017-12-31"),
}


@pytest.mark.parametrize(("text", "value"), AMOUNTS.items(), ids=AMOUNTS)
def test_an_amount(text, value, ontology):
    assert read(text, ontology) == [(text, value)]


@pytest.mark.parametrize(("text", "ends"), TIMES.items(), ids=TIMES)
def test_a_time(text, ends, ontology):
    assert read(text, ontology) == [(text, {k: v for k, v in zip(("start", "end"), ends, strict=True) if v})]


@pytest.mark.parametrize(
    "text",
    ["l'article 49 de la loi", "un Airbus A321", "selon Mai Fatty", "la chaîne 2", "le 91e anniversaire", "tous les deux", "une fois élu", "le quatrième homme", "2-1", "un tiers"],
)  # fmt: skip
def test_what_states_no_value(text, ontology):
    assert read(text, ontology) == []


def test_a_year_is_no_amount_and_an_amount_no_year(ontology):
    assert read("En 2016, 2000 employés", ontology) == [
        ("2016", {"start": "2016-01-01", "end": "2016-12-31"}),
        ("2000 employés", {"value": 2000, "unit": "person"}),
    ]


def test_a_share_of_something_is_a_percentage(ontology):
    assert read("un tiers des électeurs", ontology) == [("un tiers", {"value": 33.3333, "unit": "%"})]


def test_a_change_names_two_states(ontology):
    assert [value["value"] for _, value in read("passant de 20 541 à 20 572 points", ontology)] == [
        20541,
        20572,
    ]
    assert [value["value"] for _, value in read("de 35 % à 15 %", ontology)] == [35, 15]


def test_an_adjective_beside_what_is_measured_gives_the_rate(ontology):
    text = "un salaire annuel pouvant atteindre 650 000 dollars"
    assert read(text, ontology)[0][1] == {"max": 650000, "unit": "USD", "per": "year"}


def test_a_number_without_its_noun_counts_what_the_sentence_counts(ontology):
    units = [value["unit"] for _, value in read("58 sièges, treize de moins", ontology)]
    assert units == ["seat", "seat"]
    assert read("217 des 441 représentants", ontology)[0][1] == {"value": 217, "unit": "person"}


def test_a_noun_that_the_lexicon_lacks_gives_its_lemma(ontology):
    assert (
        read("trois échaudoirs", ontology, échaudoirs=("échaudoir", "NOUN", (), -1))[0][1]["unit"]
        == "échaudoir"
    )


def test_the_future_tense_looks_ahead(ontology):
    verb = {
        "présentera": ("présenter", "VERB", (("Tense", "Fut"),), -1),
        "mercredi": ("mercredi", "NOUN", (), 1),
    }
    assert read("Il présentera sa réforme mercredi", ontology, **verb)[0][1]["start"] == "2016-12-07"
    assert read("sa réforme mercredi", ontology)[0][1]["start"] == "2016-11-30"


def test_hours_go_by_the_day_that_the_text_speaks_of(ontology):
    sentences = [sentence("Lundi, tout a brûlé."), sentence("L'alerte est venue à 10 h 12.", 30, 1)]
    hour = document_values(sentences, TUESDAY, ontology)[-1]
    assert (hour.value.start, hour.value.hour, hour.start) == ("2016-12-05", "10:12", 49)


def test_relative_times_need_the_date_of_the_article(ontology):
    assert read("Lundi, il y a trois ans, en 2012", ontology, None) == [
        ("2012", {"start": "2012-01-01", "end": "2012-12-31"})
    ]


def test_dollars_are_those_of_the_country_that_the_text_names(ontology):
    text = "Québec paie 300 millions de dollars à Montréal, et 5 dollars américains."
    assert local_dollar(text, ontology) == "CAD"
    assert [m.value.unit for m in document_values([sentence(text)], TUESDAY, ontology)] == ["CAD", "USD"]
    assert local_dollar("Washington paie 5 dollars.", ontology) == ""


def test_the_head_is_the_counted_noun_or_the_top_of_the_date(ontology):
    assert values_in(sentence("Il crée 520 postes"), TUESDAY, ontology)[0].token == 3
    tree = {
        "ce": ("ce", "DET", (), 2),
        "mardi": ("mardi", "NOUN", (), 0),
        "6": ("6", "NUM", (), 2),
        "décembre": ("décembre", "NOUN", (), 2),
    }
    assert values_in(sentence("Venu ce mardi 6 décembre", **tree), TUESDAY, ontology)[0].token == 2


WORDS = st.sampled_from([*AMOUNTS, *TIMES, "de", "à", "entre", "et", "plus de", "Paris", "le", "(", ")", "-", ",", "%", "1", "2016", "31", "juin", "’", "\n", "é\u0301", "l'"])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=12), st.integers(0, 5000), st.text(max_size=20))
def test_every_mention_quotes_its_sentence_and_none_overlap(ontology, words, start, noise):
    text = " ".join(words) + noise
    found = values_in(sentence(text, start), TUESDAY, ontology)
    assert all(text[m.start - start : m.end - start] == m.text and m.text for m in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 999_999_999))
def test_a_number_in_figures_is_read_back(ontology, value):
    text = f"{value:,}".replace(",", "\u202f") + " personnes"
    assert read(text, ontology) == [(text, {"value": value, "unit": "person"})]


def test_what_follows_or_precedes_counts_from_what_the_text_spoke_of(ontology):
    texts = ["Élu en 2010, il part.", "L'année suivante, il revient ; l'an prochain, il repart."]
    values = document_values([sentence(texts[0]), sentence(texts[1], 30, 1)], TUESDAY, ontology)
    assert [value.value.start for value in values] == ["2010-01-01", "2011-01-01", "2017-01-01"]


def test_nothing_is_left_for_the_collector_of_garbage(ontology: Ontology) -> None:
    line = sentence("Mardi, 30 élus sur 40 ont voté en 2016, deux ans après le 3 mai.")
    values_in(line, TUESDAY, ontology)
    gc.collect()
    gc.disable()
    try:
        values_in(line, TUESDAY, ontology)
        values_in(line, None, ontology)
        assert gc.collect() == 0
    finally:
        gc.enable()
