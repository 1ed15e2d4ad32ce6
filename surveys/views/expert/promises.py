"""What the study promises its experts, in plain sentences: who sees what, what counts, what becomes of the answers."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.models import Study


def who_sees_what(study: Study) -> list[str]:
    """Two sentences for each page on which something is typed."""
    promised = set(study.settings.get("anonymity", []))
    return [
        _("Organizers see: whether you have answered, and what you write in words, without your name and panel; never which answers are yours.")
        if "organizers" in promised else
        _("Organizers see: whether you have answered, and may learn which answers are yours."),
        _("Other experts see: figures of whole groups, and reasons that a moderator let through, without names.")
        if "peers" in promised else
        _("Other experts see: figures of whole groups and reasons that a moderator let through; the study does not promise them to be anonymous."),
    ]


def what_counts(study: Study) -> str:
    """Does a saved answer count without being submitted?"""
    if study.counts_unsubmitted:
        return _("Saved answers count when the round closes, even if you do not submit.")
    return _("Only submitted answers count: submit before the round closes. You can still change them afterwards.")


def what_becomes_of_answers(study: Study) -> list[str]:
    """How long names and answers are kept, and what may be taken back."""
    plan = study.settings.get("retention", {})
    found = []
    if plan.get("identities_days") is not None:
        found.append(_days(_("Names and addresses are deleted %(days)s after the study ends."), int(plan["identities_days"])))
    if plan.get("answers_days") is not None:
        found.append(_days(_("Answers are deleted %(days)s after the study ends; published figures stay."), int(plan["answers_days"])))
    found.append(_("You may withdraw at any time: your name, answers and reasons are then deleted at once."))
    return found


def _days(sentence: str, days: int) -> str:
    return sentence % {"days": ngettext("%(count)s day", "%(count)s days", days) % {"count": days}}
