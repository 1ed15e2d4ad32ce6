"""What experts wrote about an item and a moderator let through: without panel or pseudonym, in the order of reasons.csv, which tells nothing.

Only texts of those whose answers the shown figures count, as in the files. Without numpy.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from analysis.frozen_item import FrozenItem, frozen_item
from analysis.models import AnalysisRun, Snapshot
from analysis.results.item import ALL, ItemOfRound
from surveys.templatetags.written import language_by_signs
from surveys.workflow.open_answers import open_answers_let_through
from surveys.workflow.rationales import reasons_let_through

MOST_UNFOLDED = 10
SIDES: dict[str, str | Promise] = {
    "below": gettext_lazy("Answered below the middle half"),
    "within": gettext_lazy("Answered within the middle half"),
    "above": gettext_lazy("Answered above the middle half"),
    "": gettext_lazy("Where they answered is not told"),
}


@dataclass(frozen=True)
class Written:
    """`side`: below, within, above, or "" where the file has none. `language`: ko or ja where its signs show it."""

    side: str
    language: str
    words: str


@dataclass(frozen=True)
class Side:
    """The texts of one side; after the first few the others are folded."""

    title: str
    written: Sequence[Written]

    @property
    def first(self) -> Sequence[Written]:
        return self.written[:MOST_UNFOLDED]

    @property
    def folded(self) -> Sequence[Written]:
        return self.written[MOST_UNFOLDED:]


def takes_texts(item: ItemOfRound) -> bool:
    return item.spec.kind == "text" or item.spec.rationale != "none"


def texts_of(item: ItemOfRound) -> list[Written]:
    """1 query where nothing was let through, else 2."""
    if not takes_texts(item):
        return []
    let_through = open_answers_let_through if item.spec.kind == "text" else reasons_let_through
    said = [(panelist, words) for _asked, panelist, words in let_through(item.run.round, asked_item=item.asked.pk)]
    if not said:
        return []
    snapshot = Snapshot.objects.get(round=item.run.round_id, closing=item.run.closing)
    frozen = frozen_item(snapshot.content, f"{item.code}/{item.asked.item_version.number}")
    return list(_counted(item, snapshot, frozen, said)) if frozen else []


def _counted(item: ItemOfRound, snapshot: Snapshot, frozen: FrozenItem, said: Iterable[tuple[str, str]]) -> Iterator[Written]:
    sides = sides_of(item, frozen) if is_whole(item.run, snapshot) and item.spec.kind != "text" else {}
    told = [(sides.get(panelist, ""), words) for panelist, words in said if frozen.counts(panelist)]
    for side, words in sorted(told, key=lambda entry: (hashlib.sha256(entry[1].encode()).hexdigest(), entry[0])):
        yield Written(side, language_by_signs(words), words)


def is_whole(run: AnalysisRun, snapshot: Snapshot) -> bool:
    """Else positions that come or go would tell on which side somebody is gone."""
    return sum(snapshot.erased.values()) == run.erased_before.get(str(run.round.number), 0)


def sides_of(item: ItemOfRound, frozen: FrozenItem) -> dict[str, str]:
    """Where everybody's row is shown and has quartiles."""
    everybody = next((row for part in item.parts if not part.code for row in part.rows if row.group == ALL), None)
    if everybody is None or everybody.suppressed or everybody.figures.get("q1") is None:
        return {}
    return frozen.sides(everybody.figures["q1"], everybody.figures["q3"])


def by_side(written: Sequence[Written]) -> list[Side]:
    """Under headings where the file tells sides; without one else."""
    if not any(text.side for text in written):
        return [Side("", written)] if written else []
    found = [Side(str(title), [text for text in written if text.side == side]) for side, title in SIDES.items()]
    return [side for side in found if side.written]
