"""Wiring of Deterrence Delphi: settings, addresses, Celery. No behaviour lives here."""

from deterrence_delphi.celery import app as celery_app

__all__ = ["celery_app"]
__version__ = "0.1.0"
