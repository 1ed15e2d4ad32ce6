"""What a moderator let through: reasons, of the questions that stay divided and those that moved most, and answers to every open question."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from analysis.exports.texts import Row, Texts, counted_texts, digest_of
from analysis.report.document import Block, Paragraph, Quotes, Section, Worded
from analysis.report.material import CountedRound, Material
from analysis.report.wording import worded
from analysis.results.glance import most_moved
from surveys.models import AskedItem
from surveys.templatetags.written import language_by_signs
from surveys.workflow.open_answers import open_answers_let_through
from surveys.workflow.rationales import reasons_let_through

MOST_QUOTED = 3  # of each side of a question; all stand in reasons.csv
Found = tuple[CountedRound, AskedItem, list[Row]]
Blocks = Callable[[Material, CountedRound, Sequence[Row]], Iterator[Block]]
SIDES: dict[str, str | Promise] = {
    "below": gettext_lazy("Below the middle half of the answers:"), "within": gettext_lazy("Within the middle half of the answers:"),
    "above": gettext_lazy("Above the middle half of the answers:"), "": gettext_lazy("Reasons:"),
}


def reasons(material: Material) -> Section | None:
    """None where nothing was let through."""
    chosen = {asked.code for asked in material.last_asked if asked.question.outcome == "stable_dissent"}
    chosen |= {question.item.code for question in most_moved(material.last.questions)}
    sections = [*_sections(material, "reasons", _of_rounds(material, reasons_let_through, chosen), _sides),
                *_sections(material, "answers", _of_rounds(material, open_answers_let_through, None), _open)]
    if not sections:
        return None
    text = _("What experts wrote, as a moderator let it through: without name and panel, in an order that tells nothing. "
             "Reasons are quoted for the questions on which experts stay divided or that moved most, answers to open questions for all of them, and of each "
             "the first few; reasons.csv and open_answers.csv hold all.")
    return Section("reasons", _("In the experts’ words"), (Paragraph(text),), tuple(sections))


def _of_rounds(material: Material, texts: Texts, chosen: set[str] | None) -> Iterator[Found]:
    """Round by round, in the questionnaire's order: the texts whose writers' answers the figures count, as the files have them."""
    for held in material.rounds:
        said = texts(held.round)
        asked = {entry.pk: entry for entry in held.asked if chosen is None or entry.item_version.item.code in chosen}
        told = [row for row in counted_texts(held.run, said) if row[0] in asked] if said else []
        told.sort(key=lambda row: (asked[row[0]].position, digest_of(row), row[1]))
        for pk, rows in groupby(told, key=lambda row: row[0]):
            yield held, asked[pk], list(rows)


def _sections(material: Material, key: str, found: Iterable[Found], blocks: Blocks) -> Iterator[Section]:
    """One for each question, with what was written in each round."""
    by_item: dict[str, list[Found]] = {}
    for entry in found:
        by_item.setdefault(entry[1].item_version.item.code, []).append(entry)
    for code, entries in by_item.items():
        title = worded(material.study, entries[-1][1].item_version.definition["text"])
        yield Section(f"{key}.{code}", title, tuple(block for held, _asked, rows in entries for block in blocks(material, held, rows)))


def _sides(material: Material, held: CountedRound, rows: Sequence[Row]) -> Iterator[Block]:
    for side, lead in SIDES.items():
        of_side = [row for row in rows if row[1] == side]
        if of_side:
            yield Paragraph(_("Round %(number)s. %(lead)s") % {"number": held.number, "lead": lead})
            yield from _quoted(material, of_side)


def _open(material: Material, held: CountedRound, rows: Sequence[Row]) -> Iterator[Block]:
    yield Paragraph(_("Round %(number)s:") % {"number": held.number})
    yield from _quoted(material, rows)


def _quoted(material: Material, rows: Sequence[Row]) -> Iterator[Block]:
    yield Quotes(tuple(Worded(words, "" if language_by_signs(words) == material.language else language_by_signs(words))
                       for _pk, _position, words in rows[:MOST_QUOTED]))
    more = len(rows) - MOST_QUOTED
    if more > 0:
        yield Paragraph(ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more})
