"""The record of a round's results in plain words."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from analysis.publication import Standing, standing_of
from analysis.results.closing_words import why_not_the_latest
from analysis.results.record import Closing, Passage, Record, Told, Wording
from surveys.enums import Level
from surveys.forms.items.rule_words import EXPLANATIONS, NAMES, level_in_words, rule_in_words
from surveys.models import Study
from surveys.templatetags.organizer import day_in_zone, in_zone, marked
from surveys.workflow.deviations import ADDED, Deviation

WHICH = ("consensus", "stability")
Words = dict[str, Any]
ENTERED: dict[str, str | Promise] = {
    "open_round": gettext_lazy("opened"),
    "close_round": gettext_lazy("closed"),
    "reopen_round": gettext_lazy("reopened"),
    "renew_round": gettext_lazy("to be counted anew, because answers were erased"),
    "mark_aggregated_round": gettext_lazy("counted"),
    "release_round": gettext_lazy("released to its experts"),
}
PROGRAMS = {"deterrence_delphi": "Deterrence Delphi", "numpy": "NumPy", "scipy": "SciPy"}  # as their makers write them
EVERYBODY: dict[str, str | Promise] = {"all": gettext_lazy("Everybody"), "equal_weight": gettext_lazy("Every panel with equal weight")}


def record_in_words(record: Record) -> Words:
    study = record.study
    return {
        "summary": list(summary(record)),
        "rules": rules_by_level(record.rules), "explanations": explanations(record),
        "own_rules": [{"text": marked(study, version.definition["text"]), **rules_in_words(rules)} for version, rules in record.own_rules],
        "deviations": [deviation_in_words(deviation) for deviation in record.deviations],
        "rounds": [{"number": number, "passages": [passage_in_words(study, passage) for passage in passages]}
                   for number, passages in record.passages.items()],
        "closings": [closing_in_words(closing) for closing in record.closings],
        "wordings_summary": wordings_summary(record), "wordings": [wording_in_words(study, wording) for wording in record.wordings],
        "told": [told_in_words(study, told) for told in record.told],
        "software": [(PROGRAMS.get(name, name), version) for name, version in record.software.items()],
    }


# --- in short ---


def summary(record: Record) -> Iterator[str]:
    """What a reader should know before trusting a figure, a sentence each."""
    yield shown_closing(record)
    yield rules_locked(record)
    if record.study.is_simulated:
        yield simulated(record.simulation or {})
    yield erased(record.erased)
    yield protected(record)


def shown_closing(record: Record) -> str:
    """`closed_at` of a round is when its latest closing was."""
    standing = standing_of(record.run, record.study_round, record.is_latest_counted)
    said = {"number": record.study_round.number, "closing": record.run.closing, "when": in_zone(record.study, record.study_round.closed_at)}
    if standing == Standing.LATEST:
        return _("The figures are those of closing %(closing)s of round %(number)s, which closed %(when)s.") % said
    return _("The figures are those of closing %(closing)s of round %(number)s.") % said + " " + why_not_the_latest(standing)


def rules_locked(record: Record) -> str:
    if record.study.rules_locked_at is None:
        return _("The rules were not registered beforehand.")
    if not has_rules(record):
        return _("No rule of consensus or stability was registered, so nothing is judged by one.")
    when = {"when": in_zone(record.study, record.study.rules_locked_at)}
    if not record.deviations:
        return _("The rules of consensus and stability were fixed %(when)s, before the first answer, and have not been changed since.") % when
    fixed = _("The rules of consensus and stability were fixed %(when)s, before the first answer.") % when
    n = len(record.deviations)
    return fixed + " " + ngettext("One question departs from them; it is named below.", "%(n)s questions depart from them; they are named below.", n) % {"n": n}


def has_rules(record: Record) -> bool:
    return bool(rule_names((record.rules, *record.rules.get("items", {}).values(), *(deviation.now for deviation in record.deviations))))


def simulated(details: Mapping[str, Any]) -> str:
    if "seed" not in details:
        return _("The experts are simulated: nobody answered.")
    return _("The experts are simulated: nobody answered. With the seed %(seed)s the same answers can be made again.") % {"seed": details["seed"]}


def erased(n: int) -> str:
    if not n:
        return _("No answer was erased since the round was counted.")
    text = ngettext("The answers of one person were erased since the round was counted. The figures that are shown still count them.",
                    "The answers of %(n)s people were erased since the round was counted. The figures that are shown still count them.", n)
    return text % {"n": n}


def protected(record: Record) -> str:
    rows, hidden = (sum(getattr(told, name) for told in record.told) for name in ("rows", "protected"))
    if not hidden:
        return _("No figure of the round had to be protected.")
    return _("%(hidden)s of %(rows)s rows of figures are protected, because they could give somebody away.") % {"hidden": hidden, "rows": rows}


# --- rules ---


def rules_by_level(rules: Mapping[str, Any]) -> list[Words]:
    """A row for each measurement level that has a rule, or one where all levels have the same rules."""
    given = [rules.get(which) or {} for which in WHICH]
    levels = [level for level in Level.values if any("rule" in of_which or level in of_which for of_which in given)]
    levels = levels if any(of_which and "rule" not in of_which for of_which in given) else []
    named = [(level_in_words(level), level) for level in levels] or [(_("Every level"), "")]
    return [{"level": name, **{which: rule_for_level(of_which, level) for which, of_which in zip(WHICH, given, strict=True)}} for name, level in named]


def rule_for_level(rules: Mapping[str, Any], level: str) -> str:
    rule = rules if "rule" in rules else rules.get(level)
    return rule_in_words(rule) if rule else _("not judged")


def rules_in_words(rules: Mapping[str, Any]) -> Words:
    return {which: rule_in_words(rules[which]) if rules.get(which) else "" for which in WHICH}


def explanations(record: Record) -> list[tuple[str, str]]:
    """What each of the rules in use looks at."""
    return explained(rule_names((record.rules, *(rules for _version, rules in record.own_rules))))


def explained(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(NAMES[name]), str(EXPLANATIONS[name])) for name in names if name in NAMES]


def rule_names(holders: Iterable[Mapping[str, Any]], *, which: Iterable[str] = WHICH) -> list[str]:
    """The rules that a study and its questions use, each once, in the order in which they come."""
    found: dict[str, None] = {}
    for holder in holders:
        for given in (holder.get(name) or {} for name in which):
            found.update(dict.fromkeys(rule["rule"] for rule in ([given] if "rule" in given else given.values())))
    return list(found)


def deviation_in_words(deviation: Deviation) -> Words:
    return {"code": deviation.item, "version": deviation.version, "round": deviation.round, "is_added": deviation.what == ADDED,
            "registered": rules_in_words(deviation.registered), "now": rules_in_words(deviation.now)}


# --- rounds ---


def passage_in_words(study: Study, passage: Passage) -> Words:
    event = passage.event
    by = event.by.get_full_name() if event.by is not None else ""
    act = deadline_in_words(study, event.details) if event.act == "move_deadline" else str(ENTERED[event.act])
    return {"at": event.at, "when": day_in_zone(study, event.at), "act": act, "by": by, "details": list(details_in_words(study, event.act, event.details))}


def deadline_in_words(study: Study, details: Mapping[str, Any]) -> str:
    before, after = (moment(study, details.get(name)) for name in ("before", "after"))
    if not after:
        return _("deadline lifted (it was %(before)s)") % {"before": before}
    if not before:
        return _("deadline set to %(after)s") % {"after": after}
    return _("deadline moved from %(before)s to %(after)s") % {"before": before, "after": after}


def details_in_words(study: Study, act: str, details: Mapping[str, Any]) -> Iterator[str]:
    if details.get("deadline"):
        yield _("to close by %(when)s") % {"when": moment(study, details["deadline"])}
    if details.get("closing"):
        yield _("closing %(number)s") % {"number": details["closing"]}
    if details.get("reason") == "deadline" and act == "close_round":
        yield _("by its deadline")
    elif details.get("reason") == "simulation" and act == "close_round":
        yield _("by the simulation")
    elif details.get("reason"):
        yield _("reason: %(reason)s") % {"reason": details["reason"]}


def moment(study: Study, value: str | None) -> str:
    return day_in_zone(study, datetime.fromisoformat(value)) if value else ""


def closing_in_words(closing: Closing) -> Words:
    if closing.is_shown:
        state = _("shown")
    elif closing.is_superseded:
        state = _("superseded by a later closing")
    elif closing.is_counted:
        state = _("not shown: beside the figures that were seen, these could give somebody away")
    else:
        state = _("not counted yet")
    return {"number": closing.number, "sha256": closing.snapshot_sha256, "erased": closing.erased, "state": state, "is_incomplete": closing.is_incomplete}


# --- wordings and groups ---


def wordings_summary(record: Record) -> str:
    """Whether answers can be compared with earlier ones."""
    n, compared = len(record.wordings), sum(wording.compares_with is not None for wording in record.wordings)
    said = {"n": n, "compared": compared}
    return ngettext("%(n)s question was asked; the answers to %(compared)s compare with those of an earlier round.",
                    "%(n)s questions were asked; the answers to %(compared)s compare with those of an earlier round.", n) % said


def wording_in_words(study: Study, wording: Wording) -> Words:
    version, earlier = wording.version, wording.compares_with
    if earlier is not None and earlier.item_version_id == version.pk:
        compares = _("with round %(number)s, the same wording") % {"number": earlier.round.number}
    elif earlier is not None:
        said = {"number": earlier.round.number, "version": earlier.item_version.number}
        compares = _("with round %(number)s, version %(version)s, declared equivalent") % said
    else:
        compares = _("asked for the first time") if wording.is_new else _("with no earlier wording")
    return {"code": version.item.code, "text": marked(study, version.definition["text"]), "version": version.number, "compares": compares}


def told_in_words(study: Study, told: Told) -> Words:
    name = EVERYBODY.get(told.group_type) or marked(study, told.name) or told.group
    return {"name": name, "rows": told.rows, "protected": told.protected, "without_pairs": told.without_pairs, "rough": told.rough,
            "told": told.rows - told.protected}
