"""Median and middle half by round: small multiples of the questions of a section, on one axis where they share a scale."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from analysis.charts import Caption, Chart, Known, PathPoint, PathSeries, path_chart
from analysis.charts.scale import covering
from analysis.results.convergence import Convergence, PublishedRow, Tracked
from analysis.results.lines import component_in_words
from analysis.results.pictures import WITHOUT_ORDER, component_of, scale_of
from analysis.results.shortened import told_apart
from analysis.results.value_words import in_figures
from surveys.enums import Level
from surveys.models import Study
from surveys.templatetags.organizer import marked
from surveys.views.expert.wording import Wording

MOST_AT_ONCE = 24
TOO_MANY = ("grid",)  # one path for each cell would be hundreds; their own pages tell of them


@dataclass(frozen=True)
class Followed:
    """One number of a question, over the rounds that compare."""

    item: Tracked
    component: str
    rows: Sequence[PublishedRow]

    @property
    def latest(self) -> PublishedRow:
        return self.rows[-1]


@dataclass(frozen=True)
class Scale:
    """What an axis runs over. Paths share a picture where this is the same."""

    level: str
    low: float | None
    high: float | None
    ends: tuple[str, str] = ("", "")
    unit: str = ""


@dataclass(frozen=True)
class Portion:
    """As many paths as a page shows at once: those of a section, or a part of them."""

    key: str
    section: Any  # surveys.models.Section
    first: int
    last: int
    is_whole: bool
    paths: Sequence[Followed]


def followed(items: Iterable[Tracked]) -> Iterator[Followed]:
    for item in items:
        for row in item.rows if item.item.kind not in TOO_MANY else ():
            is_whole = item.spec.kind == "ranking" and not row.component
            if row.level not in WITHOUT_ORDER and not is_whole:
                yield Followed(item, row.component, item.path(row.component))


def portions_of(convergence: Convergence) -> list[Portion]:
    by_section: dict[int, list[Followed]] = {}
    for path in followed(convergence.items):
        by_section.setdefault(path.item.item.section_id, []).append(path)
    return [portion for paths in by_section.values() for portion in _cut(paths)]


def _cut(paths: Sequence[Followed]) -> Iterator[Portion]:
    section = paths[0].item.item.section
    for place, start in enumerate(range(0, len(paths), MOST_AT_ONCE), start=1):
        some = paths[start : start + MOST_AT_ONCE]
        key = section.code if place == 1 else f"{section.code}.{place}"
        yield Portion(key, section, start + 1, start + len(some), len(some) == len(paths), some)


def chosen_of(portions: Sequence[Portion], key: str) -> Portion | None:
    return next((portion for portion in portions if portion.key == key), portions[0] if portions else None)


def path_charts(study: Study, portion: Portion | None) -> list[Chart]:
    by_scale: dict[Scale, list[Followed]] = {}
    for path in portion.paths if portion else ():
        by_scale.setdefault(scale_over(study, path), []).append(path)
    return [_chart(study, place, scale, paths) for place, (scale, paths) in enumerate(by_scale.items(), start=1)]


def scale_over(study: Study, path: Followed) -> Scale:
    """Numbers without limits of their own have an axis for themselves."""
    spec, level = path.item.spec, path.latest.level
    part = component_of(spec, path.component)
    wording = _wording(study)
    if level in (Level.ORDINAL, Level.RANK):
        words = (_("first"), _("last")) if level == Level.RANK else wording.ends(scale_of(spec, path.component)) or ("", "")
        return Scale(level, 1.0, float(len(part.categories) if part else 1), (str(words[0]), str(words[1])))
    if level == Level.PROBABILITY:
        return Scale(level, 0.0, 100.0, unit="%")
    low, high = (part.minimum, part.maximum) if part else (None, None)
    if low is None or high is None:
        low, high = covering(number for row in path.rows for number in _three(row.figures))
    return Scale(level, low, high, unit=str(wording(spec.unit)))


def _three(figures: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    return figures.get("median"), figures.get("q1"), figures.get("q3")


def _wording(study: Study) -> Wording:
    language = get_language() or study.source_language
    return Wording(language, study.source_language, language)


def _chart(study: Study, place: int, scale: Scale, paths: Sequence[Followed]) -> Chart:
    low, high = scale.low or 0.0, scale.high or 1.0
    ends = (low, high) if low < high else (low, low + 1.0)
    names = told_apart([path_name(study, path) for path in paths])
    series = [PathSeries(name, tuple(_point(row) for row in path.rows)) for name, path in zip(names, paths, strict=True)]
    return path_chart(Caption(f"paths-{place}", _title(scale), spread_sentence(paths), _note(scale), in_figures), _("Question"), series, ends)


def path_name(study: Study, path: Followed) -> str:
    text = str(marked(study, path.item.definition["text"]))
    part = component_in_words(study, path.item.spec, path.component, get_language() or study.source_language) if path.component else ""
    return f"{part}: {text}" if part else text


def _point(row: PublishedRow) -> PathPoint:
    label = str(row.number)
    if row.suppressed:
        return PathPoint(label, known=Known.PROTECTED)
    median, q1, q3 = _three(row.figures)
    return PathPoint(label, median, q1, q3, row.figures.get("n"), Known.SHOWN if median is not None else Known.UNDEFINED)


def _title(scale: Scale) -> str:
    if scale.level == Level.RANK:
        return _("Ranks by round")
    if scale.level == Level.ORDINAL:
        return _("Positions from 1 to %(points)s by round") % {"points": f"{scale.high:g}"}
    if scale.level == Level.PROBABILITY:
        return _("Probabilities by round, in per cent")
    return _("Numbers by round, in %(unit)s") % {"unit": scale.unit} if scale.unit else _("Numbers by round")


def _note(scale: Scale) -> str:
    if not any(scale.ends):
        return ""
    return _("Below: %(low)s. Above: %(high)s.") % {"low": scale.ends[0], "high": scale.ends[1]}


def spread_sentence(paths: Sequence[Followed]) -> str:
    """What happened to the middle half since each question was first asked; in the first round only how wide it is."""
    changes = [change for change in map(change_of_iqr, paths) if change is not None]
    if not changes:
        return _("How wide the middle half of the answers is. Whether it narrows shows when the same questions are asked again.")
    said = {"narrower": sum(change < 0 for change in changes), "wider": sum(change > 0 for change in changes), "all": len(changes),
            "same": sum(change == 0 for change in changes)}
    return _("Since the first round that asked: the middle half is narrower for %(narrower)s of %(all)s, wider for %(wider)s, as wide as before for "
             "%(same)s.") % said


def change_of_iqr(path: Followed) -> float | None:
    """Between the first and the latest round that compare, from the published figures."""
    first, last = path.rows[0].figures.get("iqr"), path.latest.figures.get("iqr")
    if len(path.rows) < 2 or first is None or last is None:
        return None
    return float(round(last - first, 9))
