"""The tables of COLLECT. They are written in surveys/workflow/ and nowhere else."""

from surveys.models.audit import AuditEvent
from surveys.models.decision import RoundDecision
from surveys.models.draft import DraftStep, StudyDraft
from surveys.models.feedback import Feedback
from surveys.models.identity import AccessLink, Identity, Message
from surveys.models.panel import Panel, Panelist, Theatre
from surveys.models.questionnaire import Item, ItemVersion, Section
from surveys.models.response import Answer, OpenAnswerDecision, Rationale, Response
from surveys.models.round import AskedItem, Invitation, Round
from surveys.models.simulation import Simulation
from surveys.models.study import Study, StudyMember
from surveys.models.translation import TextReview
from surveys.models.webhook import Webhook, WebhookDelivery

__all__ = [
    "AccessLink", "Answer", "AskedItem", "AuditEvent", "DraftStep", "Feedback", "Identity", "Invitation", "Item", "ItemVersion", "Message",
    "OpenAnswerDecision", "Panel", "Panelist", "Rationale", "Response", "Round", "RoundDecision", "Section", "Simulation", "Study", "StudyDraft", "StudyMember",
    "TextReview", "Theatre", "Webhook", "WebhookDelivery",
]
