"""In a minute: what was asked and of whom, what came out, and whether the allies came closer to each other."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analysis.report.answers import answer_of
from analysis.report.chapters.narrowing import narrowing_sentence
from analysis.report.document import Block, Columns, Finding, Paragraph, Section, TableBlock
from analysis.report.material import Asked, CountedRound, Material
from analysis.report.wording import count, day, listed, percent, worded
from analysis.results.glance import MIXED, NOT_ASSESSED, PROTECTED, SETTLED
from analysis.results.glance_words import CLASSES
from analysis.results.roles import OVER, UNDER

MOST_NAMED = 5
JUDGED_TWICE = {"stable_consensus", "unstable_consensus", "stable_dissent", "unstable_dissent"}


def summary(material: Material) -> Section:
    return Section("summary", _("In a minute"), tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    aim = material.study.settings.get("aim")
    if aim:
        yield Paragraph(worded(material.study, aim))
    yield Paragraph(asked_sentence(material))
    found = (outcome_sentence(material.last_asked), gap_sentence(material), narrowing_sentence(material), roles_sentence(material))
    yield from (Finding(text) for text in found if text)
    yield from named(material)


def asked_sentence(material: Material) -> str:
    first, last = material.rounds[0], material.last
    whom = ngettext("Experts of %(count)s panel were asked: %(panels)s.", "Experts of %(count)s panels were asked: %(panels)s.", len(material.panels)) % {
        "count": len(material.panels), "panels": listed(material.panels.values())}
    opened, closed = day(material.study, first.round.opened_at), day(material.study, last.closed_at)
    when = (ngettext("There was %(count)s round, on %(to)s.", "There were %(count)s rounds, on %(to)s.", len(material.rounds)) if opened == closed else
            ngettext("There was %(count)s round, from %(from)s to %(to)s.", "There were %(count)s rounds, from %(from)s to %(to)s.", len(material.rounds))) % {
        "count": len(material.rounds), "from": opened, "to": closed}
    return " ".join([whom, when, *(answered_sentence(held) for held in (first, last)[: len(material.rounds)] if held.people)])


def answered_sentence(held: CountedRound) -> str:
    return _("In round %(number)s, %(answered)s of %(invited)s invited experts answered.") % {
        "number": held.number, "answered": count(sum(row["answered"] for row in held.people)),
        "invited": count(sum(row["invited"] for row in held.people))}


def outcome_sentence(asked: Sequence[Asked]) -> str:
    """Every question once, with its last verdict; after a single round, what is agreed so far. "" where all questions are open ones."""
    if not asked:
        return ""
    found = Counter(entry.question.outcome for entry in asked)
    others = (moving_sentence(found), mixed_sentence(asked), once_sentence(found), again_sentence(found), unjudged_sentence(found), protected_sentence(found))
    return " ".join([first_sentence(found), *filter(None, others)])


def first_sentence(found: Counter[str]) -> str:
    said = {"all": found.total(), "agreed": found["stable_consensus"], "divided": found["stable_dissent"], "so_far": found["reached"],
            "not_so_far": found["not_reached"]}
    if found.keys() & JUDGED_TWICE:
        return ngettext("Settled agreement on %(agreed)s of %(all)s question, settled dissent on %(divided)s.",
                        "Settled agreement on %(agreed)s of %(all)s questions, settled dissent on %(divided)s.", said["all"]) % said
    if found["reached"] + found["not_reached"]:
        return ngettext("Agreement so far on %(so_far)s of %(all)s question, none so far on %(not_so_far)s.",
                        "Agreement so far on %(so_far)s of %(all)s questions, none so far on %(not_so_far)s.", said["all"]) % said
    return ngettext("%(all)s question was asked.", "%(all)s questions were asked.", said["all"]) % said


def moving_sentence(found: Counter[str]) -> str:
    moving = found["unstable_consensus"] + found["unstable_dissent"]
    return ngettext("%(moving)s still moved in its last round.", "%(moving)s still moved in their last round.", moving) % {"moving": moving} if moving else ""


def mixed_sentence(asked: Sequence[Asked]) -> str:
    """An answer of several numbers may be settled in all of them, though in some agreed and in some divided."""
    mixed = [entry.question.is_settled for entry in asked if entry.question.outcome == MIXED]
    if not mixed:
        return ""
    return ngettext("%(mixed)s has an answer of several numbers with different verdicts (settled in all that may be told: %(settled)s).",
                    "%(mixed)s have answers of several numbers with different verdicts (settled in all that may be told: %(settled)s).", len(mixed)) % {
        "mixed": len(mixed), "settled": sum(mixed)}


def once_sentence(found: Counter[str]) -> str:
    """Beside questions that were judged twice; without them the first sentence says it."""
    said = {"once": found["reached"] + found["not_reached"], "so_far": found["reached"], "not_so_far": found["not_reached"]}
    if not said["once"] or not found.keys() & JUDGED_TWICE:
        return ""
    return _("In no earlier round that compares: %(once)s (%(so_far)s agreed so far, %(not_so_far)s not).") % said


def again_sentence(found: Counter[str]) -> str:
    said = {"again": found["reached_again"] + found["not_reached_again"], "agreed": found["reached_again"], "divided": found["not_reached_again"]}
    if not said["again"]:
        return ""
    return _("Asked before, but whether the answers have settled can’t be told: %(again)s (%(agreed)s agreed, %(divided)s not).") % said


def unjudged_sentence(found: Counter[str]) -> str:
    return _("Not judged, without a rule or without answers to which it can be applied: %(unjudged)s.") % {
        "unjudged": found[NOT_ASSESSED]} if found[NOT_ASSESSED] else ""


def protected_sentence(found: Counter[str]) -> str:
    return _("Protected: %(protected)s.") % {"protected": found[PROTECTED]} if found[PROTECTED] else ""


def named(material: Material) -> Iterator[Block]:
    """The questions on which experts agree for good, and on which they stay apart."""
    for name in SETTLED:
        held = [entry for entry in material.last_asked if entry.question.outcome == name]
        if held:
            yield _table(material, name, held)


def _table(material: Material, name: str, held: Sequence[Asked]) -> TableBlock:
    rows = tuple((worded(material.study, entry.question.definition["text"]), answer_of(material, entry)) for entry in held[:MOST_NAMED])
    more = len(held) - MOST_NAMED
    note = ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more} if more > 0 else ""
    columns = Columns((_("Question"), _("Answer")), wide=frozenset({0, 1}))
    return TableBlock(f"summary-{name.replace('_', '-')}", str(CLASSES[name][0]), columns, rows, note)


def gap_sentence(material: Material) -> str:
    row = material.compared.together.disagreement
    if row is None:
        return ""
    said = {"number": material.compared.number, "percent": percent(max(0.0, row["between_share"])), "low": "", "high": ""}
    if row["between_share_low"] is None or row["between_share_high"] is None:
        return _("In round %(number)s, %(percent)s of the disagreement lies between the panels; the rest lies between experts of the same panel.") % said
    said |= {"low": percent(max(0.0, row["between_share_low"])), "high": percent(max(0.0, row["between_share_high"]))}
    return _("In round %(number)s, %(percent)s of the disagreement lies between the panels (95 %% interval: %(low)s to %(high)s); "
             "the rest lies between experts of the same panel.") % said


def roles_sentence(material: Material) -> str:
    cells = [cell for _number, grid in material.roles for cell in grid.cells]
    if not cells:
        return ""
    found = Counter(cell["verdict"] for cell in cells)
    if not found[OVER] + found[UNDER]:
        return _("For none of the %(all)s roles asked for can it be told that the others expect more, or less, than the ally’s own experts.") % {
            "all": len(cells)}
    return _("Of %(all)s roles asked for, in %(over)s the others expect more than the ally’s own experts, in %(under)s less.") % {
        "all": len(cells), "over": found[OVER], "under": found[UNDER]}
