"""Settings of the suite: the house's own, with cheap passwords and jobs done at once."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("WURZELWERK_SECRET_KEY", "only-for-tests")
os.environ.setdefault("WURZELWERK_TASKS", "immediate")

from wurzelwerk.house.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
OUTBOX_WAYS = {"mail": "tests.outbox.ways.Kept", "sms": "tests.outbox.ways.Kept"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A file of its own for each process: the threads of a running server need connections of their own.
    DATABASES["default"]["TEST"] = {  # noqa: F405
        "NAME": Path(tempfile.gettempdir()) / f"wurzelwerk-test-{os.getpid()}.sqlite3"
    }
