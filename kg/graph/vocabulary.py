"""The terms that kg's encoding is written with, as pyoxigraph nodes; ontology/provenance.ttl says what each means."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.graph import iris
from kg.ontology import KG, PREFIXES

__all__ = ["CLASSES", "TYPES", "V", "class_of", "type_of"]


class V:
    """Each term of the encoding, by a name that says where it comes from: `V.rdf_type`, `V.kg_polarity`."""

    kg_approximate = NamedNode(KG + "approximate")
    kg_file = NamedNode(KG + "file")
    kg_asserted = NamedNode(KG + "asserted")
    kg_attributed_to = NamedNode(KG + "attributedTo")
    kg_byline = NamedNode(KG + "byline")
    kg_confidence = NamedNode(KG + "confidence")
    kg_cue = NamedNode(KG + "cue")
    kg_extracted_by = NamedNode(KG + "extractedBy")
    kg_hour = NamedNode(KG + "hour")
    kg_inferred_by = NamedNode(KG + "inferredBy")
    kg_is_name = NamedNode(KG + "hasProperName")
    kg_kind = NamedNode(KG + "kind")
    kg_lemma = NamedNode(KG + "lemma")
    kg_modality = NamedNode(KG + "modality")
    kg_object_label = NamedNode(KG + "objectLabel")
    kg_object_text = NamedNode(KG + "objectText")
    kg_object_type = NamedNode(KG + "objectType")
    kg_outlet = NamedNode(KG + "outlet")
    kg_participant = NamedNode(KG + "participant")
    kg_per = NamedNode(KG + "per")
    kg_polarity = NamedNode(KG + "polarity")
    kg_position = NamedNode(KG + "position")
    kg_precision = NamedNode(KG + "precision")
    kg_qualifier = NamedNode(KG + "qualifier")
    kg_reason = NamedNode(KG + "reason")
    kg_resolved_by = NamedNode(KG + "resolvedBy")
    kg_role = NamedNode(KG + "role")
    kg_sentence_index = NamedNode(KG + "sentenceIndex")
    kg_sha256 = NamedNode(KG + "sha256")
    kg_stance = NamedNode(KG + "stance")
    kg_subject_label = NamedNode(KG + "subjectLabel")
    kg_subject_text = NamedNode(KG + "subjectText")
    kg_subject_type = NamedNode(KG + "subjectType")
    kg_text = NamedNode(KG + "mentionText")
    kg_text_label = NamedNode(KG + "participantLabel")
    kg_text_type = NamedNode(KG + "participantType")
    kg_token_index = NamedNode(KG + "tokenIndex")
    kg_wording = NamedNode(KG + "wording")
    nif_anchor_of = NamedNode(PREFIXES["nif"] + "anchorOf")
    nif_begin = NamedNode(PREFIXES["nif"] + "beginIndex")
    nif_context = NamedNode(PREFIXES["nif"] + "referenceContext")
    nif_end = NamedNode(PREFIXES["nif"] + "endIndex")
    nif_is_string = NamedNode(PREFIXES["nif"] + "isString")
    owl_same_as = NamedNode(PREFIXES["owl"] + "sameAs")
    prov_agent = NamedNode(PREFIXES["prov"] + "agent")
    prov_attribution = NamedNode(PREFIXES["prov"] + "qualifiedAttribution")
    prov_derived = NamedNode(PREFIXES["prov"] + "wasDerivedFrom")
    rdf_object = NamedNode(PREFIXES["rdf"] + "object")
    rdf_predicate = NamedNode(PREFIXES["rdf"] + "predicate")
    rdf_subject = NamedNode(PREFIXES["rdf"] + "subject")
    rdf_type = NamedNode(PREFIXES["rdf"] + "type")
    rdfs_label = NamedNode(PREFIXES["rdfs"] + "label")
    schema_currency = NamedNode(PREFIXES["schema"] + "currency")
    schema_end = NamedNode(PREFIXES["schema"] + "endDate")
    schema_headline = NamedNode(PREFIXES["schema"] + "headline")
    schema_language = NamedNode(PREFIXES["schema"] + "inLanguage")
    schema_max = NamedNode(PREFIXES["schema"] + "maxValue")
    schema_min = NamedNode(PREFIXES["schema"] + "minValue")
    schema_published = NamedNode(PREFIXES["schema"] + "datePublished")
    schema_start = NamedNode(PREFIXES["schema"] + "startDate")
    schema_unit = NamedNode(PREFIXES["schema"] + "unitText")
    schema_url = NamedNode(PREFIXES["schema"] + "url")
    schema_value = NamedNode(PREFIXES["schema"] + "value")
    skos_alias = NamedNode(PREFIXES["skos"] + "altLabel")
    taIdentRef = NamedNode(PREFIXES["itsrdf"] + "taIdentRef")  # noqa: N815 the name that ITS gives it

    Article = NamedNode(PREFIXES["schema"] + "NewsArticle")
    Attribution = NamedNode(KG + "Attribution")
    Content = NamedNode(KG + "Content")
    Context = NamedNode(PREFIXES["nif"] + "Context")
    Mention = NamedNode(KG + "Mention")
    MonetaryAmount = NamedNode(PREFIXES["schema"] + "MonetaryAmount")
    OpenRelation = NamedNode(KG + "OpenRelation")
    Qualifier = NamedNode(KG + "Qualifier")
    Refusal = NamedNode(KG + "Refusal")
    Sentence = NamedNode(PREFIXES["nif"] + "Sentence")
    Span = NamedNode(PREFIXES["nif"] + "RFC5147String")
    Statement = NamedNode(KG + "Statement")


# The class that each short type name of the model stands for.
CLASSES = {
    "Amount": NamedNode(PREFIXES["schema"] + "QuantitativeValue"),
    "Concept": NamedNode(PREFIXES["skos"] + "Concept"),
    "Date": NamedNode(KG + "Period"),
    "Event": NamedNode(PREFIXES["schema"] + "Event"),
    "Group": NamedNode(KG + "Group"),
    "Occupation": NamedNode(PREFIXES["schema"] + "Occupation"),
    "Organization": NamedNode(PREFIXES["schema"] + "Organization"),
    "Other": NamedNode(KG + "Other"),
    "Person": NamedNode(PREFIXES["schema"] + "Person"),
    "Place": NamedNode(PREFIXES["schema"] + "Place"),
    "Product": NamedNode(PREFIXES["schema"] + "Product"),
    "Statement": V.Statement,
    "Work": NamedNode(PREFIXES["schema"] + "CreativeWork"),
}

TYPES = {node.value: name for name, node in CLASSES.items()} | {
    V.MonetaryAmount.value: "Amount",
    V.Content.value: "Statement",  # words that somebody said, of which no statement was made
}


def class_of(type_name: str) -> NamedNode:
    """The class of a type name; one that is not in the table becomes a class of kg's own."""
    return CLASSES.get(type_name) or NamedNode(iris.property_iri(type_name))


def type_of(class_iri: str) -> str:
    """The short type name of a class."""
    return TYPES.get(class_iri) or iris.property_name(class_iri)
