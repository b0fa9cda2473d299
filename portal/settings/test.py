"""Settings of the test suite: fast hashing, files in a temporary folder, plain static storage."""

import tempfile
from pathlib import Path

from portal.settings.base import *  # noqa: F403 - settings are one namespace by design

SECRET_KEY = "only-for-tests"  # noqa: S105 - not a secret: tests never serve anybody
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
#: goes with the process
FOLDER = tempfile.TemporaryDirectory(prefix="portal-tests-")
PORTAL_SEARCH_LOG = Path(FOLDER.name) / "search.log"
LOGGING["handlers"]["questions"]["filename"] = PORTAL_SEARCH_LOG
PORTAL_EDITORIAL_LOG = PORTAL_SEARCH_LOG.with_name("editorial.log")
LOGGING["handlers"]["steps"]["filename"] = PORTAL_EDITORIAL_LOG
MEDIA_ROOT = str(Path(FOLDER.name) / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PORTAL_DEMO_ALLOWED = True
