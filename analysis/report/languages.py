"""In which languages a report can be had."""

from django.conf import settings

from surveys.models import Study

SPOKEN = tuple(code for code, _name in settings.LANGUAGES)


def report_languages(study: Study) -> list[str]:
    """The study's languages that reports are written in, the source language first; English where there is none."""
    return [language for language in study.languages if language in SPOKEN] or [SPOKEN[0]]

