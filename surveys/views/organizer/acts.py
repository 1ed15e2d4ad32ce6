"""What the record holds, in words: acts, what they were done to, and their details. It is stored as codes, in no language."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from surveys.enums import MessageKind, Role

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
    "decide_round": _("questions of the round decided"),
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
    "approved_open_answer": _("answer to an open question approved"),
    "redacted_open_answer": _("answer to an open question approved in part"),
    "withheld_open_answer": _("answer to an open question withheld"),
    "finish_study": _("study finished"),
    "delete_identities": _("names and addresses deleted, as promised"),
    "delete_answers": _("answers deleted, as promised"),
    "retry_counting": _("counting tried again"),
    "reword_item": _("question reworded"),
    "replace_item": _("question replaced, never asked before"),
    "add_item": _("question added"),
    "correct_text": _("typing error corrected"),
    "correct_shared_text": _("shared text corrected"),
    "add_translations": _("translations added"),
    "reword_list": _("scale or list of options reworded"),
    "replace_list": _("scale or list of options replaced, never asked before"),
    "simulate_study": _("experts simulated"),
    "approve_simulated_reasons": _("simulated reasons approved"),
    "remove_simulation": _("simulated experts removed"),
    "start_dry_run": _("dry run started"),
    "add_webhook": _("address to be told added"),
    "remove_webhook": _("address to be told removed"),
    "remove_dry_run": _("dry run removed"),
}


DETAILS: dict[str, str | Promise] = {
    "after": pgettext_lazy("detail of the record", "after"),
    "answers": pgettext_lazy("detail of the record", "answers"),
    "before": pgettext_lazy("detail of the record", "before"),
    "changed": pgettext_lazy("detail of the record", "changed"),
    "closing": pgettext_lazy("detail of the record", "closing"),
    "compares": pgettext_lazy("detail of the record", "compares with earlier answers"),
    "compares_with": pgettext_lazy("detail of the record", "compares with the answers to version"),
    "copy": pgettext_lazy("detail of the record", "copy"),
    "deadline": pgettext_lazy("detail of the record", "deadline"),
    "differing": pgettext_lazy("detail of the record", "differing"),
    "experts": pgettext_lazy("detail of the record", "experts"),
    "host": pgettext_lazy("detail of the record", "host"),
    "identities": pgettext_lazy("detail of the record", "identities"),
    "incomplete": pgettext_lazy("detail of the record", "opened although not fully translated"),
    "items_add": pgettext_lazy("detail of the record", "added"),
    "items_carry": pgettext_lazy("detail of the record", "asked again"),
    "items_drop": pgettext_lazy("detail of the record", "dropped"),
    "items_reword": pgettext_lazy("detail of the record", "reworded"),
    "kind": pgettext_lazy("detail of the record", "kind"),
    "kind_of_item": pgettext_lazy("detail of the record", "kind"),
    "messages": pgettext_lazy("detail of the record", "messages"),
    "name": pgettext_lazy("detail of the record", "new name"),
    "new": pgettext_lazy("detail of the record", "new"),
    "open_answer": pgettext_lazy("detail of the record", "answer to an open question"),
    "panel": pgettext_lazy("detail of the record", "panel"),
    "questions": pgettext_lazy("detail of the record", "questions"),
    "rationale": pgettext_lazy("detail of the record", "rationale"),
    "reason": pgettext_lazy("detail of the record", "reason"),
    "reasons": pgettext_lazy("detail of the record", "reasons"),
    "replaced_by": pgettext_lazy("detail of the record", "replaced by"),
    "responses": pgettext_lazy("detail of the record", "responses"),
    "role": pgettext_lazy("detail of the record", "role"),
    "rounds": pgettext_lazy("detail of the record", "rounds"),
    "rules": pgettext_lazy("detail of the record", "rules"),
    "section": pgettext_lazy("detail of the record", "section"),
    "seed": pgettext_lazy("detail of the record", "seed"),
    "submitted_by_closing": pgettext_lazy("detail of the record", "submitted by closing"),
    "version": pgettext_lazy("detail of the record", "version"),
}
SUBJECTS: tuple[tuple[re.Pattern[str], str | Promise], ...] = (
    (re.compile(r"round (?P<number>\d+) · (?P<item>.+)"), _("round %(number)s · %(item)s")),
    (re.compile(r"round (?P<number>\d+)"), _("round %(number)s")),
    (re.compile(r"item (?P<code>.+)"), _("question %(code)s")),
    (re.compile(r"scales\.(?P<name>.+)"), _("scale %(name)s")),
    (re.compile(r"option_lists\.(?P<name>.+)"), _("list of options %(name)s")),
    (re.compile(r"study"), _("titles, names and introductions")),
    (re.compile(r"panelist (?P<code>.+)"), _("panelist %(code)s")),
    (re.compile(r"user (?P<number>\d+)"), _("user %(number)s")),
)
VALUES: dict[str, dict[str, str | Promise]] = {
    "role": dict(Role.choices), "kind": dict(MessageKind.choices),
    "compares": {"yes": pgettext_lazy("detail of the record", "yes"), "no": pgettext_lazy("detail of the record", "no")},
}


def act_in_words(act: str) -> str:
    """An act that nobody named here is shown by its code: better plain than hidden."""
    return str(ACTS.get(act, act.replace("_", " ")))


def detail_in_words(name: str) -> str:
    return str(DETAILS.get(name, name.replace("_", " ")))


def subject_in_words(subject: str) -> str:
    """`round 1 · item`, `panelist us-1`, `user 3` as the reader's language says it."""
    for pattern, words in SUBJECTS:
        found = pattern.fullmatch(subject)
        if found:
            return str(words) % found.groupdict()
    return subject


def value_in_words(name: str, value: str, is_systems: bool) -> str:
    """Roles and kinds of e-mails in words; a deadline as the reason when the clock closed the round."""
    if name == "reason" and value == "deadline" and is_systems:
        return gettext("deadline")
    return str(VALUES.get(name, {}).get(value, value))
