"""Organizers' forms: a module for each part of their work."""

from surveys.forms.deciding import ItemDecisionForm
from surveys.forms.organizing import (
    MOST_PANEL_BYTES,
    MOST_STUDY_BYTES,
    AddItemForm,
    CorrectionForm,
    DeadlineForm,
    DecisionForm,
    ExpertForm,
    OpeningForm,
    OpenRoundForm,
    ReopenForm,
    RewordForm,
    UploadForm,
    open_preview,
    seal_preview,
)

__all__ = [
    "MOST_PANEL_BYTES", "MOST_STUDY_BYTES", "AddItemForm", "CorrectionForm", "DeadlineForm", "DecisionForm", "ExpertForm",
    "ItemDecisionForm", "OpenRoundForm", "OpeningForm", "ReopenForm", "RewordForm", "UploadForm", "open_preview", "seal_preview",
]
