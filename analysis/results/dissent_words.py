"""What is said of a stable dissent: its rules, its sides, and whether it runs between the allies or through them."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from analysis.charts import Caption, Chart
from analysis.results.convergence import PublishedRow, Tracked
from analysis.results.dissent import DIVIDED, HIGHER, LOWER, MIDDLE, UNJUDGED, WITHOUT_A_SIDE, Camps, camps_of
from analysis.results.distributions import Pictured, Published, side_by_side
from analysis.results.lines import shown_figure
from analysis.results.pictures import modal_in_words
from analysis.results.rule_words import asked_of
from analysis.results.verdict_words import asked_in_words, found_in_words
from surveys.models import Study
from surveys.templatetags.organizer import marked

SIDES: dict[str, str | Promise] = {
    LOWER: gettext_lazy("Lower than everybody’s median"), MIDDLE: gettext_lazy("At everybody’s median"),
    HIGHER: gettext_lazy("Higher than everybody’s median"), DIVIDED: gettext_lazy("No agreement among themselves"),
    UNJUDGED: gettext_lazy("Not judged"),
}
BESIDE_BAND: dict[str, str | Promise] = {
    LOWER: gettext_lazy("Below the rule’s band"), MIDDLE: gettext_lazy("In the rule’s band"), HIGHER: gettext_lazy("Above the rule’s band"),
}
BESIDE_ENDS: dict[str, str | Promise] = {
    LOWER: gettext_lazy("At the low end"), MIDDLE: gettext_lazy("Between the ends"), HIGHER: gettext_lazy("At the high end"),
}


def dissent_in_words(study: Study, item: Tracked, place: int) -> dict[str, Any]:
    """One finding. `place` makes the chart's key unique on a page."""
    camps = camps_of(item)
    found = {"code": item.item.code, "number": item.number, "text": marked(study, item.definition["text"]), "rules": rules_in_words(study, item),
             "sentence": "", "sides": [], "protected": [], "chart": None}
    if camps is None:
        return found
    return {**found, "sentence": sentence(camps), "sides": sides_in_words(study, camps), "protected": [name_of(study, row) for row in camps.protected],
            "chart": chart_of_camps(study, camps, place)}


def rules_in_words(study: Study, item: Tracked) -> list[str]:
    """Each rule with what came out and what it asks for."""
    row = item.judged
    if row is None or row.suppressed:
        return []
    names = (("consensus", "rule_value"), ("stability", "stability_value"))
    rules = [(asked_of(which, item.spec, row.component, row.level, study.settings), row.figures.get(value)) for which, value in names]
    return [f"{found_in_words(rule.given, value, row.figures)} {asked_in_words(rule.given)}".strip()
            for rule, value in rules if rule is not None and value is not None]


def sentence(camps: Camps) -> str:
    """Between the allies, or through them; and whether everybody's answers stand at two ends."""
    return " ".join(part for part in (where_it_runs(camps), poles(camps)) if part)


def poles(camps: Camps) -> str:
    """Two camps, or answers that lie close together and still outside what the rule asks for."""
    if camps.is_polarised:
        return _("The answers fall into two camps.")
    if camps.is_close:
        return _("Half of the answers or more lie within one step of each other, but too few of all answers lie in the band that the rule asks for.")
    return ""


def where_it_runs(camps: Camps) -> str:
    """Nothing of fewer than two panels that the rule can judge."""
    united, divided = len(camps.united), len(camps.divided)
    said = {"united": united, "divided": divided, "all": united + divided}
    if said["all"] < 2:
        return ""
    if camps.is_between and camps.has_band:
        return _("The dissent runs between the allies: %(united)s of the %(all)s panels that can be judged stand mostly in one part of the scale, "
                 "but not all in the same.") % said
    if camps.is_between:
        return _("The dissent runs between the allies: %(united)s of the %(all)s panels that can be judged agree among themselves, "
                 "but not all with each other.") % said
    if camps.is_together_elsewhere:
        return _("All %(all)s panels that can be judged stand mostly in the same part of the scale, but not where the rule looks.") % said
    return _divided(divided, said)


def _divided(divided: int, said: Mapping[str, int]) -> str:
    if divided * 2 > said["all"]:
        return ngettext("The dissent runs through the allies: %(divided)s of the %(all)s panels that can be judged does not agree among itself.",
                        "The dissent runs through the allies: %(divided)s of the %(all)s panels that can be judged do not agree among themselves.",
                        divided) % said
    return ngettext("Neither between the allies nor through most of them: %(divided)s of the %(all)s panels that can be judged does not agree among itself.",
                    "Neither between the allies nor through most of them: %(divided)s of the %(all)s panels that can be judged do not agree "
                    "among themselves.", divided) % said


def sides_in_words(study: Study, camps: Camps) -> list[dict[str, Any]]:
    return [{"name": side_name(study, camps, side), "panels": [panel_in_words(study, camps, row) for row in rows]} for side, rows in camps.sides.items()]


def side_name(study: Study, camps: Camps, side: str) -> str:
    if camps.has_order or side in WITHOUT_A_SIDE:
        return str(names_of_sides(camps)[side])
    return modal_in_words(study, camps.item.spec, "", side, get_language() or study.source_language) or side


def names_of_sides(camps: Camps) -> Mapping[str, str | Promise]:
    if camps.rule is None or not camps.has_band:
        return SIDES
    return SIDES | (BESIDE_ENDS if camps.rule.band == "either_end" else BESIDE_BAND)


def panel_in_words(study: Study, camps: Camps, row: PublishedRow) -> dict[str, str]:
    """Its name and, of an order, its median; of options the commonest one's share."""
    name = "median" if camps.has_order else "modal_share"
    return {"name": name_of(study, row), "figure": shown_figure(name, row.figures.get(name))}


def name_of(study: Study, row: PublishedRow) -> str:
    return str(marked(study, row.panel)) or row.group


def chart_of_camps(study: Study, camps: Camps, place: int) -> Chart | None:
    """The answers of everybody and of each panel, side by side with those that stand on its side."""
    rows = [Published(_("Everybody"), camps.everybody.figures, False)]
    rows += [Published(name_of(study, row), row.figures, False, side_name(study, camps, side)) for side, found in camps.sides.items() for row in found]
    rows += [Published(name_of(study, row), row.figures, True, _("Protected")) for row in camps.protected]
    caption = Caption(f"camps-{place}", _("The answers of each panel"), sentence(camps))
    round_name = _("Round %(number)s") % {"number": camps.item.number}
    return side_by_side(caption, Pictured(study, camps.item.spec), _("Panel"), round_name, rows)
