"""A bundled study with sixty experts from a file of simulated answers, and three who answer its real pages, each in a language and a manner."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.simulated_rounds import answers_file, shown_figures
from surveys.enums import RationaleState
from surveys.items import CANNOT_JUDGE, ItemSpec, kind_of
from surveys.models import Answer, Panelist, Rationale, Round, Study
from surveys.queries import asked_items
from surveys.simulation import Expert, Model, SimulatedAnswer, answers_of
from surveys.studyfile import read_study
from surveys.workflow.answer_files import import_answers
from surveys.workflow.panels import import_panel
from surveys.workflow.rationales import decide_rationale, pending_rationales
from surveys.workflow.rounds import open_round
from surveys.workflow.studies import import_study
from tests.browser.expert.hands import Fields
from tests.factories import count, csv_text

STUDIES = Path(__file__).resolve().parents[3] / "studies"
SEED, PER_PANEL = 5, 6  # one above the minimum, so that every panel's figures are shown
LANGUAGE_OF = {"us": "en", "kr": "ko", "jp": "ja"}  # panel → language of its experts; the others' is English
WHOLE = Model(left_out=0, unjudged=0.06)  # who answers the pages leaves nothing out
REASONS_READ = 3  # of each item let through to the others
OWN_TEXT = {"en": "How long stocks would last.", "ko": "비축량이 얼마나 버틸 수 있는지입니다.", "ja": "備蓄がどれだけもつかという点です。"}
PRACTISED = "3"

Told = dict[str, SimulatedAnswer]
Values = Mapping[tuple[str, str, str], str]  # panelist, item, component


@dataclass
class RoundHeld:
    """A round with what its three experts meant to say, what is stored of them, and the values of everybody's answers."""

    round: Round
    specs: dict[str, ItemSpec]
    meant: dict[str, Told] = field(default_factory=dict)
    stored: dict[str, dict[str, Answer]] = field(default_factory=dict)
    reasons: dict[str, dict[str, str]] = field(default_factory=dict)
    values: dict[tuple[str, str, str], str] = field(default_factory=dict)


def a_bundled_study(slug: str) -> tuple[Study, list[Panelist]]:
    """With all its experts; the first of three panels answer in the browser."""
    study, _changed = import_study(read_study((STUDIES / slug / "study.yaml").read_bytes()))
    panels = list(study.panels.values_list("code", flat=True))
    import_panel(study, csv_text(["panelist", "panel", "language"], [
        {"panelist": f"{panel}-{number}", "panel": panel, "language": LANGUAGE_OF.get(panel, "en")} for panel in panels for number in range(1, PER_PANEL + 1)]))
    return study, list(study.panelists.filter(code__in=[f"{panel}-1" for panel in LANGUAGE_OF]).select_related("panel", "study").order_by("pk"))


def opened_round(study: Study, number: int, here: list[Panelist]) -> RoundHeld:
    """Open, with the answers of everybody but the three, and what these are going to say."""
    study_round = open_round(study, number)
    held = RoundHeld(study_round, {spec.code: spec for spec in (asked.item_version.spec(study.settings) for asked in asked_items(study_round))})
    others = study.panelists.exclude(pk__in=[expert.pk for expert in here]).select_related("panel").order_by("pk")
    content = answers_file(study_round, list(others), SEED, Model(), {})
    import_answers(study_round, content)
    held.values = {(row["panelist"], row["item"], row["component"]): row["value"] for row in csv.DictReader(io.StringIO(content)) if row["value"]}
    shown = [shown_figures(study, earlier) for earlier in range(1, number)]
    held.meant = {expert.code: meant_by(expert, held.specs, shown) for expert in here}
    for expert in here:
        held.values |= {(expert.code, code, part): value for code, told in held.meant[expert.code].items() if not held.specs[code].practice
                        for part, value in told.values.items() if value != CANNOT_JUDGE}
    return held


def meant_by(expert: Panelist, specs: Mapping[str, ItemSpec], shown: list[dict[str, Any]]) -> Told:
    """The model's answers, and one to every open question and to the item for practice."""
    theatres = tuple(expert.panel.theatres.values_list("code", flat=True))
    told = answers_of(Expert(expert.code, expert.panel.code, theatres, expert.language), list(specs.values()), shown, SEED, WHOLE)
    told |= {code: SimulatedAnswer({"": OWN_TEXT[expert.language]}) for code, spec in specs.items() if spec.kind == "text"}
    return told | {code: SimulatedAnswer({"": PRACTISED}) for code, spec in specs.items() if spec.practice}


def fields_of(spec: ItemSpec, told: SimulatedAnswer) -> dict[str, str]:
    """As the page's fields have it; what is not said there must be empty."""
    if told.cannot_judge:
        return {"cannot_judge": "yes", "rationale": told.reason}
    fields = {f"value.{code}" if code else "value": value for code, value in told.values.items()}
    if spec.kind == "choices":
        fields = {name: "1" if value == "1" else "" for name, value in fields.items()}
        fields["value"] = "" if any(fields.values()) else "none"
    extras = {"confidence": told.confidence, "expertise": told.expertise, "rationale": told.reason}
    return {"cannot_judge": "", **fields, **{name: text for name, text in extras.items() if text}}


def decided_fields(spec: ItemSpec, told: SimulatedAnswer, before: SimulatedAnswer | None) -> Fields:
    """Of a later round: who says the same keeps it. A reason that is required is required again."""
    if before is None:
        return fields_of(spec, told)
    if told.values != before.values:
        return {"decision": "changed", **fields_of(spec, told)}
    return {"decision": "kept", **({"rationale": told.reason} if spec.rationale == "required" else {})}


def expected_value(spec: ItemSpec, told: SimulatedAnswer) -> Any:
    return None if told.cannot_judge else kind_of(spec).from_components(spec, told.values)


def read_what_is_stored(held: RoundHeld, here: list[Panelist]) -> None:
    for expert in here:
        answers = Answer.objects.filter(response__round=held.round, response__panelist=expert).select_related("asked_item__item_version__item")
        held.stored[expert.code] = {answer.asked_item.item_version.item.code: answer for answer in answers}
        reasons = Rationale.objects.filter(response__round=held.round, response__panelist=expert)
        held.reasons[expert.code] = dict(reasons.values_list("asked_item__item_version__item__code", "text"))


def counted_and_moderated(held: RoundHeld) -> None:
    """Closed and counted; of each item a few reasons are let through, so that the next round shows some."""
    count(held.round)
    read: dict[int, int] = {}
    for reason in pending_rationales(held.round):
        read[reason.asked_item_id] = read.get(reason.asked_item_id, 0) + 1
        if read[reason.asked_item_id] <= REASONS_READ:
            decide_rationale(reason.pk, RationaleState.APPROVED, by=None)
