"""The acts of the record in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, str | Promise] = {
    "import_study": _("study imported"),
    "replace_study": _("study replaced by a changed file"),
    "add_member": _("role given"),
    "remove_member": _("role taken back"),
    "import_panel": _("list of experts taken up"),
    "add_expert": _("expert added"),
    "replace_expert": _("expert replaced"),
    "decline": _("expert declined"),
    "withdraw": _("expert withdrew"),
    "lock_rules": _("rules locked"),
    "open_round": _("round opened"),
    "close_round": _("round closed"),
    "mark_aggregated_round": _("round counted"),
    "renew_round": _("round to be counted anew"),
    "reopen_round": _("round reopened"),
    "release_round": _("round released to its experts"),
    "move_deadline": _("deadline moved"),
    "import_answers": _("answers imported"),
    "queue_invitation": _("invitations sent"),
    "queue_reminder": _("reminders sent"),
    "queue_deadline": _("e-mails about the new deadline sent"),
    "resend_message": _("failed e-mail sent again"),
    "approved_reason": _("reason approved"),
    "redacted_reason": _("reason approved in part"),
    "withheld_reason": _("reason withheld"),
    "finish_study": _("study finished"),
    "delete_identities": _("names and addresses deleted, as promised"),
    "delete_answers": _("answers deleted, as promised"),
    "retry_counting": _("counting tried again"),
}


def act_in_words(act: str) -> str:
    """An act that nobody named here is shown by its code: better plain than hidden."""
    return str(ACTS.get(act, act.replace("_", " ")))
