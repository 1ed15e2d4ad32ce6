"""Addresses of the whole site."""

from django.contrib import admin
from django.urls import include, path

from deterrence_delphi import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("language/", views.set_language, name="set-language"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("surveys.urls")),
    path("", include("analysis.urls")),
]
