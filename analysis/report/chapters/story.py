"""The story, round by round: what was asked anew, what came out, what moved, what came to rest and who left."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analysis.report.chapters.narrowing import narrowing_of
from analysis.report.document import Block, Bullets, Columns, Figure, Finding, Paragraph, Section, TableBlock, Text
from analysis.report.material import CountedRound, Material
from analysis.report.wording import count, day, percent, worded
from analysis.results.convergence import convergence_of
from analysis.results.convergence_maps import map_charts
from analysis.results.glance import PROTECTED, Question, by_class, most_moved, still_open
from analysis.results.glance_words import CLASSES, on_average
from surveys.models import AskedItem

MOST_NAMED = 8


def story(material: Material) -> Section:
    return Section("story", _("Round by round"), (), tuple(_round(material, held) for held in material.rounds))


def _round(material: Material, held: CountedRound) -> Section:
    return Section(f"story-{held.number}", _("Round %(number)s") % {"number": held.number}, tuple(_blocks(material, held)))


def _blocks(material: Material, held: CountedRound) -> Iterator[Block]:
    yield Paragraph(f"{when_open(material, held)} {asked_anew(material, held)}")
    yield from _named(material, _("New questions:"), added(material, held))
    if held.questions:
        yield _classes(held)
    yield from _map(material, held)
    yield from _what_moved(material, held)
    yield from _came_to_rest(material, held)
    yield from (Finding(text) for text in (narrowing_of(held),) if text)
    yield from (Paragraph(text) for text in (open_sentence(held), attrition_sentence(held)) if text)


def when_open(material: Material, held: CountedRound) -> str:
    opened, closed = day(material.study, held.round.opened_at), day(material.study, held.closed_at)
    if opened == closed:
        return _("The round was open on %(day)s.") % {"day": opened}
    return _("The round was open from %(from)s to %(to)s.") % {"from": opened, "to": closed}


def asked_anew(material: Material, held: CountedRound) -> str:
    """New is what no earlier round asked; what an earlier one asked, and the one before did not, was taken up again."""
    earlier = material.earlier(held)
    if earlier is None:
        return ngettext("It asked %(count)s question.", "It asked %(count)s questions.", len(held.asked)) % {"count": len(held.asked)}
    known, before, now = _known(material, held), _versions(earlier), _versions(held)
    if before == now:
        return _("It asked the same questions again, in the same words.")
    said = {"count": len(held.asked), "new": len(now.keys() - known.keys()), "dropped": len(before.keys() - now.keys()),
            "again": len(now.keys() & known.keys() - before.keys()), "reworded": sum(known[item] != now[item] for item in known.keys() & now.keys())}
    if said["again"]:
        return ngettext("It asked %(count)s question: %(new)s new, %(again)s taken up again from an earlier round, %(reworded)s reworded; "
                        "%(dropped)s of the round before were not asked again.",
                        "It asked %(count)s questions: %(new)s new, %(again)s taken up again from an earlier round, %(reworded)s reworded; "
                        "%(dropped)s of the round before were not asked again.", len(held.asked)) % said
    return ngettext("It asked %(count)s question: %(new)s new, %(reworded)s reworded; %(dropped)s of the round before were not asked again.",
                    "It asked %(count)s questions: %(new)s new, %(reworded)s reworded; %(dropped)s of the round before were not asked again.",
                    len(held.asked)) % said


def _known(material: Material, held: CountedRound) -> dict[int, int]:
    """Every question of the rounds before, with the version that was asked last."""
    return {item: version for each in material.rounds if each.number < held.number for item, version in _versions(each).items()}


def _versions(held: CountedRound) -> dict[int, int]:
    return {entry.item_version.item_id: entry.item_version_id for entry in held.asked}


def added(material: Material, held: CountedRound) -> list[AskedItem]:
    """Questions that no earlier round asked; none of the first, which asks all of its own anew."""
    known = _known(material, held)
    return [] if material.earlier(held) is None else [entry for entry in held.asked if entry.item_version.item_id not in known]


def _named(material: Material, lead: str, asked: Sequence[AskedItem]) -> Iterator[Block]:
    if asked:
        yield Paragraph(lead)
        yield Bullets(_first(material, [entry.item_version.definition["text"] for entry in asked]))


def _first(material: Material, texts: Sequence[object]) -> tuple[Text, ...]:
    more = len(texts) - MOST_NAMED
    rest = (ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more},) if more > 0 else ()
    return (*(worded(material.study, text) for text in texts[:MOST_NAMED]), *rest)


def _classes(held: CountedRound) -> TableBlock:
    rows = tuple((str(CLASSES[name][0]), count(len(questions)), str(CLASSES[name][1])) for name, questions in by_class(held.questions).items())
    columns = Columns((_("What came out"), _("Questions"), _("What it means")), frozenset({1}), frozenset({2}))
    return TableBlock(f"story-{held.number}-classes", _("Round %(number)s: what came out") % {"number": held.number}, columns, rows)


def _map(material: Material, held: CountedRound) -> Iterator[Block]:
    """Where the questions stood after the round; after the last one that is the map of the chapter on agreement."""
    if held.number != material.last.number:
        found = convergence_of(material.study, held.number)
        charts = map_charts(found, material.study) if found.can_compare else []
        yield from (Figure(replace(chart, key=f"story-{held.number}-{chart.key}")) for chart in charts)


def _what_moved(material: Material, held: CountedRound) -> Iterator[Block]:
    moved = most_moved(held.questions)
    if moved:
        rows = tuple((worded(material.study, question.definition["text"]), changed(question)) for question in moved)
        columns = Columns((_("Question"), _("Changed their answer")), frozenset({1}), frozenset({0}))
        yield TableBlock(f"story-{held.number}-moved", _("Round %(number)s: what moved most") % {"number": held.number}, columns, rows)


def changed(question: Question) -> str:
    said = percent((question.percent_changed or 0) / 100)
    return on_average(question, _("about %(percent)s") % {"percent": said} if question.is_rough else said)


def _came_to_rest(material: Material, held: CountedRound) -> Iterator[Block]:
    """What was not settled when it was last asked."""
    before = {question.item.code: question.is_settled for each in material.rounds if each.number < held.number for question in each.questions}
    now = [question for question in held.questions if question.is_settled and not before.get(question.item.code)]
    if now:
        yield Paragraph(_("Settled in this round:"))
        yield Bullets(_first(material, [question.definition["text"] for question in now]))


def open_sentence(held: CountedRound) -> str:
    """Nothing where it can't be told whether the answers have settled."""
    left, told = still_open(held.questions), [question for question in held.questions if question.outcome != PROTECTED]
    if not left:
        if not told or not all(question.is_settled for question in told):
            return ""
        return _("After it every question was settled.") if len(told) == len(held.questions) else _("After it every question that may be told was settled.")
    return ngettext("After it %(count)s question was not settled.", "After it %(count)s questions were not settled.", left) % {"count": left}


def attrition_sentence(held: CountedRound) -> str:
    row = held.together.everybody
    if row is None:
        return ""
    return _("Of the %(before)s experts who answered round %(number)s, %(stayed)s answered again (%(share)s) and %(left)s did not; %(joined)s joined.") % {
        "number": row["previous_round"], "before": count(row["n_before"]), "stayed": count(row["n_stayed"]), "share": percent(row["retention"]),
        "left": count(row["n_left"]), "joined": count(row["n_joined"])}
