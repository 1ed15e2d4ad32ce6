"""Organizers' addresses."""

from django.urls import include, path

from surveys.views.organizer import (
    adding,
    closing,
    deciding,
    experts,
    item_forms,
    mailing,
    moderation,
    panel_list,
    record,
    shared_texts,
    studies,
    study,
    study_file,
    whole_item,
    wording,
)
from surveys.views.organizer.builder import start

ROUND = "studies/<slug:slug>/rounds/<int:number>"
urlpatterns = [
    path("studies/", studies.study_list, name="study-list"),
    path("studies/new/", study_file.upload_study, name="study-upload"),
    path("studies/new/start/", start.start, name="study-start"),
    path("studies/<slug:slug>/", study.study_page_view, name="study"),
    path("studies/<slug:slug>/study.yaml", study_file.download_study, name="study-file"),
    path("studies/<slug:slug>/build/", include("surveys.views.organizer.builder.urls")),
    path("studies/<slug:slug>/record/", record.record_page, name="record"),
    path("studies/<slug:slug>/finish/", closing.finish, name="finish"),
    path("studies/<slug:slug>/experts/", experts.expert_list, name="experts"),
    path("studies/<slug:slug>/experts/upload/", panel_list.upload_panel, name="panel-upload"),
    path("studies/<slug:slug>/experts/add/", experts.add, name="expert-add"),
    path("studies/<slug:slug>/experts/<int:panelist_id>/replace/", experts.replace, name="expert-replace"),
    path("studies/<slug:slug>/rounds/open/", deciding.open_next, name="round-open"),
    path("studies/<slug:slug>/rounds/open/summary/", deciding.summary, name="round-summary"),
    path("studies/<slug:slug>/rounds/open/questions/<slug:code>/", deciding.decide, name="round-decide"),
    path("studies/<slug:slug>/items/add/", adding.add, name="item-add"),
    path("studies/<slug:slug>/items/add/form/", item_forms.add, name="item-add-form"),
    path("studies/<slug:slug>/items/<slug:code>/edit/", item_forms.edit, name="item-edit"),
    path("studies/<slug:slug>/items/<slug:code>/reword/", wording.reword, name="item-reword"),
    path("studies/<slug:slug>/items/<slug:code>/whole/", whole_item.whole, name="item-whole"),
    path("studies/<slug:slug>/texts/", shared_texts.parts, name="shared-texts"),
    path("studies/<slug:slug>/texts/<str:part>/", shared_texts.change, name="shared-text"),
    path(f"{ROUND}/corrections/", wording.corrections, name="corrections"),
    path(f"{ROUND}/corrections/<slug:code>/", wording.correct, name="text-correct"),
    path(f"{ROUND}/deadline/", closing.deadline, name="round-deadline"),
    path(f"{ROUND}/close/", closing.close, name="round-close"),
    path(f"{ROUND}/reopen/", closing.reopen, name="round-reopen"),
    path(f"{ROUND}/messages/", mailing.message_status, name="messages"),
    path(f"{ROUND}/messages/<int:message_id>/resend/", mailing.resend, name="message-resend"),
    path(f"{ROUND}/invitations/", mailing.invitations, name="invitations"),
    path(f"{ROUND}/reminders/", mailing.reminders, name="reminders"),
    path(f"{ROUND}/reasons/", moderation.pending_reasons, name="reasons"),
    path(f"{ROUND}/reasons/<int:rationale_id>/", moderation.decide, name="reason-decide"),
]
