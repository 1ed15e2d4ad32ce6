"""How fast a plan is worked out, against a plain loop over scipy for the same number of simulated studies, in one process.

    .venv/bin/python -m benchmarks.planner [--study FILE] [--runs 2000] [--part 20]

The loop draws every answer, tests every number of both allies with scipy.stats.mannwhitneyu, corrects with Holm, and judges
consensus by the product's own one-item figures (rankings as a whole it leaves out). It does `--part` studies of each size and is
extrapolated; the ratio of one run holds, absolute figures are those of the machine.
"""

import argparse
import os
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("DELPHI_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deterrence_delphi.settings")

import django

django.setup()

import numpy as np  # noqa: E402
from scipy import stats  # noqa: E402

from analysis.figures import Selection, round_figures  # noqa: E402
from analysis.planning.consensus_calls import opinions_by_truth  # noqa: E402
from analysis.planning.opinions import answer_gap, planned_gap  # noqa: E402
from analysis.planning.parameters import PlanParameters  # noqa: E402
from analysis.planning.plan_study import plan_study  # noqa: E402
from analysis.planning.study_shapes import AnswerShape, PlannedStudy, shapes_of  # noqa: E402
from analysis.statistics import adjust_p_values  # noqa: E402
from surveys.items import resolve_item  # noqa: E402
from surveys.studyfile import read_study  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
DEFAULT_STUDY = ROOT / "studies" / "threat-perception" / "study.yaml"


def study_of(file: Path) -> PlannedStudy:
    """The study of a file, without a database."""
    definition = read_study(file.read_bytes())
    found: dict[str, tuple[AnswerShape, list[str]]] = {}
    for section in definition["questionnaire"]:
        for item in section["items"]:
            spec = resolve_item(item, definition)
            for shape in () if spec.practice else shapes_of(spec, definition.get("consensus")):
                found.setdefault(shape.key, (shape, []))[1].append(spec.code)
    shapes = [AnswerShape(shape.level, shape.size, shape.low, shape.high, shape.rule, tuple(dict.fromkeys(codes)), len(codes))
              for shape, codes in found.values()]
    return PlannedStudy(tuple(shapes), definition.get("disclosure", {}).get("minimum", 5), 7, len(definition["panels"]))


def drawn(random: np.random.Generator, shape: AnswerShape, chances: np.ndarray, experts: int, staying: float) -> np.ndarray:
    present = int((random.random(experts) < staying).sum())
    return shape.low + shape.step * random.choice(shape.size, present, p=chances)


def is_shown(answers: np.ndarray, minimum: int) -> bool:
    return len(answers) >= minimum and (len(answers) >= 2 * minimum or len(set(answers)) > 1)


def loop_p(random: np.random.Generator, shape: AnswerShape, shift: float, experts: int, parameters: PlanParameters, minimum: int) -> float | None:
    first, second = (drawn(random, shape, chances, experts, parameters.staying) for chances in answer_gap(shape, shift, parameters.spread))
    if not is_shown(first, minimum) or not is_shown(second, minimum) or len({*first, *second}) == 1:
        return None
    return float(stats.mannwhitneyu(first, second, use_continuity=False, method="asymptotic").pvalue)


def loop_gaps(random: np.random.Generator, study: PlannedStudy, shifts: dict[str, float], experts: int, parameters: PlanParameters) -> int:
    """One study of a size: every shape's gap among the tests without one. Gives back how many gaps were seen."""
    null = {shape.key: [loop_p(random, shape, 0.0, experts, parameters, study.minimum) for _test in range(shape.tests)]
            for shape in study.shapes if shape.has_gap}
    seen = 0
    for shape in study.shapes:
        if shape.has_gap:
            p = loop_p(random, shape, shifts[shape.key], experts, parameters, study.minimum)
            others = [value for key, values in null.items() for value in (values[1:] if key == shape.key else values)]
            adjusted = adjust_p_values([p, *others], "holm")[0]
            seen += adjusted is not None and adjusted <= 0.05
    return seen


def component_of(shape: AnswerShape) -> dict[str, Any]:
    has_categories = shape.level in ("ordinal", "rank", "nominal", "binary")
    return {"level": shape.level, "categories": [str(place) for place in range(shape.size)] if has_categories else [],
            "minimum": shape.low, "maximum": shape.high}


def loop_calls(random: np.random.Generator, study: PlannedStudy, opinions: dict[str, Any], experts: int, parameters: PlanParameters) -> int:
    """One study of a size: a verdict for each shape, truth and group. Gives back how many were consensus."""
    called = 0
    for shape in study.shapes:
        for tried in opinions[shape.key].values() if not shape.is_whole else ():
            for group in (1, study.panels) if tried else ():
                answers = drawn(random, shape, tried[random.integers(len(tried))], group * experts, parameters.staying)
                if is_shown(answers, study.minimum):
                    called += round_figures(component_of(shape), Selection(answers, None), shape.rule, 7)["consensus"] == "reached"
    return called


def loop_seconds(study: PlannedStudy, parameters: PlanParameters, part: int) -> float:
    """Time of the loop for all runs, from a part of them; gaps and opinions are worked out once, as ours are."""
    shifts = {shape.key: planned_gap(shape, parameters).shift for shape in study.shapes if shape.has_gap}
    opinions = {shape.key: opinions_by_truth(shape, parameters.spread, study.quantile_type) for shape in study.shapes if not shape.is_whole}
    random, begin = np.random.default_rng(1), time.process_time()
    for experts in parameters.experts:
        for _study in range(part):
            loop_gaps(random, study, shifts, experts, parameters)
            loop_calls(random, study, opinions, experts, parameters)
    return (time.process_time() - begin) * parameters.runs / part


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--study", type=Path, default=DEFAULT_STUDY)
    parser.add_argument("--runs", type=int, default=PlanParameters().runs)
    parser.add_argument("--part", type=int, default=5)
    options = parser.parse_args()
    study, parameters = study_of(options.study), PlanParameters(runs=options.runs)
    begin = time.process_time()
    plan_study(study, parameters)
    ours = time.process_time() - begin
    loop = loop_seconds(study, parameters, options.part)
    print(f"{options.study.name}: {len(study.shapes)} shapes, {study.tests} tests, {len(parameters.experts)} sizes, {parameters.runs} studies each")
    print(f"planner {ours:.1f} s of processor time; plain loop {loop:.0f} s (extrapolated from {options.part} studies of each size); ratio {loop / ours:.0f}")


if __name__ == "__main__":
    main()
