"""Django's settings: fixed for every installation, but for the few in `environment.py`."""

import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kimbilio.config.databases import postgresql, sqlcipher
from kimbilio.config.environment import environment
from kimbilio.core.logs import QUIET_LOGGING
from kimbilio.safekeeping.network import own_names

ENV = environment()
PACKAGE = Path(__file__).resolve().parent.parent

HOME = ENV.home
# Printed at the terminal by `kimbilio run` while nobody can sign in; empty otherwise.
SETUP_TOKEN = ""
# What ends the program that serves, keys and all (see closing.py); where nothing serves, nothing ends.
END_SERVING = lambda: None  # noqa: E731  # a setting, replaced where it serves
# A demo home holds fictional people only; its sign-ins need no second step.
DEMO = (ENV.home / "demo-home").exists()
DEBUG = False
# Replaced by a key derived from the home's root key as soon as the home is opened (see opening.py).
SECRET_KEY = secrets.token_urlsafe(50)
# HTTPS that we end ourselves (for a local network), or that something in front of us ends.
HTTPS = ENV.https or ENV.lan
# How the local network is served: set where it is (see lan.py), None elsewhere.
LAN = None
ALLOWED_HOSTS = (
    own_names(ENV.lan_name)
    if ENV.lan
    else [host.strip() for host in ENV.allowed_hosts.split(",") if host.strip()]
)

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
    "kimbilio.privacy",
    "kimbilio.safekeeping",
    "kimbilio.identity",
    "kimbilio.reports",
    "kimbilio.caseload",
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
    # Whoever may enter is asked why, where the person is not among those they work for.
    "kimbilio.caseload.asking.WhyMiddleware",
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
    "default": (postgresql(ENV.database_url.get_secret_value()) if ENV.database_url else sqlcipher(ENV.home))
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
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
MFA_TOTP_ISSUER = "Kimbilio"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Phones and laptops without a network drift: a code of the half minute before or after will do.
MFA_TOTP_TOLERANCE = 1
USERSESSIONS_TRACK_ACTIVITY = False
USERSESSIONS_ADAPTER = "allauth.usersessions.adapter.DefaultUserSessionsAdapter"

# A message may hold a card code: it is kept with the sign-in, not in a cookie that a browser can read.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# A browser takes a cookie of such a name only over HTTPS and from this very host; without HTTPS it would take none.
_HOST = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_HOST}sessionid"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = f"{_HOST}csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "kimbilio.config.pages.form_expired"
SECURE_SSL_REDIRECT = HTTPS
# Whatever ends HTTPS in front of us says so in this header, and takes it out of what comes from outside.
# Where we end HTTPS ourselves, that header comes from strangers.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https and not ENV.lan else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
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
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
IDLE_SECONDS = ENV.idle_minutes * 60
# What the month's report asks of rooms above it, which it cannot know: see reports/queries/checks.py.
MONTH_CHECKS = ["kimbilio.exchange.month_checks.lines_that_wait"]
MONTH_CHECKS_THAT_TAKE_LONG = ["kimbilio.identity.month_checks.likely_duplicates"]
# What rooms above say beside a person's record, which the desk cannot know: see people/marks.py.
PERSON_MARKS = ["kimbilio.privacy.marks.disagrees"]
# What is done once a day, and when the server starts (daily.py).
DAILY = [
    "kimbilio.accounts.sign_ins.forget_ended",
    "kimbilio.exchange.forgetting.forget_old_everywhere",
    "kimbilio.privacy.erasing.erase_again_everywhere",
    "kimbilio.safekeeping.daily.destroy_expired",
    "kimbilio.privacy.retention.forget_what_is_due_everywhere",
]
# Rooms that keep what names people outside their own records: each forgets them by `forget_people` and `forget_again`.
ALSO_FORGET = ["kimbilio.exchange.forgetting_people"]
# What rooms keep of which files or papers a person stood in, by the ids of those: see privacy/looks.py.
LEFT_WITH_OTHERS = ["kimbilio.exchange.taking_out.held.files_that_held"]
# Where backups go while serving, and how long those of the keyring live: see safekeeping/daily.py.
BACKUP_FOLDER = ENV.backup_folder
KEYRING_BACKUP_FOLDER = ENV.keyring_backup_folder
KEYRING_BACKUP_DAYS = ENV.keyring_backup_days
# Whom to call when the machine is taken: shown to those who are signed in.
CALL_FIRST = [one.strip() for one in ENV.call_first.split(";") if one.strip()]
# A printed sheet says by when it is to be shredded: so many days after it was printed.
SHRED_AFTER_DAYS = ENV.shred_after_days
# Somebody whom a member of staff met or registered is among those they work for, for so many days.
CASELOAD_DAYS = ENV.caseload_days
# From how many on something stands out of a week: the numbers of caseload/rules/standing_out.py.
WATCH = {
    name.removeprefix("watch_"): value
    for name, value in ENV.model_dump().items()
    if name.startswith("watch_")
}

LANGUAGE_CODE = ENV.language
LANGUAGES = [("en", _("English")), ("sw", _("Kiswahili"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = f"{_HOST}language"
LANGUAGE_COOKIE_SAMESITE = "Strict"
TIME_ZONE = "Africa/Nairobi"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# Our own pages alone need our scripts and styles.
WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# A clinic's day sends two fields a person, a mark and a tick: so 10,000 people, and the rest of the form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_100
# A chosen book stays in memory until it is sealed: no plain copy of it ever lies on the disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 21_000_000

LOGGING = QUIET_LOGGING
