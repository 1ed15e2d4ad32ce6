"""A study's page: where are we, who is missing, what next."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Case, Count, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse

from surveys.enums import MessageKind, MessageState, RationaleState, RoundState
from surveys.models import Identity, Message, Rationale, Round, Simulation, Study
from surveys.permissions import Access
from surveys.queries import EVALUATED, panelists_taking_part, progress_by_panel
from surveys.views.organizer.next_step import Standing, next_step
from surveys.views.organizer.scope import study_page, study_response
from surveys.workflow.open_answers import undecided_open_answers


@study_page("see_study")
def study_page_view(request: HttpRequest, access: Access) -> HttpResponse:
    return study_response(request, access, "surveys/organizer/study.html", study_context(access))


def study_context(access: Access) -> dict[str, Any]:
    """Rounds (1 query), the latest round's progress (2); before the first one who is there (1), and what is simulated (1, where something is)."""
    study = access.study
    rounds = rounds_with_people(study)
    latest = rounds[-1] if rounds else None
    context: dict[str, Any] = {"rounds": rounds, "latest": latest, "shown": dict.fromkeys(acts_of(access), True)}
    standing = Standing()
    if latest is not None and access.may("see_progress"):
        context["panels"], context["totals"], standing = progress_context(latest)
    elif latest is None and access.may("see_progress"):
        standing = Standing(experts=panelists_taking_part(study).count())
        context["experts"] = standing.experts
    simulation = context["simulation"] = simulation_of(study, rounds)
    if access.may("run_rounds") and not (simulation is not None and simulation.is_under_way):
        context["step"] = next_step(study, rounds, standing)
    return context


def acts_of(access: Access) -> list[str]:
    return [act for act in ("see_progress", "edit_study", "translate", "manage_panel", "run_rounds", "send_messages", "moderate", "see_results",
                            "export_results", "see_record", "manage_members") if access.may(act)]


def rounds_with_people(study: Study) -> list[Round]:
    """The rounds that were opened, by number, with who opened and closed them, how many texts wait, and the simulation (1 query)."""
    return list(Round.objects.filter(study=study).exclude(state=RoundState.DRAFT).order_by("number")
                .select_related("study__simulation__source", "opened_by", "closed_by")
                .annotate(pending_reasons=pending_reasons(), pending_open_answers=pending_open_answers(), addresses=addresses()))


def simulation_of(study: Study, rounds: Sequence[Round]) -> Simulation | None:
    """What the study's experts were simulated with (1 query before the first round, where something is simulated)."""
    if not study.is_simulated:
        return None
    if rounds:
        return getattr(rounds[-1].study, "simulation", None)
    return Simulation.objects.filter(study=study).select_related("source").first()


def addresses() -> Any:
    """For a query of rounds: while one is open, how many experts have an address; else none is asked for."""
    known = Identity.objects.filter(study_id=OuterRef("study_id")).exclude(email_digest="").order_by()
    count = Subquery(known.values("study_id").annotate(n=Count("pk")).values("n"))
    return Case(When(state=RoundState.OPEN, then=Coalesce(count, 0)), default=0)


def pending_reasons() -> Any:
    """For a query of rounds: how many reasons of each wait for a moderator."""
    waiting = Rationale.objects.filter(EVALUATED, response__round=OuterRef("pk"), state=RationaleState.PENDING).order_by()
    return Coalesce(Subquery(waiting.values("response__round").annotate(n=Count("pk")).values("n")), 0)


def pending_open_answers() -> Any:
    """For a query of rounds: how many answers to open questions wait for a moderator."""
    waiting = undecided_open_answers().filter(response__round=OuterRef("pk")).order_by()
    return Coalesce(Subquery(waiting.values("response__round").annotate(n=Count("pk")).values("n")), 0)


def progress_context(latest: Round) -> tuple[list[dict[str, Any]], dict[str, int], Standing]:
    """A row per panel with responses and e-mails, their totals, and what the next step depends on."""
    rows = progress_by_panel(latest)
    sent = messages_by_panel(latest)
    for row in rows:
        row.update(sent.get(row["panel"].pk, {"invitations": 0, "reminders": 0, "failed": 0}))
    totals = {key: sum(row[key] for row in rows) for key in ("invited", "submitted", "started", "silent", "invitations", "reminders", "failed")}
    standing = Standing(
        invitations_due=invitations_due(latest, totals) if latest.is_open else 0, silent=totals["silent"] + totals["started"],
        reminders=max((entry["last_reminder"] for entry in sent.values()), default=0) if totals["invitations"] else -1,
        pending_reasons=getattr(latest, "pending_reasons", 0),
    )
    return rows, totals, standing


def messages_by_panel(study_round: Round) -> dict[int, dict[str, int]]:
    """Panel id → invitations and reminders sent or on their way, failed e-mails, and the number of the last reminder (1 query)."""
    counted = (
        Message.objects.filter(round=study_round).values_list("panelist__panel", "kind", "number", "state").annotate(n=Count("pk"))
    )
    found: dict[int, Counter[str]] = {}
    for panel_id, kind, number, state, n in counted:
        entry = found.setdefault(panel_id, Counter(invitations=0, reminders=0, failed=0, last_reminder=0))
        if kind == MessageKind.REMINDER:
            entry["last_reminder"] = max(entry["last_reminder"], number)
        if state == MessageState.FAILED:
            entry["failed"] += n
        elif state != MessageState.NOT_NEEDED and kind in (MessageKind.INVITATION, MessageKind.REMINDER):
            entry[f"{kind}s"] += n
    return {panel_id: dict(entry) for panel_id, entry in found.items()}


def invitations_due(study_round: Round, totals: dict[str, int]) -> int:
    """About how many invited experts with an address have no invitation yet. The exact number stands on the page that sends."""
    written = totals["invitations"] + totals["failed"]
    if written >= totals["invited"]:
        return 0
    return max(0, min(study_round.addresses, totals["invited"]) - written)  # type: ignore[attr-defined]


def progress_of(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows as the JSON gives them."""
    keys = ("invited", "submitted", "started", "silent")
    return [{"panel": row["panel"].code, **{key: row[key] for key in keys}} for row in rows]
