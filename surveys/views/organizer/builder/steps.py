"""The steps of a draft in words: on the buttons that undo and do again, and in the history."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from surveys.models import DraftStep

STEPS: dict[str, str | Promise] = {
    "create": gettext_lazy("study begun"),
    "begin": gettext_lazy("the study as it was"),
    "upload": gettext_lazy("study changed outside the builder"),
    "outside": gettext_lazy("study changed outside the builder"),
    "file": gettext_lazy("study file taken up"),
    "restore": gettext_lazy("went back to an earlier step"),
    "item": gettext_lazy("question changed"),
    "item-added": gettext_lazy("question added"),
    "item-copied": gettext_lazy("question duplicated"),
    "item-moved": gettext_lazy("question moved"),
    "item-removed": gettext_lazy("question removed"),
    "section": gettext_lazy("section changed"),
    "section-added": gettext_lazy("section added"),
    "section-moved": gettext_lazy("section moved"),
    "section-removed": gettext_lazy("section removed"),
    "head": gettext_lazy("study's information changed"),
    "panels": gettext_lazy("panels changed"),
    "theatres": gettext_lazy("theatres changed"),
    "scales": gettext_lazy("scales changed"),
    "option_lists": gettext_lazy("lists of options changed"),
    "rules": gettext_lazy("rules changed"),
    "translations": gettext_lazy("translations changed"),
}
OTHER = pgettext_lazy("a step of the builder", "changed")


def step_in_words(step: DraftStep | None) -> str:
    """`question removed: grave`; "" for no step."""
    if step is None:
        return ""
    act = str(STEPS.get(step.act, OTHER))
    return _("%(act)s: %(subject)s") % {"act": act, "subject": step.subject} if step.subject else act
