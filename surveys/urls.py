"""Addresses of experts' and organizers' pages."""

from surveys.views.expert.urls import urlpatterns as expert
from surveys.views.organizer.urls import urlpatterns as organizer

app_name = "surveys"
urlpatterns = [*expert, *organizer]
