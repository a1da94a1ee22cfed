"""The entry that a WSGI server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wurzelwerk.house.settings")
application = get_wsgi_application()
