"""Settings. Everything an installation changes comes from the environment.

DATABASE_URL              PostgreSQL for a city; without it an SQLite file under WURZELWERK_VAR
WURZELWERK_VAR            database, files and keys (default: var/)
WURZELWERK_SECRET_KEY     otherwise made once and kept in WURZELWERK_VAR/secret_key
WURZELWERK_HOSTS          host names served, comma between them
WURZELWERK_DEBUG          1 while developing
WURZELWERK_HTTPS          1 behind a proxy that speaks HTTPS and sets X-Forwarded-Proto and X-Forwarded-For
WURZELWERK_PORTAL_SITES   codes of the sites that pages without an account name, comma between (default: of all
                          controllers, those with a telephone)
WURZELWERK_URL            how the site is reached from outside, for links in messages: https://wurzelwerk.example
WURZELWERK_MAIL           smtp | console | dotted path of a way out (default: smtp where a host is named, else none)
WURZELWERK_MAIL_FROM      sender of mails
WURZELWERK_SMTP_HOST      mail server; with it _PORT (587), _USER, _PASSWORD, _TLS (starttls | tls | none)
WURZELWERK_SMS            http | console | dotted path of a way out (default: http where a URL is named, else none)
WURZELWERK_SMS_URL        gateway that takes SMS as JSON, and WURZELWERK_SMS_TOKEN
WURZELWERK_TASKS          immediate | database (default)
"""

import os
import secrets
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("WURZELWERK_VAR", BASE_DIR / "var")).resolve()


def _secret_key() -> str:
    """Return the installation's secret; make and keep one on the first run."""
    if key := os.environ.get("WURZELWERK_SECRET_KEY"):
        return key
    path = VAR / "secret_key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("WURZELWERK_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("WURZELWERK_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host not in {"*", "[::1]"}]

# The rooms that the house has, ground first. Delete a service and the city has no such room.
WURZELWERK_ROOMS = [
    "wurzelwerk.base",
    "wurzelwerk.evidence",
    "wurzelwerk.network",
    "wurzelwerk.trust",
    "wurzelwerk.cases",
    "wurzelwerk.offers",
    "wurzelwerk.drafts",
    "wurzelwerk.outbox",
    "wurzelwerk.pathways",
    "wurzelwerk.matching",
    "wurzelwerk.counselling",
    "wurzelwerk.housing",
    "wurzelwerk.appointments",
    "wurzelwerk.sheets",
    "wurzelwerk.letters",
    "wurzelwerk.desk",
    "wurzelwerk.api",
    "wurzelwerk.reports",
    "wurzelwerk.portal",
    "wurzelwerk.cli",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_tasks",
    "django_tasks_db",
    "django_cotton",
    "django_htmx",
    "ninja",
    *WURZELWERK_ROOMS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wurzelwerk.base.small_bodies.SmallFromOutsideMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wurzelwerk.trust.middleware.KeptByNobodyMiddleware",
    "wurzelwerk.trust.middleware.ActorMiddleware",
    "wurzelwerk.desk.following.FollowMergeMiddleware",
    "wurzelwerk.base.readonly.ReadOnlyGetMiddleware",
]

ROOT_URLCONF = "wurzelwerk.house.urls"
WSGI_APPLICATION = "wurzelwerk.house.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wurzelwerk.desk.context.navigation",
            ],
            "builtins": ["django_cotton.templatetags.cotton", "wurzelwerk.base.templatetags.components"],
        },
    },
]
# base.templatetags.i18n stands in for Django's own on purpose: the same tags, with a shorter way for plain texts.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]
FORM_RENDERER = "wurzelwerk.base.forms.KernRenderer"
INSTALLED_APPS.insert(0, "django.forms")

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR / 'wurzelwerk.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }

AUTH_USER_MODEL = "network.User"
AUTHENTICATION_BACKENDS = ["wurzelwerk.network.access.MemberBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [
    (prefix, folder) for prefix, folder in [("kern", BASE_DIR / "node_modules/@kern-ux/native/dist")] if folder.is_dir()
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
MEDIA_ROOT = VAR / "files"
_SCRIPTS = ("arabic", "armenian", "bengali", "devanagari", "ethiopic", "georgian", "hebrew", "tamil", "thai")
MANUAL_DIR = BASE_DIR / "docs/manual"
FONT_DIRS = [
    BASE_DIR / "node_modules/@expo-google-fonts" / family
    for family in ("noto-sans", "vazirmatn", *(f"noto-sans-{script}" for script in _SCRIPTS))
]

TASKS = {
    "default": {
        "BACKEND": (
            "django_tasks.backends.immediate.ImmediateBackend"
            if os.environ.get("WURZELWERK_TASKS") == "immediate"
            else "django_tasks_db.DatabaseBackend"
        )
    }
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

PORTAL_SITES = [code for code in os.environ.get("WURZELWERK_PORTAL_SITES", "").split(",") if code]

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # sentences name people: never in a cookie
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = os.environ.get("WURZELWERK_HTTPS") == "1"  # then the last entry of X-Forwarded-For is who asks
if BEHIND_PROXY:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

EMAIL_HOST = os.environ.get("WURZELWERK_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("WURZELWERK_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("WURZELWERK_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("WURZELWERK_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("WURZELWERK_SMTP_TLS", "starttls") == "starttls"
EMAIL_USE_SSL = os.environ.get("WURZELWERK_SMTP_TLS") == "tls"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
OUTBOX_WAYS = {
    "mail": os.environ.get("WURZELWERK_MAIL", "smtp" if EMAIL_HOST else ""),
    "sms": os.environ.get("WURZELWERK_SMS", "http" if os.environ.get("WURZELWERK_SMS_URL") else ""),
}
SMS_URL = os.environ.get("WURZELWERK_SMS_URL", "")
SMS_TOKEN = os.environ.get("WURZELWERK_SMS_TOKEN", "")
PUBLIC_URL = os.environ.get("WURZELWERK_URL", "").rstrip("/")
DEFAULT_FROM_EMAIL = os.environ.get("WURZELWERK_MAIL_FROM", "wurzelwerk@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "wurzelwerk.base.logs.WithoutSecrets"}},
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.server": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
