"""Answers collected elsewhere: a long CSV, taken up whole or not at all."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import Decision, PanelistState, RationaleState, ResponseState
from surveys.exceptions import AnswerRefused, FileRefused, NotReady
from surveys.files.table import Row, in_line, read_table
from surveys.items import CANNOT_JUDGE, ItemSpec, clean_text, kind_of
from surveys.models import Answer, AskedItem, Panelist, Rationale, Response, Round
from surveys.queries import asked_items
from surveys.workflow.earlier import previous_values
from surveys.workflow.locks import lock_round_for_writing, lock_study
from surveys.workflow.open_answers import let_through_unread
from surveys.workflow.record import record_act
from surveys.workflow.responses import MOST_RATIONALE

REQUIRED = ("panelist", "item", "value")
OPTIONAL = ("component", "cannot_judge", "confidence", "expertise", "rationale")
OF_THE_ITEM = ("confidence", "expertise", "rationale")
BATCH = 2000


@dataclass
class ItemRows:
    """All rows of one panelist and item."""

    panelist: Panelist
    asked: AskedItem
    spec: ItemSpec
    lines: dict[str, int] = field(default_factory=dict)
    said: dict[str, tuple[str, bool]] = field(default_factory=dict)  # component → value, cannot judge
    extras: dict[str, str] = field(default_factory=dict)

    @property
    def line(self) -> int:
        """Where the item's rows begin."""
        return min(self.lines.values(), default=0)

    @property
    def cannot_judge(self) -> bool:
        """Said of the whole item; a cell of a grid has it among its values."""
        return self.said.get("", ("", False))[1]

    @property
    def is_part(self) -> bool:
        """Some cells of a grid, each of which counts by itself: what the file does not name stays as it is stored."""
        return kind_of(self.spec).judged_by_component and not self.cannot_judge

    @property
    def values(self) -> dict[str, str]:
        return {code: CANNOT_JUDGE if unjudged and code else value for code, (value, unjudged) in self.said.items()}


class Reader:
    """Reads the rows of one file against a round, and gathers every mistake."""

    def __init__(self, study_round: Round) -> None:
        self.asked = {asked.item_version.item.code: asked for asked in asked_items(study_round)}
        settings = study_round.study.settings
        self.specs = {code: asked.item_version.spec(settings) for code, asked in self.asked.items()}
        self.invited = {
            panelist.code: panelist
            for panelist in Panelist.objects.filter(invitations__round=study_round, state__in=[PanelistState.INVITED, PanelistState.ACTIVE])
        }
        # Asked once for each item, not for each of many thousand rows.
        self.components = {code: [component.code for component in kind_of(spec).components(spec)] or [""] for code, spec in self.specs.items()}
        self.problems: list[str] = []
        self.found: dict[tuple[str, str], ItemRows] = {}

    def read(self, rows: list[Row]) -> list[ItemRows]:
        for row in rows:
            problem = self._take(row)
            if problem:
                self.problems.append(in_line(row.line, problem))
        if self.problems:
            raise FileRefused(self.problems[:200])
        return list(self.found.values())

    def _take(self, row: Row) -> str:
        """Put a row with its item's others. Returns what is wrong with it, "" for nothing."""
        panelist, asked = self.invited.get(row["panelist"]), self.asked.get(row["item"])
        if panelist is None:
            text = _("no panelist “%(code)s” is invited to this round; import the panel first, or correct the code")
            return text % {"code": row["panelist"][:80]}
        if asked is None:
            return _("this round does not ask an item “%(code)s”; it asks: %(known)s") % {"code": row["item"][:60], "known": ", ".join(self.asked)}
        entry = self.found.setdefault((row["panelist"], row["item"]), ItemRows(panelist, asked, self.specs[row["item"]]))
        return self._merge(entry, row)

    def _merge(self, entry: ItemRows, row: Row) -> str:
        component, spec = row["component"], entry.spec
        said = (row["value"], row["cannot_judge"] == "1")
        problem = self._wrong_component(spec, row) or self._wrong_answer(spec, row)
        if problem:
            return problem
        if entry.said.setdefault(component, said) != said:
            text = _("panelist “%(panelist)s” and item “%(item)s” stand in line %(line)s already, with another answer; keep one of them")
            return text % {"panelist": row["panelist"], "item": spec.code, "line": entry.lines[component]}
        entry.lines.setdefault(component, row.line)
        if entry.cannot_judge and any(value for value, _unjudged in entry.said.values()):
            return _("item “%(item)s” has both a value and “cannot judge” for this panelist; keep one of them") % {"item": spec.code}
        return self._extras(entry, row)

    def _wrong_component(self, spec: ItemSpec, row: Row) -> str:
        """A row of an item with several components names one of them, unless it speaks of the whole item."""
        component, known = row["component"], self.components[spec.code]
        if component in known or (not component and not row["value"]):
            return ""
        text = _("item “%(item)s” has no component “%(code)s”; it has: none: leave the column empty") if known == [""] else _(
            "item “%(item)s” has no component “%(code)s”; it has: %(known)s")
        return text % {"item": spec.code, "code": component[:60], "known": ", ".join(known)}

    def _wrong_answer(self, spec: ItemSpec, row: Row) -> str:
        if row["cannot_judge"] not in ("", "0", "1"):
            return _("cannot_judge is 1, 0 or empty, not “%(text)s”") % {"text": row["cannot_judge"][:20]}
        if row["value"] == CANNOT_JUDGE and kind_of(spec).judged_by_component:
            return _("“cannot_judge” is not a value; give 1 in the column cannot_judge and leave value empty")
        if row["cannot_judge"] != "1":
            return ""
        if row["value"]:
            return _("a row has either a value or cannot_judge = 1, not both")
        if not spec.cannot_judge:
            return _("item “%(item)s” does not offer “cannot judge”") % {"item": spec.code}
        if row["component"] and not kind_of(spec).judged_by_component:
            return _("“cannot judge” belongs to item “%(item)s” as a whole; leave component empty") % {"item": spec.code}
        return ""

    def _extras(self, entry: ItemRows, row: Row) -> str:
        for name in OF_THE_ITEM:
            text = row[name]
            if not text:
                continue
            asks = entry.spec.rationale != "none" if name == "rationale" else getattr(entry.spec, name)
            if not asks:
                return _("item “%(item)s” does not ask for %(column)s; leave the cell empty") % {"item": entry.spec.code, "column": name}
            if entry.extras.setdefault(name, text) != text:
                text = _("%(column)s differs between the rows of item “%(item)s”; give it once, or the same each time")
                return text % {"column": name, "item": entry.spec.code}
        return ""


@transaction.atomic
def import_answers(study_round: Round, content: bytes | str, *, by: Any = None, approve_reasons: bool = False) -> dict[str, int]:
    """Take up a file of answers into an open round; those responses are submitted. The whole file or nothing; the same file twice changes nothing.

    `approve_reasons` lets imported reasons and answers to open questions through moderation at once; only for public data.
    """
    if approve_reasons and not study_round.study.settings.get("public_data", False):
        raise NotReady(_("Reasons can be approved on import only in a study with public_data: true. Leave the option out; they then await moderation."))
    lock_study(study_round.study_id)
    lock_round_for_writing(study_round.pk)
    reader = Reader(study_round)
    entries = reader.read(read_table(content, REQUIRED, OPTIONAL))
    responses, created = _responses(study_round, {entry.panelist.pk: entry.panelist for entry in entries})
    previous = previous_values(study_round, {entry.asked.item_version.line_id for entry in entries})
    present = {
        (answer.response_id, answer.asked_item_id): answer
        for answer in Answer.objects.filter(response__in=[response.pk for response in responses.values()])
    }
    answers: list[Answer] = []
    reasons: list[tuple[Answer, str]] = []
    for entry in entries:
        response = responses[entry.panelist.pk]
        stored = present.get((response.pk, entry.asked.pk)) if entry.is_part else None
        answer = _answer(entry, response, stored, previous, reader.problems)
        if answer is not None:
            _gather(answer, present, answers)
            reasons.append((answer, entry.extras.get("rationale", "")))
    if reader.problems:
        raise FileRefused(reader.problems[:200])
    fields = ["value", "is_complete", "cannot_judge", "confidence", "expertise", "decision", "revision", "saved_at"]
    Answer.objects.bulk_create(answers, batch_size=BATCH, update_conflicts=True, unique_fields=["response", "asked_item"], update_fields=fields)
    written = _write_reasons(reasons, approve_reasons)
    if approve_reasons:
        let_through_unread(Answer.objects.filter(response__in=[response.pk for response in responses.values()]))
    if answers or created or written:
        record_act(study_round.study, "import_answers", by=by, subject=f"round {study_round.number}", answers=len(answers), responses=len(responses))
    return {"responses": len(responses), "answers": len(answers), "reasons": written}


def _responses(study_round: Round, panelists: Mapping[int, Panelist]) -> tuple[dict[int, Response], int]:
    """Panelist id → response, submitted; those who were silent get one."""
    now = timezone.now()
    found = {response.panelist_id: response for response in study_round.responses.filter(panelist__in=panelists)}
    new = Response.objects.bulk_create(
        [Response(round=study_round, panelist_id=pk, state=ResponseState.SUBMITTED, submitted_at=now) for pk in panelists if pk not in found],
        batch_size=BATCH,
    )
    study_round.responses.filter(panelist__in=panelists, state=ResponseState.DRAFT).update(state=ResponseState.SUBMITTED, submitted_at=now)
    Panelist.objects.filter(pk__in=panelists, state=PanelistState.INVITED).update(state=PanelistState.ACTIVE)
    return {**found, **{response.panelist_id: response for response in new}}, len(new)


def _answer(entry: ItemRows, response: Response, stored: Answer | None, previous: Mapping[tuple[int, int], tuple[Any, bool]],
            problems: list[str]) -> Answer | None:
    """The answer that the rows say, together with the `stored` one that they are a part of, or None when they say none; mistakes go to `problems`."""
    line = entry.line
    try:
        said = kind_of(entry.spec).from_components(entry.spec, entry.values) if not entry.cannot_judge else None
        value = said if stored is None or said is None else kind_of(entry.spec).from_components(entry.spec, _completed(entry, stored))
        extras = _extras_of(entry, stored)
        clean_text(entry.extras.get("rationale", ""), MOST_RATIONALE)
    except (ValueError, AnswerRefused) as error:
        problems.append(in_line(line, _("item “%(item)s”: %(problem)s") % {"item": entry.spec.code, "problem": error}))
        return None
    if value is None and not entry.cannot_judge:
        if entry.extras:
            text = _("item “%(item)s” has %(columns)s, but no answer; give one, or empty those cells")
            problems.append(in_line(line, text % {"item": entry.spec.code, "columns": ", ".join(entry.extras)}))
        return None
    before = previous.get((entry.panelist.pk, entry.asked.item_version.line_id))
    decision = Decision.NEW if before is None else Decision.KEPT if before == (value, entry.cannot_judge) else Decision.CHANGED
    is_complete = entry.cannot_judge or kind_of(entry.spec).counts(entry.spec, value)
    return Answer(response=response, asked_item=entry.asked, value=value, is_complete=is_complete, cannot_judge=entry.cannot_judge,
                  decision=decision, saved_at=timezone.now(), **extras)


def _completed(entry: ItemRows, stored: Answer) -> dict[str, str]:
    """What the file says of an item's parts, and what is stored of the others."""
    kept = {} if stored.value is None else kind_of(entry.spec).raw_of(entry.spec, stored.value)
    return {**kept, **{code: text for code, text in entry.values.items() if text}}


def _extras_of(entry: ItemRows, stored: Answer | None) -> dict[str, int | None]:
    found = {}
    for name, limits in (("confidence", (0, 100)), ("expertise", (1, 5))):
        said = _number(entry.extras.get(name, ""), name, *limits)
        found[name] = getattr(stored, name) if said is None and stored is not None else said
    return found


def _number(text: str, name: str, low: int, high: int) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not low <= int(text) <= high:
        said = _("%(column)s is a whole number from %(low)s to %(high)s, not “%(text)s”")
        raise AnswerRefused(said % {"column": name, "low": low, "high": high, "text": text[:20]})
    return int(text)


SAID = ("value", "is_complete", "cannot_judge", "confidence", "expertise", "decision")


def _gather(answer: Answer, present: Mapping[tuple[int, int], Answer], answers: list[Answer]) -> None:
    """Put the answer with those to be written, unless it stands there already."""
    stored = present.get((answer.response_id, answer.asked_item_id))
    if stored is not None and all(getattr(stored, name) == getattr(answer, name) for name in SAID):
        return
    answer.revision = stored.revision + 1 if stored else 1
    answers.append(answer)


def _write_reasons(reasons: list[tuple[Answer, str]], approve: bool) -> int:
    given = {(answer.response_id, answer.asked_item_id): clean_text(text, MOST_RATIONALE) for answer, text in reasons if text}
    if not given:
        return 0
    stored: dict[tuple[int, int], Rationale] = defaultdict()
    for row in Rationale.objects.filter(response__in={key[0] for key in given}):
        stored[row.response_id, row.asked_item_id] = row
    fresh = {key: text for key, text in given.items() if key not in stored or stored[key].text != text}
    for key in fresh.keys() & stored.keys():
        stored[key].delete()
    state = {"state": RationaleState.APPROVED, "decided_at": timezone.now()} if approve else {}
    Rationale.objects.bulk_create(
        [Rationale(response_id=key[0], asked_item_id=key[1], text=text, published_text=text if approve else "", **state) for key, text in fresh.items()],
        batch_size=BATCH,
    )
    return len(fresh)
