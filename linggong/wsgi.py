"""The program as a WSGI application."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linggong.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from linggong.dispatch.market import market  # noqa: E402  (models are there only now)

market.keep_warm()
