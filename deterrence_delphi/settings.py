"""Settings, from the environment only. One file, titled sections; docs/deployment.md explains each variable.

DELPHI_MODE says where we run: "demo" and "test" bring their own keys and servers, anything else is
production and refuses to start without SECRET_KEY, IDENTITY_KEY and ALLOWED_HOSTS.
"""

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env("DELPHI_VAR", default=str(BASE_DIR / "var")))

# --- Where we run -----------------------------------------------------------------------------------------------------
MODE = env("DELPHI_MODE", default="production")
PRODUCTION = MODE not in ("demo", "test")
DEBUG = False


def required(name: str, remedy: str) -> str:
    """A variable that production can't do without; demo and test mode have a fixed stand-in."""
    value = env(name, default="")
    if value:
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(f"{name} is not set. {remedy} See docs/deployment.md.")
    return f"only-for-demo-and-tests-{name}-0123456789abcdef0123456789abcdef"


SECRET_KEY = required("SECRET_KEY", "Set it to 50 or more random characters.")
IDENTITY_KEY = required("IDENTITY_KEY", "Set it to 50 or more random characters, kept apart from the database's backups.")
if PRODUCTION and len(IDENTITY_KEY) < 32:
    raise ImproperlyConfigured("IDENTITY_KEY is too short: use at least 32 random characters.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]", "testserver"])
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set. Name the host names of this site. See docs/deployment.md.")
# Links in e-mails are built from this, never from a request's Host header.
SITE_URL = env("SITE_URL", default=f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL] if PRODUCTION else [])

# --- Applications -----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "drf_spectacular_sidecar",  # the files of the API's page
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "accounts",
    "surveys",
    "analysis",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "deterrence_delphi.middleware.compressed_pages",
    "csp.middleware.CSPMiddleware",
    "deterrence_delphi.middleware.privacy_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "deterrence_delphi.urls"
WSGI_APPLICATION = "deterrence_delphi.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ]},
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Database: PostgreSQL, or SQLite where there is none ----------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{quote(str(VAR_DIR / 'db.sqlite3'))}")}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # Without IMMEDIATE a reader that turns writer fails at once with "database is locked", whatever the timeout.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA journal_size_limit=27103364;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# --- Broker, results, cache ---------------------------------------------------------------------------------------------
REDIS_URL = env("REDIS_URL", default="")


def redis_database(number: int) -> str:
    """REDIS_URL with a database number, for unix sockets and for network addresses."""
    offset = env.int("DELPHI_VALKEY_DB", default=0)
    if REDIS_URL.startswith("redis+socket://"):
        return f"{REDIS_URL.split('?')[0]}?virtual_host={number + offset}"
    return f"{REDIS_URL.rstrip('/')}/{number}" if REDIS_URL.rstrip("/").count("/") == 2 else REDIS_URL


def cache_location() -> str:
    """The cache's address: redis-py names sockets unix://, Celery names them redis+socket://."""
    url = redis_database(2)
    if url.startswith("redis+socket://"):
        path, _question, query = url.removeprefix("redis+socket://").partition("?")
        return f"unix://{path}?db={query.removeprefix('virtual_host=')}"
    return url


CELERY_BROKER_URL = redis_database(0) if REDIS_URL else "memory://"
CELERY_RESULT_BACKEND = redis_database(1) if REDIS_URL else "cache+memory://"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_RESULT_EXPIRES = 3600
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# A worker takes from both queues in turn, so what nobody waits for never stands before a count, an invitation or a deadline.
CELERY_TASK_QUEUES: dict[str, dict[str, str]] = {"celery": {}, "background": {}}
CELERY_TASK_ROUTES = {name: {"queue": "background"} for name in ("analysis.analyse_block", "analysis.run_plan", "analysis.run_simulation",
                                                                       "surveys.deliver_to_webhook")}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600, "socket_timeout": 5, "socket_connect_timeout": 1,
    "max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2,  # a sender gives up within a second
}
CELERY_TASK_PUBLISH_RETRY = False  # a broker that is down must not hold up the page; the sweeper takes over
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "close-due-rounds": {"task": "surveys.close_due_rounds", "schedule": 15.0},
    "aggregate-closed-rounds": {"task": "analysis.sweep_closed_rounds", "schedule": 15.0},
    "work-out-further-tables": {"task": "analysis.sweep_blocks", "schedule": 15.0},
    "run-waiting-plans": {"task": "analysis.sweep_plans", "schedule": 15.0},
    "run-simulations": {"task": "analysis.sweep_simulations", "schedule": 15.0},
    "send-queued-messages": {"task": "surveys.sweep_messages", "schedule": 20.0},
    "tell-webhooks": {"task": "surveys.sweep_webhooks", "schedule": 30.0},
    "delete-what-is-due": {"task": "surveys.delete_what_is_due", "schedule": 3600.0},
    "delete-stray-files": {"task": "analysis.delete_stray_files", "schedule": 3600.0},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": cache_location()}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Rendered items hold no answers; each web process keeps its own copy.
    "fragments": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "fragments", "TIMEOUT": 86400,
                  "OPTIONS": {"MAX_ENTRIES": 20000}},
}

# --- Signing in -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "surveys:study-list"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapters.ClosedSignup"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Deterrence Delphi"
SESSION_ENGINE = "accounts.sessions"  # the session and its user in one query
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "delphi_session"
CSRF_COOKIE_NAME = "delphi_csrf"
CSRF_FAILURE_VIEW = "deterrence_delphi.views.csrf_failure"

# --- What the browser may do ----------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE], "script-src": [SELF], "style-src": [SELF], "img-src": [SELF, "data:"], "font-src": [SELF], "connect-src": [SELF],
        "form-action": [SELF], "frame-ancestors": [NONE], "base-uri": [NONE], "manifest-src": [SELF],
    }
}
# Personal links carry a token in the address: only the origin is ever told. ("no-referrer" would make browsers send "Origin: null" with
# forms, which the CSRF check rightly refuses.)
SECURE_REFERRER_POLICY = "strict-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-delphi_session"
    CSRF_COOKIE_NAME = "__Host-delphi_csrf"
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

# --- Languages, times, numbers --------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ko", "한국어"), ("ja", "日本語")]
LANGUAGE_COOKIE_NAME = "delphi_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "deterrence_delphi.formats"
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True
SITE_NAME = _("Deterrence Delphi")

# --- Static files ---------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Hashed names and compressed copies, once they are collected; the very first collecting has to make them so.
IS_COLLECTED = MODE != "test" and ((STATIC_ROOT / "staticfiles.json").exists() or "collectstatic" in sys.argv[1:2])
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage" if IS_COLLECTED
                    else "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = not IS_COLLECTED

# --- Frozen answers: in the database, or in a storage that all machines share ---------------------------------------------
if env("SNAPSHOT_STORAGE", default=""):
    STORAGES["snapshots"] = {"BACKEND": env("SNAPSHOT_STORAGE"), "OPTIONS": env.json("SNAPSHOT_STORAGE_OPTIONS", default={})}
elif env("SNAPSHOT_FOLDER", default=""):
    folder = {"location": env("SNAPSHOT_FOLDER"), "base_url": None, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    STORAGES["snapshots"] = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder}

# --- E-mail ---------------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = env("EMAIL_BACKEND", default="django.core.mail.backends.smtp.EmailBackend" if PRODUCTION
                    else "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR_DIR / "outbox"
EMAIL_HOST = env("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Deterrence Delphi <delphi@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- The read API ---------------------------------------------------------------------------------------------------------
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=300)  # of one user, by session or token
# Organizers name addresses that are told of closed rounds: only ones of the public network, by https, unless this is set.
WEBHOOKS_TO_PRIVATE_ADDRESSES = env.bool("WEBHOOKS_TO_PRIVATE_ADDRESSES", default=False)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.AccessTokenAuthentication", "rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["surveys.api.throttles.ReadThrottle"],
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "DEFAULT_SCHEMA_CLASS": "surveys.api.description.ReadSchema",
    "URL_FORMAT_OVERRIDE": None,
}

# --- Logs: never an answer, a token or an address of a person ---------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_tokens": {"()": "deterrence_delphi.logs.WithoutTokens"}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_tokens"]}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
