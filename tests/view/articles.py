"""Two invented articles that do not agree, with what they say; and generated graphs of any size."""

from __future__ import annotations

import random
from datetime import date

from kg.model import (
    Amount,
    Attribution,
    Document,
    Entity,
    Evidence,
    Mention,
    Node,
    Period,
    Qualifier,
    Statement,
)

MATIN = Document(
    name="matin.txt",
    text=(
        "Grève à la Compagnie des Ferries : le port de Saint-Malo à l’arrêt\n"
        "Les marins de la Compagnie des Ferries ont cessé le travail lundi 3 juillet 2023 à Saint-Malo. "
        "L’Union des marins réclame une hausse des salaires de 120 euros par mois. "
        "La directrice générale, Claire Le Goff, a rejeté cette demande mardi.\n"
        "Selon l’Union des marins, la Compagnie des Ferries compte remplacer trente matelots par des intérimaires. "
        "La direction n’a pas recruté d’intérimaires, assure Claire Le Goff. "
        "La compagnie emploie 640 personnes et exploite le navire Armorique.\n"
        "Le préfet Yann Moreau recevra les deux parties le 12 juillet 2023. "
        "La région Bretagne pourrait verser une aide de 2 millions d’euros à la compagnie. "
        "« Nous ne céderons pas », a déclaré Erwan Kerbrat, secrétaire de l’Union des marins. "
        "L’Armorique reliera Portsmouth à partir de septembre 2023.\n"
    ),
    title="Grève à la Compagnie des Ferries : le port de Saint-Malo à l’arrêt",
    published=date(2023, 7, 5),
    outlet="Le Courrier de la Côte",
    author="Anne Tanguy",
    url="https://courrier.example/greve",
)
SOIR = Document(
    name="soir.txt",
    text=(
        "Ferries : la compagnie a bien recruté des intérimaires\n"
        "La Compagnie des Ferries a recruté des intérimaires en juin 2023, selon des documents internes. "
        "Elle emploie 580 personnes. "
        "Erwan Kerbrat accuse la direction de mépris. "
        "Claire Le Goff n’a pas souhaité répondre. "
        "La Compagnie des Ferries appartient au groupe Nordsee. "
        "Nordsee a vendu le navire Bretagne Express à la société italienne Moby.\n"
    ),
    title="Ferries : la compagnie a bien recruté des intérimaires",
    published=date(2023, 7, 9),
    outlet="L’Heure du soir",
)
DOCUMENTS = (MATIN, SOIR)

ENTITIES = tuple(
    Entity(slug, label, kind, aliases, True, links)
    for slug, label, kind, aliases, links in (
        (
            "compagnie-des-ferries",
            "Compagnie des Ferries",
            "Organization",
            ("la compagnie", "la direction"),
            (),
        ),
        ("union-des-marins", "Union des marins", "Organization", ("UDM",), ()),
        ("claire-le-goff", "Claire Le Goff", "Person", ("la directrice générale",), ()),
        ("erwan-kerbrat", "Erwan Kerbrat", "Person", (), ()),
        ("yann-moreau", "Yann Moreau", "Person", ("le préfet",), ()),
        ("saint-malo", "Saint-Malo", "Place", (), ("https://www.wikidata.org/entity/Q163108",)),
        ("portsmouth", "Portsmouth", "Place", (), ()),
        ("bretagne", "Bretagne", "Organization", ("la région Bretagne",), ()),
        ("armorique", "Armorique", "Product", ("le navire Armorique",), ()),
        ("bretagne-express", "Bretagne Express", "Product", (), ()),
        ("nordsee", "Nordsee", "Organization", ("groupe Nordsee",), ()),
        ("moby", "Moby", "Organization", (), ()),
    )
)
LABELS = {entity.id: entity for entity in ENTITIES}


def node(slug: str, label: str = "", kind: str = "Concept", mention: str = "", value: object = None) -> Node:
    """An entity by its id, or a node of the given label and type."""
    entity = LABELS.get(slug)
    if entity:
        return Node(slug, entity.label, entity.type, mention or entity.label)
    return Node(slug, label, kind, mention or label, value)  # type: ignore[arg-type]


def read(document: Document, quote: str) -> tuple[Evidence, ...]:
    """The evidence of these words, which must stand in the document."""
    start = document.text.index(quote)
    return (Evidence(document.name, start, start + len(quote), quote),)


def day(first: str, last: str = "", label: str = "") -> Qualifier:
    """A time."""
    return Qualifier(
        "time", Node(f"time-{first}", label or first, "Date", label, Period(first, last or first))
    )


def said(slug: str, cue: str, stance: str = "neutral") -> tuple[Attribution, ...]:
    """Who says it."""
    return (Attribution(node(slug), cue, stance),)


MARINS = node(
    "marins", "marins de la Compagnie des Ferries", "Group", "Les marins de la Compagnie des Ferries"
)
HAUSSE = node("hausse-des-salaires", "hausse des salaires", "Concept", "une hausse des salaires")
INTERIMAIRES = node("interimaires", "intérimaires", "Group", "intérimaires")
MATELOTS = node("trente-matelots", "trente matelots", "Group", "trente matelots")
AIDE = node("aide", "aide de la région", "Concept", "une aide")
FERRIES, UDM = node("compagnie-des-ferries"), node("union-des-marins")
GOFF, KERBRAT = node("claire-le-goff"), node("erwan-kerbrat")
MOTS = Node("mots-1", "Nous ne céderons pas", "Statement", "Nous ne céderons pas")


def amount(label: str, **parts: object) -> Node:
    """An amount as a node."""
    slug = "amount-" + "-".join(str(part) for part in parts.values()).lower()
    return Node(slug, label, "Amount", label, Amount(**parts))  # type: ignore[arg-type]


def tells(
    subject: Node, words: str, target: Node | None, quoted: str, *circumstances: Qualifier, **more: object
) -> Statement:
    """A statement. `words` are predicate, label and lemma; `quoted` stands in one of the two articles."""
    predicate, label, lemma = words.split("|")
    article = MATIN if quoted in MATIN.text else SOIR
    given = {"rule": "verb-frame", "evidence": read(article, quoted), **more}
    return Statement(subject, predicate, label, lemma, target, circumstances, **given)  # type: ignore[arg-type]


MEETING = day("2023-07-12", label="12 juillet 2023")
RECEPTION = "Le préfet Yann Moreau recevra les deux parties le 12 juillet 2023"
SECRETARY = "Erwan Kerbrat, secrétaire de l’Union des marins"
REPLACES = tells(
    FERRIES,
    "replaces|compte remplacer|remplacer",
    MATELOTS,
    "la Compagnie des Ferries compte remplacer trente matelots par des intérimaires",
    Qualifier("instrument", INTERIMAIRES),
    attribution=said("union-des-marins", "selon"),
    modality="planned",
    confidence=0.82,
)
OF_THE_MORNING = (
    tells(
        MARINS,
        "stops|ont cessé|cesser",
        node("travail", "travail", "Concept", "le travail"),
        "Les marins de la Compagnie des Ferries ont cessé le travail lundi 3 juillet 2023 à Saint-Malo",
        day("2023-07-03", label="lundi 3 juillet 2023"),
        Qualifier("place", node("saint-malo")),
    ),
    tells(UDM, "demands|réclame|réclamer", HAUSSE, "L’Union des marins réclame une hausse des salaires"),
    tells(
        HAUSSE,
        "amounts|s’élève à|hausse",
        amount("120 euros par mois", value=120.0, unit="EUR", per="month"),
        "une hausse des salaires de 120 euros par mois",
        rule="noun-amount",
        modality="obligation",
    ),
    tells(
        GOFF,
        "rejects|a rejeté|rejeter",
        HAUSSE,
        "La directrice générale, Claire Le Goff, a rejeté cette demande mardi",
        day("2023-07-04", label="mardi"),
    ),
    tells(
        GOFF,
        "directs|directrice générale de|diriger",
        FERRIES,
        "La directrice générale, Claire Le Goff",
        rule="apposition",
        confidence=0.9,
    ),
    REPLACES,
    tells(
        UDM,
        "claims|affirme|affirmer",
        Node(REPLACES.id, "la Compagnie des Ferries compte remplacer trente matelots", "Statement"),
        "Selon l’Union des marins, la Compagnie des Ferries compte remplacer trente matelots",
        rule="speech",
    ),
    tells(
        FERRIES,
        "recruits|a recruté|recruter",
        INTERIMAIRES,
        "La direction n’a pas recruté d’intérimaires",
        attribution=said("claire-le-goff", "assurer"),
        polarity="negated",
    ),
    tells(
        FERRIES,
        "employs|emploie|employer",
        amount("640 personnes", value=640.0, unit="person"),
        "La compagnie emploie 640 personnes",
    ),
    tells(FERRIES, "operates|exploite|exploiter", node("armorique"), "exploite le navire Armorique"),
    tells(node("yann-moreau"), "receives|recevra|recevoir", FERRIES, RECEPTION, MEETING, modality="planned"),
    tells(node("yann-moreau"), "receives|recevra|recevoir", UDM, RECEPTION, MEETING, modality="planned"),
    tells(
        node("bretagne"),
        "pays|pourrait verser|verser",
        AIDE,
        "La région Bretagne pourrait verser une aide de 2 millions d’euros à la compagnie",
        Qualifier("recipient", FERRIES),
        Qualifier("amount", amount("2 millions d’euros", value=2e6, unit="EUR")),
        modality="possible",
        confidence=0.7,
    ),
    tells(
        KERBRAT,
        "declares|a déclaré|déclarer",
        MOTS,
        "« Nous ne céderons pas », a déclaré Erwan Kerbrat",
        rule="quotation",
    ),
    tells(KERBRAT, "memberOf|secrétaire de|secrétaire", UDM, SECRETARY, rule="apposition"),
    tells(KERBRAT, "represents|représente|représenter", UDM, SECRETARY, rule="apposition", confidence=0.6),
    tells(KERBRAT, "leads|dirige|diriger", UDM, SECRETARY, rule="apposition", confidence=0.5),
    tells(
        node("armorique"),
        "serves|reliera|relier",
        node("portsmouth"),
        "L’Armorique reliera Portsmouth à partir de septembre 2023",
        day("2023-09-01", "2023-09-30", "septembre 2023"),
        modality="planned",
    ),
    tells(
        FERRIES,
        "suspends|suspend|suspendre",
        node("liaisons", "liaisons", "Event"),
        "le port de Saint-Malo à l’arrêt",
        attribution=said("yann-moreau", "d’après", "endorsing"),
        rule="headline",
    ),
)
OF_THE_EVENING = (
    tells(
        FERRIES,
        "recruits|a recruté|recruter",
        INTERIMAIRES,
        "La Compagnie des Ferries a recruté des intérimaires en juin 2023",
        day("2023-06-01", "2023-06-30", "juin 2023"),
    ),
    tells(
        FERRIES,
        "employs|emploie|employer",
        amount("580 personnes", value=580.0, unit="person"),
        "Elle emploie 580 personnes",
    ),
    tells(
        KERBRAT,
        "accuses|accuse|accuser",
        FERRIES,
        "Erwan Kerbrat accuse la direction de mépris",
        Qualifier("cause", node("mepris", "mépris")),
    ),
    tells(
        GOFF,
        "answers|n’a pas souhaité répondre|répondre",
        None,
        "Claire Le Goff n’a pas souhaité répondre",
        polarity="negated",
    ),
    tells(
        FERRIES,
        "belongsTo|appartient à|appartenir",
        node("nordsee"),
        "La Compagnie des Ferries appartient au groupe Nordsee",
    ),
    tells(
        node("nordsee"),
        "sells|a vendu|vendre",
        node("bretagne-express"),
        "Nordsee a vendu le navire Bretagne Express à la société italienne Moby",
        Qualifier("recipient", node("moby")),
    ),
)
STATEMENTS = (*OF_THE_MORNING, *OF_THE_EVENING)
# Each with its premises; what is known of its subject is one as well.
INFERRED = (
    (
        Statement(UDM, "opposes", "s’oppose à", "opposer", FERRIES, rule="union-demands-of-employer"),
        (OF_THE_MORNING[1].id,),
    ),
    (
        Statement(node("nordsee"), "owns", "possède", "posséder", node("armorique"), rule="owner-of-owner"),
        (OF_THE_EVENING[4].id, OF_THE_MORNING[9].id),
    ),
)
RULES = {
    "union-demands-of-employer": {
        "fr": "Un syndicat qui réclame s’oppose à l’employeur",
        "en": "A union that demands opposes the employer",
    }
}
BACKGROUND = (
    Statement(node("saint-malo"), "locatedIn", "se trouve en", "situer", node("bretagne"), rule="authority"),
    Statement(UDM, "represents", "représente", "", MARINS, rule="authority"),
)
MENTIONS = tuple(
    (document.name, Mention(at, at + len(word), word, "name", LABELS[slug].type, 0, 0, slug))
    for document in DOCUMENTS
    for slug, word in (
        ("compagnie-des-ferries", "Compagnie des Ferries"),
        ("union-des-marins", "Union des marins"),
        ("claire-le-goff", "Claire Le Goff"),
        ("erwan-kerbrat", "Erwan Kerbrat"),
        ("saint-malo", "Saint-Malo"),
        ("nordsee", "Nordsee"),
    )
    for at in [document.text.find(word, 70)]
    if at >= 0
)


def generated(count: int, seed: int = 1) -> tuple[list[Statement], list[Entity], list[Document]]:
    """A scale-free graph of `count` entities and half again as many statements, each with a sentence of its own."""
    chance = random.Random(seed)
    kinds = ("Person", "Organization", "Place", "Work", "Product", "Event", "Group")
    entities = [
        Entity(f"entite-{k}", f"Entité {k}", kinds[chance.randrange(7)], (), True) for k in range(count)
    ]
    ends, pairs = [0, 1], [(0, 1)]
    for k in range(2, count):
        for _ in range(1 + chance.randrange(2)):
            other = chance.choice(ends)
            pairs.append((k, other))
            ends += [k, other]
    texts: list[str] = []
    statements: list[Statement] = []
    at = 0
    for number, (a, b) in enumerate(pairs):
        verb = ("emploie", "critique", "rencontre", "soutient", "rachète")[number % 5]
        quote = f"{entities[a].label} {verb} {entities[b].label}"
        evidence = (Evidence("all.txt", at, at + len(quote), quote),)
        ends_ = [Node(e.id, e.label, e.type, e.label) for e in (entities[a], entities[b])]
        said_by = (
            (Attribution(Node("entite-0", "Entité 0", entities[0].type), "selon"),)
            if number % 11 == 0
            else ()
        )
        statements.append(
            Statement(ends_[0], verb, verb, verb, ends_[1], (), said_by, evidence=evidence, rule="generated")
        )
        texts.append(quote + ". ")
        at += len(quote) + 2
    return statements, entities, [Document("all.txt", "".join(texts), title=f"{count}")]


def parallel(pairs: int) -> tuple[list[Statement], list[Entity], list[Document]]:
    """So many pairs of entities, one of whom does five things to the other, each in a look of its own, and gets one back."""
    entities = [Entity(f"paire-{k}", f"Paire {k}", "Person", (), True) for k in range(2 * pairs)]
    ends = [Node(each.id, each.label, each.type, each.label) for each in entities]
    statements: list[Statement] = []
    words: list[str] = []
    at = 0
    for one, other in zip(ends[::2], ends[1::2], strict=True):
        for a, b, verb, look in (
            (one, other, "aide", {}),
            (one, other, "nourrit", {}),
            (one, other, "loge", {"modality": "planned"}),
            (one, other, "paie", {"attribution": (Attribution(other, "selon"),)}),
            (one, other, "bat", {"polarity": "negated"}),
            (other, one, "remercie", {}),
        ):
            quote = f"{a.label} {verb} {b.label}"
            proof = (Evidence("paires.txt", at, at + len(quote), quote),)
            statements.append(Statement(a, verb, verb, verb, b, evidence=proof, rule="generated", **look))  # type: ignore[arg-type]
            words.append(quote + ".\n")
            at += len(words[-1])
    return statements, entities, [Document("paires.txt", "".join(words))]
