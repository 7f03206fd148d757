"""All settings, read top to bottom. Every variable is documented in docs/settings.md, and a test compares the lists."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
ROOMS = [
    "realtime", "accounts", "jobs", "moderation", "consultations", "polls", "opinions", "forums",
    "summaries", "notifications", "api", "pages",
]  # fmt: skip

# ---- The installation -------------------------------------------------------------------------
DEBUG = env.boolean("DEBUG")
TESTING = "pytest" in sys.modules
SECRET_KEY = env.text("SECRET_KEY", "only-for-development" if DEBUG or TESTING else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )
PORT = env.number("PORT", 8000)
PUBLIC_URL = env.text("PUBLIC_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
_public = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", _public.hostname or "") + (
    ["127.0.0.1", "localhost", "[::1]"] if DEBUG or TESTING else []
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
VAR_DIR = Path(env.text("VAR_DIR") or (tempfile.mkdtemp("rembuk") if TESTING else BASE_DIR / "var")).resolve()
(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)
SERVICE_NAME = env.text("SERVICE_NAME", "Rembuk")

DATABASE_URL = env.text("DATABASE_URL")
REDIS_URL = env.text("REDIS_URL")
if not TESTING:  # what is not used would cost 16 MB and a sixth of a second
    env.leave_out(*([] if DATABASE_URL.startswith("postgres") else ["psycopg"]), *([] if REDIS_URL else ["redis"]))

# ---- What it is made of -----------------------------------------------------------------------
INSTALLED_APPS = [
    "daphne",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "django.forms",
    "channels",
    "django_filters",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "huey.contrib.djhuey",
    *ROOMS,
    *(["demo"] if DEBUG or TESTING else []),
    *(["django.contrib.postgres"] if DATABASE_URL.startswith("postgres") else []),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *([] if TESTING else ["pages.unchanged.UnchangedMiddleware"]),  # most tests look at what they have not committed
    "pages.compression.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django.contrib.humanize.templatetags.humanize",
                "pages.templatetags.rembuk",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# ---- Where things are kept --------------------------------------------------------------------
if TESTING and REDIS_URL:  # each worker of a test run, and the servers it starts, have a Redis database of their own
    REDIS_URL = os.environ["REDIS_URL"] = env.numbered(REDIS_URL, os.environ.get("PYTEST_XDIST_WORKER", "gw0"))
DATABASES = {"default": env.database(DATABASE_URL, VAR_DIR / "rembuk.sqlite3")}
if TESTING:  # each run, and each of its workers, makes and drops a database of its own
    DATABASES["default"]["TEST"] = {"NAME": f"test_rembuk_{os.getpid()}"} if DATABASE_URL else {}
    if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # what a test writes need not outlive the server
        DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
HUEY: dict[str, Any]
CACHES: dict[str, Any]
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": None}]},
        }
    }
    HUEY = {"huey_class": "huey.RedisHuey", "name": "rembuk", "connection": {"url": REDIS_URL}}
else:
    CACHES = {  # holds counters of sign-ins, which 300 entries (Django's default) would forget in a flood
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    }
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    HUEY = (
        {"huey_class": "huey.PostgresHuey", "name": "rembuk", "connection": {"dsn": DATABASE_URL}}
        if DATABASE_URL.startswith("postgres")
        else {
            "huey_class": "huey.SqliteHuey",
            "name": "rembuk",
            "connection": {"filename": str(VAR_DIR / "jobs.sqlite3")},
        }
    )
if TESTING:  # tests queue nothing that a worker beside them would take
    HUEY = {"huey_class": "huey.MemoryHuey", "name": "rembuk"}
HUEY |= {"immediate": False, "results": False, "consumer": {"workers": 1, "worker_type": "thread", "max_delay": 1.0}}

# ---- People -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backend.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
if TESTING:  # tests sign in hundreds of times, and guess no passwords
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:home"
LOGOUT_REDIRECT_URL = "pages:home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # a password is for those who want one; codes and passkeys do
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_FORMS = {
    name: f"accounts.signing_in.{form}"
    for name, form in {
        "login": "LoginForm", "signup": "SignupForm", "add_email": "AddEmailForm",
        "change_password": "ChangePasswordForm", "set_password": "SetPasswordForm",
        "reset_password": "ResetPasswordForm", "reset_password_from_key": "ResetPasswordKeyForm",
        "reauthenticate": "ReauthenticateForm", "request_login_code": "RequestLoginCodeForm",
        "confirm_login_code": "ConfirmLoginCodeForm",
        "confirm_email_verification_code": "ConfirmEmailVerificationCodeForm",
    }.items()
}  # fmt: skip
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {  # by address a village hall of people; by key (an e-mail address) what guessing needs
    "signup": "120/10m/ip",
    "login": "180/10m/ip",
    "login_failed": "60/10m/ip,5/300s/key",
    "request_login_code": "120/10m/ip,3/m/key",
    "reset_password": "120/10m/ip,5/m/key",
    "reset_password_from_key": "120/10m/ip",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{SERVICE_NAME}: "
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# ---- Language and time ------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale" / room for room in [*ROOMS, "accounts", "demo"]]
TIME_ZONE = env.text("TIME_ZONE", "Asia/Jakarta")
USE_TZ = True

# ---- Files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "pages.static.SheetFinder",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if TESTING else "pages.static.Storage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# ---- E-mail -----------------------------------------------------------------------------------
globals().update(env.email(env.text("EMAIL_URL")))
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"{SERVICE_NAME} <rembuk@{_public.hostname or 'localhost'}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# ---- A language model, off unless an address is set: it suggests, people decide ------------------
LANGUAGE_MODEL_URL = env.text("LANGUAGE_MODEL_URL").rstrip("/")
LANGUAGE_MODEL_NAME = env.text("LANGUAGE_MODEL_NAME")
LANGUAGE_MODEL_KEY = env.text("LANGUAGE_MODEL_KEY")
if LANGUAGE_MODEL_URL and (urlsplit(LANGUAGE_MODEL_URL).scheme not in ("http", "https") or not LANGUAGE_MODEL_NAME):
    raise ImproperlyConfigured(
        "LANGUAGE_MODEL_URL must begin with http:// or https://, and needs LANGUAGE_MODEL_NAME: people are told it."
    )

# ---- Safety -----------------------------------------------------------------------------------
SECURE = _public.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "pages.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

# ---- Interfaces -------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{SERVICE_NAME} API",
    "DESCRIPTION": "What everybody may read: consultations, drafts, comments, polls, statements, threads, themes.",
    "VERSION": "1",
    "SERVERS": [{"url": PUBLIC_URL}],
    "ENUM_NAME_OVERRIDES": {  # the same word names different sets of values
        "PhaseKind": "consultations.models.PhaseKind",
        "ClauseKind": "consultations.models.ClauseKind",
        "QuestionKind": "polls.models.QuestionKind",
        "ContributionKind": "summaries.models.Kind",
        "PollState": "api.base.STATES",
    },
}

# ---- Logs: what happened, never what was sent ---------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
}
