"""What the report says of questions that are left out, and of settings that are not taken over."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.xlsform.columns import Line
from surveys.xlsform.question_types import COMPUTED, METADATA, NOT_TAKEN

LEFT_OUT: dict[str, Promise] = {
    **dict.fromkeys(METADATA, gettext_lazy("Devices are not watched here: no times, places or device numbers are recorded.")),
    **dict.fromkeys(COMPUTED, gettext_lazy("Nothing is computed or hidden in a questionnaire here.")),
    **dict.fromkeys(NOT_TAKEN, gettext_lazy("Places, pictures, sounds, codes and files are not taken as answers.")),
    "from_file": gettext_lazy("Its options stand in another file. Put them on the sheet choices and import the form again."),
    "acknowledge": gettext_lazy("This is no question. If it asks for consent, write its text under “consent” in the study file."),
    "": gettext_lazy("The row has no type."),
}
# Columns of a question that have no counterpart, or only where an item's maker reads them.
NOT_READ = ("default", "calculation", "read_only", "choice_filter", "trigger", "repeat_count", "autoplay", "save_to", "query")
NOT_READ_TEXTS = ("guidance_hint", "constraint_message", "required_message", "image", "big-image", "audio", "video")


def why_left_out(kind: str) -> str:
    return str(LEFT_OUT[kind]) if kind in LEFT_OUT else _("The type is not known here.")


def columns_left(line: Line) -> str:
    """Which settings of a row stay behind, as a remark; "" for none."""
    names = [name for name in NOT_READ if line[name]] + [name for name in NOT_READ_TEXTS if name in line.texts]
    return _("Not taken over: %(columns)s.") % {"columns": ", ".join(names)} if names else ""
