"""The few fixed vocabularies, in the field's words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoundState(TextChoices):
    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    AGGREGATED = "aggregated", _("counted")
    RELEASED = "released", _("released")


class PanelistState(TextChoices):
    INVITED = "invited", _("invited")
    ACTIVE = "active", _("taking part")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ResponseState(TextChoices):
    DRAFT = "draft", _("started")
    SUBMITTED = "submitted", _("submitted")


class Decision(TextChoices):
    """What an expert chose for an item; from round 2 on there is no answer without one."""

    NEW = "new", _("first answer")
    KEPT = "kept", _("kept")
    CHANGED = "changed", _("changed")


class RationaleState(TextChoices):
    PENDING = "pending", _("waiting")
    APPROVED = "approved", _("approved")
    REDACTED = "redacted", _("approved in part")
    WITHHELD = "withheld", _("withheld")


class Role(TextChoices):
    OWNER = "owner", _("owner")
    ORGANIZER = "organizer", _("organizer")
    MODERATOR = "moderator", _("moderator")
    TRANSLATOR = "translator", _("translator")
    ANALYST = "analyst", _("analyst")
    OBSERVER = "observer", _("observer")


class MessageKind(TextChoices):
    INVITATION = "invitation", _("invitation")
    REMINDER = "reminder", _("reminder")
    DEADLINE = "deadline", _("new deadline")
    NEW_LINK = "new_link", _("new link")


class MessageState(TextChoices):
    QUEUED = "queued", _("queued")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    NOT_NEEDED = "not_needed", _("no longer needed")


class Level(TextChoices):
    """Measurement levels: the only thing about an item's kind that analysis knows."""

    ORDINAL = "ordinal", _("ordinal")
    INTERVAL = "interval", _("interval")
    PROBABILITY = "probability", _("probability")
    NOMINAL = "nominal", _("nominal")
    BINARY = "binary", _("binary")
    RANK = "rank", _("rank")
    SHARE = "share", _("share")


class TranslationState(TextChoices):
    """Of one text in one language. Only draft and reviewed are stored; the others follow from the texts of now."""

    MISSING = "missing", pgettext_lazy("state of a translation", "missing")
    OUTDATED = "outdated", pgettext_lazy("state of a translation", "outdated")
    DRAFT = "draft", pgettext_lazy("state of a translation", "draft")
    REVIEWED = "reviewed", pgettext_lazy("state of a translation", "reviewed")


class ItemAct(TextChoices):
    """What becomes of an item in the next round."""

    CARRY = "carry", pgettext_lazy("what becomes of a question", "ask again")
    DROP = "drop", pgettext_lazy("what becomes of a question", "drop")
    REWORD = "reword", pgettext_lazy("what becomes of a question", "reword")
    ADD = "add", pgettext_lazy("what becomes of a question", "add")


class Ground(TextChoices):
    """Why something is proposed for an item: the reason, unless the organizer gives another."""

    STABLE_CONSENSUS = "stable_consensus", _("Its consensus is stable: asking again would tell little more.")
    STABLE_DISSENT = "stable_dissent", _("Its dissent is stable: the views differ, and asking again would tell little more.")
    STABLE_PARTS = "stable_parts", _("Every part of it is stable, some in consensus and some in dissent: asking again would tell little more.")
    WAITED_FOR = "waited_for", _("Another question that is to be asked waits for its answer.")
    NOT_STABLE = "not_stable", _("Its answers have not come to rest yet.")
    NOT_ASSESSED = "not_assessed", _("Its outcome is not assessed yet; it takes two rounds that compare.")
    PROTECTED = "protected", _("Its outcome is protected, so nothing is concluded from it.")
    NOT_JUDGED = "not_judged", _("It is of a kind that the rules do not judge.")
    NEW_WORDING = "new_wording", _("A new wording waits to be asked.")
    NEW = "new", _("It was added after the last round had opened.")
    LEFT_OUT = "left_out", _("The last round left it out, and it keeps its last verdict.")


class DecisionWay(TextChoices):
    """How a decision on an item came about."""

    EACH = "each", pgettext_lazy("way of deciding", "decided by itself")
    ALL = "all", pgettext_lazy("way of deciding", "accepted with all proposals")
    COMMAND = "command", pgettext_lazy("way of deciding", "not decided by itself; the round was opened so")


class WebhookEvent(TextChoices):
    """What other programs are told of; the values are part of docs/webhooks.md."""

    ROUND_CLOSED = "round.closed", _("round closed")
    ROUND_AGGREGATED = "round.aggregated", _("round counted")
    TRIAL = "trial", _("trial")


class DeliveryState(TextChoices):
    QUEUED = "queued", _("queued")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
