"""Whole forms: what they become, word for word, and that a round opens with it."""

import pytest

from surveys.studyfile import missing_texts, read_study
from surveys.workflow.rounds import open_round
from surveys.workflow.studies import import_study
from surveys.xlsform import Imported, read_xlsform
from tests.surveys.xlsform.samples import KOBO, ODK

IN_ODK = """
study: region-threats
title: {en: Threats in the region}
languages: [en, ko]
panels: [{code: experts, name: {en: Experts, ko: 전문가}}]
scales:
  likelihood: {labels: {en: [Very unlikely, Unlikely, Likely, Very likely], ko: [매우 낮음, 낮음, 높음, 매우 높음]}}
  scale-0-to-10:
    labels: {en: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"], ko: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]}
option_lists:
  means:
    - {code: cyber, text: {en: Cyber operations, ko: 사이버 작전}}
    - {code: militia, text: {en: Maritime militia, ko: 해상 민병대}}
    - {code: missiles, text: {en: Missiles, ko: 미사일}}
questionnaire:
  - section: threats
    title: {en: Threats, ko: 위협}
    items:
      - code: blockade
        kind: rating
        scale: likelihood
        text: {en: "A strait is blocked within five years.", ko: "5년 안에 해협이 봉쇄된다."}
        help: {en: "Please answer as an expert.\\n\\nAny strait in the region.", ko: "전문가로서 답해 주십시오."}
      - code: warning
        kind: number
        text: {en: "How many days of warning would there be?", ko: "경고 기간은 며칠이겠습니까?"}
        minimum: 0
        maximum: 365
        decimals: 0
        shown_if: {item: blockade, at_least: 3}
      - {code: means, kind: choices, text: {en: "Which means would be used?", ko: "어떤 수단이 쓰이겠습니까?"}, options: means, at_most: 2}
      - {code: cyber, kind: text, text: {en: "Against which networks?", ko: "어느 망에 대해서입니까?"}, shown_if: {item: means, includes: cyber}}
  - section: questions
    title: {en: Threats in the region}
    items:
      - code: roles
        kind: grid
        scale: likelihood
        text: {en: "How much should each ally do?", ko: "동맹국은 각각 얼마나 해야 합니까?"}
        rows: [{code: japan, text: {en: Japan, ko: 일본}}, {code: korea, text: {en: South Korea, ko: 대한민국}}]
        columns: [{code: answer, text: {en: Answer, ko: 답변}}]
      - {code: order, kind: ranking, text: {en: "Rank the means, most urgent first.", ko: "시급한 순서대로 수단의 순위를 매기십시오."}, options: means}
      - {code: sure, kind: rating, scale: scale-0-to-10, text: {en: "How sure are you?", ko: "얼마나 확신하십니까?"}}
"""


def became(given: Imported) -> list[tuple[int, str, str]]:
    return [(entry.row, entry.became, entry.code) for entry in given.report.entries]


def test_a_form_in_the_manner_of_odk() -> None:
    found = read_xlsform(ODK)
    assert found.definition == read_study(IN_ODK)
    assert missing_texts(found.definition) == {"ko": ["title", "questionnaire[1].title"]}


def test_its_report_accounts_for_every_row() -> None:
    assert became(read_xlsform(ODK)) == [
        (2, "", ""), (3, "", ""), (4, "", ""), (5, "help", "blockade"), (6, "section", "threats"), (7, "rating", "blockade"), (8, "number", "warning"),
        (9, "choices", "means"), (10, "text", "cyber"), (12, "grid", "roles"), (13, "row", "roles: japan"), (14, "row", "roles: korea"),
        (16, "ranking", "order"), (17, "rating", "sure"), (18, "", "")]


def test_a_form_as_kobotoolbox_exports_it() -> None:
    found = read_xlsform(KOBO)
    items = {item["code"]: item for section in found.definition["questionnaire"] for item in section["items"]}
    assert {code: item["kind"] for code, item in items.items()} == {"linked": "choice", "grave": "grid", "urgent": "ranking", "who": "grid"}
    assert {code for code, item in items.items() if item.get("cannot_judge") is False} == {"linked", "grave"}  # required, in the grid of every row
    assert found.definition["scales"] == {"grave_choices": {"labels": {"en": ["A little", "Rather", "Very"]}}}
    assert [row["code"] for row in items["who"]["rows"]] == ["isr", "mobility"] and [column["code"] for column in items["who"]["columns"]] == ["now", "later"]
    assert became(found)[-1] == (15, "", "")
    assert any("$kuid" in remark for remark in found.report.remarks)


@pytest.mark.django_db
@pytest.mark.parametrize("content", [ODK, KOBO])
def test_a_round_opens_with_it(content: bytes) -> None:
    definition = read_xlsform(content).definition
    study, changed = import_study(definition)
    assert changed
    opened = open_round(study, 1)
    assert opened.asked_items.count() == sum(len(section["items"]) for section in definition["questionnaire"])
