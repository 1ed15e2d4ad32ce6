"""What the documents say is what the code does."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands

from analysis.exports.columns import COLUMNS
from surveys.items import KINDS
from surveys.studyfile import missing_texts, read_study
from surveys.transitions import ROUND_TRANSITIONS

ROOT = Path(__file__).resolve().parents[1]
FIRST_COLUMNS = (
    "study,round,section,item,item_version,kind,component,level,group_type,group,n_invited,n_submitted,n,n_cannot_judge,n_missing,median,q1,q3,iqr,"
    "mean,sd,band_share,consensus_rule,consensus,n_pairs,percent_changed,iqr_change,sd_change,scheibe,stability_rule,stability,outcome,suppressed,"
    "rule_value,stability_value,modal,modal_share,paired_coarse"
)


def test_the_columns_stand_in_the_promised_order() -> None:
    assert ",".join(column.name for column in COLUMNS).startswith(FIRST_COLUMNS)


def test_every_column_is_described() -> None:
    printed = io.StringIO()
    call_command("describe_columns", stdout=printed)
    assert (ROOT / "docs" / "files.md").read_text() == printed.getvalue()


def test_the_table_of_roles_is_the_one_in_the_code() -> None:
    printed = io.StringIO()
    call_command("describe_roles", stdout=printed)
    assert (ROOT / "docs" / "roles.md").read_text() == printed.getvalue()


def test_the_table_of_rounds_is_the_one_in_the_code() -> None:
    table = re.findall(r"^\| (\w+) \| ([\w, ]+) \| (\w+) \|$", (ROOT / "docs" / "rounds.md").read_text(), re.MULTILINE)
    drawn = {act: (frozenset(before.split(", ")), after) for act, before, after in table if act != "act"}
    assert drawn == {act: (frozenset(map(str, before)), str(after)) for act, (before, after) in ROUND_TRANSITIONS.items()}


@pytest.mark.parametrize("name", sorted(name for name, app in get_commands().items() if app in ("surveys", "analysis")))
def test_every_command_says_what_it_does(name: str) -> None:
    from django.core.management import load_command_class

    command = load_command_class(get_commands()[name], name)
    assert len(command.help) > 20
    assert "usage" in command.create_parser("manage.py", name).format_help()


@pytest.mark.parametrize("page", sorted(str(path.relative_to(ROOT)) for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]))
def test_links_between_documents_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text()
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in target and not target.startswith("mailto:"):
            assert ((ROOT / page).parent / target).exists(), target


def test_the_pictured_study_has_every_kind_and_practice_and_a_condition_in_three_languages() -> None:
    study = read_study((ROOT / "docs" / "tools" / "every-kind.yaml").read_bytes())
    items = [item for section in study["questionnaire"] for item in section["items"]]
    assert {item["kind"] for item in items} == set(KINDS)
    assert all(any(key in item for item in items) for key in ("practice", "shown_if", "interval", "about", "mirror"))
    assert study["languages"] == ["en", "ko", "ja"] and not any(missing_texts(study).values())


def test_each_kind_is_shown_on_a_laptop_and_a_phone() -> None:
    text = (ROOT / "docs" / "kinds.md").read_text()
    for kind in [*KINDS, "interval", "role-grid"]:
        assert f"/{kind}-1-1280-light.png)" in text and f"/{kind}-2-360-light.png)" in text
