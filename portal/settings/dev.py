"""Development and the demo: a key of the checkout's own, SQLite in var/, every host of this machine."""

from portal.settings.base import *  # noqa: F403 - settings are one namespace by design
from portal.settings import environment as env

DEBUG = env.flag("DEBUG", False)
SECRET_KEY = env.text("SECRET_KEY") or env.local_secret_key()
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# The demo may be read from other machines of a local network by naming them in ALLOWED_HOSTS.
PORTAL_DEMO_ALLOWED = True

if not (STATIC_ROOT / "staticfiles.json").exists():
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True
