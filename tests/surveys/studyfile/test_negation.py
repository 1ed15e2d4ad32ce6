"""A correction may mend a word, never turn the question round."""

import pytest

from surveys.studyfile.negation import is_negated_anew


@pytest.mark.parametrize(("language", "before", "after"), [
    ("en", "It is likely to escalate", "It is not likely to escalate"),
    ("en", "It is likely to escalate", "It is unlikely to escalate"),
    ("en", "An irreversible step", "A reversible step"),
    ("en", "The ally can act", "The ally can't act"),
    ("en", "The ally will never act", "The ally will ever act"),
    ("en-GB", "It is now likely", "It is not likely"),
    ("ko", "동맹은 개입한다", "동맹은 개입하지 않는다"),
    ("ko", "위협이 있다", "위협이 없다"),
    ("ko", "이것은 위협이다", "이것은 위협이 아니다"),
    ("ko", "동맹은 안 간다", "동맹은 간다"),
    ("ja", "同盟国は介入する", "同盟国は介入しない"),
    ("ja", "介入すると思います", "介入すると思いません"),
    ("ja", "介入せず見守る", "介入して見守る"),
    ("ja", "可能である", "不可能である"),
])
def test_a_negation_that_comes_or_goes_is_seen(language: str, before: str, after: str) -> None:
    assert is_negated_anew(before, after, language)
    assert is_negated_anew(after, before, language)


@pytest.mark.parametrize(("language", "before", "after"), [
    ("en", "It is not likly", "It is not likely"),
    ("en", "The ally can't act", "The ally can not act"),
    ("en", "Teh note on norms", "The note on norms"),
    ("en", "likely", "Likely"),
    ("ko", "개입하지 않는다고 보십니까", "개입하지 않는다고 보십니까?"),
    ("ko", "안보 위혐", "안보 위협"),
    ("ja", "介入しないと思いますか", "介入しないと、思いますか"),
    ("fr", "Elle est possible", "Elle n'est pas possible"),
])
def test_other_changes_are_left_to_their_size(language: str, before: str, after: str) -> None:
    assert not is_negated_anew(before, after, language)
