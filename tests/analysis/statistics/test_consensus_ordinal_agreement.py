"""ordinal_agreement: van der Eijk's A, Cns, entropy and Leik's D of a histogram over the full scale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, ordinal_agreement
from tests.analysis.statistics.strategies import few, histogram

WORKED_EXAMPLE = [30, 40, 210, 130, 530, 50, 10]


@pytest.mark.parametrize(
    ("percentages", "published"),
    [
        ([2.4, 2.8, 3.2, 6.2, 13.5, 30.4, 41.6], 0.61),  # PvdA
        ([1.6, 2.6, 8.2, 21, 29.3, 27, 10.3], 0.48),  # D66
    ],
)
def test_two_dutch_parties_of_van_der_eijk(percentages, published):
    # van der Eijk 2001: where respondents place PvdA (.61) and D66 (.48); frequencies as printed in the vignette of R agrmt
    assert round(ordinal_agreement(percentages).van_der_eijk_a, 2) == published


def test_a_minute_weight_at_the_other_end_does_not_end_consensus():
    # with a share e at the far end Cns = 1 + e log2(e) + (1 - e) log2(1 - e) -> 1, and never log2(0)
    for end in ([1e20, 0, 1], [1, 0, 1e20]):
        assert ordinal_agreement(end).cns == pytest.approx(1)
    # by hand, e = 1/1024: 1 - 10/1024 + 1023/1024 log2(1023/1024) = 0.98882618
    assert ordinal_agreement([1023, 0, 1]).cns == pytest.approx(0.98882618, abs=5e-9)


def test_the_worked_example_of_van_der_eijk():
    # van der Eijk 2001, Quality & Quantity 35:331: A = .61 (R agrmt: agreement(V) 0.6113333, consensus(V) 0.7256876)
    result = ordinal_agreement(WORKED_EXAMPLE)
    assert round(result.van_der_eijk_a, 2) == 0.61
    assert result.van_der_eijk_a == pytest.approx(0.6113333, abs=5e-8)
    assert result.polarization == pytest.approx((1 - 0.6113333) / 2, abs=5e-8)
    assert result.cns == pytest.approx(0.7256876, abs=5e-8)
    assert result.dissent == pytest.approx(1 - 0.7256876, abs=5e-8)


def test_every_figure_by_hand():
    # 2 4 2 0: layers of height 2 (pattern 1110, 6 answers) and 2 more (0100, 2 answers).
    # 1110 has triples 110 (three times), none deviating: U = 1, A = 1 - 2/3 = 1/3; 0100: A = 1. (6/3 + 2)/8 = 1/2.
    # Entropy of 1/4 1/2 1/4 = 1.5 bits of log2(4) = 2. Leik: F = 1/4, 3/4, 1 -> 2 (1/4 + 1/4 + 0)/3 = 1/3.
    result = ordinal_agreement([2, 4, 2, 0])
    assert result.van_der_eijk_a == pytest.approx(0.5)
    assert (result.entropy_bits, result.entropy_normalised) == (1.5, 0.75)
    assert result.leik_d == pytest.approx(1 / 3)
    assert result.n == 8


def test_triples_are_ordered_and_not_only_adjacent():
    # 1001 of 4 categories: triples 1.0.1 twice deviating, none unimodal: U = -3/2, S = 2: A = -3/2 * (1 - 1/3) = -1.
    # 1010: 110 once (1st, 3rd, 4th), 101 once, others 1.00 etc.: U = (2 - 3)/(2 * 2) = -1/4, A = -1/4 * 2/3 = -1/6.
    assert ordinal_agreement([5, 0, 0, 5]).van_der_eijk_a == pytest.approx(-1)
    assert ordinal_agreement([3, 0, 3, 0]).van_der_eijk_a == pytest.approx(-1 / 6)


@pytest.mark.parametrize(
    ("frequencies", "a", "cns", "entropy_normalised", "leik_d"),
    [
        ([0, 0, 7, 0, 0], 1, 1, 0, 0),
        ([6, 0, 0, 0, 6], -1, 0, pytest.approx(0.43067656), 1),
        ([3, 3, 3, 3, 3], 0, pytest.approx(0.433985, abs=1e-6), 1, pytest.approx(0.6)),
        ([0, 0, 1, 0, 0], 1, 1, 0, 0),
    ],
    ids=["all equal", "both ends", "uniform", "one expert"],
)
def test_shapes_at_the_ends_of_the_range(frequencies, a, cns, entropy_normalised, leik_d):
    # Cns of the uniform on five points by hand: mean 2, distances 1/2 1/4 0 1/4 1/2: 1 + (2 log2(1/2) + 2 log2(3/4))/5
    result = ordinal_agreement(frequencies)
    assert (result.van_der_eijk_a, result.leik_d) == (a, leik_d)
    assert (result.cns, result.entropy_normalised) == (cns, entropy_normalised)


@pytest.mark.parametrize(
    ("frequencies", "status"),
    [([], Status.INSUFFICIENT_N), ([0, 0, 0], Status.INSUFFICIENT_N), ([4], Status.NOT_APPLICABLE)],
    ids=["empty", "all missing", "one category"],
)
def test_without_answers_or_choice_nothing_is_defined(frequencies, status):
    result = ordinal_agreement(frequencies)
    assert (result.van_der_eijk_a, result.cns, result.entropy_bits, result.leik_d) == (None,) * 4
    assert result.status == status
    assert result.reason


def test_two_categories_have_everything_but_a():
    result = ordinal_agreement([5, 5])
    assert (result.van_der_eijk_a, result.polarization) == (None, None)
    assert (result.cns, result.entropy_normalised, result.leik_d) == (0, 1, 1)
    assert result.status == Status.OK
    assert "three categories" in result.reason


@pytest.mark.parametrize("frequencies", [[1, -1, 2], [1, None, 2], [[1, 2]]])
def test_malformed_histograms_are_refused_by_name(frequencies):
    with pytest.raises(ValueError, match="frequencies"):
        ordinal_agreement(frequencies)


@few
@given(histogram)
def test_reversing_the_scale_changes_nothing_and_all_stay_in_range(frequencies):
    result, mirrored = ordinal_agreement(frequencies), ordinal_agreement(frequencies[::-1])
    for field in ("van_der_eijk_a", "cns", "entropy_bits", "leik_d"):
        assert getattr(mirrored, field) == pytest.approx(getattr(result, field), abs=1e-9)
    assert -1 <= result.van_der_eijk_a <= 1
    assert 0 <= result.cns <= 1 and 0 <= result.leik_d <= 1 and 0 <= result.entropy_normalised <= 1 + 1e-12


@few
@given(histogram, st.sampled_from([1 / 3, 2.5, 10]))
def test_only_the_shares_matter(frequencies, weight):
    result, weighted = ordinal_agreement(frequencies), ordinal_agreement([f * weight for f in frequencies])
    for field in ("van_der_eijk_a", "cns", "entropy_bits", "leik_d"):
        assert getattr(weighted, field) == pytest.approx(getattr(result, field), abs=1e-9)


@few
@given(histogram)
def test_the_layers_of_a_follow_the_published_algorithm(frequencies):
    """The article's own wording, step by step: subtract the smallest frequency that is left, layer after layer."""
    remainder, total, agreement = list(frequencies), sum(frequencies), 0.0
    while any(remainder):
        pattern = [int(left > 0) for left in remainder]
        height = min(left for left in remainder if left)
        agreement += sum(pattern) * height / total * agreement_of_pattern(pattern)
        remainder = [left - height * filled for left, filled in zip(remainder, pattern, strict=True)]
    assert ordinal_agreement(frequencies).van_der_eijk_a == pytest.approx(agreement, abs=1e-9)


def agreement_of_pattern(pattern):
    categories, filled = len(pattern), sum(pattern)
    if filled == 1:
        return 1.0
    triples = [(pattern[i], pattern[j], pattern[m]) for i in range(categories) for j in range(i + 1, categories) for m in range(j + 1, categories)]
    unimodal = sum(triple in [(1, 1, 0), (0, 1, 1)] for triple in triples)
    deviating = triples.count((1, 0, 1))
    if unimodal + deviating == 0:
        return 0.0
    u = ((categories - 2) * unimodal - (categories - 1) * deviating) / ((categories - 2) * (unimodal + deviating))
    return u * (1 - (filled - 1) / (categories - 1))
