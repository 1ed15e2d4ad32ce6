"""Addresses of the read API that know no figures; those that do are in analysis/urls.py."""

from django.urls import path

from surveys.api.items import ItemList
from surveys.api.rounds import RoundList
from surveys.api.studies import StudyDetail, StudyList

urlpatterns = [
    path("api/studies/", StudyList.as_view(), name="api-studies"),
    path("api/studies/<slug:slug>/", StudyDetail.as_view(), name="api-study"),
    path("api/studies/<slug:slug>/rounds/", RoundList.as_view(), name="api-rounds"),
    path("api/studies/<slug:slug>/items/", ItemList.as_view(), name="api-items"),
]
