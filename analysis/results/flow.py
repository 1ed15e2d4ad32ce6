"""Who was asked and who answered, by panel and round: how a report and its readers follow the experts through a study."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from analysis.charts import Caption, Chart, FlowLane, FlowStep, Known, flow_chart
from analysis.stored_tables import Values

People = Sequence[Mapping[str, Any]]  # as glance_words.people_by_panel has them


@dataclass(frozen=True)
class RoundOfPeople:
    """A round's panels, and what its tables say of everybody who left or joined."""

    number: int
    people: People
    since: Values | None = None


def flow_of_experts(rounds: Sequence[RoundOfPeople], key: str = "flow-of-experts") -> Chart:
    names = [_("Round %(number)s") % {"number": held.number} for held in rounds]
    of_all = FlowLane(_("Everybody"), tuple(_step_of_all(held) for held in rounds), is_total=True)
    caption = Caption(key, _("The experts, by panel and round"), flow_sentence(rounds), note_of(rounds), _whole)
    return flow_chart(caption, _("Panel"), names, [of_all, *(_lane(name, rounds) for name in panels_in(rounds))])


def note_of(rounds: Sequence[RoundOfPeople]) -> str:
    """Which rounds who left and joined is counted between: not always the one before, where that asked other questions."""
    compared = [(held.number, held.since["previous_round"]) for held in rounds if held.since is not None]
    said = (_("round %(number)s against round %(earlier)s") % {"number": number, "earlier": earlier} for number, earlier in compared)
    return _("Left and joined: %(rounds)s.") % {"rounds": ", ".join(said)} if compared else ""


def panels_in(rounds: Sequence[RoundOfPeople]) -> list[str]:
    """In the study's order; a panel that came later stands where the later round has it."""
    return list(dict.fromkeys(row["name"] for held in rounds for row in held.people))


def flow_sentence(rounds: Sequence[RoundOfPeople]) -> str:
    first, last = total(rounds[0], "answered"), total(rounds[-1], "answered")
    if len(rounds) == 1:
        return _("%(answered)s of %(invited)s invited experts answered.") % {"answered": first, "invited": total(rounds[0], "invited")}
    return _("%(first)s experts answered round %(from)s, and %(last)s answered round %(to)s.") % {
        "first": first, "from": rounds[0].number, "last": last, "to": rounds[-1].number}


def total(held: RoundOfPeople, name: str) -> int:
    return sum(row[name] for row in held.people)


def _lane(name: str, rounds: Sequence[RoundOfPeople]) -> FlowLane:
    rows = (next((row for row in held.people if row["name"] == name), None) for held in rounds)
    return FlowLane(name, tuple(FlowStep(known=Known.UNDEFINED) if row is None else _step(row["invited"], row["answered"], row["since"]) for row in rows))


def _step_of_all(held: RoundOfPeople) -> FlowStep:
    return _step(total(held, "invited"), total(held, "answered"), held.since)


def _step(invited: int, answered: int, since: Values | None) -> FlowStep:
    left, joined = (None if since is None else since[name] for name in ("n_left", "n_joined"))
    return FlowStep(invited, answered, left, joined)


def _whole(number: float) -> str:
    return str(number_format(number, 0))
