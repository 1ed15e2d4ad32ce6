"""Agreement: how alike the experts answer over several items of one round."""

from analysis.statistics.agreement.chance_corrected import fleiss_kappa, gwet_ac
from analysis.statistics.agreement.intraclass import intraclass_correlation
from analysis.statistics.agreement.kendall import kendall_w
from analysis.statistics.agreement.krippendorff import krippendorff_alpha
from analysis.statistics.agreement.within_group import within_group_agreement

__all__ = [
    "fleiss_kappa",
    "gwet_ac",
    "intraclass_correlation",
    "kendall_w",
    "krippendorff_alpha",
    "within_group_agreement",
]
