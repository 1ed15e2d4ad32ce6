"""Random panels for the laws that hold whatever the experts answer."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

few = settings(max_examples=60, deadline=None)

rating = st.integers(min_value=1, max_value=9)
rating_or_missing = st.one_of(rating, st.none())
ratings = st.lists(rating_or_missing, max_size=15)
complete_ratings = st.lists(rating, min_size=2, max_size=15)
histogram = st.lists(st.integers(min_value=0, max_value=12), min_size=3, max_size=9).filter(any)


@st.composite
def matrices(draw, values=rating, rows=(2, 7), columns=(2, 6)):
    """Experts x items with answers drawn from ``values``."""
    width = draw(st.integers(*columns))
    row = st.lists(values, min_size=width, max_size=width)
    return draw(st.lists(row, min_size=rows[0], max_size=rows[1]))


@st.composite
def square_tables(draw, largest=6, sizes=(2, 5)):
    """Tables of counts, before x after, that hold at least one pair."""
    size = draw(st.integers(*sizes))
    row = st.lists(st.integers(min_value=0, max_value=largest), min_size=size, max_size=size)
    return draw(st.lists(row, min_size=size, max_size=size).filter(lambda table: any(map(any, table))))


@st.composite
def paired_ratings(draw, values=rating, min_size=2, max_size=12):
    """The same experts' answers in two rounds."""
    pairs = draw(st.lists(st.tuples(values, values), min_size=min_size, max_size=max_size))
    return [before for before, _ in pairs], [after for _, after in pairs]
