"""export_study SLUG: the study file on standard output; importing it gives the same study."""

import json
from pathlib import Path

import pytest
import yaml

from surveys.models import Study
from surveys.queries import definition_of
from surveys.studyfile import read_study
from tests.commands.running import run
from tests.factories import RATING, a_definition, a_study
from tests.journeys.random_studies import random_study
from tests.surveys.studyfile.studies import example

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.django_db


def imported_again(folder: Path, text: str, slug: str) -> dict[str, object]:
    """The definition after importing an exported file under another slug."""
    file = folder / "again.yaml"
    file.write_text(text.replace(f"study: {slug}\n", "study: again\n", 1), encoding="utf-8")
    assert run("import_study", file).out.splitlines()[-1] == "again"
    return {**definition_of(Study.objects.get(slug="again")), "study": slug}


@pytest.mark.parametrize("definition", [
    a_definition(), example(), *(yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(ROOT.glob("studies/*/study.yaml"))),
    *(random_study(seed) for seed in range(8)),
], ids=lambda definition: definition["study"])
def test_import_export_import_is_the_same_study(tmp_path: Path, definition: dict[str, object]) -> None:
    slug = str(definition["study"])
    study = a_study(definition)
    ran = run("export_study", slug)
    assert (ran.status, ran.err) == (0, "")
    assert read_study(ran.out) == definition == definition_of(study)
    assert imported_again(tmp_path, ran.out, slug) == definition
    assert run("export_study", slug).out == ran.out


def test_names_that_equal_their_codes_are_kept(tmp_path: Path) -> None:
    definition = a_definition(panels=[{"code": "us", "name": "us"}], questionnaire=[{"section": "main", "title": "main", "items": [RATING]}])
    a_study(definition)
    assert imported_again(tmp_path, run("export_study", "small").out, "small") == definition


def test_a_study_that_has_begun_is_the_same_after_every_import_of_its_own_file(tmp_path: Path) -> None:
    east, west = ({"code": code, "name": code} for code in ("east", "west"))
    panels = [{"code": "us", "name": "us", "theatres": ["west", "east"]}, {"code": "no", "name": "no", "theatres": []}]
    definition = a_definition(theatres=[east, west], panels=panels)
    file = tmp_path / "study.yaml"
    file.write_text(json.dumps(definition), encoding="utf-8")
    run("import_study", file)
    run("open_round", "small", 1)
    for text in (file.read_text(encoding="utf-8"), run("export_study", "small").out):
        file.write_text(text, encoding="utf-8")
        assert "nothing changed" in run("import_study", file).err


def test_an_unknown_study_is_told_with_those_that_are_there() -> None:
    a_study()
    ran = run("export_study", "smal")
    assert (ran.status, ran.out) == (1, "")
    assert "“smal”" in ran.err and "small" in ran.err
