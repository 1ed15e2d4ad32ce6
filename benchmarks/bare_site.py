"""The anchor: the least that a Django survey of 20 ratings can be. A hashed token, CSRF, an ordinary template that renders every
radio button for everybody, two queries to open, one transaction to submit. Nothing is autosaved, shown back or protected."""

import os

import environ
from django.conf import settings

from benchmarks.bare import ITEMS, POINTS, digest

if not settings.configured:
    settings.configure(
        SECRET_KEY="benchmark", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF="benchmarks.bare_site", USE_TZ=True,
        DATABASES={"default": {**environ.Env.db_url_config(os.environ["DATABASE_URL"]), "CONN_MAX_AGE": 60}},
        MIDDLEWARE=["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", {"page.html": """<!doctype html>
<html lang="en"><head><title>{{ title }}</title></head><body><form method="post">{% csrf_token %}
{% for item in items %}<fieldset><legend>{{ item.text }}</legend>{% for point in points %}
<label><input type="radio" name="q{{ item.number }}" value="{{ point }}"> {{ point }}</label>{% endfor %}</fieldset>{% endfor %}
<button>Submit</button></form></body></html>""", "thanks.html": "<!doctype html><html lang='en'><title>Thanks</title><p>Thank you."})])]}}],
    )

from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path


def questionnaire(request: HttpRequest, token: str) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM bare_panelist WHERE token = %s", [digest(token)])
        (panelist,) = cursor.fetchone()
        if request.method == "POST":
            submit(cursor, panelist, request)
            return redirect("/thanks/", permanent=False)
        cursor.execute("SELECT state FROM bare_round WHERE id = 1")
        cursor.fetchone()
    items = [{"number": number, "text": f"How grave would event {number} be for your country?"} for number in range(ITEMS)]
    return render(request, "page.html", {"items": items, "points": range(1, POINTS + 1), "title": "Round 1"})


def submit(cursor: object, panelist: int, request: HttpRequest) -> None:
    rows = [(panelist, number, int(request.POST[f"q{number}"])) for number in range(ITEMS)]
    with transaction.atomic(), connection.cursor() as inside:
        inside.execute("SELECT state FROM bare_round WHERE id = 1 FOR SHARE")
        places = ", ".join(["(%s, %s, %s)"] * len(rows))
        inside.execute(f"INSERT INTO bare_answer VALUES {places} ON CONFLICT (panelist, item) DO UPDATE SET value = excluded.value",  # noqa: S608
                       [cell for row in rows for cell in row])
        inside.execute("INSERT INTO bare_submission VALUES (%s, now()) ON CONFLICT (panelist) DO UPDATE SET at = now()", [panelist])


def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "thanks.html")


urlpatterns = [path("thanks/", thanks), path("b/<str:token>/", questionnaire)]

application = get_wsgi_application()
