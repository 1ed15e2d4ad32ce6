"""What becomes of texts that several questions share, after the study has begun: corrected while a round is open, reworded between rounds.

Reworded, a scale or list of options goes on under a new name, so that what earlier rounds asked keeps its own words: see ADR 12.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from surveys.enums import RoundState
from surveys.exceptions import NotReady, Refused
from surveys.models import ItemVersion, Round, Study
from surveys.queries import definition_of, newest_of, versions_of
from surveys.studyfile.checking import problems_in
from surveys.studyfile.problems import StudyFileRefused
from surveys.studyfile.shared_wording import (
    HEAD,
    WHOLE,
    list_of,
    lists_in,
    next_name,
    shared_texts,
    split,
    using,
    with_shared_texts,
)
from surveys.studyfile.wording import Texts, changed_texts
from surveys.workflow.drafts import check_taken, keep_outside_edit
from surveys.workflow.locks import lock_rounds_for_changing, lock_study
from surveys.workflow.record import record_act
from surveys.workflow.text_reviews import remember_texts
from surveys.workflow.wordings import (
    asked_last,
    before_and_after,
    check_between_rounds,
    check_corrections,
    check_read,
    check_reason,
    with_version,
    write_version,
)

# Under these every answer was given, whatever its question: while they hold answers, they are corrected and never reworded.
FOR_GOOD = ("perspective", "panels")
Definition = Mapping[str, Any]


@transaction.atomic
def correct_shared_texts(study: Study, part: str, texts: Texts, *, reason: str, read: Texts | None = None, by: Any = None) -> None:
    """Correct typing errors in a part's texts, or add a missing translation: wherever they stand, at once.

    `part` and `texts` as in surveys/studyfile/shared_wording.py; `read`: the texts that their author had before them.
    Between rounds headings and introductions may change freely, and scales and lists are reworded instead.
    """
    study = lock_study(study.pk)
    is_open = check_begun(study)
    if part != WHOLE and not is_open:
        raise NotReady(_("No round is open. Between rounds a scale or list is reworded instead."))
    before = definition_of(study)
    after = _changed(before, part, texts, read)
    found = list(changed_texts(shared_texts(before, part), shared_texts(after, part)))
    check_reason(reason)
    check_corrections(study, [change for change in found if is_open or change.place.partition(".")[0] in FOR_GOOD])
    check_whole(before, after)
    write_shared_texts(study, after)
    record_act(study, "correct_shared_text", by=by, subject=part, reason=reason.strip(), **before_and_after(found))
    keep_outside_edit(study, by=by)


def check_begun(study: Study) -> bool:
    """Is a round open? Raises NotReady where no such change can be made at all."""
    if study.finished_at is not None:
        raise NotReady(_("The study is finished; its texts can't be changed any more."))
    states = set(study.rounds.values_list("state", flat=True))
    if not states - {RoundState.DRAFT}:
        raise NotReady(_("No round has opened yet. Change the study itself."))
    return RoundState.OPEN in states


def _changed(before: Definition, part: str, texts: Texts, read: Texts | None) -> dict[str, Any]:
    try:
        check_read(shared_texts(before, part), read)
        after = with_shared_texts(before, part, texts)
    except KeyError as unknown:
        raise Refused(_("The study has no text at %(place)s.") % {"place": unknown.args[0]}) from None
    if after == before:
        raise Refused(_("Nothing is changed. Change the text, or leave it as it is."))
    return after


def check_whole(before: Definition, after: Definition) -> None:
    """Raises StudyFileRefused for mistakes that the change makes; those that were there before are none of its own."""
    present = {(problem.path, problem.text) for problem in problems_in(before)}
    new = [problem for problem in problems_in(after) if (problem.path, problem.text) not in present]
    if new:
        raise StudyFileRefused(new)


def write_shared_texts(study: Study, definition: Definition) -> None:
    """The shared texts of a definition into the study's own rows; every page of every round is made anew.

    The rounds' gates come first, or experts who go on saving could keep this act waiting.
    """
    lock_rounds_for_changing(study.pk)
    for key in (*HEAD, "organisation", "consent", "scales", "option_lists", "panels"):
        if key in definition:
            study.settings[key] = definition[key]
    study.save(update_fields=["settings"])
    for rows, given in ((study.panels, definition["panels"]), (study.theatres, definition.get("theatres", []))):
        for one in given:
            rows.filter(code=one["code"]).update(name=one["name"])
    for section in definition["questionnaire"]:
        study.sections.filter(code=section["section"]).update(title=section["title"])
    Round.objects.filter(study=study).update(edition=F("edition") + 1)


@transaction.atomic
def reword_list(study: Study, part: str, texts: Texts, *, equivalent: bool, reason: str, read: Texts | None = None, by: Any = None) -> list[ItemVersion]:
    """Other words for a scale's labels or a list's options: every question that uses it gets a new version, those asked before keep theirs.

    `equivalent`: the organizer declares that answers under the old words compare with answers under the new ones. A list that no
    round has asked is simply replaced; no version is made then.
    """
    study = lock_study(study.pk)
    check_between_rounds(study)
    check_taken(study)
    before = definition_of(study)
    if part == WHOLE:
        raise Refused(_("The study has no scale or list %(name)s.") % {"name": part})
    after = _changed(before, part, texts, read)
    found = list(changed_texts(shared_texts(before, part), shared_texts(after, part)))
    check_whole(before, after)
    known = versions_of(study)
    versions = [version for version in newest_of(known) if part in lists_in(version.definition)]
    if not was_asked(known, part):
        write_shared_texts(study, after)
        record_act(study, "replace_list", by=by, subject=part, **before_and_after(found))
        keep_outside_edit(study, by=by)
        return []
    check_reason(reason)
    if not versions:
        raise Refused(_("No question uses %(name)s any more: only earlier rounds asked it.") % {"name": split(part)[1]})
    name = _under_new_name(study, part, before, after)
    made = [_using(version, asked_last(other for other in known if other.item_id == version.item_id), part, name, equivalent) for version in versions]
    check_whole(before, definition_of(study))
    record_act(study, "reword_list", by=by, subject=part, reason=reason.strip(), name=name, questions=[version.item.code for version in made],
               compares="yes" if equivalent else "no", **before_and_after(found))
    keep_outside_edit(study, by=by)
    return made


def _under_new_name(study: Study, part: str, before: Definition, after: Definition) -> str:
    """The reworded list beside the old one. Returns its name."""
    name = next_name(before, part)
    kind = split(part)[0]
    study.settings[kind][name] = list_of(after, part)
    study.save(update_fields=["settings"])
    # Translations that stay were written for the old words, and are outdated where the new ones differ.
    remember_texts(study, {**before, kind: {**before[kind], name: list_of(before, part)}})
    return name


def _using(version: ItemVersion, asked: ItemVersion | None, part: str, name: str, equivalent: bool) -> ItemVersion:
    """The next version of an item, with the list of this name. A version that waits to be asked keeps to what was declared of it."""
    compares = equivalent and asked is not None and (version == asked or "equivalent_to" in version.definition)
    definition = with_version(using(version.definition, part, name), version, asked, compares)
    return write_version(version, asked, definition, compares)


def was_asked(versions: Iterable[ItemVersion], part: str) -> bool:
    """Has any round asked an item under the present words of this list? `versions`: of queries.versions_of."""
    return part in parts_used(version for version in versions if version.was_asked)


def parts_used(versions: Iterable[ItemVersion]) -> list[str]:
    """The scales and lists that versions use, each once."""
    return list(dict.fromkeys(part for version in versions for part in lists_in(version.definition)))
