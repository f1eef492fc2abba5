"""All settings, driven by the environment. Importing this refuses what is unsafe, with a sentence.

LINGGONG_HOME        folder of data, secrets and the embedded server (var/)
LINGGONG_DEMO        0 starts empty; 1 (with `make run`) brings a living county
LINGGONG_HOSTS       names under which the site is served, comma separated; needed beyond this machine
LINGGONG_HTTPS       1 where the site is served over https: secure cookies, HSTS
LINGGONG_SECRET_KEY  the signing key, where it does not live in the home folder
DATABASE_URL         a PostgreSQL server of one's own; DATABASE_APP_URL the unprivileged role on it
SMS_GATEWAY_URL, SMS_GATEWAY_KEY   the SMS gateway and the key that signs calls to it
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from linggong import database
from linggong.home import home, load_secrets
from linggong.lib.sealing import INDEX_KEY, Keyring

PACKAGE = Path(__file__).parent


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in ("1", "true", "yes", "on")


_secrets = load_secrets()
HTTPS = _flag("LINGGONG_HTTPS")
DEMO = _flag("LINGGONG_DEMO")
DEBUG = _flag("LINGGONG_DEBUG")
SECRET_KEY = os.environ.get("LINGGONG_SECRET_KEY") or _secrets["secret_key"]
_named_hosts = [h.strip() for h in os.environ.get("LINGGONG_HOSTS", "").split(",") if h.strip()]
ALLOWED_HOSTS = [*_named_hosts, "localhost", "127.0.0.1", "[::1]"]
if _named_hosts and not HTTPS:
    raise ImproperlyConfigured("LINGGONG_HOSTS serves beyond this machine: that needs https, set LINGGONG_HTTPS=1.")
if _named_hosts and DEBUG:
    raise ImproperlyConfigured("LINGGONG_DEBUG shows the program's inside: unset it where LINGGONG_HOSTS is set.")
if len(SECRET_KEY) < 40:
    raise ImproperlyConfigured("LINGGONG_SECRET_KEY is too short: give it 40 random characters or more.")

KEYRING = Keyring(
    keys={name: bytes.fromhex(key) for name, key in _secrets["field_keys"].items()}
    | {INDEX_KEY: bytes.fromhex(_secrets["index_key"])},
    current=_secrets["current_key"],
)

# ------------------------------------------------------------------ the parts

DOMAIN_APPS = [
    "audit",
    "notices",
    "accounts",
    "places",
    "workers",
    "employers",
    "posts",
    "messages",
    "dispatch",
    "attendance",
    "pay",
    "followups",
    "cases",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "linggong.foundation",
    *[f"linggong.{name}" for name in DOMAIN_APPS],
    "linggong.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "linggong.web.middleware.BadInputMiddleware",
    "linggong.web.middleware.ScopeMiddleware",  # last: it calls the view inside the viewer's transaction
]
ROOT_URLCONF = "linggong.urls"
WSGI_APPLICATION = "linggong.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "linggong.web.context.surface",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

# ------------------------------------------------------------------ the database


def _django_database(role: str) -> dict[str, object]:
    c = database.connection(role)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": c["dbname"],
        "USER": c["user"],
        "PASSWORD": c["password"],
        "HOST": c["host"],
        "PORT": str(c["port"]),
        "CONN_MAX_AGE": 600 if role == "app" else 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": f"linggong-{role}"},
    }


DATABASES = {"default": _django_database("app"), "owner": _django_database("owner")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ------------------------------------------------------------------ people who log in

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_CALLABLE = "linggong.web.signin.locked_out"
AXES_VERBOSE = False
LOGIN_URL = "/signin/"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# ------------------------------------------------------------------ the wire

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600
MEDIA_ROOT = home() / "media"

# ------------------------------------------------------------------ words, times, files

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("英文"))]
LOCALE_PATHS = [PACKAGE / "locale", *sorted(PACKAGE.glob("web/*/locale"))]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
STATIC_URL = "/static/"
STATIC_ROOT = home() / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

SMS_GATEWAY_URL = os.environ.get("SMS_GATEWAY_URL", "")
SMS_GATEWAY_KEY = os.environ.get("SMS_GATEWAY_KEY") or _secrets["gateway_key"]
PUBLIC_URL = os.environ.get("LINGGONG_PUBLIC_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS = ["axes.W003", "axes.W006"]  # a login is locked whoever tries: a whole hall shares one address
