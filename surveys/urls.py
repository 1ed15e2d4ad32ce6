"""Addresses of experts' and organizers' pages, and of the read API."""

from surveys.api.urls import urlpatterns as api
from surveys.views.expert.urls import urlpatterns as expert
from surveys.views.organizer.urls import urlpatterns as organizer

app_name = "surveys"
urlpatterns = [*expert, *organizer, *api]
