"""Experts' addresses. The token stands only in the link itself; everything after it is clean."""

from django.urls import path

from surveys.views.expert import answer, departure, home, link, record, review, section

urlpatterns = [
    path("i/<str:token>/", link.personal_link, name="link"),
    path("s/<slug:slug>/", home.home, name="expert-home"),
    path("s/<slug:slug>/consent/", home.consent, name="expert-consent"),
    path("s/<slug:slug>/section/<slug:code>/", section.section, name="expert-section"),
    path("s/<slug:slug>/answers/<int:asked_item_id>/", answer.save_answer, name="expert-answer"),
    path("s/<slug:slug>/review/", review.review, name="expert-review"),
    path("s/<slug:slug>/submit/", review.submit, name="expert-submit"),
    path("s/<slug:slug>/results/<int:number>/", home.results, name="expert-results"),
    path("s/<slug:slug>/my-answers/", record.my_answers, name="expert-record"),
    path("s/<slug:slug>/my-answers.csv", record.my_answers_csv, name="expert-record-csv"),
    path("s/<slug:slug>/withdraw/", departure.withdrawal, name="expert-withdraw"),
    path("s/<slug:slug>/leave/", departure.leave, name="expert-leave"),
]
