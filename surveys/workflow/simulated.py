"""Simulated panels: a draft is given one, or a copy of it is; whatever is simulated goes again by one act, and nothing real with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from surveys.enums import PanelistState, RationaleState, RoundState
from surveys.exceptions import NotReady
from surveys.models import Identity, ItemVersion, Panelist, Rationale, Response, Round, Simulation, Study, StudyDraft, StudyMember
from surveys.queries import definition_of
from surveys.simulation import Expert, Model
from surveys.workflow.drafts import check_taken, keep_outside_edit, read_draft
from surveys.workflow.locks import lock_rounds_for_changing, lock_study
from surveys.workflow.open_answers import let_through_unread, open_answers
from surveys.workflow.record import record_act
from surveys.workflow.rounds import open_round
from surveys.workflow.simulation_progress import is_at_work
from surveys.workflow.studies import import_study

MOST_EXPERTS = 60  # of a panel
MOST_ROUNDS = 9
LARGEST_SEED = 2**53 - 1
LANGUAGES = {"kr": "ko", "jp": "ja"}  # of panels whose experts would hardly choose the source language
SUFFIX = "dry-run"


@dataclass(frozen=True)
class Plan:
    """What a simulation is asked for. `experts`: panel → number, or one number for every panel."""

    experts: int | Mapping[str, int]
    rounds: int
    seed: int
    model: Model = field(default_factory=Model)
    leaves_open: bool = False

    def experts_of(self, study: Study) -> dict[str, int]:
        codes = [panel.code for panel in study.panels.all()]
        return {code: self.experts if isinstance(self.experts, int) else self.experts.get(code, 0) for code in codes}


@transaction.atomic
def start_simulation(study: Study, plan: Plan, *, by: Any = None, source: Study | None = None) -> tuple[Simulation, bool]:
    """Give a draft study its simulated panel, and mark the study. Returns the simulation and whether it is new.

    A study that holds the same simulation already is left as it is; another one, or anything real, is refused.
    """
    study = lock_study(study.pk)
    present = Simulation.objects.filter(study=study).first()
    experts = plan.experts_of(study)
    wanted = {"experts": experts, "rounds": plan.rounds, "seed": plan.seed, "model": asdict(plan.model), "leaves_open": plan.leaves_open}
    if present is not None:
        _check_same(study, present, wanted)
        return present, False
    check_plan(study, plan)
    check_nothing_real(study)
    check_taken(study)
    study.is_simulated = True
    study.save(update_fields=["is_simulated"])
    create_simulated_experts(study, experts_for(study, experts))
    simulation = Simulation.objects.create(study=study, source=source, is_copy=source is not None, requested_by=by, **wanted)
    record_act(study, "simulate_study", by=by, experts=simulation.number_of_experts, rounds=plan.rounds, seed=plan.seed)
    return simulation, True


def _check_same(study: Study, present: Simulation, wanted: Mapping[str, Any]) -> None:
    differing = sorted(name for name, value in wanted.items() if getattr(present, name) != value)
    if differing:
        text = _("The study “%(slug)s” holds another simulation already; it differs in: %(parts)s. Remove that one first.")
        raise NotReady(text % {"slug": study.slug, "parts": ", ".join(differing)})


def check_plan(study: Study, plan: Plan) -> None:
    """Raises NotReady where the plan can't be carried out, with what can."""
    experts = plan.experts_of(study)
    if not any(experts.values()) or not all(0 <= number <= MOST_EXPERTS for number in experts.values()):
        raise NotReady(_("A panel has 1 to %(most)s simulated experts.") % {"most": MOST_EXPERTS})
    most = min(study.maximum_rounds or MOST_ROUNDS, MOST_ROUNDS)
    if not 1 <= plan.rounds <= most:
        raise NotReady(_("The study can be simulated for 1 to %(most)s rounds, not %(number)s.") % {"most": most, "number": plan.rounds})
    if not 0 <= plan.seed <= LARGEST_SEED:
        raise NotReady(_("The seed is a whole number from 0 to %(most)s.") % {"most": LARGEST_SEED})
    outside = plan.model.outside_limits()
    if outside:
        raise NotReady(_("These parameters lie outside of 0 to 1 (drift: −1 to 1): %(names)s.") % {"names": ", ".join(outside)})


def check_nothing_real(study: Study) -> None:
    """Raises NotReady where real experts, or a round that was opened, would get mixed up with simulated ones."""
    if study.rounds.exclude(state=RoundState.DRAFT).exists():
        text = _("The study “%(slug)s” has opened a round, so it can't get simulated experts. Export its file, and simulate it under another slug.")
        raise NotReady(text % {"slug": study.slug})
    if study.panelists.exists() or Identity.objects.filter(study=study).exists():
        text = _("The study “%(slug)s” has experts, and real and simulated ones are never mixed. Make a dry run instead: a copy with simulated experts.")
        raise NotReady(text % {"slug": study.slug})


def experts_for(study: Study, numbers: Mapping[str, int]) -> list[Expert]:
    """`sim-<panel>-<n>` for each panel, in its language where the study offers that."""
    found = []
    for code, number in numbers.items():
        language = LANGUAGES.get(code, study.source_language)
        spoken = language if language in study.languages else study.source_language
        found += [Expert(f"sim-{code}-{place}", code, language=spoken) for place in range(1, number + 1)]
    return found


@transaction.atomic
def create_simulated_experts(study: Study, experts: Iterable[Expert]) -> None:
    """Panelists of a simulated study. All but the first of each panel have consented: whoever opens that one's link begins at the beginning."""
    if not lock_study(study.pk).is_simulated:
        raise NotReady(_("Only a study that is marked as simulated takes simulated experts."))
    panels = {panel.code: panel for panel in study.panels.all()}
    consent = {"consent_version": int(study.settings.get("consent", {}).get("version", 1)), "consented_at": timezone.now(), "state": PanelistState.ACTIVE}
    seen: set[str] = set()
    rows = []
    for expert in experts:
        more = consent if expert.panel in seen else {}
        rows.append(Panelist(study=study, panel=panels[expert.panel], code=expert.code, language=expert.language, is_simulated=True, **more))
        seen.add(expert.panel)
    Panelist.objects.bulk_create(rows)


@transaction.atomic
def copy_for_dry_run(source: Study, plan: Plan, *, by: Any) -> tuple[Simulation, bool]:
    """A copy of a draft, under a slug of its own and for the same people, whose experts are simulated. One at a time: a second call finds it."""
    source = lock_study(source.pk)
    present = Simulation.objects.filter(source=source, state__in=[Simulation.State.QUEUED, Simulation.State.RUNNING]).first()
    if present is not None:
        return present, False
    check_is_draft(source)
    check_taken(source)
    check_plan(source, plan)
    definition = definition_of(source)
    copy, _changed = import_study({**definition, "study": _free_slug(source.slug), "title": _title_of_copy(source)})
    StudyMember.objects.bulk_create(StudyMember(study=copy, user_id=member.user_id, role=member.role) for member in source.members.all())
    simulation, created = start_simulation(copy, plan, by=by, source=source)
    record_act(source, "start_dry_run", by=by, copy=copy.slug)
    return simulation, created


def check_is_draft(study: Study) -> None:
    """Raises NotReady where a dry run comes too late, or would be one of a dry run."""
    if study.is_simulated:
        raise NotReady(_("The experts of this study are simulated already."))
    if study.rounds.exclude(state=RoundState.DRAFT).exists():
        raise NotReady(_("The study has opened its first round; a dry run comes before that."))


def _free_slug(slug: str) -> str:
    taken = set(Study.objects.filter(slug__startswith=slug[:60]).values_list("slug", flat=True))
    names = (f"{slug[:60]}-{SUFFIX}{'' if number == 1 else f'-{number}'}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _title_of_copy(source: Study) -> dict[str, str]:
    """In each language of the title; the words around it in English where the interface does not speak the language."""
    title, found = source.settings["title"], {}
    for language, text in ({source.source_language: title} if isinstance(title, str) else title).items():
        with translation.override(language):
            found[language] = _("%(title)s (dry run)") % {"title": text}
    return found


@transaction.atomic
def approve_simulated_reasons(study_round: Round) -> int:
    """Let the round's simulated reasons and answers to open questions through, as one recorded act. Returns how many."""
    if not lock_study(study_round.study_id).is_simulated:
        raise NotReady(_("Only simulated reasons are let through unread."))
    waiting = Rationale.objects.filter(response__round=study_round, response__panelist__is_simulated=True, state=RationaleState.PENDING)
    approved = waiting.update(state=RationaleState.APPROVED, published_text=F("text"), decided_at=timezone.now())
    approved += let_through_unread(open_answers(study_round).filter(response__panelist__is_simulated=True))
    if approved:
        record_act(study_round.study, "approve_simulated_reasons", subject=f"round {study_round.number}", reasons=approved)
    return approved


@transaction.atomic
def remove_simulation(study: Study, *, by: Any = None) -> Study | None:
    """Remove simulated experts with all they said and all that was counted of it: the study is a draft again, its rules open.

    The copy of a dry run goes whole: then None is returned. A study without anything simulated is returned as it is.
    """
    try:
        study = lock_study(study.pk)
    except Study.DoesNotExist:
        return None  # a copy that somebody else removed in the same second
    if not study.is_simulated:
        return study
    lock_rounds_for_changing(study.pk)  # whoever is saving an answer comes first or not at all
    _check_only_simulated(study)
    simulation = Simulation.objects.filter(study=study).select_related("source").first()
    if simulation is not None and is_at_work(simulation):
        raise NotReady(_("The simulation is still at work. Wait until it has ended, and remove it then."))
    experts, responses = study.panelists.count(), Response.objects.filter(round__study=study).count()
    Round.objects.filter(study=study).delete()
    Panelist.objects.filter(study=study, is_simulated=True).delete()
    _forget_earlier_versions(study)
    if simulation is not None and simulation.is_copy:
        _delete_copy(study, simulation.source, by)
        return None
    _make_draft(study)
    _catch_up_draft(study, by)
    record_act(study, "remove_simulation", by=by, experts=experts, responses=responses)
    return study


def _check_only_simulated(study: Study) -> None:
    """What a real person may have said is never removed by this act."""
    if Panelist.objects.filter(study=study, is_simulated=False).exists() or Identity.objects.filter(study=study).exists():
        raise NotReady(_("Experts of this study are real, or have a name or an address. Nothing was removed."))


def _forget_earlier_versions(study: Study) -> None:
    """No round asks any of them any more: the questionnaire is a draft's again, each question as it was last worded."""
    versions = ItemVersion.objects.filter(item__study=study)
    latest = dict(versions.order_by("number").values_list("item_id", "pk"))
    versions.update(first_version=None)
    versions.exclude(pk__in=latest.values()).delete()


def _make_draft(study: Study) -> None:
    Simulation.objects.filter(study=study).delete()
    study.is_simulated = False
    study.rules_text, study.rules_sha256, study.rules_locked_at, study.finished_at = "", "", None, None
    study.save()


def _catch_up_draft(study: Study, by: Any) -> None:
    """What was reworded or added between simulated rounds is a step of the builder too, or its next edit would undo it."""
    if StudyDraft.objects.filter(study=study, is_taken=True).exists() and read_draft(study).definition != definition_of(study):
        keep_outside_edit(study, by=by)


@transaction.atomic
def open_simulated_round(simulation: Simulation, number: int, *, deadline_at: datetime | None, languages: Sequence[str]) -> Round | None:
    """A round for a worker. None where the simulation was removed meanwhile: its study may have real experts by now, whom nobody invites."""
    try:
        study = lock_study(simulation.study_id)
    except Study.DoesNotExist:
        return None
    if not Simulation.objects.filter(pk=simulation.pk).exists():
        return None
    return open_round(study, number, deadline_at=deadline_at, languages=languages)


def _delete_copy(copy: Study, source: Study | None, by: Any) -> None:
    slug = copy.slug
    copy.delete()
    if source is not None:
        record_act(source, "remove_dry_run", by=by, copy=slug)
