"""The rules of consensus and stability: fixed before round 1, with their hash; and where the study departed from them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from analysis.report.document import Block, Caution, Columns, Facts, Finding, Paragraph, Section, TableBlock
from analysis.report.material import Material
from analysis.report.wording import worded
from analysis.results.record_words import explained, rule_names, rules_by_level
from surveys.forms.items.rule_words import rule_in_words
from surveys.templatetags.organizer import in_zone
from surveys.workflow.deviations import ADDED

ITS_OWN = ("consensus", "stability")


def rules(material: Material) -> Section:
    return Section("methods-rules", _("Rules of consensus and stability"), tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    study = material.study
    yield Paragraph(_("Agreement is how alike the answers of one round are; consensus is agreement judged by a rule that was fixed before. "
                      "Stability is that the answers as a whole hardly change between two rounds. Only both together make a settled verdict."))
    yield _of_the_study(study.settings)
    used = explained(rules_used(material))
    if used:
        yield Facts(tuple(used))
    yield from _own_rules(material)
    if not rules_used(material):
        yield Finding(_("This study registered no rule of consensus or stability: nothing in it is judged by one."))
    elif study.rules_locked_at:
        when = {"when": in_zone(study, study.rules_locked_at)}
        yield Finding(_("The rules were fixed on %(when)s, before the first answer.") % when if material.deviations else
                      _("The rules were fixed on %(when)s, before the first answer, and have not been changed since.") % when)
    if study.rules_locked_at:
        yield Facts(((_("SHA-256 of the registered rules"), study.rules_sha256),))
    yield from departures(material)


def _of_the_study(settings: Mapping[str, Any]) -> TableBlock:
    """As the page on the record has them."""
    rows = tuple((row["level"], row["consensus"], row["stability"]) for row in rules_by_level(settings))
    heads = (_("Measurement level"), _("Consensus"), _("Stability"))
    return TableBlock("methods-rules-table", _("The study’s rules"), Columns(heads, wide=frozenset({1, 2})), rows)


def rules_used(material: Material, *, which: Iterable[str] = ITS_OWN) -> list[str]:
    """By the study or any of its questions."""
    return rule_names([material.study.settings, *(own for _code, own in _with_rules_of_their_own(material))], which=which)


def _with_rules_of_their_own(material: Material) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for asked in material.last_asked:
        definition = asked.question.definition
        scale = material.study.settings.get("scales", {}).get(definition.get("scale") if isinstance(definition.get("scale"), str) else "", {})
        own = {which: definition.get(which) or scale.get(which) for which in ITS_OWN if definition.get(which) or scale.get(which)}
        if own:
            yield asked.code, {**own, "text": definition["text"]}


def _own_rules(material: Material) -> Iterator[Block]:
    rows = tuple((worded(material.study, own["text"]), rule_in_words(own["consensus"]) if "consensus" in own else "",
                  rule_in_words(own["stability"]) if "stability" in own else "") for _code, own in _with_rules_of_their_own(material))
    if rows:
        columns = Columns((_("Question"), _("Consensus"), _("Stability")), wide=frozenset({0}))
        yield TableBlock("methods-own-rules", _("Questions with rules of their own, or of their scale"), columns, rows)


def departures(material: Material) -> Iterator[Block]:
    """Items that came later, or are judged by other rules than were registered."""
    found = material.deviations
    if not found:
        return
    texts = {asked.code: worded(material.study, asked.question.definition["text"]) for asked in material.last_asked}
    yield Caution(_("The study departs from its registered rules. What was added or changed since is listed here."))
    rows = tuple((texts.get(deviation.item, deviation.item), str(deviation.round),
                  _("added after the rules were registered") if deviation.what == ADDED else _("judged by other rules than were registered"))
                 for deviation in found)
    yield TableBlock("methods-departures", _("Departures from the registered rules"),
                     Columns((_("Question"), _("Since round"), _("What")), frozenset({1}), frozenset({0})), rows)
