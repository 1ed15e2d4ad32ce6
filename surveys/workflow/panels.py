"""Experts come into a study: from a list, one by one, or in another's place."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from surveys.enums import MessageKind, PanelistState, RoundState
from surveys.exceptions import FileRefused, NotReady
from surveys.files.table import Row, in_line, read_table
from surveys.models import Panel, Panelist, Response, Round, Study
from surveys.workflow.identities import Person, email_digest, panelists_by_email, people_of, save_people, save_person
from surveys.workflow.invitations import queue_messages, revoke_links
from surveys.workflow.item_order import invite_panelists
from surveys.workflow.locks import lock_study
from surveys.workflow.record import record_act

COLUMNS = ("panelist", "panel", "name", "email", "language")
CODE = re.compile(r"[^\s,;\"']{1,80}")
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass
class PanelRow:
    """A row of the list: what it says, whom it meets, what becomes of it (`new`, `changed`, `unchanged`), and its mistakes."""

    line: int
    code: str
    panel: Panel | None
    person: Person
    language: str
    panelist: Panelist | None = None
    outcome: str = "new"
    problems: list[str] = field(default_factory=list)


def preview_panel(study: Study, content: bytes | str) -> list[PanelRow]:
    """Read a list of experts and say for each row what an import would do, or what is wrong with it. Writes nothing."""
    if study.is_simulated:
        raise FileRefused([only_simulated_text()])
    table = read_table(content, required=["panel"], optional=[column for column in COLUMNS if column != "panel"])
    rows = [_read_row(study, row, panels) for panels in [{p.code: p for p in study.panels.all()}] for row in table]
    _match(study, rows)
    _check_repeats(rows)
    return rows


def only_simulated_text() -> str:
    """Real people never come into a simulated study: what is removed with the simulation would be theirs."""
    return _("The experts of this study are simulated, and real ones are never mixed with them. Remove the simulated ones first, "
             "or invite real experts to a study of its own.")


def _read_row(study: Study, row: Row, panels: dict[str, Panel]) -> PanelRow:
    language = row["language"] or study.source_language
    found = PanelRow(row.line, row["panelist"], panels.get(row["panel"]), Person(row["name"], row["email"]), language)
    if not (row["panelist"] or row["email"]):
        found.problems.append(_("give a panelist code or an e-mail address, so that the row can be found again"))
    if row["panelist"] and not CODE.fullmatch(row["panelist"]):
        text = _("the panelist code “%(code)s” has blanks, quotes or separators, or is longer than 80 signs; leave them out")
        found.problems.append(text % {"code": row["panelist"][:40]})
    if found.panel is None:
        found.problems.append(_("there is no panel “%(code)s”; the study has: %(known)s") % {"code": row["panel"], "known": ", ".join(panels)})
    if language not in study.languages:
        text = _("the study has no language “%(code)s”; it has: %(known)s")
        found.problems.append(text % {"code": language, "known": ", ".join(study.languages)})
    if row["email"] and not _is_email(row["email"]):
        found.problems.append(_("“%(text)s” is not an e-mail address") % {"text": row["email"][:60]})
    return found


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _match(study: Study, rows: list[PanelRow]) -> None:
    """Find each row's panelist: by code, else by e-mail."""
    by_code = {panelist.code: panelist for panelist in study.panelists.select_related("panel", "study")}
    by_id = {panelist.pk: panelist for panelist in by_code.values()}
    by_email = panelists_by_email(study)
    people = people_of(list(by_code.values()))
    answered = set(Response.objects.filter(panelist__study=study).values_list("panelist_id", flat=True))
    for row in rows:
        mail_owner = by_id.get(by_email.get(email_digest(study, row.person.email), 0))
        row.panelist = by_code.get(row.code) if row.code else mail_owner
        if row.code and mail_owner is not None and mail_owner.code != row.code:
            row.problems.append(_("this e-mail address belongs to panelist “%(code)s” already") % {"code": mail_owner.code})
        if row.panelist is not None:
            _compare(row, people.get(row.panelist.pk, Person()), row.panelist.pk in answered)


def _compare(row: PanelRow, known: Person, has_answered: bool) -> None:
    assert row.panelist is not None
    email = known.email if row.person.email.lower() == known.email.lower() else row.person.email or known.email
    row.person = Person(row.person.name or known.name, email)
    moved = row.panel is not None and row.panel.pk != row.panelist.panel_id
    if moved and has_answered:
        text = _("panelist “%(code)s” has answered in panel “%(panel)s” and can't move to another panel")
        row.problems.append(text % {"code": row.panelist.code, "panel": row.panelist.panel.code})
    same = not moved and row.language == row.panelist.language and row.person == known
    row.outcome = "unchanged" if same else "changed"


def _check_repeats(rows: list[PanelRow]) -> None:
    seen: dict[str, PanelRow] = {}
    for row in rows:
        email = row.person.email.strip().lower()
        for key in filter(None, (row.code and _("panelist “%(code)s”") % {"code": row.code}, email and _("e-mail %(address)s") % {"address": email})):
            first = seen.setdefault(key, row)
            if first is row:
                continue
            if (first.panel, first.person, first.language, first.code) == (row.panel, row.person, row.language, row.code):
                row.outcome = "repeated"
            else:
                row.problems.append(_("%(what)s stands in line %(line)s already, with something else") % {"what": key, "line": first.line})


@transaction.atomic
def import_panel(study: Study, content: bytes | str, *, by: Any = None) -> dict[str, int]:
    """Take up a list of experts: all of it or nothing. The same list twice changes nothing. Returns how many rows were what."""
    rows = preview_panel(lock_study(study.pk), content)
    problems = [in_line(row.line, problem) for row in rows for problem in row.problems]
    if problems:
        raise FileRefused(problems)
    counts = {"new": 0, "changed": 0, "unchanged": 0, "repeated": 0}
    for row in rows:
        counts[row.outcome] += 1
    _create(study, [row for row in rows if row.outcome == "new"])
    for row in rows:
        if row.outcome == "changed":
            _change(row)
    if counts["new"] or counts["changed"]:
        record_act(study, "import_panel", by=by, new=counts["new"], changed=counts["changed"])
    return counts


def _create(study: Study, rows: Sequence[PanelRow]) -> list[Panelist]:
    taken = set(study.panelists.values_list("code", flat=True)) | {row.code for row in rows}
    panelists = Panelist.objects.bulk_create(
        Panelist(study=study, panel=row.panel, code=row.code or _fresh_code(taken), language=row.language)
        for row in rows
    )
    save_people((panelist, row.person) for panelist, row in zip(panelists, rows, strict=True) if row.person != Person())
    _invite_to_open_round(study, panelists)
    return panelists


def _change(row: PanelRow) -> None:
    assert row.panelist is not None and row.panel is not None
    row.panelist.panel, row.panelist.language = row.panel, row.language
    row.panelist.save(update_fields=["panel", "language"])
    save_person(row.panelist, row.person)


def _fresh_code(taken: set[str]) -> str:
    while True:
        code = "p-" + "".join(secrets.choice(ALPHABET) for _ in range(8))
        if code not in taken:
            taken.add(code)
            return code


def _invite_to_open_round(study: Study, panelists: Sequence[Panelist]) -> None:
    """Somebody who comes while a round is open is invited to it."""
    for study_round in Round.objects.filter(study=study, state=RoundState.OPEN):
        invite_panelists(study_round, panelists)


@transaction.atomic
def add_expert(study: Study, *, panel: Panel, person: Person, language: str, by: Any = None) -> Panelist:
    """Add one expert, to the open round too, and send the invitation when there is an address."""
    locked = lock_study(study.pk)
    if locked.finished_at is not None:
        raise NotReady(_("The study is finished; nobody can be added any more."))
    if locked.is_simulated:
        raise NotReady(only_simulated_text())
    if person.email and panelists_by_email(study).get(email_digest(study, person.email)):
        raise NotReady(_("Somebody with this e-mail address takes part already."))
    (panelist,) = _create(study, [PanelRow(0, "", panel, person, language)])
    record_act(study, "add_expert", by=by, subject=f"panelist {panelist.code}", panel=panel.code)
    for study_round in Round.objects.filter(study=study, state=RoundState.OPEN):
        queue_messages(study_round, MessageKind.INVITATION, by=by, panelists=[panelist])
    return panelist


@transaction.atomic
def replace_expert(leaving: Panelist, *, person: Person, language: str, by: Any = None) -> Panelist:
    """Another expert of the same panel takes the place of one who can't take part.

    Answers of earlier rounds stay; somebody who has answers in the open round is not replaced.
    """
    lock_study(leaving.study_id)
    leaving = Panelist.objects.select_for_update(no_key=True).get(pk=leaving.pk)
    if not leaving.takes_part:
        raise NotReady(_("This expert has left already. Add the new one instead."))
    if Response.objects.filter(panelist=leaving, round__state=RoundState.OPEN).exists():
        raise NotReady(_("This expert has answers in the open round, and they count. Add the new expert beside, or replace after the round."))
    leaving.state = PanelistState.DECLINED
    leaving.save(update_fields=["state"])
    revoke_links(leaving)
    panelist = add_expert(leaving.study, panel=leaving.panel, person=person, language=language, by=by)
    record_act(leaving.study, "replace_expert", by=by, subject=f"panelist {leaving.code}", replaced_by=panelist.code)
    return panelist
