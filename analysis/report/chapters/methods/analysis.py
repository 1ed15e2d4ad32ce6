"""The statistics: what was computed, how it is corrected, where it is described, and with which software."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from analysis.report.chapters.methods.questionnaire import newest_definitions
from analysis.report.chapters.methods.rules import rules_used
from analysis.report.document import Block, Bullets, Columns, Facts, Paragraph, Section, TableBlock
from analysis.report.material import Material
from analysis.report.wording import count, day, listed

ESTIMATES = {"probability", "quantiles"}


def analysis(material: Material) -> Section:
    return Section("methods-analysis", _("Analysis and software"), tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    found = material.provenance
    yield Paragraph(_("Figures were computed from the answers as they were frozen when each round closed, and can be computed again from there as long as "
                      "nobody’s answers are erased. "
                      "Every statistic is described with its source in docs/statistics, every verdict in docs/verdicts.md."))
    described = tuple(text for text in (*_described(material), robustness_sentence(material)) if text)
    if described:
        yield Bullets(described)
    versions = found["versions"]
    yield Facts((
        (_("Quantiles"), _("type %(type)s of Hyndman and Fan") % {"type": material.study.quantile_type}),
        ("Deterrence Delphi", versions["deterrence_delphi"]), ("NumPy", versions["numpy"]), ("SciPy", versions["scipy"]),
    ))
    yield _snapshots(material)


def _described(material: Material) -> Iterator[str]:
    """What the study has use for."""
    kinds = {definition["kind"] for definition in newest_definitions(material)}
    if material.theatres:
        yield _("Groups: everybody; everybody with each panel weighing the same; theatres; panels. A panel of two theatres counts in both.")
    elif len(material.panels) > 1:
        yield _("Groups: everybody; everybody with each panel weighing the same; panels.")
    if len(material.rounds) > 1:
        yield _("Between rounds figures are paired by expert; nobody’s answer is carried forward.")
    if "scheibe" in rules_used(material):
        yield _("Stability of a distribution: the net change after Scheibe, Skutsch and Schofer (1975), where that rule is registered.")
    if len(material.panels) > 1:
        yield _("Two panels: Cliff’s delta, and equivalence by two one-sided tests; p values are corrected over all items of one measurement level (Holm).")
        yield _("Disagreement is split within and between panels after Rao (1982); its intervals come from resampling experts within panels.")
    if material.roles:
        yield _("Roles: an ally’s own experts against the mean of the other panels’ means; intervals with Satterthwaite’s degrees of freedom.")
    if kinds & ESTIMATES:
        yield _("Probabilities and quantiles are drawn together in several ways, always beside equal weights.")


def robustness_sentence(material: Material) -> str:
    """Without a rule there is no verdict to try."""
    if not rules_used(material, which=("consensus",)):
        return ""
    ways = listed([_("under every common rule"), *([_("without each ally")] if len(material.panels) > 1 else []),
                   *([_("as if those who left had stayed")] if len(material.rounds) > 1 else [])])
    if material.incomplete_rounds:
        return _("Verdicts are also worked out in other ways (%(ways)s), but for those that rested on answers which were erased before; "
                 "the first page names the rounds.") % {"ways": ways}
    return _("Verdicts are also worked out in other ways: %(ways)s.") % {"ways": ways}


def _snapshots(material: Material) -> TableBlock:
    """By the day, not by the number of a closing, nor with what was erased since: both would tell how many withdrew."""
    rows = tuple((count(held.number), day(material.study, held.closed_at), held.run.snapshot_sha256) for held in material.rounds)
    columns = Columns((_("Round"), _("Closed"), _("SHA-256 of the frozen answers")), wide=frozenset({2}))
    return TableBlock("methods-snapshots", _("The frozen answers on which the figures rest"), columns, rows)
