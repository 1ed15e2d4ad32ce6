"""The statistics: what was computed, how it is corrected, where it is described, and with which software."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analysis.report.document import Block, Bullets, Columns, Facts, Paragraph, Section, TableBlock
from analysis.report.material import Material
from analysis.report.wording import count, day

DESCRIBED: tuple[str | Promise, ...] = (
    gettext_lazy("Groups: everybody; everybody with each panel weighing the same; theatres; panels. A panel of two theatres counts in both."),
    gettext_lazy("Between rounds figures are paired by expert; nobody’s answer is carried forward."),
    gettext_lazy("Stability of a distribution: the net change after Scheibe, Skutsch and Schofer (1975), unless another rule is registered."),
    gettext_lazy("Two panels: Cliff’s delta, and equivalence by two one-sided tests; p values are corrected over all items of one measurement level (Holm)."),
    gettext_lazy("Disagreement is split within and between panels after Rao (1982); its intervals come from resampling experts within panels."),
    gettext_lazy("Roles: an ally’s own experts against the mean of the other panels’ means; intervals with Satterthwaite’s degrees of freedom."),
    gettext_lazy("Probabilities and quantiles are drawn together in several ways, always beside equal weights."),
)
ROBUSTNESS = gettext_lazy("Every verdict is also worked out without each ally, under every common rule, and as if those who left had stayed.")
INCOMPLETE = gettext_lazy("Verdicts are also worked out without each ally, under every common rule, and as if those who left had stayed, but for those that "
                          "rested on answers which were erased before; the first page names the rounds.")


def analysis(material: Material) -> Section:
    return Section("methods-analysis", _("Analysis and software"), tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    found = material.provenance
    yield Paragraph(_("Figures were computed from the answers as they were frozen when each round closed, and can be computed again from there. "
                      "Every statistic is described with its source in docs/statistics, every verdict in docs/verdicts.md."))
    yield Bullets((*(str(text) for text in DESCRIBED), str(INCOMPLETE if material.incomplete_rounds else ROBUSTNESS)))
    versions = found["versions"]
    yield Facts((
        (_("Quantiles"), _("type %(type)s of Hyndman and Fan") % {"type": material.study.quantile_type}),
        ("Deterrence Delphi", versions["deterrence_delphi"]), ("NumPy", versions["numpy"]), ("SciPy", versions["scipy"]),
    ))
    yield _snapshots(material)


def _snapshots(material: Material) -> TableBlock:
    """By the day, not by the number of a closing, nor with what was erased since: both would tell how many withdrew."""
    rows = tuple((count(held.number), day(material.study, held.closed_at), held.run.snapshot_sha256) for held in material.rounds)
    columns = Columns((_("Round"), _("Closed"), _("SHA-256 of the frozen answers")), wide=frozenset({2}))
    return TableBlock("methods-snapshots", _("The frozen answers on which the figures rest"), columns, rows)
