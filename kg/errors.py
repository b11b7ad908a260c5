"""Every error that kg raises on purpose.

    KgError
    ├── DocumentError     a file cannot be read as an article
    ├── LanguageError     no model, or one that cannot read this language
    ├── OntologyError     a Turtle file in ontology/ contradicts itself or another
    ├── QueryError        a SPARQL query is malformed, refused, or names what is not there
    ├── GraphError        a graph folder is missing, damaged, locked or not writable
    └── ExportError       a suffix, a format or a place that cannot be written

Each message says where, what, and what to do, in one line. The command line prints it and exits with 2.
"""

__all__ = [
    "DocumentError",
    "ExportError",
    "GraphError",
    "KgError",
    "LanguageError",
    "OntologyError",
    "QueryError",
]


class KgError(Exception):
    """Something that the person at the keyboard can mend."""


class DocumentError(KgError):
    """A file cannot be read as an article: missing, empty, not UTF-8, of an unknown kind."""


class LanguageError(KgError):
    """The language model is missing or does not speak Universal Dependencies."""


class OntologyError(KgError):
    """A file of the ontology is wrong; the message names the file and the term."""


class QueryError(KgError):
    """A SPARQL query cannot be run; the message shows the line and the column."""


class GraphError(KgError):
    """A graph folder is missing, damaged, locked or not writable."""


class ExportError(KgError):
    """Nothing can be written there, or not in that format."""
