"""Studies in any state, reached only through the real workflow."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from accounts.models import User
from analysis.aggregation import aggregate_round
from surveys.models import Panelist, Round, Study, StudyMember
from surveys.workflow.answer_files import import_answers
from surveys.workflow.panels import import_panel
from surveys.workflow.responses import Given, Question
from surveys.workflow.rounds import close_round, open_round
from surveys.workflow.studies import import_study

RATING = {"code": "grave", "kind": "rating", "scale": "five", "text": {"en": "How grave is it?"}}


def a_definition(**changes: Any) -> dict[str, Any]:
    """A small study: three panels, a five-point rating under rules; any top-level key can be replaced."""
    definition: dict[str, Any] = {
        "study": "small",
        "title": {"en": "A small study"},
        "languages": ["en"],
        "consensus": {"ordinal": {"rule": "iqr", "at_most": 1}, "probability": {"rule": "iqr", "at_most": 20}},
        "stability": {"rule": "scheibe", "below": 15},
        "panels": [{"code": code, "name": {"en": code.upper()}} for code in ("us", "jp", "kr")],
        "scales": {"five": {"labels": {"en": ["None", "Little", "Some", "Much", "Extreme"]}}},
        "questionnaire": [{"section": "main", "title": {"en": "Main"}, "items": [dict(RATING)]}],
    }
    definition.update(changes)
    return {key: value for key, value in definition.items() if value is not None}


def public(**changes: Any) -> dict[str, Any]:
    """A study of public data, in which every row is shown."""
    return a_definition(public_data=True, disclosure={"minimum": 1}, **changes)


def a_study(definition: Mapping[str, Any] | None = None, **changes: Any) -> Study:
    study, _changed = import_study(definition if definition is not None else a_definition(**changes))
    return study


def add_experts(study: Study, counts: Mapping[str, int]) -> list[Panelist]:
    """Experts us-1, us-2, ... in each panel, without names."""
    rows = [{"panelist": f"{panel}-{number}", "panel": panel} for panel, count in counts.items() for number in range(1, count + 1)]
    import_panel(study, csv_text(["panelist", "panel"], rows))
    return list(study.panelists.order_by("pk"))


def csv_text(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(columns))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def give(study_round: Round, answers: Mapping[str, Mapping[str, Any]]) -> None:
    """Import answers: panelist code → item code → value; `None` is an item left out, "cannot judge" is that."""
    rows = [
        {"panelist": panelist, "item": item, "value": "" if value in (None, "cannot judge") else value,
         "cannot_judge": "1" if value == "cannot judge" else ""}
        for panelist, given in answers.items() for item, value in given.items()
    ]
    import_answers(study_round, csv_text(["panelist", "item", "value", "cannot_judge"], rows))


def by_panel(item: str, values: Mapping[str, Iterable[Any]]) -> dict[str, dict[str, Any]]:
    """Panel → values, one for each of its experts in turn, as `give` takes them."""
    return {f"{panel}-{number}": {item: value} for panel, given in values.items() for number, value in enumerate(given, start=1)}


def run_round(study: Study, number: int, answers: Mapping[str, Mapping[str, Any]]) -> Round:
    """Open, answer, close and count a round."""
    study_round = open_round(study, number)
    give(study_round, answers)
    return count(study_round)


def count(study_round: Round) -> Round:
    closed = close_round(study_round.pk)
    aggregate_round(closed.pk, closed.closing)
    closed.refresh_from_db()
    return closed


def questions(study_round: Round) -> dict[str, Question]:
    """Item code → question of a round."""
    settings = study_round.study.settings
    return {
        asked.item_version.item.code: Question(asked.pk, asked.item_version.line_id, asked.item_version.spec(settings))
        for asked in study_round.asked_items.select_related("item_version__item")
    }


def given(value: Any, **more: Any) -> Given:
    return Given(raw={"": str(value)}, **more)


def a_user(email: str = "organizer@example.org", password: str = "a long enough password", **fields: Any) -> User:
    return User.objects.create_user(email, password, **fields)


def a_member(study: Study, role: str, email: str | None = None) -> User:
    user = a_user(email or f"{role}@example.org")
    StudyMember.objects.create(study=study, user=user, role=role)
    return user
