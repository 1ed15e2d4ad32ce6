"""The report in Korean and Japanese: nothing of its own words is left in English, and the study's texts fall back marked."""

import pytest

from analysis.report.document import Paragraph
from analysis.report.html import html_of
from analysis.report.writing import write_report
from surveys.models import Study
from tests.analysis.report.studied import section, texts, two_rounds
from tests.analysis.tables.role_studies import a_role_study, a_round, with_experts
from tests.analysis.tables.test_roles import SAID, SIZES
from tests.translations.reading import english_left_in

pytestmark = pytest.mark.django_db


def test_nothing_of_the_reports_own_words_is_left_in_english() -> None:
    study = two_rounds()
    assert {language: english_left_in(html_of(write_report(study, language)).decode()) for language in ("ko", "ja")} == {"ko": [], "ja": []}


def test_nor_where_it_speaks_of_roles() -> None:
    """Asked once, and then again with the same answers: no gap changed, clearly or otherwise."""
    study = with_experts(a_role_study(languages=["en", "ko", "ja"]), SIZES)
    a_round(study, 1, SAID)
    assert english_left_in(html_of(write_report(study, "ko")).decode()) == []
    once = "Whether the gaps have changed can be told once the same roles have been asked about twice."
    assert once in narrowing_of(study)
    a_round(study, 2, SAID)
    again = "Since round 1, of 6 gaps that can be compared 0 clearly became smaller, 0 larger, and 0 changed sides."
    assert again in narrowing_of(study)


def narrowing_of(study: Study) -> list[str]:
    return texts(section(write_report(study, "en"), "roles.roles.gaps"), Paragraph)
