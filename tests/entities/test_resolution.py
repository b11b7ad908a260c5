"""Who is meant, in sentences whose trees are written by hand."""

from itertools import pairwise

import pytest

MINISTER = """
Le le DET 2 det Gender=Masc|Number=Sing
ministre ministre NOUN 8 nsubj Gender=Masc|Number=Sing
de de ADP 5 case
l' le DET 5 det
Intérieur intérieur NOUN 2 nmod Gender=Masc|Number=Sing
Bernard Bernard PROPN 2 appos
Cazeneuve Cazeneuve PROPN 6 flat:name
démissionne démissionner VERB 0 root
. . PUNCT 8 punct
"""

HE_LEAVES = """
Il il PRON 2 nsubj Gender=Masc|Number=Sing|PronType=Prs
quitte quitter VERB 0 root
son son DET 4 det Poss=Yes|PronType=Prs
poste poste NOUN 2 obj Gender=Masc|Number=Sing
. . PUNCT 2 punct
"""


def test_a_title_before_a_name_is_the_person(article):
    read = article(MINISTER, names={"Bernard Cazeneuve": "Person"})
    assert read.label("Le ministre de l'Intérieur") == "Bernard Cazeneuve"
    assert read.node("ministre").id == "bernard-cazeneuve"


def test_a_place_in_brackets_behind_a_complement_is_where_that_lies(article):
    read = article(
        """
        L' le DET 2 det Gender=Fem|Number=Sing
        usine usine NOUN 8 nsubj Gender=Fem|Number=Sing
        d' de ADP 4 case
        Albert Albert PROPN 2 nmod
        ( ( PUNCT 6 punct
        Somme Somme PROPN 2 appos
        ) ) PUNCT 6 punct
        ferme fermer VERB 0 root
        """,
        names={"Albert": "Place", "Somme": "Place"},
    )
    assert read.node("usine").label == "usine d'Albert"


def test_pronouns_and_possessives_find_the_subject_of_the_sentence_before(article):
    read = article(MINISTER, HE_LEAVES, names={"Bernard Cazeneuve": "Person"})
    assert read.label("Il") == "Bernard Cazeneuve"
    assert read.label("son") == "Bernard Cazeneuve"
    rules = {mention.text: mention.rule for mention in read.resolution.mentions}
    assert rules["Il"].startswith("personal: ")
    assert rules["son"].startswith("possessive: ")


def test_a_pronoun_of_the_other_gender_is_refused_and_the_reason_kept(article):
    she = HE_LEAVES.replace("Il il PRON 2 nsubj Gender=Masc", "Elle elle PRON 2 nsubj Gender=Fem").replace(
        "son son", "le le"
    )
    read = article(MINISTER, she, names={"Bernard Cazeneuve": "Person"})
    assert read.label("Elle") is None
    assert [refusal.reason for refusal in read.resolution.refusals] == ["nothing before agrees with it"]


def test_a_relative_pronoun_is_what_its_clause_hangs_from(article):
    read = article(
        """
        Renault Renault PROPN 5 nsubj
        , , PUNCT 4 punct
        qui qui PRON 4 nsubj PronType=Rel
        recrute recruter VERB 1 acl:relcl
        gagne gagner VERB 0 root
        """,
        names={"Renault": "Organization"},
    )
    assert read.label("qui") == "Renault"
    assert read.node("qui").id == "renault"


def test_an_expletive_refers_to_nobody(article):
    read = article(
        MINISTER,
        """
        Il il PRON 2 expl:subj Gender=Masc|Number=Sing
        faut falloir VERB 0 root
        partir partir VERB 2 xcomp
        """,
        names={"Bernard Cazeneuve": "Person"},
    )
    assert read.label("Il") is None
    assert not read.resolution.refusals


def test_a_description_finds_the_name_that_begins_with_its_noun(article):
    read = article(
        """
        La le DET 2 det Gender=Fem|Number=Sing
        Ligue ligue PROPN 4 nsubj
        arabe arabe PROPN 2 flat:name
        siège siéger VERB 0 root
        """,
        """
        La le DET 2 det Gender=Fem|Number=Sing
        ligue ligue NOUN 3 nsubj Gender=Fem|Number=Sing
        vote voter VERB 0 root
        """,
        names={"Ligue arabe": "Organization"},
    )
    assert read.label("La ligue") == "Ligue arabe"


def test_one_s_own_phrase_is_labelled_without_determiner_and_relative_clause(article):
    read = article(
        """
        Les le DET 2 det Gender=Masc|Number=Plur
        acteurs acteur NOUN 7 nsubj Gender=Masc|Number=Plur
        en en ADP 4 case
        grève grève NOUN 2 nmod Gender=Fem|Number=Sing
        qui qui PRON 6 nsubj PronType=Rel
        défilent défiler VERB 2 acl:relcl
        refusent refuser VERB 0 root
        """
    )
    node = read.node("acteurs")
    assert (node.label, node.mention, node.type) == ("acteurs en grève", "Les acteurs en grève", "Group")


def test_every_mention_is_the_text_at_its_place(article):
    read = article(MINISTER, HE_LEAVES, names={"Bernard Cazeneuve": "Person"})
    assert read.resolution.mentions
    for mention in read.resolution.mentions:
        assert read.document.text[mention.start : mention.end] == mention.text
        assert mention.entity in {entity.id for entity in read.resolution.entities}


def test_the_speaker_says_i(article):
    read = article(
        """
        « « PUNCT 3 punct
        Je je PRON 3 nsubj Number=Sing|Person=1|PronType=Prs
        refuse refuser VERB 0 root
        » » PUNCT 3 punct
        , , PUNCT 3 punct
        dit dire VERB 3 parataxis
        Anne Anne PROPN 6 nsubj
        Martin Martin PROPN 7 flat:name
        """,
        names={"Anne Martin": "Person"},
    )
    assert read.label("Je") == "Anne Martin"


def test_a_description_ends_before_the_next_mention(article):
    read = article(
        """
        Le le DET 2 det Gender=Masc|Number=Sing
        décret décret NOUN 6 nsubj Gender=Masc|Number=Sing
        de de ADP 4 case
        Anne Anne PROPN 2 nmod
        Martin Martin PROPN 4 flat:name
        tombe tomber VERB 0 root
        """,
        names={"Anne Martin": "Person"},
    )
    spans = [(mention.start, mention.end) for mention in read.resolution.mentions]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


MAYOR = """
Anne Anne PROPN 5 nsubj
Martin Martin PROPN 1 flat:name
est être AUX 5 cop
la le DET 5 det Gender=Fem|Number=Sing
maire maire NOUN 0 root Gender=Fem|Number=Sing
"""


def test_a_predicate_is_a_mention_of_its_subject_but_no_participant(article):
    read = article(MAYOR, names={"Anne Martin": "Person"})
    assert read.label("la maire") == "Anne Martin"
    assert read.node("maire").label == "maire"


def test_a_denied_predicate_is_no_mention(article):
    read = article(
        MAYOR.replace("Anne Martin", "").replace("la le DET 5 det", "pas pas ADV 5 advmod Polarity=Neg|"),
        names={"Anne Martin": "Person"},
    )
    assert [mention.text for mention in read.resolution.mentions] == ["Anne Martin"]


def test_titles_in_a_row_are_one_person(article):
    read = article(
        """
        Anne Anne PROPN 7 nsubj
        Martin Martin PROPN 1 flat:name
        , , PUNCT 4 punct
        maire maire NOUN 1 appos Gender=Fem|Number=Sing
        et et CCONJ 6 cc
        ex-députée ex-députée NOUN 4 conj Gender=Fem|Number=Sing
        démissionne démissionner VERB 0 root
        """,
        names={"Anne Martin": "Person"},
    )
    assert read.label("ex-députée") == "Anne Martin"


def test_who_is_described_first_and_named_later_is_one_person(article):
    read = article(
        """
        Une un DET 2 det Gender=Fem|Number=Sing
        maire maire NOUN 3 nsubj Gender=Fem|Number=Sing
        démissionne démissionner VERB 0 root
        """,
        """
        La le DET 2 det Gender=Fem|Number=Sing
        maire maire NOUN 6 nsubj Gender=Fem|Number=Sing
        , , PUNCT 4 punct
        Anne Anne PROPN 2 appos
        Martin Martin PROPN 4 flat:name
        part partir VERB 0 root
        """,
        names={"Anne Martin": "Person"},
    )
    assert read.label("Une maire") == "Anne Martin"


def test_a_stressed_pronoun_repeats_the_subject(article):
    read = article(
        MINISTER,
        """
        Anne Anne PROPN 6 nsubj
        Martin Martin PROPN 1 flat:name
        , , PUNCT 4 punct
        elle lui PRON 6 obl:mod Gender=Fem|Number=Sing|PronType=Prs
        , , PUNCT 4 punct
        reste rester VERB 0 root
        """,
        names={"Anne Martin": "Person", "Bernard Cazeneuve": "Person"},
    )
    assert read.label("elle") == "Anne Martin"


def test_a_relative_pronoun_agrees_with_its_verb(article):
    read = article(
        """
        les le DET 2 det Number=Plur
        juges juge NOUN 0 root Gender=Masc|Number=Plur
        et et CCONJ 4 cc
        Bercy Bercy PROPN 2 conj
        , , PUNCT 7 punct
        qui qui PRON 7 nsubj PronType=Rel
        enquête enquêter VERB 2 acl:relcl Number=Sing
        """,
        names={"Bercy": "Organization"},
    )
    assert read.label("qui") == "Bercy"


SHE_REFUSES = """
{mark} {mark} PUNCT 3 punct
Je je PRON 3 nsubj Number=Sing|Person=1|PronType=Prs
refuse refuser VERB 0 root
{end} {end} PUNCT 3 punct"""


def test_who_answers_in_the_sentence_before_says_i(article):
    read = article(
        """
        Anne Anne PROPN 3 nsubj
        Martin Martin PROPN 1 flat:name
        répond répondre VERB 0 root
        . . PUNCT 3 punct
        """,
        SHE_REFUSES.format(mark="«", end="»"),
        names={"Anne Martin": "Person"},
    )
    assert read.label("Je") == "Anne Martin"


def test_typewriter_marks_are_quotation_marks(article):
    read = article(
        SHE_REFUSES.format(mark='"', end='"')
        + """
        , , PUNCT 3 punct
        dit dire VERB 3 parataxis
        Anne Anne PROPN 6 nsubj
        Martin Martin PROPN 7 flat:name
        """,
        names={"Anne Martin": "Person"},
    )
    assert read.label("Je") == "Anne Martin"


def test_the_verb_of_speech_tells_the_speaker_not_the_nearest_subject(article):
    read = article(
        SHE_REFUSES.format(mark="«", end="»")
        + """
        , , PUNCT 3 punct
        pendant pendant SCONJ 9 mark
        Paul Paul PROPN 9 nsubj
        Durand Durand PROPN 7 flat:name
        dormait dormir VERB 3 advcl
        , , PUNCT 3 punct
        dit dire VERB 3 parataxis
        Anne Anne PROPN 11 nsubj
        Martin Martin PROPN 12 flat:name
        """,
        names={"Anne Martin": "Person", "Paul Durand": "Person"},
    )
    assert read.label("Je") == "Anne Martin"


def test_we_are_the_body_for_which_the_speaker_speaks(article):
    read = article(
        SHE_REFUSES.format(mark="«", end="»").replace("Je je", "Nous nous").replace("Sing", "Plur")
        + """
        , , PUNCT 3 punct
        dit dire VERB 3 parataxis
        Anne Anne PROPN 6 nsubj
        Martin Martin PROPN 7 flat:name
        , , PUNCT 10 punct
        directrice directeur NOUN 7 appos Gender=Fem|Number=Sing
        de de ADP 12 case
        Renault Renault PROPN 10 nmod
        . . PUNCT 3 punct
        """,
        names={"Anne Martin": "Person", "Renault": "Organization"},
    )
    assert read.label("Nous") == "Renault"
    assert read.label("directrice") == "Anne Martin"


THEY_ARGUE = """
Une un DET 2 det Gender=Fem|Number=Sing
campagne campagne NOUN 3 nsubj Gender=Fem|Number=Sing
commence commencer VERB 0 root
. . PUNCT 3 punct
"""


def test_a_thing_without_a_name_is_called_as_it_is_called_first(article):
    read = article(
        THEY_ARGUE,
        """
        Cette ce DET 2 det Gender=Fem|Number=Sing
        longue long ADJ 3 amod Gender=Fem|Number=Sing
        campagne campagne NOUN 4 nsubj Gender=Fem|Number=Sing
        finit finir VERB 0 root
        . . PUNCT 4 punct
        """,
    )
    assert read.label("Cette longue campagne") == "campagne"


def test_a_bare_noun_gives_way_to_what_says_of_what_it_is(article):
    read = article(
        THEY_ARGUE,
        """
        La le DET 2 det Gender=Fem|Number=Sing
        campagne campagne NOUN 5 nsubj Gender=Fem|Number=Sing
        de de ADP 4 case
        dons don NOUN 2 nmod Gender=Masc|Number=Plur
        finit finir VERB 0 root
        . . PUNCT 5 punct
        """,
    )
    assert read.label("Une campagne") == read.label("La campagne") == "campagne de dons"


def test_a_relative_pronoun_climbs_to_the_noun_that_its_verb_agrees_with(article):
    read = article(
        """
        le le DET 2 det Number=Sing
        fonds fonds NOUN 0 root Gender=Masc|Number=Sing
        pour pour ADP 5 case
        les le DET 5 det Number=Plur
        victimes victime NOUN 2 nmod Gender=Fem|Number=Plur
        qui qui PRON 8 nsubj PronType=Rel
        a avoir AUX 8 aux Number=Sing|VerbForm=Fin
        reçu recevoir VERB 5 acl:relcl Number=Sing|VerbForm=Part
        """,
    )
    assert read.label("qui") == read.label("le fonds") == "fonds pour les victimes"


def test_a_relative_pronoun_is_of_the_subject_where_nothing_nearer_agrees_with_its_verb(article):
    read = article(
        """
        Un un DET 2 det Number=Sing
        fonds fonds NOUN 3 nsubj Gender=Masc|Number=Sing
        aide aider VERB 0 root Number=Sing|VerbForm=Fin
        les le DET 5 det Number=Plur
        victimes victime NOUN 3 obj Gender=Fem|Number=Plur
        des de DET 7 det Number=Plur
        crues crue NOUN 5 nmod Gender=Fem|Number=Plur
        qui qui PRON 10 nsubj PronType=Rel
        a avoir AUX 10 aux Number=Sing|VerbForm=Fin
        reçu recevoir VERB 7 acl:relcl Number=Sing|VerbForm=Part
        """,
    )
    assert read.label("qui") == read.label("Un fonds") == "fonds"


def test_who_promises_to_help_somebody_helps_somebody_else(article):
    read = article(
        """
        Paul Paul PROPN 3 nsubj
        Durand Durand PROPN 1 flat:name
        arrive arriver VERB 0 root
        . . PUNCT 3 punct
        """,
        """
        Marc Marc PROPN 3 nsubj
        Petit Petit PROPN 1 flat:name
        promet promettre VERB 0 root
        de de ADP 6 mark
        l' le PRON 6 obj Number=Sing|PronType=Prs
        aider aider VERB 3 xcomp VerbForm=Inf
        . . PUNCT 3 punct
        """,
        names={"Paul Durand": "Person", "Marc Petit": "Person"},
    )
    assert read.label("l'") == "Paul Durand"


def test_we_are_the_body_that_stands_beside_the_speaker_s_name(article):
    read = article(
        SHE_REFUSES.format(mark="«", end="»").replace("Je je", "Nous nous").replace("Sing", "Plur")
        + """
        , , PUNCT 3 punct
        dit dire VERB 3 parataxis
        Anne Anne PROPN 6 nsubj
        Martin Martin PROPN 7 flat:name
        , , PUNCT 11 punct
        du de ADP 11 case
        CNRS CNRS PROPN 7 nmod
        . . PUNCT 3 punct
        """,
        names={"Anne Martin": "Person", "CNRS": "Organization"},
    )
    assert read.label("Nous") == read.label("CNRS")


RENAULT_FIGHTS_LE_MONDE = """
Renault Renault PROPN 2 nsubj
attaque attaquer VERB 0 root
Le le DET 4 det
Monde monde PROPN 2 obj
. . PUNCT 2 punct
"""


@pytest.mark.parametrize(("title", "body"), [("porte-parole", "Renault"), ("députée", "Anne Martin")])
def test_we_are_the_body_near_by_for_who_speaks_for_one_by_office(article, title, body):
    read = article(
        RENAULT_FIGHTS_LE_MONDE,
        SHE_REFUSES.format(mark="«", end="»").replace("Je je", "Nous nous").replace("Sing", "Plur")
        + f"""
        , , PUNCT 3 punct
        dit dire VERB 3 parataxis
        la le DET 8 det Gender=Fem|Number=Sing
        {title} {title} NOUN 6 nsubj Gender=Fem|Number=Sing
        Anne Anne PROPN 8 appos
        Martin Martin PROPN 9 flat:name
        . . PUNCT 3 punct
        """,
        names={"Anne Martin": "Person", "Renault": "Organization", "Le Monde": "Organization"},
    )
    assert read.label("Nous") == body


def test_no_firm_says_i(article):
    read = article(
        SHE_REFUSES.format(mark="«", end="»")
        + """
        , , PUNCT 3 punct
        écrit écrire VERB 3 parataxis
        Renault Renault PROPN 6 nsubj
        . . PUNCT 3 punct
        """,
        names={"Renault": "Organization"},
    )
    assert read.label("Je") is None
    assert "no speaker is known for this quotation" in {one.reason for one in read.resolution.refusals}


def test_an_opinion_begins_behind_a_comma_as_well(article):
    read = article(
        """
        Hier hier ADV 9 advmod
        , , PUNCT 1 punct
        pour pour ADP 4 case
        Anne Anne PROPN 9 obl
        Martin Martin PROPN 4 flat:name
        , , PUNCT 4 punct
        « « PUNCT 9 punct
        je je PRON 9 nsubj Number=Sing|Person=1|PronType=Prs
        refuse refuser VERB 0 root
        » » PUNCT 9 punct
        """,
        names={"Anne Martin": "Person"},
    )
    assert read.label("je") == "Anne Martin"


LONG = """
L' le DET 2 det Gender=Fem|Number=Sing
alerte alerte NOUN 16 nsubj Gender=Fem|Number=Sing
à à ADP 5 case
la le DET 5 det Gender=Fem|Number=Sing
bombe bombe NOUN 2 nmod Gender=Fem|Number=Sing
à à ADP 8 case
la le DET 8 det Gender=Fem|Number=Sing
gare gare NOUN 5 nmod Gender=Fem|Number=Sing
{rest}
passe passer VERB 0 root
"""


def test_a_label_takes_what_depends_on_its_complement_as_long_as_it_is_short(article):
    nested = "\n".join(
        f"{word} {lemma} {upos} {head} {relation}"
        for word, lemma, upos, head, relation in (
            ("de", "de", "ADP", 11, "case"),
            ("la", "le", "DET", 11, "det"),
            ("rue", "rue", "NOUN", 8, "nmod"),
            ("des", "de", "ADP", 13, "case"),
            ("Lilas", "lilas", "NOUN", 11, "nmod"),
            ("fleuris", "fleuri", "ADJ", 13, "amod"),
            ("hier", "hier", "ADV", 16, "advmod"),
        )
    )
    read = article(LONG.format(rest=nested))
    assert read.node("alerte").label == "alerte à la bombe à la gare de la rue"


def test_whose_house_is_sold_where_somebody_is_asked_to_sell_it(article):
    read = article(
        """
        Paul Paul PROPN 3 nsubj Gender=Masc
        Durand Durand PROPN 1 flat:name
        demande demander VERB 0 root
        à à ADP 5 case
        Jean Jean PROPN 3 obl:arg Gender=Masc
        Martin Martin PROPN 5 flat:name
        de de ADP 8 mark
        vendre vendre VERB 3 xcomp VerbForm=Inf
        sa son DET 10 det Poss=Yes|PronType=Prs
        maison maison NOUN 8 obj Gender=Fem|Number=Sing
        """,
        names={"Paul Durand": "Person", "Jean Martin": "Person"},
    )
    assert read.label("sa") == "Jean Martin"


def test_a_phrase_without_determiner_opens_the_sentence_for_its_subject(article):
    read = article(
        """
        Anne Anne PROPN 3 nsubj Gender=Fem
        Martin Martin PROPN 1 flat:name
        refuse refuser VERB 0 root
        . . PUNCT 3 punct
        """,
        """
        Ministre ministre NOUN 4 advmod Gender=Fem|Number=Sing
        , , PUNCT 1 punct
        elle lui PRON 4 nsubj Gender=Fem|Number=Sing|PronType=Prs
        démissionne démissionner VERB 0 root
        . . PUNCT 4 punct
        """,
        names={"Anne Martin": "Person"},
    )
    assert read.label("Ministre") == "Anne Martin"


def test_an_apposition_stands_behind_what_is_in_brackets(article):
    read = article(
        """
        Lyon Lyon PROPN 10 nsubj
        ( ( PUNCT 3 punct
        Rhône Rhône PROPN 1 appos
        ) ) PUNCT 3 punct
        , , PUNCT 7 punct
        grande grand ADJ 7 amod
        ville ville NOUN 10 obl Gender=Fem|Number=Sing
        paisible paisible ADJ 7 amod
        , , PUNCT 7 punct
        refuse refuser VERB 0 root
        """,
        names={"Lyon": "Place", "Rhône": "Place"},
    )
    assert read.label("grande ville paisible") == "Lyon"


def test_a_relative_stands_behind_a_pronoun_where_the_tree_does_not_say(article):
    read = article(
        """
        Anne Anne PROPN 3 nsubj Gender=Fem
        Martin Martin PROPN 1 flat:name
        refuse refuser VERB 0 root
        . . PUNCT 3 punct
        """,
        """
        C' ce PRON 3 nsubj
        est être AUX 3 cop
        elle lui PRON 0 root Gender=Fem|Number=Sing|PronType=Prs
        qui qui PRON 5 nsubj PronType=Rel
        part partir VERB 3 advcl
        """,
        names={"Anne Martin": "Person"},
    )
    assert read.label("elle") == "Anne Martin"
    assert read.label("qui") == "Anne Martin"


def test_one_s_country_is_the_one_that_the_title_has_an_adjective_of(article):
    read = article(
        """
        Le le DET 2 det Gender=Masc|Number=Sing
        ministre ministre NOUN 6 nsubj Gender=Masc|Number=Sing
        portugais portugais ADJ 2 amod Gender=Masc|Number=Sing
        Paul Paul PROPN 2 appos
        Durand Durand PROPN 4 flat:name
        défend défendre VERB 0 root
        son son DET 8 det Number=Sing|Poss=Yes|PronType=Prs
        pays pays NOUN 6 obj Gender=Masc|Number=Sing
        . . PUNCT 6 punct
        """,
        """
        Le le DET 2 det Gender=Masc|Number=Sing
        Portugal Portugal PROPN 3 nsubj
        gagne gagner VERB 0 root
        . . PUNCT 3 punct
        """,
        names={"Paul Durand": "Person", "Portugal": "Place"},
    )
    assert read.label("son pays") == "Portugal"


def test_a_turned_pronoun_repeats_the_subject_before_it(article):
    read = article(
        """
        Renault Renault PROPN 2 nsubj
        vendra vendre VERB 0 root
        -t-elle il PRON 2 nsubj Gender=Fem|Number=Sing|PronType=Prs
        l' le DET 5 det Gender=Fem|Number=Sing
        usine usine NOUN 2 obj Gender=Fem|Number=Sing
        ? ? PUNCT 2 punct
        """,
        names={"Renault": "Organization"},
    )
    assert read.label("-t-elle") == "Renault"


def test_a_pronoun_means_the_subject_around_it_rather_than_who_says_so(article):
    read = article(
        """
        La le DET 2 det Gender=Fem|Number=Sing
        CGT CGT PROPN 3 nsubj
        affirme affirmer VERB 0 root
        que que SCONJ 7 mark
        la le DET 6 det Gender=Fem|Number=Sing
        mairie mairie NOUN 7 nsubj Gender=Fem|Number=Sing
        fera faire VERB 3 ccomp
        ce ce PRON 7 obj
        qu' que PRON 11 obj PronType=Rel
        elle il PRON 11 nsubj Gender=Fem|Number=Sing|PronType=Prs
        veut vouloir VERB 8 acl:relcl
        . . PUNCT 3 punct
        """,
        names={"CGT": "Organization"},
    )
    assert read.label("elle") == read.label("la mairie")


SPOKE = "Le le DET 2 det Definite=Def|PronType=Art\n{first}\na avoir AUX {verb} aux:tense\nparlé parler VERB 0 root\n. . PUNCT {verb} punct"


def test_the_holder_of_another_office_is_somebody_else(article):
    read = article(
        SPOKE.format(
            first="sénateur sénateur NOUN 6 nsubj Gender=Masc|Number=Sing\nPaul Paul PROPN 2 nmod\nRoy Roy PROPN 3 flat:name",
            verb=6,
        ),
        SPOKE.format(
            first="ministre ministre NOUN 7 nsubj Gender=Masc|Number=Sing\nde de ADP 5 case\nla le DET 5 det\nCulture culture NOUN 2 nmod",
            verb=7,
        ),
        names={"Paul Roy": "Person"},
    )
    assert read.node("sénateur").label == "Paul Roy"
    assert read.node("ministre", 1).label == "ministre de la Culture"


def test_the_meeting_of_another_town_is_another(article):
    town = "tournoi tournoi NOUN 6 nsubj Gender=Masc|Number=Sing\nde de ADP 4 case\n{} {} PROPN 2 nmod"
    read = article(
        SPOKE.format(first=town.format("Lyon", "Lyon"), verb=6),
        SPOKE.format(first=town.format("Brest", "Brest"), verb=6),
        names={"Lyon": "Place", "Brest": "Place"},
    )
    assert read.node("tournoi").label == "tournoi de Lyon"
    assert read.node("tournoi", 1).label == "tournoi de Brest"


@pytest.mark.parametrize(("gender", "agrees"), [("Fem", False), ("Masc", True)])
def test_a_participle_tells_the_gender_of_the_object_before_it(article, gender, agrees):
    read = article(
        f"""
        Le le DET 2 det Definite=Def
        dossier dossier NOUN 3 nsubj Gender=Masc|Number=Sing
        arrive arriver VERB 0 root
        et et CCONJ 8 cc
        Bercy Bercy PROPN 8 nsubj
        l' lui PRON 8 obj Number=Sing|Person=3|PronType=Prs
        a avoir AUX 8 aux:tense
        confié confier VERB 3 conj Gender={gender}|Number=Sing|VerbForm=Part
        """
    )
    reasons = [refusal.reason for refusal in read.resolution.refusals]
    assert ("nothing before agrees with it" not in reasons) == agrees


def test_a_title_behind_another_has_the_name_for_both(article):
    read = article(
        """
        le le DET 2 det Gender=Masc|Number=Sing
        chef chef NOUN 11 nsubj Gender=Masc|Number=Sing
        de de ADP 4 case
        cabinet cabinet NOUN 2 nmod Gender=Masc|Number=Sing
        , , PUNCT 7 punct
        le le DET 7 det Gender=Masc|Number=Sing
        général général NOUN 2 appos Gender=Masc|Number=Sing
        Paul Paul PROPN 7 nmod
        Durand Durand PROPN 8 flat:name
        , , PUNCT 7 punct
        démissionne démissionner VERB 0 root
        """,
        names={"Paul Durand": "Person"},
    )
    assert read.label("le chef") == read.label("le général") == "Paul Durand"


def test_a_bare_noun_between_a_title_and_a_name_takes_no_name(article):
    read = article(
        """
        le le DET 2 det Gender=Masc|Number=Sing
        fournisseur fournisseur NOUN 7 nsubj Gender=Masc|Number=Sing
        de de ADP 4 case
        services service NOUN 2 nmod Gender=Masc|Number=Plur
        Alma Alma PROPN 4 nmod
        , , PUNCT 2 punct
        recrute recruter VERB 0 root
        """,
        names={"Alma": "Organization"},
    )
    assert read.label("le fournisseur") == "Alma"


def test_a_civil_title_is_one_with_the_name_that_hangs_from_it(article):
    read = article(
        """
        Mme madame NOUN 3 nsubj Gender=Fem|Number=Sing
        Brunel Brunel PROPN 1 nmod
        ferme fermer VERB 0 root
        . . PUNCT 3 punct
        """,
        names={"Brunel": "Person"},
    )
    assert read.node("Mme").type == "Person"
    assert [mention.text for mention in read.resolution.mentions] == ["Mme Brunel"]


FIRM = """
Air air NOUN 7 nsubj Gender=Masc|Number=Sing
Lorraine Lorraine PROPN 1 flat:name
, , PUNCT 5 punct
une un DET 5 det Gender=Fem|Number=Sing
compagnie compagnie NOUN 1 appos Gender=Fem|Number=Sing
, , PUNCT 5 punct
souffre souffrir VERB 0 root
. . PUNCT 7 punct
"""
SHE_PAYS = """
Elle elle PRON 2 nsubj Gender=Fem|Number=Sing|PronType=Prs
paie payer VERB 0 root
. . PUNCT 2 punct
"""


def test_a_pronoun_agrees_with_the_noun_that_a_firm_was_called_by(article):
    read = article(FIRM, SHE_PAYS, names={"Air Lorraine": "Organization"})
    assert read.label("Elle") == "Air Lorraine"


def test_who_is_named_at_last_is_who_was_spoken_of(article):
    read = article(
        """
        Un un DET 2 det Gender=Masc|Number=Sing
        pompier pompier NOUN 3 nsubj Gender=Masc|Number=Sing
        tombe tomber VERB 0 root
        . . PUNCT 3 punct
        """,
        SHE_PAYS.replace("Elle elle", "Il il").replace("Fem", "Masc"),
        """
        Luc Luc PROPN 7 nsubj
        Petit Petit PROPN 1 flat:name
        , , PUNCT 4 punct
        pompier pompier NOUN 1 appos Gender=Masc|Number=Sing
        volontaire volontaire ADJ 4 amod
        , , PUNCT 4 punct
        guérit guérir VERB 0 root
        """,
        names={"Luc Petit": "Person"},
    )
    assert read.label("Un pompier") == "Luc Petit"
    assert read.label("Il") == "Luc Petit"


def test_a_noun_with_an_accent_finds_the_name_that_it_begins(article):
    read = article(
        """
        L' le DET 2 det
        Autorité autorité NOUN 5 nsubj Gender=Fem|Number=Sing
        des de ADP 4 case
        Ondes onde NOUN 2 nmod Gender=Fem|Number=Plur
        enquête enquêter VERB 0 root
        . . PUNCT 5 punct
        """,
        """
        L' le DET 2 det Number=Sing
        autorité autorité NOUN 3 nsubj Gender=Fem|Number=Sing
        refuse refuser VERB 0 root
        . . PUNCT 3 punct
        """,
        names={"Autorité des Ondes": "Organization"},
    )
    assert read.label("L'autorité") == "Autorité des Ondes"


def test_one_of_many_is_one_of_them(article):
    read = article(
        """
        Un un PRON 9 nsubj Gender=Masc|Number=Sing|PronType=Ind
        des de ADP 3 case
        pilotes pilote NOUN 1 nmod Gender=Masc|Number=Plur
        de de ADP 5 case
        Volta Volta PROPN 3 nmod
        , , PUNCT 7 punct
        Luc Luc PROPN 5 appos
        , , PUNCT 7 punct
        refuse refuser VERB 0 root
        . . PUNCT 9 punct
        """,
        HE_LEAVES,
        names={"Volta": "Organization", "Luc": "Person"},
    )
    assert read.label("Un") == "Luc"
    assert read.label("Il") == "Luc"


def test_who_is_from_somewhere_is_somebody(article):
    read = article(
        """
        La le DET 2 det Definite=Def|Gender=Fem|Number=Sing|PronType=Art
        Lilloise Lilloise PROPN 3 nsubj Gender=Fem|Number=Sing
        gagne gagner VERB 0 root
        . . PUNCT 3 punct
        """,
        SHE_PAYS,
    )
    assert read.label("La Lilloise") == "Lilloise"
    assert read.label("Elle") == "Lilloise"


IS_PAUL = """
Le le DET 2 det Definite=Def|PronType=Art
président président NOUN 7 nsubj Gender=Masc|Number=Sing
du de ADP 4 case
jury jury NOUN 2 nmod Gender=Masc|Number=Sing
{no}
sera être AUX 7 cop
{title}
Paul Paul PROPN {paul}
. . PUNCT 7 punct
"""


@pytest.mark.parametrize(
    ("no", "title", "paul", "label"),
    [
        ("alors alors ADV 7 advmod", "", "0 root", "Paul"),
        ("pas pas ADV 7 advmod Polarity=Neg", "", "0 root", "président du jury"),
        ("", "le le DET 7 det\nmaire maire NOUN 0 root Gender=Masc|Number=Sing", "7 nmod", "Paul"),
    ],
)
def test_somebody_described_is_who_he_is_said_to_be(article, no, title, paul, label):
    block = IS_PAUL.format(no=no, title=title, paul=paul).replace("\n\n", "\n")
    read = article(block, names={"Paul": "Person"})
    assert read.label("Le président") == label


def test_the_vote_of_another_year_is_another(article):
    vote = "L' le DET 2 det\nélection élection NOUN 5 nsubj Number=Sing\nde de ADP 4 case\n{year} {year} NUM 2 nmod\nviendra venir VERB 0 root\n. . PUNCT 5 punct"
    read = article(vote.format(year=2031), vote.format(year=2027))
    assert read.label("L'élection de 2027") == "élection de 2027"


def test_a_label_that_tells_the_nation_goes_before_one_that_does_not(article):
    army = "L' le DET 2 det Number=Sing\narmée armée NOUN 4 nsubj Gender=Fem|Number=Sing\n{word}\navance avancer VERB 0 root\n. . PUNCT 4 punct"
    read = article(army.format(word="seule seul ADJ 2 amod"), army.format(word="syrienne syrien ADJ 2 amod"))
    assert {entity.label for entity in read.resolution.entities} == {"armée syrienne"}


def test_a_person_is_no_country_of_the_same_name(article):
    read = article(
        """
        Paul Paul PROPN 3 nsubj
        Hollande Hollande PROPN 1 flat:name
        arrive arriver VERB 0 root
        . . PUNCT 3 punct
        """,
        "Le le DET 2 det Number=Sing\npays pays NOUN 3 nsubj Gender=Masc|Number=Sing\nrefuse refuser VERB 0 root\n. . PUNCT 3 punct",
        names={"Paul Hollande": "Person"},
    )
    assert read.label("Le pays") == "pays"


def test_a_name_with_its_article_stands_behind_what_it_is_called(article):
    read = article(
        """
        Anne Anne PROPN 2 nsubj
        dirige diriger VERB 0 root
        son son DET 4 det Gender=Masc|Number=Sing|Poss=Yes
        parti parti NOUN 2 obj Gender=Masc|Number=Sing
        , , PUNCT 7 punct
        le le DET 7 det Gender=Masc|Number=Sing
        Mouvement Mouvement PROPN 2 obj
        bleu Bleu PROPN 7 flat:name
        . . PUNCT 2 punct
        """,
        names={"Anne": "Person", "Mouvement bleu": "Organization"},
    )
    assert read.label("son parti") == "Mouvement bleu"
    mentions = [mention.text for mention in read.resolution.mentions]
    assert mentions.index("son parti") < mentions.index("son")


def test_a_definite_phrase_opens_the_sentence_for_the_name_behind_its_comma(article):
    read = article(
        """
        L' le DET 2 det Definite=Def|Number=Sing
        ex-maire ex-maire NOUN 6 nsubj Number=Sing
        , , PUNCT 4 punct
        Anne Anne PROPN 2 nmod
        a avoir AUX 6 aux:tense
        refusé refuser VERB 0 root
        . . PUNCT 6 punct
        """,
        names={"Anne": "Person"},
    )
    assert read.label("L'ex-maire") == "Anne"


def test_a_bill_is_called_a_bill_and_a_law(article):
    read = article(
        """
        Un un DET 2 det Gender=Masc|Number=Sing
        projet projet NOUN 5 nsubj Gender=Masc|Number=Sing
        de de ADP 4 case
        loi loi NOUN 2 nmod Gender=Fem|Number=Sing
        viendra venir VERB 0 root
        . . PUNCT 5 punct
        """,
        "Cette ce DET 2 det Number=Sing\nloi loi NOUN 3 nsubj Gender=Fem|Number=Sing\nviendra venir VERB 0 root\n. . PUNCT 3 punct",
    )
    assert read.label("Un projet de loi") == read.label("Cette loi") == "projet de loi"


def test_who_suffers_is_not_who_did_it(article):
    sentence = "La le DET 2 det Number=Sing\n{noun} NOUN 3 nsubj Gender=Fem|Number=Sing\nparle parler VERB 0 root\n. . PUNCT 3 punct"
    read = article(sentence.format(noun="suspecte suspecte"), sentence.format(noun="victime victime"))
    assert read.label("La victime") == "victime"


def test_a_participle_says_that_a_name_is_the_noun_s(article):
    read = article(
        """
        Un un DET 2 det Gender=Masc|Number=Sing
        hangar hangar NOUN 9 nsubj Gender=Masc|Number=Sing
        de de ADP 4 case
        bois bois NOUN 2 nmod
        nommé nommer VERB 2 acl VerbForm=Part
        « « PUNCT 8 punct
        la le DET 8 det
        Rotonde Rotonde PROPN 5 xcomp
        brûle brûler VERB 0 root
        """,
        names={"Rotonde": "Place"},
    )
    assert read.node("hangar").label == "Rotonde"
    assert read.node("bois").label == "bois"


@pytest.mark.parametrize(("det", "whose"), [("", "Anne Roux"), ("la", "ministre")])
def test_two_titles_before_a_name_are_one_person(article, det, whose):
    row = "la le DET 5 det" if det else "ancienne ancien ADJ 5 amod"
    read = article(
        f"""
        La le DET 2 det Gender=Fem|Number=Sing
        ministre ministre NOUN 8 nsubj Gender=Fem|Number=Sing
        et et CCONJ 5 cc
        {row}
        députée députée NOUN 2 conj Gender=Fem|Number=Sing
        Anne Anne PROPN 5 nmod
        Roux Roux PROPN 6 flat:name
        refuse refuser VERB 0 root
        """,
        names={"Anne Roux": "Person"},
    )
    assert read.node("ministre").label == whose


AT_ANCY = """
Elle elle PRON 2 nsubj Gender=Fem|Number=Sing|PronType=Prs
vit vivre VERB 0 root
à à ADP 4 case
Ancy Ancy PROPN 2 obl:mod
"""
IN_THE_ANCY = """
Elle elle PRON 2 nsubj Gender=Fem|Number=Sing|PronType=Prs
vit vivre VERB 0 root
dans dans ADP 5 case
l' le DET 5 det Gender=Masc|Number=Sing
Ancy Ancy PROPN 2 obl:mod
"""
THE_TOWN = """
La le DET 2 det Gender=Fem|Number=Sing
ville ville NOUN 3 nsubj Gender=Fem|Number=Sing
dort dormir VERB 0 root
"""


@pytest.mark.parametrize(("there", "label"), [(AT_ANCY, "Ancy"), (IN_THE_ANCY, "ville")])
def test_what_one_is_at_is_a_town(article, there, label):
    read = article(there, THE_TOWN, names={"Ancy": "Place"})
    assert read.node("ville", 1).label == label


def sentence(*words: str) -> str:
    """A sentence of a determiner, a noun with complements, and a verb: "la mère de Anne dort"."""
    rows = [f"{words[0]} {words[0].lower()} DET 2 det Gender=Fem|Number=Sing"]
    rows.append(f"{words[1]} {words[1].lower()} NOUN {len(words)} nsubj Gender=Fem|Number=Sing")
    for at in range(2, len(words) - 1, 2):
        rows += [
            f"{words[at]} {words[at]} ADP {at + 2} case",
            f"{words[at + 1]} {words[at + 1]} PROPN 2 nmod",
        ]
    return "\n".join([*rows, f"{words[-1]} {words[-1]} VERB 0 root"])


ANNE_SLEEPS = "Anne Anne PROPN 2 nsubj\ndort dormir VERB 0 root"


def test_whose_mother_she_is_is_not_the_mother(article):
    read = article(ANNE_SLEEPS, sentence("La", "mère", "de", "Anne", "refuse"), names={"Anne": "Person"})
    assert read.node("mère", 1).label == "mère de Anne"


@pytest.mark.parametrize(("noun", "label"), [("Danoise", "Danoise"), ("Française", "Anne Roux")])
def test_who_is_from_another_country_is_another(article, noun, label):
    read = article(
        """
        La le DET 2 det Gender=Fem|Number=Sing
        Française Française NOUN 5 nsubj Gender=Fem|Number=Sing
        Anne Anne PROPN 2 nmod
        Roux Roux PROPN 3 flat:name
        gagne gagner VERB 0 root
        """,
        sentence("La", noun, "perd"),
        names={"Anne Roux": "Person"},
    )
    assert read.node(noun, 1).label == label


def test_the_noun_of_a_set_phrase_means_nothing_that_was_spoken_of(article):
    read = article(
        """
        Elle elle PRON 6 nsubj Gender=Fem|Number=Sing|PronType=Prs
        , , PUNCT 6 punct
        de de ADP 5 case
        son son DET 5 det Poss=Yes|PronType=Prs
        côté côté NOUN 6 obl:mod Gender=Masc|Number=Sing
        refuse refuser VERB 0 root
        """
    )
    assert "son côté" not in {mention.text for mention in read.resolution.mentions}


def test_a_name_is_called_by_its_head_not_by_its_complement(article):
    names = {"Direction des examens": "Organization"}
    said = """
    La le DET 2 det Gender=Fem|Number=Sing
    Direction direction NOUN 5 nsubj Gender=Fem|Number=Sing
    des de ADP 4 case
    examens examen NOUN 2 nmod Gender=Masc|Number=Plur
    publie publier VERB 0 root
    """
    read = article(said, sentence("La", "direction", "refuse"), names=names)
    assert read.node("direction", 1).label == "Direction des examens"
    read = article(
        said,
        "L' le DET 2 det\nexamen examen NOUN 3 nsubj Gender=Masc|Number=Sing\ndort dormir VERB 0 root",
        names=names,
    )
    assert read.node("examen", 1).label == "examen"


def test_where_one_is_is_not_what_one_is(article):
    read = article(
        """
        Anne Anne PROPN 4 nsubj
        est être AUX 4 cop
        en en ADP 4 case
        prison prison NOUN 0 root Gender=Fem|Number=Sing
        """,
        sentence("La", "prison", "brûle"),
        names={"Anne": "Person"},
    )
    assert read.node("prison", 1).label == "prison"
    assert "prison" not in {mention.text for mention in read.resolution.mentions if mention.entity == "anne"}


def test_a_firm_can_be_what_one_is_to_another(article):
    read = article(
        """
        Vexa Vexa PROPN 8 nsubj
        , , PUNCT 4 punct
        principal principal ADJ 4 amod
        client client NOUN 1 appos Gender=Masc|Number=Sing
        de de ADP 6 case
        Dorn Dorn PROPN 4 nmod
        , , PUNCT 4 punct
        recrute recruter VERB 0 root
        """,
        names={"Vexa": "Organization", "Dorn": "Organization"},
    )
    assert read.node("client").label == "Vexa"


def test_whose_lawyer_he_is_is_not_who_he_is(article):
    read = article(
        """
        L' le DET 2 det
        avocat avocat NOUN 9 nsubj Gender=Masc|Number=Sing
        du de ADP 4 case
        suspect suspect NOUN 2 nmod Gender=Masc|Number=Sing
        , , PUNCT 6 punct
        Paul Paul PROPN 2 appos
        Lebrun Lebrun PROPN 6 flat:name
        , , PUNCT 6 punct
        proteste protester VERB 0 root
        """,
        names={"Paul Lebrun": "Person"},
    )
    assert (read.node("avocat").label, read.node("suspect").label) == ("Paul Lebrun", "suspect")


def test_an_age_tells_nobody_apart(article):
    read = article(
        ANNE_SLEEPS,
        """
        La le DET 2 det Gender=Fem|Number=Sing
        joueuse joueuse NOUN 6 nsubj Gender=Fem|Number=Sing
        de de ADP 5 case
        36 36 NUM 5 nummod
        ans an NOUN 2 nmod Number=Plur
        gagne gagner VERB 0 root
        """,
        names={"Anne": "Person"},
    )
    assert read.node("joueuse", 1).label == "Anne"


@pytest.mark.parametrize(("rank", "label"), [("premier", "premier tour"), ("second", "second tour")])
def test_the_second_round_is_not_the_first(article, rank, label):
    rows = "Le le DET 3 det\n{0} {0} ADJ 3 amod\ntour tour NOUN 4 nsubj Gender=Masc|Number=Sing\ncommence commencer VERB 0 root"
    read = article(rows.format("premier"), rows.format(rank))
    assert read.node("tour", 1).label == label
    assert (read.node("tour", 1).id == read.node("tour").id) == (rank == "premier")


def test_the_works_of_another_firm_are_others(article):
    read = article(
        "L' le DET 2 det\nusine usine NOUN 5 nsubj Gender=Fem|Number=Sing\nde de ADP 4 case\nVexa Vexa PROPN 2 nmod\nferme fermer VERB 0 root",
        "L' le DET 2 det\nusine usine NOUN 4 nsubj Gender=Fem|Number=Sing\nArvo Arvo PROPN 2 nmod\nferme fermer VERB 0 root",
        names={"Vexa": "Organization", "Arvo": "Organization"},
    )
    assert read.node("usine", 1).id != read.node("usine").id


@pytest.mark.parametrize(("noun", "label"), [("ville", "Ancy"), ("gare", "gare d'Ancy")])
def test_the_town_of_a_name_is_so_called(article, noun, label):
    read = article(
        f"""
        La le DET 2 det Gender=Fem|Number=Sing
        {noun} {noun} NOUN 5 nsubj Gender=Fem|Number=Sing
        d' de ADP 4 case
        Ancy Ancy PROPN 2 nmod
        dort dormir VERB 0 root
        """,
        names={"Ancy": "Place"},
    )
    assert read.node(noun).label == label
