"""Every setting, read from the environment once. Nothing here differs between tests and production but the values."""

import os
from pathlib import Path

from hearth.site.database import database
from hearth.site.logs import logging_for
from hearth.site.sign_in import providers

PACKAGE = Path(__file__).resolve().parent.parent
HEARTH_HOME = Path(os.environ.get("HEARTH_HOME", Path.cwd() / ".hearth"))
# The ledger's newest seal, written down; best on another machine's disk.
HEARTH_ANCHORS = Path(os.environ.get("HEARTH_ANCHORS", HEARTH_HOME / "anchors"))
HEARTH_KEYS = Path(os.environ.get("HEARTH_KEYS", HEARTH_HOME / "keys"))

# The provider's own packs, each a folder with a pack.toml; what they inherit lies beside them.
HEARTH_PACKS = Path(os.environ.get("HEARTH_PACKS", HEARTH_HOME / "packs"))

SECRET_KEY = os.environ.get("HEARTH_SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("HEARTH_HOSTS", "127.0.0.1,localhost").split(",")
# The keys say that this is a demonstration, and `hearth serve` refuses such keys.
DEMONSTRATION = (HEARTH_KEYS / "demonstration").exists()
# Plain http, for the demonstration and tests on this machine only.
PLAIN_HTTP = os.environ.get("HEARTH_PLAIN_HTTP") == "yes"
# How many proxies of ours stand in front; they tell the reader's address and that he came by https.
PROXIES = int(os.environ.get("HEARTH_PROXIES", "0"))
# The number to ring when Hearth itself cannot be used; shown on pages that may not ask the database.
HEARTH_RING = os.environ.get("HEARTH_RING", "")
# Shown on public pages as the way out for somebody watched: a place anybody might look at.
HEARTH_WAY_OUT = os.environ.get("HEARTH_WAY_OUT", "https://www.bbc.co.uk/weather")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "hearth.jobs",
    "hearth.web",
    "hearth.ledger",
    "hearth.organisation",
    "hearth.access",
    "hearth.policy",
    "hearth.timescales",
    "hearth.drafts",
    "hearth.people",
    "hearth.outbound",
    "hearth.housing",
    "hearth.concerns",
    "hearth.triage",
    "hearth.cases",
    "hearth.partners",
    "hearth.assurance",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hearth.web.middleware.private_pages",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hearth.web.middleware.FrontDoor",
    "django.middleware.csrf.CsrfViewMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "hearth.site.urls"
WSGI_APPLICATION = "hearth.site.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "environment": "hearth.web.environment.environment",
            "context_processors": ["hearth.web.context.shell"],
        },
    }
]

DATABASES = {"default": database(os.environ)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "organisation.User"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = "hearth.web.assets.is_for_ever"

# Privacy of pages
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "connect-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "form-action": ["'self'", *{origin for app in providers(os.environ) for origin in [app["origin"]]}],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
# Nothing to anybody else. Not "no-referrer": browsers then send our own forms with a null origin, which is refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = not PLAIN_HTTP
CSRF_COOKIE_NAME = "hearth-form" if PLAIN_HTTP else "__Host-hearth-form"
SESSION_COOKIE_NAME = "hearth" if PLAIN_HTTP else "__Host-hearth"
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "hearth.web.csrf.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# What is sent stays in memory until it is sealed and never lies open in a temporary folder. Bigger files are refused.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 20_000_000
LOGGING = logging_for(os.environ)

# Signing in
HEARTH_IDLE_MINUTES = int(os.environ.get("HEARTH_IDLE_MINUTES", "15"))
HEARTH_SESSION_HOURS = int(os.environ.get("HEARTH_SESSION_HOURS", "10"))
# For how long an API token may be made, and how often in a minute one may be used. Logging a concern never counts.
HEARTH_TOKEN_DAYS = int(os.environ.get("HEARTH_TOKEN_DAYS", "90"))
HEARTH_TOKEN_USES_A_MINUTE = int(os.environ.get("HEARTH_TOKEN_USES_A_MINUTE", "300"))
# For how long a code handed over in person sets a password.
HEARTH_CODE_HOURS = int(os.environ.get("HEARTH_CODE_HOURS", "24"))
SESSION_COOKIE_AGE = HEARTH_SESSION_HOURS * 3600
SESSION_ENGINE = "hearth.web.session_keys"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "home"
# Memory-hard, and a third of the processor time of Django's own first choice.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = ["hearth.web.signing_in.returning.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "hearth.web.signing_in.adapters.Accounts"
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "hearth.web.signing_in.forms.SignIn",
    "reauthenticate": "hearth.web.signing_in.forms.PasswordAgain",
    "change_password": "hearth.web.signing_in.forms.ChangePassword",
    "set_password": "hearth.web.signing_in.forms.FirstPassword",
    "reset_password": "hearth.web.signing_in.forms.AskForNewPassword",
    "reset_password_from_key": "hearth.web.signing_in.forms.NewPassword",
}
# Many people share an office's one address; somebody guessing hits the limit per account first.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip", "login_failed": "30/m/ip,5/5m/key", "given_code": "20/m/ip,10/5m/key",
    "receipt_code": "20/m/ip,10/5m/key",
}  # fmt: skip
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_ADAPTER = "hearth.web.signing_in.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PLAIN_HTTP
# An address is given by an administrator, and setting a password by its letter proves it. allauth's own book of
# addresses is not kept, and would refuse everybody who came by a letter.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Hearth"
MFA_TOTP_TOLERANCE = 1  # clocks of phones drift
MFA_FORMS = {
    "authenticate": "hearth.web.signing_in.forms.Code",
    "reauthenticate": "hearth.web.signing_in.forms.CodeAgain",
    "activate_totp": "hearth.web.signing_in.forms.FirstCode",
    "add_webauthn": "hearth.web.signing_in.forms.AddPasskey",
}
SOCIALACCOUNT_ADAPTER = "hearth.web.signing_in.adapters.OwnSignIn"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app["settings"] for app in providers(os.environ)]}}
# Counts of failed sign-ins must hold for all processes, so they live in the database like everything else.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "hearth_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # else somebody who guesses many names pushes out the counts of others
    }
}

# The queue's own tables come with its Django app; only the jobs process imports the tasks.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
# What leaves: mail (smtp://user:password@host:587, smtps://, or off), text messages, and our own front door in both.
HEARTH_EMAIL = os.environ.get("HEARTH_EMAIL", "")
DEFAULT_FROM_EMAIL = HEARTH_EMAIL_FROM = os.environ.get("HEARTH_EMAIL_FROM", "hearth@localhost")
# Nothing leaves by Django's own mail: `outbound` is the one exit.
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
HEARTH_TEXT_GATEWAY = os.environ.get("HEARTH_TEXT_GATEWAY", "")
HEARTH_TEXT_KEY = os.environ.get("HEARTH_TEXT_KEY", "")
HEARTH_ADDRESS = os.environ.get("HEARTH_ADDRESS", "")
# The posts whose holders are sent the ledger's newest seal each day, by their keys; else the auditors, else the leads.
HEARTH_ANCHOR_POSTS = [post.strip() for post in os.environ.get("HEARTH_ANCHOR_POSTS", "").split(",") if post.strip()]
