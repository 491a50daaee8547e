"""Settings. What differs between installations comes from the environment; everything else is the same everywhere.

=====================  ==========================================================================
YIXIAN_HOME            home folder (default ./var): database, media, keys
DATABASE_URL           postgresql://user@host/name or postgresql:///name?host=/socket/dir; default SQLite in the home
YIXIAN_HOSTS           host names this is served under, separated by commas (default: this machine only)
YIXIAN_HTTPS           1 when served behind HTTPS: secure cookies, HSTS
YIXIAN_PROXIES         proxies before this server, whose word on addresses counts (default: 1 with YIXIAN_HTTPS=1, else 0)
YIXIAN_PACKS           folder of policy packs that are registered at start (default: those shipped with the product)
YIXIAN_PROCEDURES      folder of procedures and the calendar of workdays (default: those shipped with the product)
YIXIAN_HELPDESK            table with the policy desk's limit and the holidays (default: the one shipped with the product)
YIXIAN_ADDRESS         the public address printed on paper, e.g. https://yixian.example.gov.cn
YIXIAN_SMS_URL         an HTTPS gateway for text messages, or file: to write them into the home's outbox/ (default: none)
YIXIAN_SMS_TOKEN       the bearer token for that gateway
YIXIAN_SMS_SUCCESS     what its answer says when it has taken a message, like code=0 (default: no known error in it)
YIXIAN_MAILBOX_URL     imaps://user:password@host:993/INBOX?done=Archive where people write to (default: none)
YIXIAN_EMAIL_URL       smtp+tls://user:password@host:port?from=address (smtp+ssl://…), or file: (default: no e-mail)
=====================  ==========================================================================
"""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from yixian.config.channels import channel_settings
from yixian.config.databases import database_settings
from yixian.config.home import home
from yixian.demo.note import NOTE, read_note

HOME = home()
HOME.prepare()
PACKAGE = Path(__file__).resolve().parent.parent

YIXIAN_PACKS = Path(os.environ.get("YIXIAN_PACKS", PACKAGE.parent.parent / "packs"))
YIXIAN_PROCEDURES = Path(os.environ.get("YIXIAN_PROCEDURES", PACKAGE.parent.parent / "procedures" / "cn"))
YIXIAN_HELPDESK = Path(os.environ.get("YIXIAN_HELPDESK", PACKAGE / "policies" / "helpdesk.toml"))
YIXIAN_KEYS = HOME.keys / "fields.json"
YIXIAN_CHANNELS = channel_settings(os.environ, HOME.outbox, invented=(HOME.root / NOTE).exists())
YIXIAN_MAILBOX_URL = os.environ.get("YIXIAN_MAILBOX_URL", "")
YIXIAN_ADDRESS = os.environ.get("YIXIAN_ADDRESS", "http://127.0.0.1:8000").rstrip("/")

YIXIAN_PROXIES = int(os.environ.get("YIXIAN_PROXIES", "") or os.environ.get("YIXIAN_HTTPS") == "1")

SECRET_KEY = HOME.secret()
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("YIXIAN_HOSTS", "").split(",") if host] or [
    "localhost",
    "127.0.0.1",
    "[::1]",
]

INSTALLED_APPS = [
    "yixian.kernel",
    "yixian.registry",
    "yixian.duty",
    "yixian.inventory",
    "yixian.policies",
    "yixian.budget",
    "yixian.survey",
    "yixian.posting",
    "yixian.compensation",
    "yixian.revisions",
    "yixian.quizzes",
    "yixian.visits",
    "yixian.outreach",
    "yixian.matters",
    "yixian.working_groups",
    "yixian.workbook",
    "yixian.web",
    "yixian.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "yixian.web.head_requests.HeadAsGet",
    "yixian.web.log_context.LogContext",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yixian.web.compression.CompressPublicPages",
    "yixian.web.headers.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "yixian.web.chosen_language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yixian.web.error_pages.Refusals",
    "yixian.config.gate.Gate",
]

ROOT_URLCONF = "yixian.config.urls"
WSGI_APPLICATION = "yixian.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "yixian.web.context.page",
            ],
            "builtins": [
                "yixian.web.templatetags.yixian",
                "yixian.web.templatetags.icons",
                "yixian.web.templatetags.rooms",
            ],
        },
    }
]

FORM_RENDERER = "yixian.web.ui.form_renderer.FormRenderer"

DATABASES = {"default": database_settings(os.environ.get("DATABASE_URL", ""), HOME.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(HOME.progress),
    }
}

AUTH_USER_MODEL = "kernel.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "yixian.kernel.passwords.GuessablePassword"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "staff:home"
LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "yixian.web.sign_up.ClosedSignup"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip"}  # wrong passwords: yixian.web.sign_up
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Yixian 一线"
MFA_ADAPTER = "yixian.web.second_factor.SealedFactors"
YIXIAN_SECOND_FACTOR = True
_NOTE = read_note(HOME.root)
YIXIAN_INVENTED_USERS = frozenset(one.username for one in _NOTE.sign_ins) if _NOTE else frozenset()

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = "yixian.config.formats"
LOCALE_PATHS: list[Path] = [
    PACKAGE / "web" / "figures" / "locale",
    PACKAGE / "web" / "matters" / "locale",
    PACKAGE / "web" / "library" / "locale",
    PACKAGE / "web" / "revisions" / "locale",
    PACKAGE / "web" / "quizzes" / "locale",
    PACKAGE / "web" / "portal" / "locale",
    PACKAGE / "web" / "agreements" / "locale",
    PACKAGE / "web" / "budget" / "locale",
    PACKAGE / "web" / "field" / "locale",
    PACKAGE / "web" / "field_app" / "locale",
    PACKAGE / "web" / "openrosa" / "locale",
    PACKAGE / "web" / "posting" / "locale",
    PACKAGE / "web" / "outreach" / "locale",
    PACKAGE / "web" / "survey" / "locale",
    PACKAGE / "web" / "portal" / "calculator" / "locale",
    PACKAGE / "compensation" / "paper" / "locale",
    PACKAGE / "registry" / "paper" / "locale",
]

STATIC_URL = "static/"
STATIC_ROOT = HOME.root / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(HOME.media)},
    },
    "staticfiles": {"BACKEND": "yixian.web.static_files.NamedStaticFiles"},
}
MEDIA_ROOT = HOME.media

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "yixian.config.gate.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if os.environ.get("YIXIAN_HTTPS") == "1":
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_NAME = (
        "__Host-sessionid"  # taken by browsers only from this host, over HTTPS, for every path
    )
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"who": {"()": "yixian.web.log_context.WhoAndWhere"}},
    "formatters": {
        "plain": {
            "format": "{asctime}+08:00 {levelname} {name} user={who} from={where}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["who"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
