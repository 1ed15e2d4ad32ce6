"""Made twice, the same bytes; made on request, what the command writes."""

import io
import time
import zipfile
from pathlib import Path

import pytest

from analysis.exports.formats import BY_FILE, FORMATS, OPTIONS
from analysis.exports.formats.making import made, write_format
from tests.analysis.exports.formats.korean_study import korean_study

pytestmark = pytest.mark.django_db


def test_the_same_results_give_the_same_bytes_at_another_time(tmp_path: Path) -> None:
    study = korean_study()
    for name in ("one", "two"):
        for form in FORMATS:
            write_format(study, form.option, tmp_path / name)
        time.sleep(2.1)  # SPSS files hold seconds; ZIP archives count in twos
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one.keys() == two.keys() and len(one) > 20
    assert [name for name in one if one[name] != two[name]] == []


def test_a_browser_gets_what_the_command_writes(tmp_path: Path) -> None:
    study = korean_study()
    for form in FORMATS:
        paths = write_format(study, form.option, tmp_path)
        with made(study, form) as file:
            content = file.read()
        if form.option == "parquet":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                assert {name: archive.read(name) for name in archive.namelist()} == {f"small/{path.name}": path.read_bytes() for path in paths}
        else:
            assert content == paths[0].read_bytes()


def test_a_format_is_known_by_its_option_and_its_file() -> None:
    assert OPTIONS == ("csv", "parquet", "xlsx", "sav", "dta")
    assert set(BY_FILE) == {"parquet.zip", "workbook.xlsx", "aggregates.sav", "aggregates.dta"}


def test_nothing_half_written_stays(tmp_path: Path) -> None:
    write_format(korean_study(), "sav", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["aggregates.sav"]
