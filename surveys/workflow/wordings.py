"""What becomes of questions after the study has begun: new versions, further items, and corrections of typing errors."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from surveys.enums import RoundState
from surveys.exceptions import NotReady, Refused
from surveys.items import kind_of, resolve_item
from surveys.models import AskedItem, Item, ItemVersion, Round, Section, Study
from surveys.queries import definition_of, versions_of
from surveys.studyfile.negation import is_negated_anew
from surveys.studyfile.single_item import Lines, check_item
from surveys.studyfile.wording import Change, Texts, changes, is_small, with_texts
from surveys.workflow.drafts import check_taken, keep_outside_edit
from surveys.workflow.locks import lock_round_for_changing, lock_study
from surveys.workflow.record import record_act
from surveys.workflow.studies import rules_of_item

RULE_KEYS = ("consensus", "stability", "scale")
VERSION_KEYS = ("version", "equivalent_to")


@transaction.atomic
def reword_item(study: Study, code: str, definition: Mapping[str, Any], *, equivalent: bool, reason: str, lines: Lines | None = None,
                read: Mapping[str, Any] | None = None, by: Any = None) -> ItemVersion:
    """A new version of an item that was asked before; a version that was never asked is replaced.

    `definition` is the whole item as in the study file (`lines`: see `add_item`); its version is set here. `equivalent`: the
    organizer declares that answers to the version asked last compare with answers to this one. `read`: what its author had before
    them; refused where it is not what stands there now.
    """
    study = lock_study(study.pk)
    check_between_rounds(study)
    check_taken(study)
    newest, asked = present_versions(study, code)
    before = newest.definition
    check_read(before, read)
    compares = equivalent and asked is not None
    given = with_version(definition, newest, asked, compares)
    if _without_version(given) == _without_version(before) and (newest == asked or given == before):
        raise Refused(_("Nothing is changed. Change the wording, or leave the item as it is."))
    _check_same_item(study, before, given)
    check_item(definition_of(study), newest.item.section.code, given, replaces=code, lines=lines)
    if asked is not None:
        check_reason(reason)
    if asked is not None and compares:
        _check_comparable(study, asked.definition, given)
    version = write_version(newest, asked, given, compares)
    details = {"version": version.number, **before_and_after(list(changes(before, given, study.source_language))), "changed": _changed_keys(before, given)}
    if asked is not None:
        details |= {"reason": reason.strip(), "compares_with": asked.number if compares else "–"}
    record_act(study, "replace_item" if asked is None else "reword_item", by=by, subject=f"item {code}", **details)
    keep_outside_edit(study, by=by)
    return version


def check_read(present: Any, read: Any) -> None:
    """Two may save at once: under the study's lock the second is told. None for whoever has read nothing."""
    if read is not None and read != present:
        raise Refused(_("Somebody has changed this question while you saved. Save again to see what stands there now."))


def with_version(definition: Mapping[str, Any], newest: ItemVersion, asked: ItemVersion | None, compares: bool) -> dict[str, Any]:
    """The definition as it will be kept: under a number of its own, as soon as an earlier wording was asked."""
    given = _without_version(definition)
    if asked is None:
        return given | {key: newest.definition[key] for key in VERSION_KEYS if key in newest.definition}
    given["version"] = newest.number + 1 if newest == asked else newest.number
    return given | ({"equivalent_to": asked.number} if compares else {})


def _without_version(definition: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in definition.items() if key not in VERSION_KEYS}


def present_versions(study: Study, code: str) -> tuple[ItemVersion, ItemVersion | None]:
    """The version of an item that the next round asks, and the newest one that experts have met, None for an item that no round has
    asked yet (1 query). Raises Refused where the study has no such item.
    """
    versions = versions_of(study, item__code=code)
    if not versions:
        raise Refused(_("The study has no item %(codes)s.") % {"codes": code})
    return versions[-1], asked_last(versions)


def asked_last(versions: Iterable[ItemVersion]) -> ItemVersion | None:
    return next((version for version in reversed(list(versions)) if version.was_asked), None)


def check_between_rounds(study: Study) -> None:
    """Raises NotReady while questions can't be changed (1 query)."""
    if study.finished_at is not None:
        raise NotReady(_("The study is finished; its questions can't be changed any more."))
    present = study.rounds.filter(state=RoundState.OPEN).first()
    if present is not None:
        text = _("Round %(number)s is open: experts are answering. Correct a typing error, or change the question when the round is closed.")
        raise NotReady(text % {"number": present.number})


def check_reason(reason: str) -> None:
    """Raises Refused for an empty one."""
    if not reason.strip():
        raise Refused(_("Give a reason; it becomes part of the record."))


def _check_same_item(study: Study, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """An item keeps its code and kind for good, and its rules from the moment when they are locked."""
    if after.get("code") != before["code"] or after.get("kind") != before["kind"]:
        raise Refused(_("An item keeps its code and its kind. Add a question of its own instead."))
    if study.rules_locked_at is None:
        return
    fixed = [key for key in RULE_KEYS if after.get(key) != before.get(key)]
    fixed += [axis for axis in ("x", "y") if isinstance(after.get(axis), dict) and after[axis].get("scale") != before[axis]["scale"]]
    if fixed:
        text = _("The study's rules are locked, so %(keys)s can't be changed. Add a question of its own instead.")
        raise Refused(text % {"keys": ", ".join(fixed)})


def _check_comparable(study: Study, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Answers compare only where they are made of the same numbers: codes, levels, categories, limits."""
    old, new = ({component.code: (component.level, component.categories, component.minimum, component.maximum) for component in kind_of(spec).components(spec)}
                for spec in (resolve_item(definition, study.settings) for definition in (before, after)))
    differing = sorted(code for code in {*old, *new} if old.get(code) != new.get(code))
    if differing or list(old) != list(new):
        parts = ", ".join(code for code in differing if code)
        text = _("Answers to the two wordings can't be compared: options, rows, columns, quantiles or limits differ (%(parts)s). "
                 "Say that they do not compare, or leave these as they were.")
        if not parts:
            text = _("Answers to the two wordings can't be compared: options, limits or their order differ. "
                     "Say that they do not compare, or leave these as they were.")
        raise Refused(text % {"parts": parts})


def write_version(newest: ItemVersion, asked: ItemVersion | None, definition: dict[str, Any], compares: bool) -> ItemVersion:
    """Over the newest version, unless that was asked. A round that is prepared and not yet open asks the new one."""
    line = (asked.first_version or asked) if asked is not None and compares else None
    if newest != asked:
        newest.definition, newest.first_version = definition, line
        newest.save(update_fields=["definition", "first_version"])
        return newest
    version = ItemVersion.objects.create(item=newest.item, number=definition["version"], definition=definition, first_version=line)
    AskedItem.objects.filter(item_version=newest, round__state=RoundState.DRAFT).update(item_version=version)
    return version


def _changed_keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Keys of the study file that differ, for the record."""
    return sorted(key for key in {*before, *after} - set(VERSION_KEYS) if before.get(key) != after.get(key))


def before_and_after(found: list[Change]) -> dict[str, list[str]]:
    """The texts that changed, place and language before each."""
    return {"before": [f"{change.place} ({change.language}): {change.before or '–'}" for change in found],
            "after": [f"{change.place} ({change.language}): {change.after or '–'}" for change in found]}


@transaction.atomic
def add_item(study: Study, section: str, definition: Any, *, reason: str, title: Any = None, lines: Lines | None = None, by: Any = None) -> Item:
    """A further question for later rounds, at the end of a section; with a `title`, of a new section at the end.

    `definition` is the item as in the study file, `lines` where its paths stand in the text that it was read from.
    """
    study = lock_study(study.pk)
    check_between_rounds(study)
    check_taken(study)
    check_reason(reason)
    whole = definition_of(study)
    is_there = section in [part["section"] for part in whole["questionnaire"]]
    if title is None and not is_there:
        raise Refused(_("The study has no section %(code)s. Choose another, or give the new one a title.") % {"code": section})
    if title is not None and is_there:
        raise Refused(_("The study has a section %(code)s already. Choose it, or give the new one another code.") % {"code": section})
    check_item(whole, section, definition, title=title, lines=lines)
    holder = _section(study, section, title)
    last = holder.items.aggregate(last=Max("position"))["last"]
    item = Item.objects.create(study=study, section=holder, code=definition["code"], kind=definition["kind"], position=0 if last is None else last + 1)
    ItemVersion.objects.create(item=item, number=definition.get("version", 1), definition=definition)
    rules = [f"{key}: {json.dumps(value)}" for key, value in rules_of_item(definition).items()]
    texts = before_and_after(list(changes({}, definition, study.source_language)))["after"]
    record_act(study, "add_item", by=by, subject=f"item {item.code}", reason=reason.strip(), section=section, kind_of_item=item.kind, rules=rules, after=texts)
    keep_outside_edit(study, by=by)
    return item


def _section(study: Study, code: str, title: Any) -> Section:
    if title is None:
        return study.sections.get(code=code)
    last = study.sections.aggregate(last=Max("position"))["last"]
    return Section.objects.create(study=study, code=code, title=title, position=0 if last is None else last + 1)


@transaction.atomic
def correct_text(study_round: Round, code: str, texts: Texts, *, reason: str, read: Mapping[str, Any] | None = None, by: Any = None) -> ItemVersion:
    """Correct typing errors in an item that an open round asks, or add a missing translation; the version stays the same.

    `texts`: place → language → text, places as in surveys/studyfile/wording.py. What is not named stays as it is. `read`: as in reword_item.
    """
    study_round = lock_round_for_changing(study_round.pk)
    study = study_round.study
    if study_round.state != RoundState.OPEN:
        raise NotReady(_("Round %(number)s is not open. Between rounds a question is reworded instead.") % {"number": study_round.number})
    asked = study_round.asked_items.select_related("item_version").filter(item_version__item__code=code).first()
    if asked is None:
        raise Refused(_("Round %(number)s does not ask %(code)s.") % {"number": study_round.number, "code": code})
    version = asked.item_version
    check_read(version.definition, read)
    after = _corrected(version.definition, texts, study.source_language)
    found = list(changes(version.definition, after, study.source_language))
    if not found:
        raise Refused(_("Nothing is changed. Change the text, or leave it as it is."))
    check_reason(reason)
    check_corrections(study, found)
    check_item(definition_of(study), "", after, replaces=code)
    version.definition = after
    version.save(update_fields=["definition"])
    # Every page that shows the version, of this round or an earlier one, is made anew.
    Round.objects.filter(asked_items__item_version=version).update(edition=F("edition") + 1)
    record_act(study, "correct_text", by=by, subject=f"round {study_round.number} · {code}", reason=reason.strip(), **before_and_after(found))
    keep_outside_edit(study, by=by)
    return version


def _corrected(definition: Mapping[str, Any], texts: Texts, source: str) -> dict[str, Any]:
    try:
        return with_texts(definition, texts, source)
    except KeyError as unknown:
        raise Refused(_("The item has no text at %(place)s.") % {"place": unknown.args[0]}) from None


def check_corrections(study: Study, found: list[Change]) -> None:
    """Raises Refused for what could be more than a typing error or a missing translation."""
    present = {(change.place, change.language): change for change in found}
    for change in found:
        about = {"place": change.place, "language": change.language}
        source = present.get((change.place, study.source_language))
        if change.language not in study.languages:
            raise Refused(_("The study is not asked in %(language)s. Choose one of its languages.") % about)
        if not change.after:
            raise Refused(_("The text of %(place)s (%(language)s) can't be taken away while the round is open.") % about)
        if not change.before and (change.language == study.source_language or (source is not None and not source.before)):
            raise Refused(_("There was no text at %(place)s. While the round is open only typing errors are corrected and translations added.") % about)
        if change.before and not is_small(change.before, change.after):
            raise Refused(_("The change of %(place)s (%(language)s) is more than a typing error: too many signs differ, or a number does. "
                            "Close the round and reword the question, so that nobody's answer counts for words never read.") % about)
        if change.before and is_negated_anew(change.before, change.after, change.language):
            raise Refused(_("The change of %(place)s (%(language)s) adds a negation or takes one away, which turns round what is asked. "
                            "Close the round and reword the question, so that nobody's answer counts for words never read.") % about)
