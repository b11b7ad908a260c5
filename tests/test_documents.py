"""Files become articles to the character, or say in one line why not."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import Rejection, read_documents, records
from kg.documents.metadata import dateline, guess_language, headline, iso_date
from kg.errors import DocumentError
from kg.model import Document

STORY = "Renault recrute deux cents ingénieurs pour son centre de Guyancourt.\nLes syndicats demandent des garanties.\n"

PAGE = """<!doctype html><html lang="fr"><head><title>Renault recrute | Le Journal</title>
<meta property="og:title" content="Renault recrute deux cents ingénieurs">
<meta property="og:site_name" content="Le Journal">
<meta property="article:published_time" content="2024-03-05T10:00:00+01:00">
<meta name="author" content="Anne Martin"><link rel="canonical" href="https://example.org/renault"></head>
<body><nav><a href="/">Accueil</a> <a href="/eco">Économie</a></nav>
<article><h1>Renault recrute deux cents ingénieurs</h1>
<p>Le constructeur Renault recrute deux cents ingénieurs pour son centre de Guyancourt, a annoncé la direction
mardi. Les postes seront ouverts dès le mois de mai &amp; jusqu’à l’été.</p>
<p>Les syndicats, eux, demandent des garanties sur les salaires et les horaires. « Nous verrons », a dit un
délégué de la CGT devant les journalistes réunis à Paris.</p></article>
<footer>© Le Journal, mentions légales</footer><script>alert("bonjour")</script></body></html>"""


def one(path: Path) -> Document:
    (document,) = read_documents([path])
    return document


def put(path: Path, text: str) -> Path:
    path.write_bytes(text.encode("utf-8"))
    return path


def both(*paths: Path) -> tuple[list[Document], list[Rejection]]:
    refused: list[Rejection] = []
    return list(read_documents(paths, rejected=refused.append)), refused


# ---- Plain text


@pytest.mark.parametrize(
    "text", ["a\nb\n", "a\r\nb", "\ufeffa\rb", "é\u2028ü \u00a0\u202fx", "𝔘 « oui »\n\n"]
)
def test_a_text_is_kept_to_the_character(tmp_path, text):
    path = put(tmp_path / "a.txt", text)
    with path.open(encoding="utf-8", newline="") as stream:
        assert one(path).text == stream.read() == text


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).map(lambda text: "mot " + text)
)
def test_any_text_is_kept_to_the_character(tmp_path_factory, text):
    path = put(tmp_path_factory.mktemp("any") / "a.txt", text)
    assert one(path).text == text


def test_title_and_dateline_come_from_the_first_lines(tmp_path):
    text = "Québec : grève générale des chauffeurs\n\n5 octobre 2016. –\nLes chauffeurs sont en grève.\n"
    document = one(put(tmp_path / "a.txt", text))
    assert (document.title, document.published) == (
        "Québec : grève générale des chauffeurs",
        date(2016, 10, 5),
    )


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("1er janvier 2016, 14h30 . – Un séisme", date(2016, 1, 1)),
        ("3 septembre 2016, 09 h 53 UTC. –", date(2016, 9, 3)),
        ("14 juin 2016, France. –", date(2016, 6, 14)),
        ("Paris, le 3 mars 2017 — Le ministre", date(2017, 3, 3)),
        ("6 Décembre 2016", date(2016, 12, 6)),
        ("Depuis le 3 mars 2017, l'usine est fermée.", None),
        ("31 février 2017. –", None),
        (
            "Le 3 mars 2017, le ministre a parlé longuement de la réforme devant les députés – puis il est parti.",
            None,
        ),
    ],
)
def test_a_dateline_opens_its_line_and_ends_in_a_dash(line, day):
    assert dateline(f"Un titre\n\n{line}\nLa suite.") == day


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Un titre\n\nLe texte.", "Un titre"),
        ("\ufeffUn titre\r\n\r\nLe texte.", "Un titre"),
        ("Une première phrase.\n\nUne autre.", None),
        ("Un titre sans suite", None),
        ("Un vers\nsans blanc", None),
        ("x" * 300 + "\n\nLe texte.", None),
    ],
)
def test_a_headline_stands_alone_and_is_no_sentence(text, title):
    assert headline(text) == title


def test_the_name_of_the_file_gives_the_date_where_the_text_does_not(tmp_path):
    assert one(put(tmp_path / "w05_2016-10-05_grève.txt", STORY)).published == date(2016, 10, 5)
    assert iso_date("2016-13-40") is None


# ---- What cannot be read


def test_bytes_that_are_not_utf_8_are_named(tmp_path):
    path = tmp_path / "latin.txt"
    path.write_bytes("Le chômage baisse.".encode("latin-1"))
    with pytest.raises(
        DocumentError, match=r"latin\.txt: not UTF-8 at byte 5 \(0xf4\)\. Save the file as UTF-8\."
    ):
        one(path)


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", "\ufeff\u00a0\n".encode()])
def test_an_empty_article_says_so(tmp_path, content):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=r"^a\.txt: the article is empty"):
        one(path)


@pytest.mark.parametrize("letter", ["\ufffe", "\uffff"])
def test_what_is_no_character_is_no_text(tmp_path, letter):
    with pytest.raises(DocumentError, match=rf"U\+{ord(letter):04X}, which is no character, at character 3"):
        one(put(tmp_path / "a.txt", f"abc{letter}def"))


def test_what_is_no_character_is_not_in_a_title_either(tmp_path):
    record = json.dumps({"text": STORY, "title": "Un\ufffe titre\0 \ud800", "outlet": "\uffff"})
    found = one(put(tmp_path / "a.jsonl", record))
    assert (found.title, found.outlet) == ("Un\ufffd titre\ufffd \ufffd", "\ufffd")


def test_binary_content_is_no_text(tmp_path):
    with pytest.raises(DocumentError, match="NUL at character 3"):
        one(put(tmp_path / "a.txt", "abc\0def"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "The government said that it would not change the law, and that the vote was on Monday in the House.",
            "English",
        ),
        (
            "Die Regierung hat gesagt, dass sie das Gesetz nicht ändern wird und der Rat im Mai mit den Ländern",
            "German",
        ),
        (
            "El gobierno dijo que no cambiará la ley y que los votos del lunes son para el partido y su gente por la",
            "Spanish",
        ),
    ],
)
def test_another_language_is_named(tmp_path, text, language):
    with pytest.raises(DocumentError, match=f"looks like {language}"):
        one(put(tmp_path / "a.txt", text))


def test_french_is_assumed_where_words_are_few():
    assert guess_language("Netflix.") == guess_language("Deep Fake Love is on") == "fr"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.txt", "no such file"),
        ("letter.docx", "not a kind of file"),
        ("empty", "no article in this folder"),
    ],
)
def test_a_path_that_is_wrong_stops_even_where_rejections_are_collected(tmp_path, name, message):
    (tmp_path / "empty").mkdir()
    put(tmp_path / "letter.docx", "x")
    with pytest.raises(DocumentError, match=message):
        both(tmp_path / name)


def test_a_rejected_article_does_not_stop_the_rest(tmp_path):
    put(tmp_path / "a.txt", STORY)
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe")
    put(tmp_path / "c.txt", "")
    put(tmp_path / "d.txt", STORY + "Fin.")
    put(tmp_path / "e.docx", "?")
    documents, refused = both(tmp_path)
    assert [document.name for document in documents] == ["a.txt", "d.txt"]
    assert [rejection.name for rejection in refused] == ["b.txt", "c.txt", "e.docx"]
    assert all(
        rejection.reason.startswith(rejection.name) and "\n" not in rejection.reason for rejection in refused
    )


# ---- Folders and standard input


def test_a_folder_is_read_in_sorted_order_with_all_below_it(tmp_path):
    for name in ("b.txt", "a/z.txt", "a.txt", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        put(tmp_path / name, STORY + name)
    documents, refused = both(tmp_path)
    assert [document.name for document in documents] == ["a.txt", "a/z.txt", "b.txt"]
    assert not refused


def test_a_dash_is_standard_input(monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO(STORY.encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    (document,) = read_documents(["-"])
    assert (document.name, document.text) == ("stdin.txt", STORY)


def test_a_name_with_control_characters_is_made_readable(tmp_path):
    assert "\n" not in one(put(tmp_path / "a\nb.txt", STORY)).name


def test_the_outlet_named_for_all_is_that_of_those_that_say_none(tmp_path):
    put(tmp_path / "a.html", PAGE)
    put(tmp_path / "b.txt", STORY)
    outlets = [document.outlet for document in read_documents([tmp_path], outlet="L’Écho")]
    assert outlets == ["Le Journal", "L’Écho"]


# ---- Markdown and web pages


def test_markdown_gives_its_words_without_the_markup(tmp_path):
    text = (
        "---\nlayout: post\n---\n# Renault *recrute*\n\n5 mars 2024 –\n\n"
        "Le [constructeur](https://example.org) **recrute**\ndeux cents `ingénieurs`.\n\n"
        "- Les syndicats\n\n![photo](a.png)\n\n```\ncode\n```\n<div>html</div>\n"
    )
    document = one(put(tmp_path / "a.md", text))
    assert (
        document.text
        == "Renault recrute\n\n5 mars 2024 –\n\nLe constructeur recrute\ndeux cents ingénieurs.\n\nLes syndicats\n"
    )
    assert (document.title, document.published) == ("Renault recrute", date(2024, 3, 5))


def test_a_page_gives_its_main_text_and_what_it_says_of_itself(tmp_path):
    document = one(put(tmp_path / "a.html", PAGE))
    assert document.title == "Renault recrute deux cents ingénieurs"
    assert document.text.startswith(f"{document.title}\n\nLe constructeur Renault recrute")
    assert document.text.count("Renault recrute deux cents ingénieurs") == 2
    assert "& jusqu’à l’été" in document.text
    assert not any(word in document.text for word in ("Accueil", "mentions légales", "alert", "<"))
    assert document.published == date(2024, 3, 5)
    assert (document.outlet, document.author) == ("Le Journal", "Anne Martin")
    assert document.url == "https://example.org/renault"


def test_a_page_without_an_article_says_so(tmp_path):
    with pytest.raises(DocumentError, match="no article in this page"):
        one(put(tmp_path / "a.html", "<html><body><script>menu()</script></body></html>"))


# ---- Many articles in one file


RECORD = {
    "text": STORY,
    "title": "Recrutement",
    "date": "2024-03-05T10:00:00Z",
    "url": "https://example.org/1",
    "outlet": "L’Écho",
}


def check_record(document: Document, name: str) -> None:
    assert document == Document(
        name, STORY, "fr", "Recrutement", date(2024, 3, 5), "L’Écho", None, "https://example.org/1"
    )


def test_json_lines_are_articles_named_by_their_line(tmp_path):
    lines = [
        json.dumps(RECORD),
        "",
        "{broken",
        json.dumps({**RECORD, "text": 3}),
        json.dumps({"text": STORY + "Fin."}),
    ]
    documents, refused = both(put(tmp_path / "a.jsonl", "\n".join(lines)))
    check_record(documents[0], "a.jsonl:1")
    assert [document.name for document in documents] == ["a.jsonl:1", "a.jsonl:5"]
    assert [rejection.name for rejection in refused] == ["a.jsonl:3", "a.jsonl:4"]


def test_json_lines_of_other_things_are_refused_once(tmp_path):
    _, refused = both(put(tmp_path / "facts.jsonl", '{"quote": "a"}\n{"quote": "b"}\n'))
    assert [rejection.name for rejection in refused] == ["facts.jsonl"]


def test_half_a_character_is_no_text(tmp_path):
    _, refused = both(put(tmp_path / "a.jsonl", '{"text": "mot \\ud800"}\n'))
    assert "U+D800, which is no character," in refused[0].reason


def test_a_record_in_another_language_is_refused(tmp_path):
    _, refused = both(put(tmp_path / "a.jsonl", json.dumps({"text": STORY, "language": "en-GB"})))
    assert "'en-GB'" in refused[0].reason


def test_compressed_json_lines_are_the_same(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(RECORD).encode()))
    check_record(one(path), "a.jsonl.gz:1")


def test_a_damaged_gzip_file_keeps_what_came_before(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    records = b"\n".join(json.dumps({"text": f"{STORY} {number}"}).encode() for number in range(2_000))
    path.write_bytes(gzip.compress(records)[:-200])
    documents, refused = both(path)
    assert documents
    assert "damaged" in refused[0].reason


def test_parquet_rows_are_articles(tmp_path):
    import pyarrow
    from pyarrow import parquet

    rows = [{**RECORD, "date": datetime(2024, 3, 5, 10)}, {**RECORD, "text": None, "date": None}]
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "a.parquet")
    documents, refused = both(tmp_path / "a.parquet")
    check_record(documents[0], "a.parquet:1")
    assert refused[0].name == "a.parquet:2"


@pytest.mark.parametrize(
    ("name", "message"),
    [("a.parquet", "not a Parquet file"), ("a.zip", "zip file is damaged"), ("a.jsonl.gz", "damaged")],
)
def test_a_file_that_is_not_what_its_suffix_says_is_refused(tmp_path, name, message):
    _, refused = both(put(tmp_path / name, "rien de tel"))
    assert message in refused[0].reason


def test_a_zip_gives_its_articles_sorted(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b.txt", STORY)
        archive.writestr("a/page.html", PAGE)
        archive.writestr("__MACOSX/b.txt", STORY)
        archive.writestr("c.txt", b"\xff")
        archive.writestr("d.png", b"\xff")
    documents, refused = both(tmp_path / "a.zip")
    assert [document.name for document in documents] == ["a.zip/a/page.html", "a.zip/b.txt"]
    assert [rejection.name for rejection in refused] == ["a.zip/c.txt"]


def web_record(kind: str, body: bytes) -> bytes:
    """A response as ISO 28500 has it."""
    content = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/page\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nWARC-Date: 2024-03-06T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


@pytest.mark.parametrize("compressed", [False, True])
def test_a_web_archive_gives_its_pages(tmp_path, compressed):
    path = tmp_path / ("a.warc.gz" if compressed else "a.warc")
    records = (web_record("text/html; charset=utf-8", PAGE.encode()), web_record("image/png", b"\x89PNG"))
    path.write_bytes(b"".join(gzip.compress(record) if compressed else record for record in records))
    documents, refused = both(path)
    assert [(document.name, document.outlet) for document in documents] == [
        (f"{path.name}/1.html", "Le Journal")
    ]
    assert not refused


def test_an_archive_is_read_one_article_at_a_time(tmp_path):
    """The reader does not run ahead: the second record is broken, and the first is already there."""
    path = put(tmp_path / "a.jsonl", json.dumps(RECORD) + "\n{broken\n")
    reader = read_documents([path])
    check_record(next(reader), "a.jsonl:1")
    with pytest.raises(DocumentError, match=r"a\.jsonl:2: not a JSON object"):
        next(reader)


def filled(path: Path, count: int, words: str) -> Path:
    """A file of so many articles, each with these words, of the kind that its suffix names."""
    texts = [f"{STORY}{number} {words}" for number in range(count)]
    records = "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()
    if path.name.endswith((".jsonl", ".gz")):
        path.write_bytes(gzip.compress(records) if path.suffix == ".gz" else records)
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, text in enumerate(texts):
                archive.writestr(f"{number}.txt", text)
    elif path.suffix == ".warc":
        pages = (PAGE.replace("<nav>", f"<!-- {text} --><nav>").encode() for text in texts)
        path.write_bytes(b"".join(web_record("text/html", page) for page in pages))
    else:
        import pyarrow
        from pyarrow import parquet

        table = pyarrow.Table.from_pylist([{"text": text} for text in texts])
        parquet.write_table(table, path, row_group_size=64)
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.zip", "a.warc", "a.parquet"])
def test_a_collection_is_never_in_memory_as_a_whole(tmp_path, name):
    next(read_documents([filled(tmp_path / f"small-{name}", 1, "mot")]))
    path = filled(tmp_path / name, 200, "Un mot de plus. " * 500)
    tracemalloc.start()
    try:
        assert sum(len(document.text) > 200 for document in read_documents([path])) == 200
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # A megabyte and a half of articles. Of Parquet, a few rows are held at once.
    assert peak < 1_000_000


def test_a_line_without_an_end_is_refused_without_being_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "MAX_BYTES", 1 << 20)
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as stream:
        stream.write(json.dumps(RECORD).encode() + b"\n{")
        for _ in range(20):
            stream.write(b" " * (1 << 20))
        stream.write(b"}\n" + json.dumps({"text": STORY + "Fin."}).encode() + b"\n")
    tracemalloc.start()
    try:
        documents, refused = both(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [document.name for document in documents] == ["a.jsonl.gz:1", "a.jsonl.gz:3"]
    assert "bytes in one record" in refused[0].reason
    assert peak < 8 << 20
