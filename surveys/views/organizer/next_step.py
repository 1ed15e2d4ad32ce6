"""What comes next in a study: one act, what it does, and what can't be undone. Pure but for the addresses of pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.enums import RoundState
from surveys.models import Round, Study
from surveys.workflow.invitations import MOST_REMINDERS


@dataclass(frozen=True)
class Standing:
    """What the next step depends on, besides the study and its rounds."""

    experts: int = 0
    invitations_due: int = 0
    silent: int = 0
    reminders: int = 0
    pending_reasons: int = 0


@dataclass(frozen=True)
class NextStep:
    """`url` empty: there is nothing to press, only to wait. `final` says what can't be undone."""

    title: str
    text: str
    button: str = ""
    url: str = ""
    final: str = ""


def next_step(study: Study, rounds: Sequence[Round], standing: Standing) -> NextStep:
    """`rounds`: those that were opened, by number."""
    if study.finished_at is not None:
        return NextStep(_("The study is finished"), _("Its results stay; nothing can be answered any more."))
    latest = rounds[-1] if rounds else None
    if latest is None:
        return _before_round_one(study, standing)
    steps = {RoundState.OPEN: _while_open, RoundState.CLOSED: _while_counting}
    return steps.get(RoundState(latest.state), _after_counting)(study, latest, standing)


def _before_round_one(study: Study, standing: Standing) -> NextStep:
    if not study.settings.get("panels"):  # begun in the builder, and never yet complete
        return NextStep(_("Write the questionnaire"), _("Questions, panels and scales: the builder says what is still missing. Everything is saved as you go."),
                        _("Go on writing"), reverse("surveys:build", args=[study.slug]))
    if not standing.experts:
        return NextStep(_("Name the experts"), _("Upload the list of experts, or add them one by one. Nobody is written to yet."),
                        _("Upload a list of experts"), reverse("surveys:panel-upload", args=[study.slug]))
    text = ngettext("%(count)s expert is on the list. Choose what is asked and until when.",
                    "%(count)s experts are on the list. Choose what is asked and until when.", standing.experts)
    return NextStep(_("Open round 1"), text % {"count": standing.experts}, _("Prepare round 1"), reverse("surveys:round-open", args=[study.slug]),
                    _("Opening locks the study's rules for good. You see everything once more before you confirm."))


def _while_open(study: Study, latest: Round, standing: Standing) -> NextStep:
    place: list[Any] = [study.slug, latest.number]
    if standing.invitations_due:
        text = ngettext("%(count)s expert with an address has no invitation to this round yet.",
                        "%(count)s experts with an address have no invitation to this round yet.", standing.invitations_due)
        return NextStep(_("Send the invitations"), text % {"count": standing.invitations_due}, _("See the invitations"),
                        reverse("surveys:invitations", args=place), _("An e-mail that has gone out can't be taken back."))
    if standing.silent and standing.reminders < MOST_REMINDERS and standing.reminders >= 0:
        text = ngettext("%(count)s expert has not submitted yet.", "%(count)s experts have not submitted yet.", standing.silent)
        return NextStep(_("Wait, or remind"), text % {"count": standing.silent}, _("See the reminder"), reverse("surveys:reminders", args=place),
                        _("An e-mail that has gone out can't be taken back."))
    return NextStep(_("Close round %(number)s") % {"number": latest.number}, _("Answers saved until then count; later ones are refused."),
                    _("See what closing does"), reverse("surveys:round-close", args=place),
                    _("A closed round can be reopened until the next one opens."))


def _while_counting(study: Study, latest: Round, standing: Standing) -> NextStep:
    return NextStep(_("Wait for the count"), _("Round %(number)s is closed and being counted. You can leave this page.") % {"number": latest.number})


def _after_counting(study: Study, latest: Round, standing: Standing) -> NextStep:
    if standing.pending_reasons:
        text = ngettext("%(count)s reason waits for a decision. Only approved reasons reach the experts.",
                        "%(count)s reasons wait for a decision. Only approved reasons reach the experts.", standing.pending_reasons)
        return NextStep(_("Read the reasons"), text % {"count": standing.pending_reasons}, _("Read the reasons"),
                        reverse("surveys:reasons", args=[study.slug, latest.number]), _("When the next round opens, decisions stand."))
    number = latest.number + 1
    if study.maximum_rounds is not None and number > study.maximum_rounds:
        return NextStep(_("Finish the study"), _("Round %(number)s was the last one.") % {"number": latest.number}, _("See what finishing does"),
                        reverse("surveys:finish", args=[study.slug]), _("A finished study can't be opened again."))
    return NextStep(_("Open round %(number)s") % {"number": number}, _("Experts will see the feedback of round %(number)s.") % {"number": latest.number},
                    _("Prepare round %(number)s") % {"number": number}, reverse("surveys:round-open", args=[study.slug]),
                    _("Opening releases round %(number)s; it can't be reopened after that.") % {"number": latest.number})
