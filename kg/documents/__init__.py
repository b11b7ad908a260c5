"""Files, folders, archives and standard input become `Document`s, one at a time.

    .txt .md .html            one article a file
    .jsonl .jsonl.gz .parquet one article a record (text, title, date, url, outlet, author)
    .zip .warc .warc.gz       any of the first three inside
    a folder                  all of these below it, in sorted order;  "-" is standard input

The text of a .txt file or of a record is kept to the character, so that every offset holds in the original.
"""

from kg.documents.counting import count_articles
from kg.documents.files import SUFFIXES, read_documents
from kg.documents.source import Rejection

__all__ = ["SUFFIXES", "Rejection", "count_articles", "read_documents"]
