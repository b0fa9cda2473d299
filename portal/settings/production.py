"""Production: refuses to start unsafely, and says what is missing."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings.base import *  # noqa: F403 - settings are one namespace by design
from portal.settings import environment as env

if len(SECRET_KEY) < 40:
    raise ImproperlyConfigured("Set SECRET_KEY to a random text of at least 40 characters.")
if env.flag("DEBUG"):
    raise ImproperlyConfigured("DEBUG shows settings and code to everybody: unset it in production.")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the host names of the portal, separated by commas.")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts; '*' lets anybody poison links and mails.")

PORTAL_DEMO_ALLOWED = False
PORTAL_LINK_CHECK = env.flag("PORTAL_LINK_CHECK", True)
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_TLS_PROXY") else None
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 3600)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
# seconds; a mail server that does not answer holds up one worker only so long
EMAIL_TIMEOUT = 20
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL", "webmaster@localhost")
