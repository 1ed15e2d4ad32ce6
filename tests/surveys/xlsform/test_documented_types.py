"""`docs/xlsform.md` names every type of question that the code knows."""

import re
from pathlib import Path

import pytest

from surveys.xlsform.items import MAKERS
from surveys.xlsform.question_types import COMPUTED, METADATA, NOT_TAKEN
from surveys.xlsform.remarks import NOT_READ

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "xlsform.md").read_text()
NAMED = {name.lower() for name in re.findall(r"`([^`]+)`", TEXT)}
SPELT = {"percent": "percentage", "phone": "phone number"}
OTHER_WORDS = {"autoplay", "save_to", "query", "subscriber id", "sim id"}  # further spellings, and columns of rare tools


@pytest.mark.parametrize("name", sorted({*MAKERS, *COMPUTED, *METADATA, *NOT_TAKEN, *NOT_READ, "note", "acknowledge"} - OTHER_WORDS))
def test_the_document_names_it(name: str) -> None:
    assert SPELT.get(name, name) in NAMED
