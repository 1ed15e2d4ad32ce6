"""Addresses of results and files."""

from django.urls import URLPattern

app_name = "analysis"
urlpatterns: list[URLPattern] = []
