"""The expert's own state of one item, as the names that its template marks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.timezone import localtime

from surveys.enums import Decision
from surveys.models import Round
from surveys.views.expert.given import text_of
from surveys.views.expert.kinds import answer_in_words
from surveys.views.expert.questionnaire import Asked, Questionnaire
from surveys.views.expert.sessions import Expert
from surveys.views.expert.standing import OwnAnswer, OwnAnswers, hidden_in
from surveys.views.expert.wording import raw_of
from surveys.workflow.responses import Given, left_open_in


@dataclass(frozen=True)
class OwnItem:
    """What is stored for an item, what the same expert said before, and what was just given but not accepted."""

    asked: Asked
    stored: OwnAnswer | None = None
    reason: str = ""
    before: OwnAnswer | None = None
    reason_before: str = ""
    refused: Given | None = None
    error: str = ""
    is_hidden: bool = False  # its condition is not met: not asked of this expert, for now

    def with_refusal(self, given: Given, error: str) -> "OwnItem":
        return replace(self, refused=given, error=error)


def own_items(items: tuple[Asked, ...], own: OwnAnswers, study_round: Round, questionnaire: Questionnaire | None = None) -> list[OwnItem]:
    """The own state of these items in a round; with the questionnaire also which of them are hidden from this expert."""
    earlier = own.earlier(study_round.number)
    hidden = hidden_in(questionnaire, own.given_in(study_round.number)) if questionnaire else frozenset()
    reasons = own.reasons if any(asked.question.spec.rationale != "none" for asked in items) else {}
    found = []
    for asked in items:
        before = earlier.get(asked.question.line_id)
        reason_before = reasons.get(before.asked_item_id, "") if before else ""
        is_hidden = asked.pk in hidden
        found.append(OwnItem(asked, own.by_item.get(asked.pk), reasons.get(asked.pk, ""), before, reason_before, is_hidden=is_hidden))
    return found


def state_of(item: OwnItem, expert: Expert) -> dict[str, str]:
    """The names that the templates of items mark: see templates/surveys/expert/_item.html."""
    state = _fields(item, expert) if item.refused is None else _refused_fields(item.refused)
    if item.stored is not None:
        state.update(_saved(item.stored, expert))
    state["revision"] = text_of(item.stored.revision if item.stored else 0)
    state.update(own_panel=expert.panelist.panel.code, number=str(item.asked.number), error=item.error, not_shown="yes" if item.is_hidden else "")
    state["left_open"] = left_open_in(item.asked.question.spec, item.stored.value) if item.stored is not None else ""
    state.update(_said_before(item, expert) if item.before is not None else {"nothing": "yes"})
    return state


def _fields(item: OwnItem, expert: Expert) -> dict[str, str]:
    """What the form's fields hold. Where the study preselects the earlier answer, the scale shows it; no answer is made of that."""
    spec, stored, before = item.asked.question.spec, item.stored, item.before
    preselects = expert.study.feedback_settings["previous_answer"] == "preselected"
    shown = stored if stored is not None else before if preselects else None
    state = value_fields(raw_of(spec, shown.value)) if shown else {}
    state["rationale"] = item.reason
    if stored is not None:
        state["cannot_judge"] = "yes" if stored.cannot_judge else ""
        state.update(confidence=text_of(stored.confidence), expertise=text_of(stored.expertise))
        state["decision"] = "" if stored.decision == Decision.NEW else stored.decision
    return state


def _refused_fields(given: Given) -> dict[str, str]:
    """Nothing typed is lost: the fields hold what was sent."""
    return {
        **value_fields(given.raw), "cannot_judge": "yes" if given.cannot_judge else "", "decision": given.decision,
        "confidence": given.confidence, "expertise": given.expertise, "rationale": given.rationale or "",
    }


def value_fields(raw: Mapping[str, str]) -> dict[str, str]:
    """Component code → text, under the names `value` and `value.CODE`."""
    return {f"value.{code}" if code else "value": text for code, text in raw.items()}


def _saved(stored: OwnAnswer, expert: Expert) -> dict[str, str]:
    local = localtime(stored.saved_at, expert.study.zone)
    return {"saved": date_format(local, "H:i"), "saved_at": stored.saved_at.isoformat(timespec="seconds")}


def _said_before(item: OwnItem, expert: Expert) -> dict[str, str]:
    before, spec = item.before, item.asked.question.spec
    if before is None:
        return {}
    local = localtime(before.saved_at, expert.study.zone)
    return {
        "before": "yes",
        "before_raw": json.dumps(raw_of(spec, before.value), ensure_ascii=False),
        "before_round": str(before.round_number),
        "before_words": answer_in_words(spec, before.value, before.cannot_judge, expert.wording),
        "before_date": date_format(local, "DATE_FORMAT").replace(" ", "\N{NO-BREAK SPACE}"),
        "before_reason": item.reason_before,
        **{f"before_{name}": text for name, text in value_fields(raw_of(spec, before.value)).items()},
    }
