"""Whom a pronoun can mean and whom it cannot, in sentences whose trees are written by hand."""

VISIT = """
Le le DET 2 det Gender=Masc|Number=Sing
maire maire NOUN 5 nsubj Gender=Masc|Number=Sing
Paul Paul PROPN 2 nmod
Durand Durand PROPN 3 flat:name
reçoit recevoir VERB 0 root
Anne Anne PROPN 5 obj
Martin Martin PROPN 6 flat:name
. . PUNCT 5 punct
"""
PEOPLE = {"Paul Durand": "Person", "Anne Martin": "Person"}


def test_il_s_agit_is_nobody_but_il_agit_is_somebody(article):
    it_is = """
    Il il PRON 3 expl:subj Gender=Masc|Number=Sing
    s' se PRON 3 expl:pv Reflex=Yes
    agit agir VERB 0 root
    d' de ADP 6 case
    un un DET 6 det Gender=Masc|Number=Sing
    accord accord NOUN 3 obl:arg Gender=Masc|Number=Sing
    """
    he_acts = """
    Il il PRON 2 nsubj Gender=Masc|Number=Sing
    agit agir VERB 0 root
    vite vite ADV 2 advmod
    """
    assert article(VISIT, it_is, names=PEOPLE).label("Il") is None
    assert article(VISIT, he_acts, names=PEOPLE).label("Il") == "Paul Durand"


def test_who_speaks_is_nobody_of_whom_the_quotation_alone_speaks(article):
    read = article(
        VISIT,
        """
        « « PUNCT 4 punct
        Un un DET 3 det Gender=Masc|Number=Sing
        voleur voleur NOUN 4 nsubj Gender=Masc|Number=Sing
        fuit fuir VERB 0 root
        » » PUNCT 4 punct
        , , PUNCT 7 punct
        affirme affirmer VERB 4 parataxis
        -t-il il PRON 7 nsubj Gender=Masc|Number=Sing|PronType=Prs
        """,
        names=PEOPLE,
    )
    assert read.label("-t-il") == "Paul Durand"


def test_nobody_is_the_owner_of_what_he_is_called(article):
    read = article(
        VISIT,
        """
        Luc Luc PROPN 7 nsubj
        Moreau Moreau PROPN 1 flat:name
        , , PUNCT 5 punct
        son son DET 5 det Number=Sing|Poss=Yes
        adversaire adversaire NOUN 1 appos Gender=Masc|Number=Sing
        , , PUNCT 5 punct
        refuse refuser VERB 0 root
        """,
        names=PEOPLE | {"Luc Moreau": "Person"},
    )
    assert read.label("son") == "Paul Durand"


def test_a_set_phrase_speaks_of_the_subject_wherever_that_stands(article):
    read = article(
        VISIT,
        """
        Il il PRON 2 nsubj Gender=Masc|Number=Sing|PronType=Prs
        part partir VERB 0 root
        . . PUNCT 2 punct
        """,
        """
        Refuse refuser VERB 0 root
        pour pour ADP 4 case
        sa son DET 4 det Number=Sing|Poss=Yes
        part part NOUN 1 obl:mod Gender=Fem|Number=Sing
        la le DET 6 det Gender=Fem|Number=Sing
        députée député NOUN 1 nsubj Gender=Fem|Number=Sing
        Claire Claire PROPN 6 nmod
        Roux Roux PROPN 7 flat:name
        """,
        names=PEOPLE | {"Claire Roux": "Person"},
    )
    assert read.label("sa") == "Claire Roux"


def test_a_clause_before_the_subject_can_point_ahead_to_it(article):
    read = article(
        """
        Lorsqu' lorsque SCONJ 3 mark
        il il PRON 3 nsubj Gender=Masc|Number=Sing|PronType=Prs
        quitte quitter VERB 8 advcl
        Lyon Lyon PROPN 3 obj
        , , PUNCT 3 punct
        Paul Paul PROPN 8 nsubj
        Durand Durand PROPN 6 flat:name
        vend vendre VERB 0 root
        sa son DET 10 det Number=Sing|Poss=Yes
        maison maison NOUN 8 obj Gender=Fem|Number=Sing
        """,
        names={"Paul Durand": "Person", "Lyon": "Place"},
    )
    assert read.label("il") == "Paul Durand"
    assert read.label("sa") == "Paul Durand"


def test_who_means_to_do_something_does_not_do_it_to_himself(article):
    read = article(
        VISIT,
        """
        Paul Paul PROPN 3 nsubj
        Durand Durand PROPN 1 flat:name
        annonce annoncer VERB 0 root
        l' le DET 5 det Number=Sing
        intention intention NOUN 3 obj Gender=Fem|Number=Sing
        de de ADP 8 mark
        l' le PRON 8 obj Number=Sing|PronType=Prs
        aider aider VERB 5 acl VerbForm=Inf
        """,
        names=PEOPLE,
    )
    assert read.label("l'") == "Anne Martin"


def test_a_second_relative_clause_that_nothing_joins_is_of_the_phrase_before_it(article):
    read = article(
        """
        Les le DET 2 det Number=Plur
        élus élu NOUN 3 nsubj Gender=Masc|Number=Plur
        votent voter VERB 0 root
        , , PUNCT 7 punct
        dont dont PRON 7 nmod PronType=Rel
        la le DET 7 det Gender=Fem|Number=Sing
        maire maire NOUN 2 acl:relcl Gender=Fem|Number=Sing
        Anne Anne PROPN 7 nmod
        Roux Roux PROPN 8 flat:name
        , , PUNCT 12 punct
        qui qui PRON 12 nsubj PronType=Rel
        refuse refuser VERB 2 acl:relcl
        """,
        names={"Anne Roux": "Person"},
    )
    assert read.label("qui") == "Anne Roux"


def test_a_relative_that_shows_its_number_agrees_with_its_antecedent_not_with_its_verb(article):
    read = article(
        """
        La le DET 2 det Gender=Fem|Number=Sing
        tour tour NOUN 12 nsubj Gender=Fem|Number=Sing
        et et CCONJ 5 cc
        l' le DET 5 det Number=Sing
        avion avion NOUN 2 conj Gender=Masc|Number=Sing
        , , PUNCT 10 punct
        à à ADP 8 case
        bord bord NOUN 10 obl:mod Gender=Masc|Number=Sing
        duquel lequel PRON 10 nsubj Gender=Masc|Number=Sing|PronType=Rel
        voyageaient voyager VERB 2 acl:relcl Number=Plur|VerbForm=Fin
        , , PUNCT 10 punct
        brûlent brûler VERB 0 root
        """
    )
    assert read.label("duquel") == "avion"


def test_a_stressed_pronoun_behind_the_auxiliary_repeats_the_subject(article):
    read = article(
        VISIT,
        """
        Luc Luc PROPN 6 nsubj
        Moreau Moreau PROPN 1 flat:name
        a avoir AUX 6 aux:tense
        lui lui PRON 6 iobj Number=Sing|PronType=Prs
        aussi aussi ADV 6 advmod
        refusé refuser VERB 0 root VerbForm=Part
        """,
        names=PEOPLE | {"Luc Moreau": "Person"},
    )
    assert read.label("lui") == "Luc Moreau"


def test_there_is_in_a_place_never_in_a_person(article):
    read = article(
        """
        Paul Paul PROPN 3 nsubj
        Durand Durand PROPN 1 flat:name
        quitte quitter VERB 0 root
        Lyon Lyon PROPN 3 obj
        après après ADP 8 mark
        y y PRON 8 iobj PronType=Prs
        avoir avoir AUX 8 aux:tense
        vécu vivre VERB 3 advcl VerbForm=Part
        """,
        names={"Paul Durand": "Person", "Lyon": "Place"},
    )
    assert read.label("y") == "Lyon"


def test_what_an_object_is_called_upon_to_do_it_does_with_its_own(article):
    read = article(
        """
        Anne Anne PROPN 3 nsubj
        Martin Martin PROPN 1 flat:name
        appelle appeler VERB 0 root
        le le DET 5 det Gender=Masc|Number=Sing
        Burundi Burundi PROPN 3 obj
        à à ADP 7 mark
        ouvrir ouvrir VERB 5 acl VerbForm=Inf
        ses son DET 9 det Number=Plur|Poss=Yes
        frontières frontière NOUN 7 obj Gender=Fem|Number=Plur
        """,
        names={"Anne Martin": "Person", "Burundi": "Place"},
    )
    assert read.label("ses") == "Burundi"


def test_nothing_is_the_owner_of_what_its_own_phrase_holds(article):
    read = article(
        """
        La le DET 2 det Gender=Fem|Number=Sing
        loi loi NOUN 3 nsubj Gender=Fem|Number=Sing
        parle parler VERB 0 root
        . . PUNCT 3 punct
        """,
        """
        La le DET 2 det Gender=Fem|Number=Sing
        société société NOUN 7 nsubj Gender=Fem|Number=Sing
        de de ADP 5 case
        ses son DET 5 det Number=Plur|Poss=Yes
        auteurs auteur NOUN 2 nmod Gender=Masc|Number=Plur
        s' se PRON 7 expl:pv Reflex=Yes
        oppose opposer VERB 0 root
        """,
    )
    assert read.label("ses") != "société"


def test_a_relative_behind_an_apposition_is_of_the_name_that_it_tells_of(article):
    read = article(
        """
        Anne Anne PROPN 9 nsubj
        Martin Martin PROPN 1 flat:name
        , , PUNCT 4 punct
        directrice directeur NOUN 1 appos Gender=Fem|Number=Sing
        de de ADP 6 case
        Vexa Vexa PROPN 4 nmod
        , , PUNCT 8 punct
        qui qui PRON 10 nsubj PronType=Rel
        part partir VERB 0 root
        refuse refuser VERB 6 acl:relcl
        """,
        names={"Anne Martin": "Person", "Vexa": "Organization"},
    )
    assert read.label("qui") == "Anne Martin"


def test_what_is_set_apart_by_c_est_is_what_the_relative_means(article):
    read = article(
        """
        C' ce PRON 3 nsubj
        est être AUX 3 cop
        Anne Anne PROPN 0 root
        Martin Martin PROPN 3 flat:name
        , , PUNCT 6 punct
        maire maire NOUN 3 appos
        de de ADP 8 case
        Lyon Lyon PROPN 6 nmod
        , , PUNCT 11 punct
        qui qui PRON 11 nsubj PronType=Rel
        refuse refuser VERB 3 advcl:cleft
        """,
        names={"Anne Martin": "Person", "Lyon": "Place"},
    )
    assert read.label("qui") == "Anne Martin"


def test_who_does_something_does_it_to_somebody_else_before_as_well(article):
    read = article(
        VISIT,
        """
        Après après ADP 3 mark
        avoir avoir AUX 3 aux:tense
        battu battre VERB 8 advcl VerbForm=Part
        Luc Luc PROPN 3 obj
        Moreau Moreau PROPN 4 flat:name
        , , PUNCT 3 punct
        il il PRON 8 nsubj Gender=Masc|Number=Sing|PronType=Prs
        part partir VERB 0 root
        """,
        names=PEOPLE | {"Luc Moreau": "Person"},
    )
    assert read.label("il") == "Paul Durand"


def test_he_who_did_something_is_who_was_spoken_of(article):
    read = article(
        VISIT,
        """
        Celui celui PRON 5 nsubj Gender=Masc|Number=Sing
        qui qui PRON 3 nsubj PronType=Rel
        dirigea diriger VERB 1 acl:relcl
        Lyon Lyon PROPN 3 obj
        part partir VERB 0 root
        """,
        names=PEOPLE | {"Lyon": "Place"},
    )
    assert read.label("Celui") == "Paul Durand"
    assert read.label("qui") == "Paul Durand"


def test_nobody_is_one_of_his_own_colleagues(article):
    read = article(
        VISIT,
        """
        Luc Luc PROPN 9 nsubj
        Moreau Moreau PROPN 1 flat:name
        , , PUNCT 5 punct
        l' le DET 5 det
        un un PRON 1 appos Gender=Masc|Number=Sing
        de de ADP 8 case
        ses son DET 8 det Number=Plur|Poss=Yes
        avocats avocat NOUN 5 nmod Gender=Masc|Number=Plur
        refuse refuser VERB 0 root
        """,
        names=PEOPLE | {"Luc Moreau": "Person"},
    )
    assert read.label("ses") == "Paul Durand"


def test_who_did_something_since_speaks_rather_than_who_spoke_before(article):
    read = article(
        """
        Luc Luc PROPN 3 nsubj
        Moreau Moreau PROPN 1 flat:name
        affirme affirmer VERB 0 root
        cela cela PRON 3 obj
        . . PUNCT 3 punct
        """,
        """
        Paul Paul PROPN 3 nsubj
        Durand Durand PROPN 1 flat:name
        part partir VERB 0 root
        . . PUNCT 3 punct
        """,
        """
        Il il PRON 2 nsubj Gender=Masc|Number=Sing|PronType=Prs
        affirme affirmer VERB 0 root
        tout tout PRON 2 obj
        """,
        names={"Luc Moreau": "Person", "Paul Durand": "Person"},
    )
    assert read.label("Il") == "Paul Durand"


def test_what_is_said_of_somebody_by_name_is_not_said_by_him(article):
    read = article(
        """
        Paul Paul PROPN 3 nsubj
        Durand Durand PROPN 1 flat:name
        part partir VERB 0 root
        """,
        """
        Il il PRON 2 nsubj Gender=Masc|Number=Sing
        dit dire VERB 0 root
        que que SCONJ 6 mark
        Paul Paul PROPN 6 nsubj
        Durand Durand PROPN 4 flat:name
        ment mentir VERB 2 ccomp
        """,
        names=PEOPLE,
    )
    assert read.label("Il") != "Paul Durand"


def test_as_somebody_says_it_means_nothing_but_what_was_said(article):
    read = article(
        VISIT,
        """
        La le DET 2 det Gender=Fem|Number=Sing
        ville ville NOUN 3 nsubj Gender=Fem|Number=Sing
        paie payer VERB 0 root
        , , PUNCT 7 punct
        comme comme SCONJ 7 mark
        le le PRON 7 obj Gender=Masc|Number=Sing|PronType=Prs
        rapporte rapporter VERB 3 advcl VerbForm=Fin
        Claire Claire PROPN 7 nsubj
        Roux Roux PROPN 8 flat:name
        """,
        names=PEOPLE | {"Claire Roux": "Person"},
    )
    assert read.label("le") is None


def test_a_plural_speaks_of_those_who_stand_side_by_side(article):
    read = article(
        """
        Anne Anne PROPN 9 nsubj
        Roux Roux PROPN 1 flat:name
        et et CCONJ 5 cc
        le le DET 5 det Gender=Masc|Number=Sing
        maire maire NOUN 1 conj Gender=Masc|Number=Sing
        de de ADP 7 case
        Brest Brest PROPN 5 nmod
        ont avoir AUX 9 aux:tense
        signé signer VERB 0 root
        . . PUNCT 9 punct
        """,
        """
        Ils il PRON 2 nsubj Gender=Masc|Number=Plur|Person=3
        promettent promettre VERB 0 root
        . . PUNCT 2 punct
        """,
        names={"Anne Roux": "Person", "Brest": "Place"},
    )
    assert read.label("Ils") == "Anne Roux et maire de Brest"


def test_a_plural_speaks_of_no_two_of_whom_one_is_meant(article):
    read = article(
        """
        Anne Anne PROPN 8 nsubj
        Roux Roux PROPN 1 flat:name
        ou ou CCONJ 4 cc
        Paul Paul PROPN 1 conj
        Durand Durand PROPN 4 flat:name
        sera être AUX 8 cop
        aussi aussi ADV 8 advmod
        élue élu ADJ 0 root
        . . PUNCT 8 punct
        """,
        """
        Ils il PRON 2 nsubj Gender=Masc|Number=Plur|Person=3
        promettent promettre VERB 0 root
        . . PUNCT 2 punct
        """,
        names={"Anne Roux": "Person", "Paul Durand": "Person"},
    )
    assert read.label("Ils") is None


def test_a_woman_may_be_called_by_a_noun_that_seems_masculine(article):
    read = article(
        """
        Kim Kim PROPN 10 nsubj
        Lor Lor PROPN 1 flat:name
        , , PUNCT 5 punct
        ancienne ancien ADJ 5 amod Gender=Fem|Number=Sing
        ministre ministre NOUN 1 appos Gender=Masc|Number=Sing
        de de ADP 8 case
        la le DET 8 det Gender=Fem|Number=Sing
        Santé santé NOUN 5 nmod Gender=Fem|Number=Sing
        , , PUNCT 5 punct
        arrive arriver VERB 0 root
        . . PUNCT 10 punct
        """,
        """
        Elle il PRON 2 nsubj Gender=Fem|Number=Sing|Person=3
        parle parler VERB 0 root
        . . PUNCT 2 punct
        """,
        names={"Kim Lor": "Person"},
    )
    assert read.label("Elle") == "Kim Lor"


def test_the_president_who_is_a_presidente_is_a_woman(article):
    read = article(
        """
        Le le DET 2 det Gender=Masc|Number=Sing
        président président NOUN 5 nsubj Gender=Masc|Number=Sing
        Kim Kim PROPN 2 nmod
        Lor Lor PROPN 3 flat:name
        arrive arriver VERB 0 root
        . . PUNCT 5 punct
        """,
        """
        Kim Kim PROPN 6 nsubj
        Lor Lor PROPN 1 flat:name
        , , PUNCT 4 punct
        présidente présidente NOUN 1 appos Gender=Fem|Number=Sing
        , , PUNCT 4 punct
        reste rester VERB 0 root
        . . PUNCT 6 punct
        """,
        """
        Elle il PRON 2 nsubj Gender=Fem|Number=Sing|Person=3
        parle parler VERB 0 root
        . . PUNCT 2 punct
        """,
        names={"Kim Lor": "Person"},
    )
    assert read.label("Elle") == "Kim Lor"


def test_a_relative_behind_two_names_that_nothing_joins_is_of_the_second(article):
    read = article(
        """
        Un un DET 2 det Gender=Masc|Number=Sing
        peintre peintre NOUN 12 nsubj Gender=Masc|Number=Sing
        de de ADP 4 case
        Lyon Lyon PROPN 2 nmod
        , , PUNCT 6 punct
        Jules Jules PROPN 4 conj
        Roy Roy PROPN 6 flat:name
        , , PUNCT 10 punct
        qui qui PRON 10 nsubj PronType=Rel
        vend vendre VERB 4 acl:relcl Number=Sing|VerbForm=Fin
        , , PUNCT 10 punct
        arrive arriver VERB 0 root
        """,
        names={"Lyon": "Place", "Jules Roy": "Person"},
    )
    assert read.label("qui") == "Jules Roy"


def test_a_second_relative_clause_behind_an_apposition_is_of_the_name_that_it_tells_of(article):
    read = article(
        """
        Un un DET 2 det Number=Sing
        drame drame NOUN 0 root Gender=Masc|Number=Sing
        que que PRON 4 obj PronType=Rel
        déplore déplorer VERB 2 acl:relcl
        Anne Anne PROPN 4 nsubj
        Roux Roux PROPN 5 flat:name
        , , PUNCT 8 punct
        maire maire NOUN 5 appos Gender=Fem|Number=Sing
        de de ADP 11 case
        la le DET 11 det Number=Sing
        ville ville NOUN 8 nmod Gender=Fem|Number=Sing
        , , PUNCT 14 punct
        qui qui PRON 14 nsubj PronType=Rel
        accuse accuser VERB 2 acl:relcl Number=Sing|VerbForm=Fin
        """,
        names={"Anne Roux": "Person"},
    )
    assert read.label("qui") == "Anne Roux"


def test_the_latter_in_the_plural_are_several_and_no_body(article):
    read = article(
        """
        Les le DET 2 det Number=Plur
        chauffeurs chauffeur NOUN 3 nsubj Gender=Masc|Number=Plur
        quittent quitter VERB 0 root
        Vexa Vexa PROPN 3 obj
        . . PUNCT 3 punct
        """,
        """
        Ces ce DET 2 det Number=Plur|PronType=Dem
        derniers dernier ADJ 3 nsubj Gender=Masc|Number=Plur
        votent voter VERB 0 root
        . . PUNCT 3 punct
        """,
        names={"Vexa": "Organization"},
    )
    assert read.label("Ces derniers") == read.label("Les chauffeurs") == "chauffeurs"


def test_who_is_quoted_whole_does_not_speak_of_herself_as_she(article):
    read = article(
        """
        Anne Anne PROPN 3 nsubj
        Roux Roux PROPN 1 flat:name
        quitte quitter VERB 0 root
        la le DET 5 det Gender=Fem|Number=Sing
        société société NOUN 3 obj Gender=Fem|Number=Sing
        . . PUNCT 3 punct
        """,
        """
        « « PUNCT 3 punct
        Elle il PRON 3 nsubj Gender=Fem|Number=Sing|Person=3
        grandira grandir VERB 0 root
        » » PUNCT 3 punct
        , , PUNCT 6 punct
        dit dire VERB 3 parataxis
        Anne Anne PROPN 6 nsubj
        Roux Roux PROPN 7 flat:name
        . . PUNCT 3 punct
        """,
        names={"Anne Roux": "Person"},
    )
    assert read.label("Elle") == read.label("la société") == "société"


def test_whoever_stays_at_home_stays_at_his_own(article):
    read = article(
        """
        Paul Paul PROPN 3 nsubj
        Durand Durand PROPN 1 flat:name
        attend attendre VERB 0 root
        un un DET 5 det Gender=Masc|Number=Sing
        colis colis NOUN 3 obj Gender=Masc|Number=Sing
        chez chez ADP 7 case
        lui lui PRON 3 obl:mod Gender=Masc|Number=Sing|Person=3
        . . PUNCT 3 punct
        """,
        names={"Paul Durand": "Person"},
    )
    assert read.label("lui") == "Paul Durand"


def test_what_is_joined_with_a_name_is_its_own(article):
    read = article(
        """
        La le DET 2 det Gender=Fem|Number=Sing
        sonde sonde NOUN 3 nsubj Gender=Fem|Number=Sing
        observe observer VERB 0 root
        Saturne Saturne PROPN 3 obj
        et et CCONJ 7 cc
        ses son DET 7 det Number=Plur|Number[psor]=Sing|Person=3|Poss=Yes
        anneaux anneau NOUN 4 conj Gender=Masc|Number=Plur
        . . PUNCT 3 punct
        """,
        names={"Saturne": "Place"},
    )
    assert read.label("ses") == "Saturne"
