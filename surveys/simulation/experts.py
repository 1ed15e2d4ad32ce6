"""A simulated expert through the rounds: what is answered in each, after everything that was shown before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from surveys.items import CANNOT_JUDGE, ItemSpec, hidden_items, kind_of
from surveys.simulation.model import Model, chance_of
from surveys.simulation.moving import MOVERS, later_answer
from surveys.simulation.opinions import first_opinion, later_opinion, shown_opinion
from surveys.simulation.texts import simulated_text
from surveys.simulation.writing import Values, written_opinion

Shown = Mapping[str, Mapping[str, Mapping[str, Any]]]  # item → component → figures over everybody, as a round's feedback has them
ANSWERS_TEXTS = 0.4  # share of the experts who write something into an open question


@dataclass(frozen=True)
class Expert:
    code: str
    panel: str
    theatres: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True)
class SimulatedAnswer:
    """`values`: component code → value of a file, or CANNOT_JUDGE; under "" for the whole item."""

    values: Values
    confidence: str = ""
    expertise: str = ""
    reason: str = ""

    @property
    def cannot_judge(self) -> bool:
        return self.values.get("") == CANNOT_JUDGE


def has_left(expert: Expert, number: int, seed: int, model: Model) -> bool:
    """Does the expert answer no more in this round? Each panel keeps its experts more or less well; who has left stays away."""
    loyalty = 0.5 + chance_of(seed, "attrition", expert.panel).random()  # 1 on average
    return any(chance_of(seed, "leaves", expert.code, later).random() < model.attrition * loyalty for later in range(2, number + 1))


def answers_of(expert: Expert, specs: Sequence[ItemSpec], shown: Sequence[Shown], seed: int, model: Model) -> dict[str, SimulatedAnswer]:
    """Item code → the answer in the round that follows those whose feedback was shown; items that nothing is said of are missing.

    `specs`: in the questionnaire's order. An item that the expert's own answers hide gets none; practice is never answered.
    """
    found = {}
    for spec in specs:
        answer = None if spec.practice else _answer(expert, spec, [feedback.get(spec.code, {}) for feedback in shown], seed, model)
        if answer is not None:
            found[spec.code] = answer
    waited_for = {spec.shown_if.item for spec in specs if spec.shown_if}
    hidden = hidden_items(specs, {spec.code: _components(spec, found[spec.code]) for spec in specs if spec.code in waited_for & found.keys()})
    return {code: answer for code, answer in found.items() if code not in hidden}


def _components(spec: ItemSpec, answer: SimulatedAnswer) -> dict[str, Any]:
    if answer.cannot_judge:
        return {}
    kind = kind_of(spec)
    return kind.to_components(spec, kind.from_components(spec, answer.values))


def _answer(expert: Expert, spec: ItemSpec, shown: Sequence[Mapping[str, Any]], seed: int, model: Model) -> SimulatedAnswer | None:
    number = len(shown) + 1
    chance = chance_of(seed, "given", expert.code, spec.code, number)
    if chance.random() < (1 - ANSWERS_TEXTS if spec.kind == "text" else model.left_out):
        return None
    if spec.kind == "text":
        return SimulatedAnswer({"": simulated_text(expert.language, chance)})
    if spec.cannot_judge and chance_of(seed, "judges", expert.code, spec.code).random() < model.unjudged:
        return SimulatedAnswer({"": CANNOT_JUDGE})
    answer = SimulatedAnswer(
        _values(expert, spec, shown, seed, model), str(10 * chance.randint(3, 9)) if spec.confidence else "", _expertise(expert, spec, seed))
    wants_reason = spec.rationale == "required" or (spec.rationale != "none" and chance.random() < model.reasons / number)
    return replace(answer, reason=simulated_text(expert.language, chance)) if wants_reason else answer


def _expertise(expert: Expert, spec: ItemSpec, seed: int) -> str:
    return str(chance_of(seed, "expertise", expert.code, spec.code).choice((1, 2, 3, 3, 4, 4, 5))) if spec.expertise else ""


def _values(expert: Expert, spec: ItemSpec, shown: Sequence[Mapping[str, Any]], seed: int, model: Model) -> Values:
    """Several numbers move from those that were given; a single one follows the opinion, which moves finer than any scale."""
    opinion = first_opinion(spec, expert.panel, expert.code, seed, theatres=expert.theatres, model=model)
    is_single = spec.kind not in MOVERS
    values = {} if is_single else _unjudged_cells(spec, _written(expert, spec, opinion, seed), expert, seed, model)
    for number, figures in enumerate(shown, start=2):
        chance = chance_of(seed, "moves", expert.code, spec.code, number)
        if is_single:
            opinion = later_opinion(opinion, shown_opinion(spec, figures.get("", {})), chance, model)
        else:
            values = later_answer(spec, values, figures, chance, model)
    return _written(expert, spec, opinion, seed) if is_single else values


def _written(expert: Expert, spec: ItemSpec, opinion: float, seed: int) -> Values:
    return written_opinion(spec, opinion, chance_of(seed, "writes", expert.code, spec.code)) or {}


def _unjudged_cells(spec: ItemSpec, values: Values, expert: Expert, seed: int, model: Model) -> Values:
    """Where each cell can be left to others, some are; never all of them."""
    if not (kind_of(spec).judged_by_component and spec.cannot_judge):
        return values
    chance = chance_of(seed, "judges cells", expert.code, spec.code)
    found = {code: CANNOT_JUDGE if chance.random() < model.unjudged else value for code, value in values.items()}
    return values if set(found.values()) == {CANNOT_JUDGE} else found
