"""The flow of experts: how many of each panel were invited and answered, and who left and joined between the rounds."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from analysis.report.document import Block, Columns, Figure, Paragraph, Section, TableBlock, ToWrite
from analysis.report.material import CountedRound, Material
from analysis.report.wording import count, percent
from analysis.results.flow import RoundOfPeople, flow_of_experts, panels_in


def flow(material: Material) -> Section:
    return Section("flow", _("Flow of experts"), tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    rounds = [RoundOfPeople(held.number, held.people, held.together.everybody) for held in material.rounds]
    if not any(held.people for held in rounds):
        return
    yield ToWrite(_("Whom you approached, how many declined before round 1, and why, as far as you know."))
    yield Paragraph(_("Invited are those who were asked to take part in a round and neither declined nor withdrew; answered are those whose answers count."))
    yield Figure(flow_of_experts(rounds))
    yield _table(material, panels_in(rounds))


def _table(material: Material, panels: Sequence[str]) -> TableBlock:
    heads = [_("Panel")]
    for held in material.rounds:
        heads += [_("Round %(number)s: invited") % {"number": held.number}, _("Round %(number)s: answered") % {"number": held.number}]
    rows = [(name, *(cell for held in material.rounds for cell in _cells(held, name))) for name in panels]
    rows.append((_("Everybody"), *(cell for held in material.rounds for cell in _sums(held))))
    return TableBlock("flow-table", _("Invited and answered, by panel and round"), Columns(tuple(heads), frozenset(range(1, len(heads)))), tuple(rows))


def _cells(held: CountedRound, name: str) -> tuple[str, str]:
    row = next((row for row in held.people if row["name"] == name), None)
    return (count(None), count(None)) if row is None else _pair(row["invited"], row["answered"])


def _sums(held: CountedRound) -> tuple[str, str]:
    invited, answered = (sum(row[name] for row in held.people) for name in ("invited", "answered"))
    return _pair(invited, answered)


def _pair(invited: int, answered: int) -> tuple[str, str]:
    if not invited:
        return count(invited), count(answered)
    return count(invited), _("%(count)s (%(share)s)") % {"count": count(answered), "share": percent(answered, invited)}
