"""Theatres side by side: two questions that ask the same of two theatres, with the published answers of everybody and of each theatre's allies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from analysis.charts import Caption, Chart
from analysis.results.allied_questions import Asked
from analysis.results.distributions import Pictured, Published, side_by_side
from analysis.results.shortened import shortened
from analysis.results.value_words import ValueWords
from surveys.models import Study
from surveys.queries import Groups
from surveys.templatetags.organizer import marked

Pair = tuple[Asked, Asked]


@dataclass(frozen=True)
class TheatrePictures:
    study: Study
    number: int
    groups: Groups

    def charts(self, pairs: Sequence[Pair]) -> list[Chart]:
        drawn = (self.chart(place, pair) for place, pair in enumerate(pairs, start=1))
        return [chart for chart in drawn if chart is not None]

    def chart(self, place: int, pair: Pair) -> Chart | None:
        names = [self.about(question) for question in pair]
        title = f"{shortened(self.text(pair[0].definition['text']))} / {names[1]}"
        note = _("All answers to each question, also of those who answered one of the two alone.")
        caption = Caption(f"theatres-{place}", title, self.sentence(pair, names), note)
        round_name = _("Round %(number)s") % {"number": self.number}
        return side_by_side(caption, Pictured(self.study, pair[0].spec), _("Question"), round_name, list(self.rows(pair, names)))

    def rows(self, pair: Pair, names: Sequence[str]) -> Iterator[Published]:
        """Everybody, then the allies of each theatre; both questions under each."""
        headings = {("all", "all"): _("All experts"),
                    **{("theatre", theatre["code"]): _("Allies in this theatre: %(theatre)s") % {"theatre": self.text(theatre["name"])}
                       for theatre in self.groups.theatres}}
        for place, heading in headings.items():
            for question, name in zip(pair, names, strict=True):
                figures = question.groups.get(place)
                if place in question.groups:
                    yield Published(name, figures or {}, figures is None, heading)

    def about(self, question: Asked) -> str:
        code = question.definition.get("theatre", "")
        return next((self.text(theatre["name"]) for theatre in self.groups.theatres if theatre["code"] == code), str(question.item.code))

    def text(self, value: Any) -> str:
        return str(marked(self.study, value))

    def sentence(self, pair: Pair, names: Sequence[str]) -> str:
        """What all experts say of the one and of the other."""
        said = [self.middle(question) for question in pair]
        if not any(said):
            return _("Nothing can be told of either question for all experts.")
        if not all(said):
            return _("Nothing can be told of one of the two questions for all experts.")
        return _("All experts: %(first)s for %(first_theatre)s, %(second)s for %(second_theatre)s.") % {
            "first": said[0], "first_theatre": names[0], "second": said[1], "second_theatre": names[1]}

    def middle(self, question: Asked) -> str:
        """The median, or the commonest option."""
        figures, words = question.groups.get(("all", "all")) or {}, ValueWords(self.study, question.spec)
        if figures.get("median") is not None:
            return words.value("", self.level(question), figures["median"])
        return words.modal_said("", self.level(question), str(figures["modal"])) if figures.get("modal") else ""

    def level(self, question: Asked) -> str:
        component = Pictured(self.study, question.spec).component
        return component.level if component is not None else ""
