"""The language of a reason is told by its signs alone: never by whose it is."""

import pytest
from django.template.loader import render_to_string

from surveys.templatetags.written import language_by_signs


@pytest.mark.parametrize(("text", "language"), [
    ("무역이 너무 중요합니다.", "ko"), ("Because of 대만해협", "ko"), ("貿易は大切です。", "ja"), ("ミサイル", "ja"),
    ("Trade matters.", ""), ("貿易重要", ""), ("", ""), ("2031", ""),
])
def test_the_signs_show_the_language(text: str, language: str) -> None:
    assert language_by_signs(text) == language


def test_each_reason_says_its_own_language() -> None:
    html = render_to_string("surveys/expert/_reason_list.html", {"texts": ["Trade matters.", "貿易は大切です。", "무역이 중요합니다."]})
    assert '<li lang="">Trade matters.</li>' in html
    assert '<li lang="ja">貿易は大切です。</li>' in html
    assert '<li lang="ko">무역이 중요합니다.</li>' in html
