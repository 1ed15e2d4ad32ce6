"""What the documents say is what the code does."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands

from analysis.exports.columns import COLUMNS
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
