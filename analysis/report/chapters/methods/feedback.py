"""What experts saw of each other between the rounds."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analysis.report.document import Block, Bullets, Paragraph, Section
from analysis.report.material import Material

SHOWN: dict[str, dict[str, str | Promise]] = {
    "distribution": {
        "all_panels": gettext_lazy("How everybody answered, and how each panel did, in pictures and in a sentence; panels that are protected are left out."),
        "own_panel": gettext_lazy("How everybody answered, and how their own panel did, in pictures and in a sentence."),
        "none": gettext_lazy("No figures of the others’ answers."),
    },
    "reasons": {
        "moderated": gettext_lazy("Reasons that experts had given, where a moderator let them through, without name and panel."),
        "none": gettext_lazy("No reasons of others."),
    },
    "previous_answer": {
        "preselected": gettext_lazy("Their own last answer, chosen already: it counts once they say that they keep it."),
        "marked": gettext_lazy("Their own last answer, marked."),
    },
}


def feedback(material: Material) -> Section:
    return Section("methods-feedback", _("Feedback between the rounds"), tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    if len(material.rounds) < 2 or not material.is_answered_here:
        yield Paragraph(_("The study is set to show experts, from round 2 on, for each question that is asked again:"))
    else:
        yield Paragraph(_("From round 2 on experts were shown, for each question that was asked again:"))
    settings = material.study.feedback_settings
    yield Bullets(tuple(str(SHOWN[name][settings[name]]) for name in SHOWN))
    yield Paragraph(_("Feedback on a round is frozen when the next one opens: it does not change while experts answer, and can be shown again to the letter."))
