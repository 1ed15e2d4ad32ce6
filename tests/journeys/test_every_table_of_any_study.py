"""Whole studies, made up at random, go through the commands with all further tables: whatever was asked and answered, each is worked out and told."""

import json
from pathlib import Path

import pytest

from analysis.exports.bundle import content_of
from analysis.exports.shown import what_is_shown
from analysis.models import AnalysisBlock, AnalysisRun, ItemTable
from surveys.models import Study
from tests.journeys.random_studies import random_journey
from tests.journeys.test_every_row_by_the_book import SEEDS, run, walk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", SEEDS[2::3])
def test_every_table_is_worked_out_and_every_file_is_the_one_that_is_downloaded(seed: int, tmp_path: Path) -> None:
    journey = random_journey(seed)
    walk(journey, tmp_path, waits=True)
    study = Study.objects.get(slug=journey.definition["study"])
    blocks = AnalysisBlock.objects.filter(run__round__study=study, run__is_published=True)
    assert set(blocks.values_list("state", "attempts")) == {(AnalysisRun.State.DONE, 1)}
    assert set(ItemTable.objects.filter(run__round__study=study).values_list("run__round__number", flat=True)) == {1, 2, 3}
    run("export", study.slug, "--to", str(tmp_path / "files"))
    written = {file.name: file.read_bytes() for file in (tmp_path / "files").iterdir()}
    shown = what_is_shown(study)
    assert {name: b"".join(content_of(shown, name)) for name in written if name.endswith(".csv")} == {
        name: content for name, content in written.items() if name.endswith(".csv")
    }
    assert json.loads(written["provenance.json"])
