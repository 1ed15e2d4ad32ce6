"""The reporting checklists, filled as far as the data go: what the report says to each item and where, or that its authors must."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analysis.report.checklists.accord import ACCORD
from analysis.report.checklists.credes import CREDES
from analysis.report.checklists.delphistar import DELPHISTAR
from analysis.report.checklists.item import Checklist, Item, State, Topic
from analysis.report.document import Block, Caution, Cell, Columns, Paragraph, Place, Section, TableBlock
from analysis.report.facts import ReportFacts

CHECKLISTS = (ACCORD, DELPHISTAR, CREDES)

__all__ = ["CHECKLISTS", "Checklist", "Item", "State", "Topic", "checklist_sections"]


def checklist_sections(facts: ReportFacts) -> tuple[Section, ...]:
    """A section for each checklist. Places that this report has not are left out."""
    return tuple(Section(f"checklist-{checklist.key}", checklist.title, tuple(_blocks(checklist, facts))) for checklist in CHECKLISTS)


def _blocks(checklist: Checklist, facts: ReportFacts) -> list[Block]:
    text = _("After %(source)s. Each item is told in words of our own: compare it with the publication before you submit.")
    source = Paragraph(text % {"source": checklist.source})
    remark = [Caution(str(checklist.remark))] if checklist.remark else []
    tables = (_table(checklist, place, facts) for place in range(len(checklist.topics)))
    return [source, *remark, Paragraph(_summed_up(checklist, facts)), *tables]


def _summed_up(checklist: Checklist, facts: ReportFacts) -> str:
    found = Counter(item.reply(facts).state for item in checklist.items)
    numbers = {"count": len(checklist.items), **{state.value: found[state] for state in State}}
    return ngettext("Of %(count)s item the data answer %(answered)s; %(partly)s in part; %(authors)s are the authors’ alone.",
                    "Of %(count)s items the data answer %(answered)s; %(partly)s in part; %(authors)s are the authors’ alone.",
                    len(checklist.items)) % numbers


def _table(checklist: Checklist, place: int, facts: ReportFacts) -> TableBlock:
    topic = checklist.topics[place]
    has_numbers = any(item.number for item in topic.items)
    heads = (*([_("Number")] if has_numbers else []), _("What is asked"), _("Answer"), _("Where"))
    rows = tuple(_row(item, facts, has_numbers=has_numbers) for item in topic.items)
    wide = frozenset({len(heads) - 3, len(heads) - 2})
    return TableBlock(f"checklist-{checklist.key}-{place + 1}", f"{checklist.title}: {topic.title}", Columns(heads, wide=wide), rows)


def _row(item: Item, facts: ReportFacts, *, has_numbers: bool) -> tuple[Cell, ...]:
    reply = item.reply(facts)
    places = tuple(Place(key) for key in reply.places if key in facts.sections)
    to_add = _("Authors must write: %(what)s") % {"what": reply.add} if reply.add else ""
    answer = " ".join(part for part in (reply.text, to_add) if part)
    return *([item.number] if has_numbers else []), str(item.asked), answer, places
