"""What was refused, and why. Every message is written for the person who reads it, and says what to do."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """An act that is not possible now. `str(error)` is shown to the person as it is."""

    default = _("This is not possible now.")

    def __init__(self, message: object = None) -> None:
        super().__init__(str(message if message is not None else self.default))


class TransitionNotAllowed(Refused):
    """The round is in a state from which this act does not start."""


class RoundNotOpen(Refused):
    default = _("This round has closed, so this answer can't be counted any more. It stays on your device as a draft.")


class NotInvited(Refused):
    default = _("You are not invited to this round.")


class AnswerRefused(Refused):
    """An answer that does not fit its item."""


class AnswerChangedElsewhere(Refused):
    default = _("This answer was changed on another device or in another window in between.")


class ResponseIncomplete(Refused):
    default = _("Some items still need something before you can submit.")


class RulesLocked(Refused):
    default = _("The study's rules were fixed when its first round opened and can't be changed any more.")


class StudyDiffers(Refused):
    """A study file that would change a study whose first round has opened."""


class PromiseWeakened(Refused):
    default = _("Experts were invited under a promise of anonymity. It may be strengthened, never weakened.")


class NotReady(Refused):
    """Something that must come first is not there yet."""


class FileRefused(Refused):
    """An uploaded or imported file with mistakes: all of them, each with its place and remedy."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))
