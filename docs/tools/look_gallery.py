"""Render every component to one page, for screenshots and for axe: a picture book of docs/look.md.

    python docs/tools/look_gallery.py FOLDER [LANGUAGE]

writes FOLDER/gallery.html (and copies static/ beside it); serve the folder with `python -m http.server` and look at it.
Nothing of it is part of the product.
"""

import shutil
import sys
from pathlib import Path

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("language/", lambda request: HttpResponse(), name="set-language")]  # the switcher asks for it
ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))


def configure() -> None:
    """Only what templates need: no database, no sessions."""
    import django
    from django.conf import settings

    settings.configure(
        SECRET_KEY="gallery",  # noqa: S106 - of a page that nobody serves
        ROOT_URLCONF=__name__, USE_I18N=True, STATIC_URL="static/", LOCALE_PATHS=[ROOT / "locale"],
        LANGUAGES=[("en", "English"), ("ko", "한국어"), ("ja", "日本語")], INSTALLED_APPS=["django.contrib.staticfiles"],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [ROOT / "templates", HERE / "gallery"],
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }],
    )
    django.setup()


def strips() -> dict[str, object]:
    """One strip for each kind of axis, at the sizes that studies use."""
    from surveys.strip import PANEL, Published, largest_share, nominal_strip, numeric_strip, ordinal_strip

    nine = Published(41, (0, 1, 3, 7, 12, 9, 5, 3, 1), 5, 4, 6, 2)
    agree = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
    options = [
        ("within", "From within, by using the existing institutions and turning their procedures to its own ends"),
        ("economy", "By economic weight"), ("force", "By force"), ("none", "It does not mean to change it"),
    ]
    panels = {
        "Japan": (12, (0, 0, 1, 1, 4, 4, 1, 1, 0), 5, 5, 6), "United States": (14, (0, 1, 2, 4, 4, 2, 1, 0, 0), 4, 3.25, 5),
        "South Korea": (9, (0, 0, 0, 1, 2, 2, 2, 2, 0), 6, 5, 7), "Norway": None,
    }
    peak = largest_share([figures[1] for figures in panels.values() if figures])
    return {
        "nine": ordinal_strip(9, nine, words=("Negligible", "Existential threat to the state"), own=4),
        "seven": ordinal_strip(7, Published(28, (1, 0, 2, 4, 9, 8, 4), 5, 4.75, 6), words=("Very unlikely", "Very likely"), own=7),
        "five": ordinal_strip(5, Published(33, (2, 4, 5, 16, 6), 4, 3, 4), words=agree, own=1),
        "one_value": ordinal_strip(5, Published(20, (0, 1, 2, 16, 1), 4, 4, 4), words=agree, role=PANEL),
        "probability": numeric_strip(0, 100, Published(41, (6, 11, 9, 6, 4, 2, 1, 1, 1, 0), 20, 10, 35), unit="%", own=62,
                                     ends=("impossible", "certain")),
        "edges": numeric_strip(0, 100, Published(30, (24, 3, 2, 0, 0, 0, 0, 0, 0, 1), 2, 0.5, 5), unit="%", own=0),
        "days": numeric_strip(0, 365, Published(24, (9, 6, 4, 2, 1, 1, 0, 0, 0, 1), 45, 14, 90), unit="days", own=360),
        "billions": numeric_strip(0, 2_000_000, Published(18, (2, 5, 4, 3, 2, 1, 1, 0, 0, 0), 420_000, 260_000, 700_000), own=1_100_000,
                                  format_number=lambda value: f"{value:,.0f}"),
        "unbounded": numeric_strip(None, None, Published(18, None, 1.9, 1.4, 2.4), unit="% of GDP", own=3.1),
        "nominal": nominal_strip(options, Published(41, (17, 14, 8, 2), n_cannot_judge=3), own="economy"),
        "panels": [
            {"name": name, "is_own": name == "Japan",
             "strip": figures and ordinal_strip(9, Published(*figures), role=PANEL, compact=True, peak=peak)}
            for name, figures in panels.items()
        ],
    }


def rows() -> dict[str, object]:
    """The organizer's pieces."""
    from surveys.strip import ResponseBar

    return {
        "crumbs": [{"label": "Studies", "url": "#"}, {"label": "Threats and roles", "url": "#"}, {"label": "Round 2"}],
        "steps": [
            {"name": "Round 1", "state": "released", "dates": "3–17 March", "position": "done"},
            {"name": "Round 2", "state": "open", "dates": "until 14 April, 18:00 (Asia/Seoul)", "position": "now"},
            {"name": "Round 3", "state": "not prepared", "dates": "", "position": "ahead"},
        ],
        "responses": [
            {"name": "United States", "bar": ResponseBar(9, 2, 3), "notes": "Reminder due on 10 April"},
            {"name": "Japan", "bar": ResponseBar(12, 0, 0)}, {"name": "South Korea", "bar": ResponseBar(0, 4, 8)},
        ],
        "columns": [{"label": "Item"}, {"label": "n", "numeric": True}, {"label": "Median", "numeric": True}],
        "table": [["The outcome in one theatre changes deterrence in the other", "41", "4.0"], ["Warning", "38", "12.5"]],
        "nav": [{"label": "Studies", "url": "#", "is_current": True}, {"label": "Account", "url": "#"}],
        "points": range(1, 10), "seven_points": range(1, 8), "words": ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"],
        "sides": ["Below the middle half", "Within the middle half", "Above the middle half"],
    }


def main() -> None:
    configure()
    from django.template.loader import render_to_string
    from django.test import RequestFactory
    from django.utils import translation

    folder, language = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "en"
    folder.mkdir(parents=True, exist_ok=True)
    translation.activate(language)
    page = render_to_string("gallery.html", {**strips(), **rows()}, RequestFactory().get("/"))
    (folder / "gallery.html").write_text(page)
    shutil.copytree(ROOT / "static", folder / "static", dirs_exist_ok=True)


if __name__ == "__main__":
    main()
