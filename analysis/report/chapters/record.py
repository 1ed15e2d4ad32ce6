"""The record: what was decided for each question between the rounds, which wordings were asked, what was counted again, and what is protected."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from analysis.models import ItemResult
from analysis.report.document import Columns, Paragraph, Section, TableBlock, Text
from analysis.report.material import Material
from analysis.report.wording import count, listed, worded
from analysis.results.record import Passage, record_of
from analysis.results.record_words import passage_in_words
from surveys.enums import Ground, ItemAct
from surveys.templatetags.organizer import zone_name

OF_A_NEW_CLOSING = ("open_round", "reopen_round", "close_round")
GROUPS = ("all", "equal_weight", "theatre", "panel")


def record(material: Material) -> Section:
    found = material.provenance
    text = _("The file provenance.json holds more of it.")
    sections = [_passages(material), _protected(material), *_decisions(material, found), _wordings(material, found)]
    return Section("record", _("Record"), (Paragraph(text),), tuple(sections))


def _passages(material: Material) -> Section:
    """From one state of a round to the next. By whom and for which reason is for the pages, and so are the numbers of closings: a report is public."""
    passages = record_of(material.study, material.last.round, material.last.run).passages
    rows = tuple((count(held.number), said["when"], said["act"]) for held in material.rounds
                 for said in (passage_in_words(material.study, passage) for passage in without_renewals(passages.get(held.number, ()))))
    title = _("What happened to the rounds (%(zone)s)") % {"zone": zone_name(material.study)}
    table = TableBlock("record-passages-table", title, Columns((_("Round"), _("When"), _("What")), wide=frozenset({2})), rows)
    return Section("record-closings", _("Rounds and closings"), (table,))


def without_renewals(passages: Iterable[Passage]) -> Iterator[Passage]:
    """That a closing was counted anew tells when somebody's answers were erased; so of each closing every act is told once."""
    done: set[str] = set()
    for passage in passages:
        act = passage.event.act
        if act in OF_A_NEW_CLOSING:
            done.clear()
        if act != "renew_round" and act not in done:
            yield passage
        if act != "move_deadline":
            done.add(act)


def _protected(material: Material) -> Section:
    """Rows of figures that are there and rows that are protected, as aggregates.csv has them (1 query)."""
    runs = {held.run.pk: held.number for held in material.rounds}
    found = Counter(ItemResult.objects.filter(run__in=runs).values_list("run", "group_type", "suppressed"))
    heads = (_("Round"), _("Rows over"), _("Shown"), _("Protected"))
    names = dict(zip(GROUPS, (_("everybody"), _("every panel with equal weight"), _("theatres"), _("panels")), strict=True))
    rows = tuple((count(number), name, count(found[run, group, False]), count(found[run, group, True]))
                 for run, number in runs.items() for group, name in names.items() if found[run, group, False] + found[run, group, True])
    table = TableBlock("record-protected-table", _("Rows of figures, by round"), Columns(heads, frozenset({2, 3}), frozenset({1})), rows)
    return Section("record-protected", _("What is protected"), (table,))


def _decisions(material: Material, found: Mapping[str, Any]) -> Iterator[Section]:
    """Where another thing was decided than proposed, or a question was dropped, reworded or added; the rest was asked again as proposed."""
    texts, numbers = _texts(material), {held.number for held in material.rounds}
    rows = tuple((texts.get(decision["item"], decision["item"]), count(told["round"]), *decided(decision))
                 for told in found["rounds"] if told["round"] in numbers for decision in told["decisions"]
                 if decision["act"] != ItemAct.CARRY or decision["act"] != decision["proposal"])
    if rows:
        heads = (_("Question"), _("Before round"), _("Proposed"), _("Because"), _("Decided"))
        columns = Columns(heads, frozenset({1}), frozenset({0, 3}))
        yield Section("record-decisions", _("Decisions between the rounds"),
                      (TableBlock("record-decisions-table", _("What was decided for single questions"), columns, rows),))


def decided(decision: Mapping[str, str]) -> tuple[str, ...]:
    """What organizers wrote about it is for their pages and provenance.json: a report is public."""
    return (str(ItemAct(decision["proposal"]).label), str(Ground(decision["ground"]).label), str(ItemAct(decision["act"]).label))


def _wordings(material: Material, found: Mapping[str, Any]) -> Section:
    """Of the rounds that the report holds: a closed one that is not counted yet is none of them."""
    texts, numbers = _texts(material), {held.number for held in material.rounds}
    asked = [(told, [number for number in told["rounds"] if number in numbers]) for told in found["item_versions"]]
    rows = tuple((texts[told["item"]], told["item"], count(told["version"]), listed(count(number) for number in rounds), count(told["equivalent_to"]))
                 for told, rounds in asked if rounds and told["item"] in texts)
    columns = Columns((_("Question"), _("Code in the files"), _("Wording"), _("Rounds"), _("Compares with wording")), frozenset({2, 4}), frozenset({0}))
    return Section("record-wordings", _("Wordings"), (TableBlock("record-wordings-table", _("Every wording that was asked"), columns, rows),))


def _texts(material: Material) -> dict[str, Text]:
    return {entry.item_version.item.code: worded(material.study, entry.item_version.definition["text"]) for held in material.rounds for entry in held.asked}
