"""What can be wrong with the settings of a server outside, before anybody asks it."""

import re
import ssl
from functools import cache
from urllib.parse import urlsplit

INDEX_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}\Z")


@cache
def wrong(url: str, prefix: str, ca: str, user: str, password: str, api_key: str) -> str:
    """The first fault, in a sentence; "" where there is none."""
    scheme, host = _address(url)
    if scheme not in {"http", "https"} or not host:
        return "SEARCH_ELASTICSEARCH_URL must begin with http:// or https:// and name a host, and perhaps a port."
    if ca and scheme != "https":
        return "SEARCH_ELASTICSEARCH_CA is of use with an address that begins with https:// only."
    if user and api_key:
        return "Set SEARCH_ELASTICSEARCH_USER or SEARCH_ELASTICSEARCH_API_KEY, not both."
    if bool(user) != bool(password):
        return "SEARCH_ELASTICSEARCH_USER and SEARCH_ELASTICSEARCH_PASSWORD go together."
    if not INDEX_PREFIX.match(prefix):
        return "SEARCH_ELASTICSEARCH_PREFIX must be small letters, digits, - and _, beginning with a letter or digit."
    return ""


def unreadable_certificate(ca: str) -> str:
    """Why the file of the authority's certificate is of no use; "" where it is, or none is named."""
    try:
        ssl.create_default_context(cafile=ca or None)
    except (OSError, ValueError) as error:  # an SSLError is an OSError
        return f"SEARCH_ELASTICSEARCH_CA is no file of certificates: {error}"
    return ""


def _address(url: str) -> tuple[str, str]:
    """Scheme and host; empty ones where the port is none."""
    try:
        parts = urlsplit(url)
        return (parts.scheme, parts.hostname or "") if parts.port is None or parts.port > 0 else ("", "")
    except ValueError:
        return "", ""
