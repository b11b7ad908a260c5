"""Ids made from content."""

from hypothesis import given
from hypothesis import strategies as st

from kg.entities.nodes import slug, value_node
from kg.model import Amount, Period, ValueMention


@given(st.text(max_size=200))
def test_a_slug_is_ascii_and_not_empty(text):
    made = slug(text)
    assert made
    assert made.isascii()
    assert len(made) <= 60
    assert slug(text) == made


def test_what_is_cut_is_told_apart():
    one, other = slug("a" * 80 + "b"), slug("a" * 80 + "c")
    assert one != other


def node(value):
    return value_node(ValueMention(0, 3, "…", value, 0, 0))


def test_values_are_named_by_content():
    assert node(Amount(value=200, unit="USD", per="day")).id == "amount-200-usd-day"
    assert node(Amount(maximum=650000, unit="USD", per="year")).id == "amount-max-650000-usd-year"
    assert node(Amount(value=1.5, unit="%")).id == "amount-1p5-percent"
    assert node(Amount(value=-1.5)).id != node(Amount(value=1.5)).id
    assert node(Period("2017-09-18", "2017-09-18")).id == "date-2017-09-18"
    assert node(Period("2017-09-01", "2017-09-30", "month")).id == "date-2017-09-01-2017-09-30"
