"""Organizers' addresses."""

from django.urls import path

from surveys.views.expert.urls import placeholder

urlpatterns = [path("studies/", placeholder, name="study-list"), path("studies/<slug:slug>/", placeholder, name="study")]
