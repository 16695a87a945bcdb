"""Every setting, read from the environment once. Nothing here differs between tests and production but the values."""

import os
from pathlib import Path

from hearth.site.database import database

PACKAGE = Path(__file__).resolve().parent.parent
HEARTH_HOME = Path(os.environ.get("HEARTH_HOME", Path.cwd() / ".hearth"))
HEARTH_KEYS = Path(os.environ.get("HEARTH_KEYS", HEARTH_HOME / "keys"))

SECRET_KEY = os.environ.get("HEARTH_SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("HEARTH_HOSTS", "127.0.0.1,localhost").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "hearth.ledger",
    "hearth.organisation",
    "hearth.access",
    "hearth.drafts",
]

DATABASES = {"default": database(os.environ)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "organisation.User"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
