"""Probabilities and estimates drawn together: every way beside equal weights, and what Cooke's model says where there are known answers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from analysis.report.document import Block, Caution, Columns, Figure, Paragraph, Section, TableBlock
from analysis.report.material import CountedRound, Material
from analysis.report.wording import worded
from analysis.results.pool_charts import PoolPicture, probabilities_chart
from analysis.results.pool_words import cooke_in_words
from analysis.results.pools import PooledItem, PoolsOfRound, pools_of_round


def pools(material: Material) -> Section | None:
    """None where the study asks for neither probabilities nor quantiles. Each question as it was last asked."""
    rounds = [(held, pools_of_round(material.study, held.run)) for held in material.rounds]
    items = {item.code: (held, item) for held, found in rounds for item in found.items}
    if not items:
        return None
    text = _("An estimate of many experts can be drawn together in several ways; they are shown side by side, so that none is chosen for its result.")
    sections = [*_probabilities(material, items), *_estimates(material, items), *_cooke(rounds)]
    return Section("pools", _("Estimates drawn together"), (Paragraph(text),), tuple(sections))


Found = dict[str, tuple[CountedRound, PooledItem]]


def _probabilities(material: Material, items: Found) -> Iterator[Section]:
    chart = probabilities_chart(material.study, [item for _held, item in items.values() if item.is_probability])
    if chart is not None:
        yield Section("pools-probabilities", _("Probabilities"), (Figure(replace(chart, key="pools-probabilities-chart")),))


def _estimates(material: Material, items: Found) -> Iterator[Section]:
    sections = tuple(section for held, item in items.values() if not item.is_probability for section in _estimate(material, held, item))
    if sections:
        yield Section("pools-estimates", _("Estimates"), (), sections)


def _estimate(material: Material, held: CountedRound, item: PooledItem) -> Iterator[Section]:
    chart = PoolPicture(material.study, item, {}).chart(f"pools-of-{item.code}", _("Round %(number)s: estimates drawn together") % {"number": held.number})
    if chart is not None:
        yield Section(f"pools.{item.code}", worded(material.study, item.definition["text"]), (Figure(chart),))


def _cooke(rounds: list[tuple[CountedRound, PoolsOfRound]]) -> Iterator[Section]:
    """Of the last round that has it."""
    told = [(held, said) for held, found in rounds if (said := cooke_in_words(found)) is not None]
    if told:
        held, said = told[-1]
        yield Section("pools-cooke", _("Weights earned on known answers"), tuple(_blocks_of_cooke(held, said)))


def _blocks_of_cooke(held: CountedRound, said: Mapping[str, Any]) -> Iterator[Block]:
    yield Paragraph(_("Cooke’s classical model weighs experts by how well they did on questions whose answer is known; equal weights stand beside it."))
    yield from (Caution(caution) for caution in said["cautions"])
    heads = (_("Score"), *(str(head) for head in said["heads"]))
    rows = tuple((line["name"], *(_score(cell) for cell in line["cells"])) for line in said["lines"])
    title = _("Round %(number)s: how the pools did on known answers") % {"number": held.number}
    yield TableBlock("pools-cooke-table", title, Columns(heads, frozenset(range(1, len(heads)))), rows, " ".join(str(text) for text in said["meanings"]))


def _score(cell: Mapping[str, Any]) -> str:
    return _("protected") if cell.get("is_protected") else str(cell["text"])
