"""Settings, read from the environment; docs/deployment.md lists each variable."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF  # noqa: F401
from django.utils.translation import gettext_lazy as _

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def flag(name: str) -> bool:
    """Whether a variable is set to something that means yes."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """A variable's comma-separated words."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


DEMONSTRATION = flag("SAFEBOARD_DEMO")
DEBUG = flag("SAFEBOARD_DEBUG")
SAFEBOARD_HOME = Path(os.environ.get("SAFEBOARD_HOME") or ROOT / "var" / ("demo" if DEMONSTRATION else "live"))
SAFEBOARD_KEYS = Path(os.environ.get("SAFEBOARD_KEYS") or SAFEBOARD_HOME / "keys")
SAFEBOARD_CHECKPOINTS = Path(os.environ.get("SAFEBOARD_CHECKPOINTS") or SAFEBOARD_HOME / "checkpoints")
SAFEBOARD_SITELOGS_DIR = Path(os.environ.get("SAFEBOARD_SITELOGS_DIR") or SAFEBOARD_HOME / "sitelogs")
SAFEBOARD_SITELOGS_WATCH = os.environ.get("SAFEBOARD_SITELOGS_WATCH", "")  # a folder whose files are taken in
SAFEBOARD_SITELOGS_ENGINE = os.environ.get("SAFEBOARD_SITELOGS_ENGINE") or "duckdb"  # or spark: docs/sitelogs.md
SAFEBOARD_SITELOGS_APART = flag("SAFEBOARD_SITELOGS_APART")  # the archive beside: as web says in wsgi.py, command.py
SAFEBOARD_CLAMD = os.environ.get("SAFEBOARD_CLAMD", "")  # ClamAV's socket: unix:/run/clamav/clamd.ctl or host:3310
SAFEBOARD_PACKS = words("SAFEBOARD_PACKS")  # folders with further content packs
SAFEBOARD_ADDRESS = os.environ.get("SAFEBOARD_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
SAFEBOARD_HOME.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """From the environment, or kept with the other keys and made on first start."""
    given = os.environ.get("SAFEBOARD_SECRET_KEY")
    if given:
        return given
    path = SAFEBOARD_KEYS / "django.key"
    if not path.exists():
        import secrets

        SAFEBOARD_KEYS.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(32))
        except FileExistsError:
            pass
    return path.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = words("SAFEBOARD_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [SAFEBOARD_ADDRESS]
CSRF_FAILURE_VIEW = "safeboard.core.kept.token_refused"  # keeps what was typed
SECURE = SAFEBOARD_ADDRESS.startswith("https://")

# Other programs that are told of events: none by default. Nobody but whoever runs the service can name one.
SAFEBOARD_WEBHOOK_URLS = words("SAFEBOARD_WEBHOOK_URLS")
SAFEBOARD_WEBHOOK_SECRET = os.environ.get("SAFEBOARD_WEBHOOK_SECRET", "")

INSTALLED_APPS = [
    "safeboard.web",  # before django.forms: its templates for fields come first
    "safeboard.takeaway",
    "safeboard.api",
    "safeboard.insight",
    "safeboard.incidents",
    "safeboard.standards",
    "safeboard.sitelogs",
    "safeboard.meetings",
    "safeboard.strategy",
    "safeboard.charts",
    "safeboard.partnership",
    "safeboard.library",
    "safeboard.outbox",
    "safeboard.documents",
    "safeboard.accounts",
    "safeboard.core",
    "rules",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "safeboard.core.unseen.UnseenMiddleware",  # first: what it takes away, nothing after it can write down
    "django.middleware.security.SecurityMiddleware",
    "safeboard.web.compressed.CompressedMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "safeboard.accounts.middleware.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "safeboard.partnership.middleware.AccessMiddleware",
    "safeboard.web.failures.FailuresMiddleware",
]

ROOT_URLCONF = "safeboard.web.urls"
WSGI_APPLICATION = "safeboard.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "safeboard.web.context.safeboard",
            ],
        },
    }
]
FORM_RENDERER = "safeboard.web.components.GovukRenderer"

# An empty DATABASE_URL counts as unset.
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{SAFEBOARD_HOME / 'safeboard.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # 8 MB of pages for each connection: more was no quicker with 800 MB of data, and each thread has its own.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8192;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # Parts of pages that hold nothing of anybody: each process keeps its own.
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "process",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
SESSION_ENGINE = "safeboard.core.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

AUTH_USER_MODEL = "accounts.Person"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
# A language is offered once its words are there: a page that says it is Welsh must be Welsh.
_NAMES = {"en-gb": _("English"), "cy": _("Welsh"), "gd": _("Scottish Gaelic"), "ga": _("Irish")}
LANGUAGES = [(code, _NAMES.get(code, code)) for code in words("SAFEBOARD_LANGUAGES", "en-gb")]
LOCALE_PATHS = [*words("SAFEBOARD_LOCALE"), ROOT / "safeboard" / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = USE_TZ = True
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("SAFEBOARD_STATIC") or ROOT / "var" / "static")
STATICFILES_DIRS: list[Path] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Files are refused unread but where a page takes them, and are kept in memory only (core.uploads).
FILE_UPLOAD_HANDLERS = [
    "safeboard.core.uploads.GateUploadHandler",
    "safeboard.core.uploads.MemoryOnlyUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 20_000_000
# Nothing larger is read: the import has its own, larger, limit for its one file.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("SAFEBOARD_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("SAFEBOARD_SMTP_PORT") or 25)
EMAIL_HOST_USER = os.environ.get("SAFEBOARD_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SAFEBOARD_SMTP_PASSWORD", "")
EMAIL_USE_TLS = flag("SAFEBOARD_SMTP_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("SAFEBOARD_MAIL_FROM", "safeboard@localhost")

# The log says where something failed and of what kind; no body, no value, no variable, and no mail about it.
ADMINS: list[tuple[str, str]] = []
DEFAULT_EXCEPTION_REPORTER_FILTER = "safeboard.web.logs.NothingPersonal"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "quiet": {"()": "safeboard.web.logs.QuietFormatter", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.db.backends": {"level": "WARNING"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "safeboard": {"level": "INFO"},
    },
}

from safeboard.accounts.settings import *  # noqa: E402,F403  (sign-in, second factor, session limits)
