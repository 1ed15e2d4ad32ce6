"""Addresses of the whole site."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from deterrence_delphi import views

# The library's own sign-in page of the administration would know neither the second factor nor the limit of attempts.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("language/", views.set_language, name="set-language"),
    path("accounts/email/", views.not_offered),  # accounts are given: their address is the operators' to change
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("surveys.urls")),
    path("", include("analysis.urls")),
]
