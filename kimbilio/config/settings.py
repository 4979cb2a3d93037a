"""Django's settings: fixed for every installation, but for the few in `environment.py`."""

import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kimbilio.config.environment import environment

ENV = environment()
PACKAGE = Path(__file__).resolve().parent.parent


def _postgresql(url: str) -> dict[str, object]:
    """Turn a postgresql:// address into Django's settings for a database."""
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    socket = options.pop("host", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or socket,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlcipher(home: Path) -> dict[str, object]:
    """Describe the encrypted file in the home; its key comes from the open vault, never from here."""
    name = home / "kimbilio.db"
    return {
        "ENGINE": "kimbilio.core.sqlcipher",
        "NAME": str(name),
        "OPTIONS": {"timeout": 20},
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": str(home / "test.db")},
    }


HOME = ENV.home
# Printed at the terminal by `kimbilio run` while nobody can sign in; empty otherwise.
SETUP_TOKEN = ""
# A demo home holds fictional people only; its sign-ins need no second step.
DEMO = (ENV.home / "demo-home").exists()
DEBUG = False
# Replaced by a key derived from the home's root key as soon as the home is opened (see opening.py).
SECRET_KEY = secrets.token_urlsafe(50)
ALLOWED_HOSTS = [host.strip() for host in ENV.allowed_hosts.split(",") if host.strip()]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "kimbilio.demo",
    "kimbilio.desk",
    "kimbilio.exchange",
    "kimbilio.identity",
    "kimbilio.reports",
    "kimbilio.followup",
    "kimbilio.visits",
    "kimbilio.support",
    "kimbilio.community",
    "kimbilio.mat",
    "kimbilio.stock",
    "kimbilio.people",
    "kimbilio.places",
    "kimbilio.accounts",
    "kimbilio.audit",
    "kimbilio.core",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kimbilio.core.middleware.HomeLockMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kimbilio.accounts.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # The lock comes first: its password is posted to addresses that take no post themselves.
    "kimbilio.accounts.idle.IdleLockMiddleware",
    "kimbilio.accounts.entry.EntryMiddleware",
]

ROOT_URLCONF = "kimbilio.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "kimbilio.config.menu.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": (
        _postgresql(ENV.database_url.get_secret_value()) if ENV.database_url else _sqlcipher(ENV.home)
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Sign-in limits must outlive a restart, so they live in the (encrypted) database; and there must be room for
    # them, so that trying many names does not push a real one's count out.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sign_in_limits",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.Staff"
AUTHENTICATION_BACKENDS = ["kimbilio.accounts.signed_in.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "kimbilio.accounts.passwords.StrengthValidator"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "kimbilio.accounts.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "30/m/ip,5/15m/key", "reauthenticate": "10/m/user"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
MFA_ADAPTER = "kimbilio.accounts.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Kimbilio"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Phones and laptops without a network drift: a code of the half minute before or after will do.
MFA_TOTP_TOLERANCE = 1
USERSESSIONS_TRACK_ACTIVITY = False
USERSESSIONS_ADAPTER = "allauth.usersessions.adapter.DefaultUserSessionsAdapter"

# A message may hold a card code: it is kept with the sign-in, not in a cookie that a browser can read.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = ENV.https
CSRF_COOKIE_SECURE = ENV.https
CSRF_USE_SESSIONS = False
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "kimbilio.config.pages.form_expired"
SECURE_SSL_REDIRECT = ENV.https
# Whatever ends HTTPS in front of us says so in this header, and takes it out of what comes from outside.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
SECURE_HSTS_SECONDS = 31_536_000 if ENV.https else 0
# Under "no-referrer" Chromium posts our own forms with "Origin: null", which Django refuses. Nothing is sent to others.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
IDLE_SECONDS = ENV.idle_minutes * 60
# What the month's report asks of rooms above it, which it cannot know: see reports/queries/checks.py.
MONTH_CHECKS = ["kimbilio.exchange.month_checks.lines_that_wait"]
MONTH_CHECKS_THAT_TAKE_LONG = ["kimbilio.identity.month_checks.likely_duplicates"]
# A printed sheet says by when it is to be shredded: so many days after it was printed.
SHRED_AFTER_DAYS = ENV.shred_after_days

LANGUAGE_CODE = ENV.language
LANGUAGES = [("en", _("English")), ("sw", _("Kiswahili"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Strict"
TIME_ZONE = "Africa/Nairobi"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# A clinic's day sends two fields a person, a mark and a tick: so 10,000 people, and the rest of the form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_100
# A chosen book stays in memory until it is sealed: no plain copy of it ever lies on the disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 21_000_000

# Logs say what went wrong and where, never with what was typed: no request bodies, no local variables.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "kimbilio.core.logs.QuietFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "kimbilio": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
