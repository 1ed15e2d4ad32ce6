"""What statistics accept as answers, and what they refuse by the argument's name."""

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.answers import category_codes, frequencies, level_in, matrix, numbers, pairs, square_table


@pytest.mark.parametrize(
    "x",
    [
        [1, None, 3],
        (1.0, float("nan"), 3.0),
        np.array([1, np.nan, 3]),
        np.ma.masked_equal([1, 2, 3], 2),
        pd.Series([1, None, 3]),
        pd.Series([1, None, 3], dtype="Int64"),
    ],
)
def test_none_nan_masked_and_pandas_na_are_missing_answers(x):
    np.testing.assert_array_equal(numbers(x, "x"), [1, np.nan, 3])


@pytest.mark.parametrize(
    ("x", "complaint"),
    [
        ([[1, 2]], "x must be one-dimensional"),
        (3, "x must be one-dimensional"),
        ([1, "two"], "x must contain numbers, not 'two'"),
        (["3"], "x must contain numbers, not '3'"),
        ([{}], "x must contain numbers"),
        ([1, float("inf")], "x must be finite"),
        ([[1, 2], [1]], "x must be rectangular"),
    ],
)
def test_malformed_vectors_are_refused_by_name(x, complaint):
    with pytest.raises(ValueError, match=complaint):
        numbers(x, "x")


def test_answers_off_the_scale_are_refused():
    with pytest.raises(ValueError, match="ratings must lie on the scale from 1 to 9, not 10"):
        numbers([9, 10, None], "ratings", scale=(1, 9))


def test_a_matrix_keeps_experts_in_rows():
    frame = pd.DataFrame({"q1": [1, 2], "q2": [None, 4]})
    np.testing.assert_array_equal(matrix(frame, "ratings"), [[1, np.nan], [2, 4]])
    assert matrix([], "ratings").shape == (0, 0)


def test_a_vector_is_not_a_matrix():
    with pytest.raises(ValueError, match="ratings must be two-dimensional"):
        matrix([1, 2, 3], "ratings")


def test_pairs_are_the_experts_who_answered_twice():
    before, after, n_missing = pairs([1, 2, None, 4], [2, None, 3, 5])
    assert (before.tolist(), after.tolist(), n_missing) == ([1, 4], [2, 5], 2)


def test_rounds_of_different_panels_cannot_be_paired():
    with pytest.raises(ValueError, match="before and after must have one entry per expert"):
        pairs([1, 2], [1])


@pytest.mark.parametrize("counts", [[1, -1], [1, None]])
def test_counts_are_neither_negative_nor_missing(counts):
    with pytest.raises(ValueError, match="frequencies must not contain"):
        frequencies(counts, "frequencies")


def test_a_change_table_is_square():
    with pytest.raises(ValueError, match="table must be square, not 1 x 2"):
        square_table([[1, 2]], "table")


@pytest.mark.parametrize("level", [0, 1, 95, None])
def test_a_level_lies_between_0_and_1(level):
    with pytest.raises(ValueError, match="level"):
        level_in(level)


def test_labels_become_codes_in_their_order():
    codes, labels = category_codes([["b", None], ["a", "b"]], "ratings")
    assert labels == ("a", "b")
    np.testing.assert_array_equal(codes, [[1, np.nan], [0, 1]])
