"""Three rounds through the commands, with questions reworded in between: the files never mix what does not compare.

Four experts. `same` stays; `alike` is reworded and declared equivalent, then reworded once more and not; `other` is reworded and compares
with nothing; `back` is left out in round 2 and asked again, reworded and equivalent. Wherever two rounds compare, one of four
changed: 25 per cent changed, and the histogram too (Scheibe: half of the sum of differences, 2 / 2, over 4).
"""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from surveys.models import Answer, Study
from surveys.studyfile import read_study
from surveys.workflow.shared_texts import reword_list
from surveys.workflow.wordings import reword_item
from tests.commands.running import run
from tests.factories import a_member, csv_text, public
from tests.surveys.views.expert.expert_studies import enter

pytestmark = pytest.mark.django_db

CODES = ("same", "alike", "other", "back")
ROUNDS: list[dict[str, list[int]]] = [
    {"same": [1, 2, 3, 4], "alike": [1, 2, 3, 4], "other": [1, 2, 3, 4], "back": [1, 1, 2, 2]},
    {"same": [1, 2, 3, 5], "alike": [1, 2, 4, 4], "other": [5, 5, 5, 5]},
    {"alike": [1, 1, 1, 1], "other": [5, 5, 5, 4], "back": [1, 2, 2, 2]},
]
# round, item → version, pairs, per cent changed, Scheibe, stability, the round and version that it is compared with
EXPECTED = {
    **{(1, code): ("1", "", "", "", "not_assessed", "", "") for code in CODES},
    (2, "same"): ("1", "4", "25", "25", "stable", "1", "1"),
    (2, "alike"): ("2", "4", "25", "25", "stable", "1", "1"),
    (2, "other"): ("2", "", "", "", "not_assessed", "", ""),
    (3, "alike"): ("3", "", "", "", "not_assessed", "", ""),
    (3, "other"): ("2", "4", "25", "25", "stable", "2", "2"),
    (3, "back"): ("2", "4", "25", "25", "stable", "1", "1"),
}


def an_item(code: str, text: str) -> dict[str, Any]:
    return {"code": code, "kind": "rating", "scale": "five", "text": text}


def definition() -> dict[str, Any]:
    return public(
        panels=[{"code": "us", "name": "US"}], stability={"rule": "scheibe", "below": 30},
        questionnaire=[{"section": "main", "title": "Main", "items": [an_item(code, f"First wording of {code}") for code in CODES]}],
    )


def held(number: int, folder: Path) -> None:
    """A round opened, answered and closed."""
    answers = ROUNDS[number - 1]
    (folder / "answers.csv").write_text(csv_text(["panelist", "item", "value"], [
        {"panelist": f"us-{place}", "item": item, "value": value} for item, values in answers.items() for place, value in enumerate(values, start=1)]))
    for command in (("open_round", "small", number, "--items", ",".join(answers)), ("import_answers", "small", number, folder / "answers.csv"),
                    ("close_round", "small", number, "--wait")):
        ran = run(*command)
        assert ran.status == 0, ran.err


def begun(folder: Path) -> Study:
    (folder / "study.yaml").write_text(json.dumps(definition()))
    (folder / "panel.csv").write_text(csv_text(["panelist", "panel"], [{"panelist": f"us-{place}", "panel": "us"} for place in range(1, 5)]))
    run("import_study", folder / "study.yaml")
    run("import_panel", "small", folder / "panel.csv")
    held(1, folder)
    return Study.objects.get()


def reword(study: Study, code: str, equivalent: bool, text: str = "Second wording") -> None:
    reword_item(study, code, an_item(code, f"{text} of {code}"), equivalent=equivalent, reason="experts misread it")


def three_rounds(folder: Path) -> Study:
    study = begun(folder)
    reword(study, "alike", equivalent=True)
    reword(study, "other", equivalent=False)
    held(2, folder)
    reword(study, "alike", equivalent=False, text="Third wording")
    reword(study, "back", equivalent=True)
    held(3, folder)
    assert run("export", "small", "--to", folder / "files").status == 0
    return study


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def test_figures_between_rounds_look_back_to_wordings_that_compare_and_to_no_other(tmp_path: Path) -> None:
    three_rounds(tmp_path)
    rows = rows_of(tmp_path / "files" / "aggregates.csv")
    names = ("item_version", "n_pairs", "percent_changed", "scheibe", "stability", "previous_round", "previous_version")
    assert list(rows[0])[38:41] == ["simulated", "previous_round", "previous_version"]  # after them the further measures
    for group in ("all", "equal_weight", "panel"):
        assert {(int(row["round"]), row["item"]): tuple(row[name] for name in names) for row in rows if row["group_type"] == group} == EXPECTED


def test_the_other_files_name_every_wording_and_what_it_compares_with(tmp_path: Path) -> None:
    three_rounds(tmp_path)
    items = [(row["item"], row["item_version"], row["equivalent_to"], row["rounds"], row["text_en"]) for row in rows_of(tmp_path / "files" / "items.csv")]
    assert items == [
        ("same", "1", "", "1 2", "First wording of same"),
        ("alike", "1", "", "1", "First wording of alike"),
        ("alike", "2", "1", "2", "Second wording of alike"),
        ("alike", "3", "", "3", "Third wording of alike"),
        ("other", "1", "", "1", "First wording of other"),
        ("other", "2", "", "2 3", "Second wording of other"),
        ("back", "1", "", "1", "First wording of back"),
        ("back", "2", "1", "3", "Second wording of back"),
    ]
    told = json.loads((tmp_path / "files" / "provenance.json").read_text(encoding="utf-8"))["item_versions"]
    assert [(entry["item"], str(entry["version"]), str(entry["equivalent_to"] or ""), " ".join(map(str, entry["rounds"]))) for entry in told] == [
        entry[:4] for entry in items]


def test_imported_answers_are_kept_or_changed_only_where_the_wordings_compare(tmp_path: Path) -> None:
    three_rounds(tmp_path)
    said = Answer.objects.filter(response__panelist__code="us-1").exclude(response__round__number=1)
    assert {(answer.response.round.number, answer.asked_item.item_version.item.code): answer.decision for answer in said} == {
        (2, "same"): "kept", (2, "alike"): "kept", (2, "other"): "new", (3, "alike"): "new", (3, "other"): "kept", (3, "back"): "kept"}


def test_an_expert_sees_the_own_and_the_groups_answers_only_where_the_wordings_compare(tmp_path: Path) -> None:
    study = begun(tmp_path)
    reword(study, "alike", equivalent=True)
    reword(study, "other", equivalent=False)
    assert run("open_round", "small", 2).status == 0
    client = Client()
    home = enter(client, study.panelists.get(code="us-4"))
    page = client.get(f"{home}section/main/").content.decode()
    parts = {code: part for code in ("same", "alike", "other") for part in page.split("<article")[1:] if f"wording of {code}" in part}
    assert {code: ("You said" in part, "Show as table" in part, "Second wording" in part) for code, part in parts.items()} == {
        "same": (True, True, False), "alike": (True, True, True), "other": (False, False, True)}


def test_the_exported_study_file_has_the_newest_wordings_and_imports_to_the_same(tmp_path: Path) -> None:
    three_rounds(tmp_path)
    exported = run("export_study", "small").out
    items = {item["code"]: item for item in read_study(exported)["questionnaire"][0]["items"]}
    assert {code: (item.get("version"), item.get("equivalent_to")) for code, item in items.items()} == {
        "same": (None, None), "alike": (3, None), "other": (2, None), "back": (2, 1)}
    (tmp_path / "study.yaml").write_text(exported, encoding="utf-8")
    assert "nothing changed" in run("import_study", tmp_path / "study.yaml").err
    (tmp_path / "study.yaml").write_text(exported.replace("study: small", "study: again"), encoding="utf-8")
    assert run("import_study", tmp_path / "study.yaml").status == 0
    assert run("export_study", "again").out == exported.replace("study: small", "study: again")


def test_a_reworded_scale_is_exported_with_the_words_that_each_round_asked(tmp_path: Path) -> None:
    study = begun(tmp_path)
    reword_list(study, "scales.five", {"2": {"en": "Hardly any"}}, equivalent=True, reason="experts misread it")
    held(2, tmp_path)
    assert run("export", "small", "--to", tmp_path / "files").status == 0
    labels = {(row["item"], row["item_version"], row["rounds"], row["equivalent_to"]): row["labels_en"] for row in rows_of(tmp_path / "files" / "items.csv")}
    old, new = (f"1 = None | 2 = {second} | 3 = Some | 4 = Much | 5 = Extreme" for second in ("Little", "Hardly any"))
    assert labels == {**{(code, "1", "1", ""): old for code in CODES}, **{(code, "2", "2", "1"): new for code in ("same", "alike", "other")}}
    pairs = {row["item"]: row["n_pairs"] for row in rows_of(tmp_path / "files" / "aggregates.csv") if (row["round"], row["group_type"]) == ("2", "all")}
    assert pairs == {"same": "4", "alike": "4", "other": "4"}, "answers compare, as the organizer declared"
    reader = Client()
    reader.force_login(a_member(study, "analyst"))
    pages = {number: reader.get(reverse("analysis:item-results", args=["small", number, "same"])).content.decode() for number in (1, 2)}
    assert {number: ("Little" in page, "Hardly any" in page) for number, page in pages.items()} == {1: (True, False), 2: (False, True)}
