"""How far translations are: missing, outdated, draft or reviewed. Rows remember for which source each wording was written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.enums import TranslationState
from surveys.models import ItemVersion, Study, TextReview
from surveys.models.translation import KEY_LENGTH
from surveys.queries import definition_of
from surveys.studyfile.shared_wording import without_unused_lists
from surveys.studyfile.translating import KeyedText, digest_of_text, study_texts

Definition = Mapping[str, Any]
Reviews = Mapping[tuple[str, str, str], TextReview]  # key, language, digest of the translation


@dataclass(frozen=True)
class Translation:
    """One text in one language, with its state."""

    text: KeyedText
    language: str
    state: TranslationState
    note: str = ""

    @property
    def present(self) -> str:
        return self.text.texts.get(self.language, "")


@dataclass(frozen=True)
class Completeness:
    """Of one language: how many texts are in which state."""

    missing: int = 0
    outdated: int = 0
    draft: int = 0
    reviewed: int = 0

    @property
    def total(self) -> int:
        return self.missing + self.outdated + self.draft + self.reviewed

    @property
    def is_complete(self) -> bool:
        return not (self.missing or self.outdated)

    @property
    def percent(self) -> int:
        """Rounded down: 100 means that nothing is missing or outdated."""
        return 100 * (self.draft + self.reviewed) // self.total if self.total else 100

    @property
    def percent_reviewed(self) -> int:
        return 100 * self.reviewed // self.total if self.total else 100


def reviews_of(study: Study) -> dict[tuple[str, str, str], TextReview]:
    """1 query."""
    return {(row.key, row.language, row.text_digest): row for row in TextReview.objects.filter(study=study)}


def translations_in(definition: Definition, language: str, reviews: Reviews) -> list[Translation]:
    return [_standing(text, language, reviews) for text in study_texts(definition)]


def _standing(text: KeyedText, language: str, reviews: Reviews) -> Translation:
    if not text.has(language):
        return Translation(text, language, TranslationState.MISSING)
    row = reviews.get((text.key, language, digest_of_text(text.texts[language])))
    if row is None:
        return Translation(text, language, TranslationState.DRAFT)
    is_current = row.source_digest == digest_of_text(text.source)
    return Translation(text, language, TranslationState(row.state) if is_current else TranslationState.OUTDATED, row.note)


def completeness_in(definition: Definition, reviews: Reviews) -> dict[str, Completeness]:
    """For every language but the source."""
    texts = study_texts(definition)
    counts = {language: Counter(_standing(text, language, reviews).state for text in texts) for language in definition["languages"][1:]}
    return {language: Completeness(**{state.value: count for state, count in found.items()}) for language, found in counts.items()}


def completeness(study: Study, versions: Sequence[ItemVersion] | None = None) -> dict[str, Completeness]:
    """Of what the next round can ask: earlier words of a list, which no question uses any more, need no translation.

    3 queries; 2 with the newest `versions` at hand.
    """
    return completeness_in(without_unused_lists(definition_of(study, versions)), reviews_of(study))


def gaps(study: Study, versions: Sequence[ItemVersion] | None = None) -> dict[str, Completeness]:
    """The languages in which no round opens unless somebody says so: texts are missing or outdated."""
    return {language: found for language, found in completeness(study, versions).items() if not found.is_complete}


def opened_with_gaps(study: Study, languages: Sequence[str]) -> dict[str, list[str]]:
    """For the record of a round that opens: the incomplete languages among these, each with its percent; {} where there is none."""
    found = gaps(study) if set(languages) - {study.source_language} else {}
    incomplete = [f"{language} {found[language].percent} %" for language in languages if language in found]
    return {"incomplete": incomplete} if incomplete else {}


def remember_texts(study: Study, definition: Definition, *, is_authoritative: bool = False, by: Any = None) -> None:
    """Every translation that is new here was written for the source of now. A wording that was known keeps what is known of it.

    `is_authoritative`: the definition is a file that somebody stands for, so that what it holds together belongs together.
    """
    translated = _translated(definition)
    known, new, renewed = reviews_of(study) if translated else {}, [], []
    elsewhere = _by_wording(known.values(), {text.key for text, _language in translated})
    for text, language in translated:
        written, source = digest_of_text(text.texts[language]), digest_of_text(text.source)
        row = known.get((text.key, language, written))
        if row is None:
            row = _inherited(TextReview(study=study, key=text.key, language=language, text_digest=written, source_digest=source, by=by), elsewhere)
            new.append(row)
        if is_authoritative and row.source_digest != source:
            row.source_digest, row.state = source, TranslationState.DRAFT
            renewed.append(row)
    TextReview.objects.bulk_update([row for row in renewed if row.pk is not None], ["source_digest", "state"])
    TextReview.objects.bulk_create(new)


def _by_wording(rows: Iterable[TextReview], present: set[str]) -> dict[tuple[str, str, str, str], TextReview]:
    """What may be said of a text under another key. Of a key that is still there only what holds for the same source; "": for any."""
    found = {}
    for row in rows:
        kind = row.key.partition(":")[0]
        found[(kind, row.language, row.text_digest, row.source_digest)] = row
        if row.key not in present:
            found[(kind, row.language, row.text_digest, "")] = row
    return found


def _inherited(row: TextReview, elsewhere: Mapping[tuple[str, str, str, str], TextReview]) -> TextReview:
    """A text that came under a new key (a code was changed, a question duplicated) stays as far as it was."""
    wording = (row.key.partition(":")[0], row.language, row.text_digest)
    other = elsewhere.get((*wording, row.source_digest)) or elsewhere.get((*wording, ""))
    if other is not None:
        row.source_digest, row.state, row.note, row.by, row.at = other.source_digest, other.state, other.note, other.by, other.at
    return row


def _translated(definition: Definition) -> list[tuple[KeyedText, str]]:
    languages = definition["languages"][1:]
    texts = study_texts(definition) if languages else []
    return [(text, language) for text in texts if len(text.key) <= KEY_LENGTH for language in languages if text.has(language)]
