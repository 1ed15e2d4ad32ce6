"""Writing translations: freely until round 1 opens; after that what is missing, and what no expert has read yet, between rounds.

Whatever experts have read goes the ways that every text goes then: corrected in an open round, reworded between rounds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import TranslationState
from surveys.exceptions import Refused
from surveys.models import ItemVersion, Study, TextReview
from surveys.models.translation import KEY_LENGTH, NOTE_LENGTH
from surveys.queries import newest_of, versions_of
from surveys.studyfile.shared_wording import LISTS, SCALES
from surveys.studyfile.translating import KeyedText, as_typed, digest_of_text, problem_of, study_texts, with_translations
from surveys.studyfile.wording import Change
from surveys.workflow.drafts import Definition, edit_draft, read_draft
from surveys.workflow.locks import lock_study
from surveys.workflow.record import record_act
from surveys.workflow.shared_texts import check_whole, parts_used, write_shared_texts
from surveys.workflow.text_reviews import remember_texts, reviews_of
from surveys.workflow.wordings import before_and_after


class Phase(StrEnum):
    """When it is, as far as texts are concerned."""

    WRITING = "writing"
    BETWEEN = "between"
    OPEN = "open"
    FINISHED = "finished"


@dataclass(frozen=True)
class Standing:
    """What may be written now. `unread`: items, scales and lists of which no round has asked the present words, as (kind, code)."""

    phase: Phase
    open_round: int | None = None
    unread: frozenset[tuple[str, str]] = frozenset()

    def may_write(self, text: KeyedText, language: str) -> bool:
        if self.phase is Phase.BETWEEN:
            return not text.has(language) or (text.kind, text.code) in self.unread
        return self.phase is Phase.WRITING


@dataclass(frozen=True)
class Written:
    """What a translator gives for one text. `seen`: the digest of source and translation that were read, "" where nobody can say.

    `source_digest`: of the source that was translated, "" for the one of now. `is_reviewed` None: as it is.
    """

    text: str
    seen: str = ""
    source_digest: str = ""
    is_reviewed: bool | None = None
    note: str = ""


class TranslationsRefused(Refused):
    """Nothing was saved. `found`: key → why its text can't be taken."""

    def __init__(self, found: dict[str, str]) -> None:
        self.found = found
        super().__init__(_("Nothing is saved yet: some texts can't be taken as they are."))


def standing_of(study: Study, versions: Sequence[ItemVersion] | None = None) -> Standing:
    """No query before round 1 opens; after that 1, and none with the `versions` of queries.versions_of at hand."""
    if study.finished_at is not None:
        return Standing(Phase.FINISHED)
    if study.rules_locked_at is None:
        return Standing(Phase.WRITING)
    known = versions_of(study) if versions is None else versions
    present = next((version.open_number for version in known), None)
    return Standing(Phase.BETWEEN, unread=_unread(study, known)) if present is None else Standing(Phase.OPEN, present)


def _unread(study: Study, versions: Sequence[ItemVersion]) -> frozenset[tuple[str, str]]:
    read = parts_used(version for version in versions if version.was_asked)
    items = {("item", version.item.code) for version in newest_of(versions) if not version.was_asked}
    lists = {(kind, name) for kind, key in (("scale", SCALES), ("list", LISTS)) for name in study.settings.get(key, {}) if f"{key}.{name}" not in read}
    return frozenset(items | lists)


def seen_digest(text: KeyedText, language: str) -> str:
    """Names what a translator reads: the source and the translation."""
    return digest_of_text(f"{text.source}\0{text.texts.get(language, '')}")


@transaction.atomic
def save_translations(study: Study, language: str, written: Mapping[str, Written], *, by: Any = None) -> int:
    """Save texts (key → what was written) in one language, all or none. Returns how many texts changed.

    Raises TranslationsRefused with the reason of each text that can't be taken.
    """
    study = lock_study(study.pk)
    before = read_draft(study).definition
    if language not in before["languages"][1:]:
        raise Refused(_("The study is not translated into %(language)s. Choose one of its languages.") % {"language": language})
    texts = {text.key: text for text in study_texts(before)}
    tidy = {key: as_typed(texts[key], given.text) for key, given in written.items() if key in texts}
    changed = {key: new for key, new in tidy.items() if new != texts[key].texts.get(language, "")}
    _check(standing_of(study), texts, language, written, changed)
    if changed:
        _write(study, before, language, changed, by)
    _keep_reviews(study, language, texts, tidy, written, changed, by)
    return len(changed)


def _check(standing: Standing, texts: Mapping[str, KeyedText], language: str, written: Mapping[str, Written], changed: Mapping[str, str]) -> None:
    found = {key: problem for key, given in written.items()
             if (problem := _problem(standing, texts.get(key), language, given, changed.get(key)))}
    if found:
        raise TranslationsRefused(found)


def _problem(standing: Standing, text: KeyedText | None, language: str, given: Written, new: str | None) -> str:
    if text is None or len(text.key) > KEY_LENGTH:
        return _("The study has no such text any more: somebody has changed it in between.")
    if new is None and not given.is_reviewed:
        return ""
    if given.seen not in ("", seen_digest(text, language)):
        return _("Somebody has changed this text, or its source, in between. What stands there now is shown beside yours; save again if yours is to hold.")
    if new is None:
        return ""
    return problem_of(text, new) or ("" if standing.may_write(text, language) else why_not(standing))


def why_not(standing: Standing) -> str:
    """Why a text can't be written now, in words."""
    if standing.phase is Phase.OPEN:
        text = _("Round %(number)s is open: experts are answering. Until it closes, texts are corrected there, with a reason.")
        return text % {"number": standing.open_round}
    if standing.phase is Phase.FINISHED:
        return _("The study is finished; its texts can't be changed any more.")
    return _("Experts have read this translation. Between rounds it is reworded, with a reason, so that the record keeps both.")


def _write(study: Study, before: Definition, language: str, changed: Mapping[str, str], by: Any) -> None:
    if standing_of(study).phase is Phase.WRITING:
        edit_draft(study, "translations", lambda present: with_translations(present, language, changed), subject=language, by=by)
        return
    after = with_translations(before, language, changed)
    check_whole(before, after)
    write_shared_texts(study, after)
    _write_items(study, after)
    remember_texts(study, after, by=by)
    present = {text.key: text.texts.get(language, "") for text in study_texts(before)}
    record_act(study, "add_translations", by=by, subject=language,
               **before_and_after([Change(key, language, present[key], new) for key, new in changed.items()]))


def _write_items(study: Study, definition: Definition) -> None:
    """Into the versions that the next round asks. Their numbers stay: what is asked is the same."""
    items = {item["code"]: item for section in definition["questionnaire"] for item in section["items"]}
    for version in newest_of(versions_of(study)):
        if version.definition != items[version.item.code]:
            version.definition = items[version.item.code]
            version.save(update_fields=["definition"])


def _keep_reviews(study: Study, language: str, texts: Mapping[str, KeyedText], tidy: Mapping[str, str], written: Mapping[str, Written],
                  changed: Iterable[str], by: Any) -> None:
    """For which source each text was written, and whether it was reviewed: what somebody says now counts more than what was known."""
    known, rows = reviews_of(study), []
    for key, given in written.items():
        row = known.get((key, language, digest_of_text(tidy[key])))
        if not tidy[key] or (row is None and not given.is_reviewed and not given.note):
            continue
        row = row or TextReview(study=study, key=key, language=language, text_digest=digest_of_text(tidy[key]), source_digest=digest_of_text(texts[key].source))
        if _is_told(row, given, given.source_digest or digest_of_text(texts[key].source), key in changed):
            row.by, row.at = by, timezone.now()
            rows.append(row)
    TextReview.objects.bulk_create([row for row in rows if row.pk is None])
    TextReview.objects.bulk_update([row for row in rows if row.pk is not None], ["source_digest", "state", "note", "by", "at"])


def _is_told(row: TextReview, given: Written, source: str, is_new: bool) -> bool:
    """Takes over what is said of a translation. False where the row said the same already."""
    before = (row.pk is None, row.source_digest, row.state, row.note)
    if is_new or given.is_reviewed:
        row.source_digest = source
    if given.is_reviewed is not None or is_new:
        row.state = TranslationState.REVIEWED if given.is_reviewed else TranslationState.DRAFT
    row.note = given.note[:NOTE_LENGTH] or row.note
    return before != (False, row.source_digest, row.state, row.note)
