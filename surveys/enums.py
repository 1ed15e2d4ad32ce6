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

    MISSING = "missing", _("missing")
    OUTDATED = "outdated", _("outdated")
    DRAFT = "draft", pgettext_lazy("state of a translation", "draft")
    REVIEWED = "reviewed", _("reviewed")
