"""The record of a round's results: it says what provenance.json and aggregates.csv say, and what the study's record holds of its rounds."""

import csv
import io
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils.formats import date_format

from analysis.aggregation import aggregate_round
from analysis.exports.aggregates import aggregates_csv
from analysis.exports.provenance import provenance
from analysis.exports.shown import what_is_shown
from analysis.models import Snapshot
from analysis.publication import published_run
from analysis.report.chapters.record import without_renewals
from analysis.report.document import TableBlock
from analysis.report.writing import write_report
from analysis.results.record import Passage, Record, record_of
from analysis.results.record_words import record_in_words, rules_by_level
from surveys.enums import Level
from surveys.models import AuditEvent, Round, Study
from surveys.workflow.responses import withdraw
from surveys.workflow.rounds import close_round, move_deadline, open_round, prepare_round, reopen_round
from surveys.workflow.wordings import add_item, reword_item
from tests.analysis.report.studied import blocks, cells, table
from tests.factories import RATING, a_study, a_user, add_experts, by_panel, count, give, run_round

pytestmark = pytest.mark.django_db
TWELVE = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 3, 3]
DEADLINE = datetime(2100, 5, 1, 12, tzinfo=UTC)
OWN_RULE = {"rule": "scheibe", "below": 20}


def answers(item: str, *, without: str = "") -> dict[str, dict[str, Any]]:
    """kr is small, so that its row and jp's are protected."""
    given = by_panel(item, {"us": TWELVE, "jp": TWELVE, "kr": [1, 1, 2, 5]})
    return {code: said for code, said in given.items() if code != without}


def eventful_study() -> Study:
    """Round 1: reopened before anybody saw its figures. Round 2: a deadline moved, a question reworded, one added by its own rule, somebody withdrew."""
    study = a_study()
    add_experts(study, {"us": 12, "jp": 12, "kr": 4})
    first = run_round(study, 1, answers("grave"))
    reopen_round(first.pk, reason="Somebody was cut off", by=a_user())
    count(first)
    reword_item(study, "grave", {**RATING, "text": {"en": "How grave is that?"}}, equivalent=True, reason="Clearer")
    add_item(study, "main", {**RATING, "code": "new", "stability": OWN_RULE}, reason="It was missing")
    prepare_round(study, 2, items=["grave", "new"])
    second = open_round(study, 2, deadline_at=DEADLINE)
    move_deadline(second.pk, DEADLINE + timedelta(days=1))
    both = answers("grave")
    for code, said in answers("new").items():
        both[code].update(said)
    give(second, both)
    count(second)
    withdraw(study.panelists.get(code="us-1"))
    return Study.objects.get()


def record(study: Study, number: int) -> Record:
    study_round = study.rounds.get(number=number)
    run = published_run(study_round)
    assert run is not None
    return record_of(study, study_round, run)


def test_it_says_what_provenance_and_the_files_say() -> None:
    study = eventful_study()
    told = provenance(study)
    for of_round in told["rounds"]:
        found = record(study, of_round["round"])
        assert found.rules == told["rules"]
        assert [vars(deviation) for deviation in found.deviations] == told["deviations"]
        assert found.software == told["versions"]
        shown = [closing for closing in found.closings if closing.is_shown]
        assert [closing.number for closing in shown] == [of_round["shown_closing"]]
        assert [closing.number for closing in found.closings if closing.is_superseded] == of_round["superseded_closings"]
        by_closing = {closing.number: (closing.snapshot_sha256, closing.erased) for closing in found.closings}
        for snapshot in of_round["snapshots"]:
            assert by_closing[snapshot["closing"]] == (snapshot["sha256"], snapshot["erased_since"])
        asked = {(wording.version.item.code, wording.version.number) for wording in found.wordings}
        assert asked == {(entry["item"], entry["version"]) for entry in told["item_versions"] if of_round["round"] in entry["rounds"]}
        assert {(group.group_type, group.group): (group.rows, group.protected, group.without_pairs) for group in found.told} == in_the_file(study, found)


def in_the_file(study: Study, found: Record) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Group → rows, protected ones, and shown ones that look back and have no figures over pairs."""
    counted: dict[tuple[str, str], Counter[str]] = {}
    for row in csv.DictReader(io.StringIO(aggregates_csv(study).decode(), newline="")):
        if int(row["round"]) == found.study_round.number:
            of_group = counted.setdefault((row["group_type"], row["group"]), Counter())
            of_group["rows"] += 1
            of_group["protected"] += row["suppressed"] == "yes"
            of_group["without"] += row["suppressed"] == "no" and row["previous_round"] != "" and row["n_pairs"] == ""
    return {group: (said["rows"], said["protected"], said["without"]) for group, said in counted.items()}


def test_what_happened_in_words() -> None:
    study = eventful_study()
    second, first = record_in_words(record(study, 2)), record_in_words(record(study, 1))
    acts = {one["number"]: [passage["act"] for passage in one["passages"]] for one in second["rounds"]}
    assert acts[1] == ["opened", "closed", "counted", "reopened", "closed", "counted", "released to its experts"]
    assert acts[2][:4] == ["opened", "deadline moved from May 1, 2100, noon to May 2, 2100, noon", "closed", "counted"]
    [reopened] = [passage for passage in second["rounds"][0]["passages"] if passage["act"] == "reopened"]
    assert reopened["details"] == ["reason: Somebody was cut off"]
    assert [(closing["number"], closing["state"]) for closing in first["closings"]] == [(1, "superseded by a later closing"), (2, "shown")]
    compared = {wording["code"]: (wording["version"], wording["compares"]) for wording in second["wordings"]}
    assert compared == {"grave": (2, "with round 1, version 1, declared equivalent"), "new": (1, "asked for the first time")}
    assert second["wordings_summary"] == "2 questions were asked; the answers to 1 compare with those of an earlier round."
    [departure] = second["deviations"]
    assert (departure["code"], departure["is_added"], departure["now"]["stability"]) == ("new", True, "Scheibe’s change of the distribution, below 20")
    scale = second["rules"][0]
    assert (scale["consensus"], scale["stability"]) == ("Interquartile range, at most 1", "Scheibe’s change of the distribution, below 15")

    check_summary(study)


def check_summary(study: Study) -> None:
    said = [str(sentence) for sentence in record_in_words(record(study, 1))["summary"]]
    assert said[0].startswith("The figures are those of closing 2 of round 1, which closed ")
    assert said[1].endswith("before the first answer. One question departs from them; it is named below.")
    assert said[2] == "The answers of one person were erased since the round was counted. The figures that are shown still count them."
    # all, equal_weight, three panels; of these equal_weight, jp and kr
    assert said[3] == "3 of 5 rows of figures are protected, because they could give somebody away."
    Study.objects.update(is_simulated=True)
    assert "The experts are simulated: nobody answered." in record_in_words(record(Study.objects.get(), 1))["summary"]


def test_a_closing_that_is_not_counted_yet_is_not_told_as_one_that_may_not_be_shown() -> None:
    """Closed again and not counted; then counted, with one person of five fewer than may differ."""
    study = a_study()
    add_experts(study, {"us": 12, "jp": 12, "kr": 4})
    first = run_round(study, 1, answers("grave"))
    what_is_shown(study)
    reopen_round(first.pk, reason="Somebody was cut off", by=a_user())
    give(first, {"us-1": {"grave": 5}})
    close_round(first.pk)
    assert record_in_words(record(study, 1))["summary"][0].endswith("The round was to be counted again since; that is not done yet.")
    assert [closing["state"] for closing in record_in_words(record(study, 1))["closings"]] == ["shown"]
    assert provenance(study)["rounds"][0]["note"].endswith("the latest is not counted yet.")
    aggregate_round(first.pk, 2)
    assert "New figures beside these could give someone away" in record_in_words(record(study, 1))["summary"][0]
    assert provenance(study)["rounds"][0]["note"].endswith("could give someone away.")
    assert [closing["state"] for closing in record_in_words(record(study, 1))["closings"]] == [
        "shown", "not shown: beside the figures that were seen, these could give somebody away"]
    check_report_of_an_earlier_closing(study)


def check_report_of_an_earlier_closing(study: Study) -> None:
    """It says so, and "As of" is the time of the closing that is shown: the later one is moved away here by a month."""
    Round.objects.filter(study=study).update(closed_at=F("closed_at") + timedelta(days=30))
    frozen_at = Snapshot.objects.get(round__study=study, closing=1).created_at
    document = write_report(study, "en")
    assert [caution for caution in document.cautions if caution.startswith("The figures of round 1 are those of an earlier closing. The round was to be")]
    assert (document.made_on, cells(table(document, "methods-snapshots"))[0][1:]) == (
        frozen_at.date(), [date_format(frozen_at, "DATE_FORMAT"), published_run(study.rounds.get()).snapshot_sha256])


def test_the_report_tells_neither_that_a_round_was_renewed_nor_of_how_many_answers_were_erased() -> None:
    """Nobody had seen the figures, so those without the person who withdrew took their place: closing 2, and nobody had reopened the round."""
    study = a_study()
    add_experts(study, {"us": 12})
    first = run_round(study, 1, by_panel("grave", {"us": TWELVE}))
    withdraw(study.panelists.get(code="us-1"))
    aggregate_round(first.pk, 2)
    document = write_report(study, "en")
    digests = table(document, "methods-snapshots")
    assert (digests.columns.heads, len(digests.rows)) == (("Round", "Closed", "SHA-256 of the frozen answers"), 1)
    assert [row[2] for row in cells(table(document, "record-passages-table"))] == ["opened", "closed", "counted"]
    assert not [block for block in blocks(document) if isinstance(block, TableBlock) and "Closing shown" in block.columns.heads]


def test_a_rule_for_every_level_stands_at_each_beside_rules_for_some() -> None:
    """Consensus has one rule, stability one for ordinal scales alone."""
    scheibe = {"rule": "scheibe", "below": 15}
    rows = rules_by_level({"consensus": {"rule": "iqr", "at_most": 1}, "stability": {"ordinal": scheibe}})
    assert len(rows) == len(Level.values)
    assert {row["consensus"] for row in rows} == {"Interquartile range, at most 1"}
    assert Counter(row["stability"] for row in rows) == {"not judged": len(Level.values) - 1, "Scheibe’s change of the distribution, below 15": 1}


def test_the_report_does_not_tell_when_answers_were_erased() -> None:
    """The record of the page has the time at which a round was to be counted anew, because answers were erased; a report is public."""
    acts = ["open_round", "move_deadline", "move_deadline", "close_round", "mark_aggregated_round", "renew_round", "mark_aggregated_round", "release_round",
            "reopen_round", "close_round", "mark_aggregated_round"]
    passages = [Passage(1, AuditEvent(act=act)) for act in acts]
    assert [passage.event.act for passage in without_renewals(passages)] == [
        "open_round", "move_deadline", "move_deadline", "close_round", "mark_aggregated_round", "release_round",
        "reopen_round", "close_round", "mark_aggregated_round"]
