"""Half a million forms in a small file: what is written is read back, and the file depends on nothing else."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language.lexicon import Lexicon, Reading, write

NOUN = Reading("NOUN.mp", "NOUN", "s>")
VERB = Reading("VERB.p3p", "VERB", "nt>r")


def test_readings_and_lemmas_are_found(tmp_path):
    write(tmp_path / "l.bin", {"récits": [NOUN], "portent": [VERB, Reading("V")]})
    lexicon = Lexicon.load(tmp_path / "l.bin")
    assert lexicon.readings("portent") == [Reading("V"), VERB]
    assert lexicon.lemmas("Portent", "VERB") == ["porter"]
    assert lexicon.lemmas("portent", "NOUN") == []
    assert lexicon.lemmas("portent", "VERB", "VERB.p3") == ["porter"]
    assert lexicon.lemmas("portent", "VERB", "VERB.pp") == []
    assert lexicon.readings("absent") == ()
    assert lexicon.tags == ("NOUN.mp", "V", "VERB.p3p")


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text("abéà'-", min_size=1), st.sets(st.sampled_from([NOUN, VERB, Reading("V")]), min_size=1)
    )
)
def test_what_is_written_is_read_back(tmp_path_factory, entries):
    path = tmp_path_factory.mktemp("lexicon") / "l.bin"
    write(path, entries)
    lexicon = Lexicon.load(path)
    assert {form: set(lexicon.readings(form)) for form in entries} == entries


def test_the_order_of_writing_does_not_matter(tmp_path):
    write(tmp_path / "a.bin", {"b": [VERB, NOUN], "a": [NOUN]})
    write(tmp_path / "b.bin", {"a": [NOUN], "b": [NOUN, VERB]})
    assert (tmp_path / "a.bin").read_bytes() == (tmp_path / "b.bin").read_bytes()
