"""WSGI entry point: how the product is served (sync views cost a third of what they do under ASGI)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deterrence_delphi.settings")
application = get_wsgi_application()
