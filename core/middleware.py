"""Middleware of the portal: language by path, content policy by path, a kind answer to a refused publish."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language

HEADER = "Content-Security-Policy"
ADMIN_PREFIXES = ("/admin/", "/_util/")


class PathLocaleMiddleware(LocaleMiddleware):
    """The path alone chooses the language, so answers neither vary by header nor by cookie."""

    def process_response(self, request, response):
        response.headers.setdefault("Content-Language", get_language())
        return response


class PolicyMiddleware(CSPMiddleware):
    """Strict content policy for readers, a wider one for Wagtail's own pages."""

    def __call__(self, request):
        response = super().__call__(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    def process_response(self, request, response):
        if request.path.startswith(ADMIN_PREFIXES):
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY
            _let_admin_frame(response)
        return super().process_response(request, response)


def _let_admin_frame(response: HttpResponse) -> None:
    """A draft that the admin shows was answered as to a reader, strictly: only that the admin may frame it differs."""
    policy = response.headers.get(HEADER, "")
    if policy:
        response.headers[HEADER] = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


class PublishRefusedMiddleware:
    """Where a door of the admin (bulk, approval, copy) has no form to show what is wrong, say it and go back."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception) -> HttpResponse | None:
        if not isinstance(exception, ValidationError) or not request.path.startswith(ADMIN_PREFIXES):
            return None
        for message in exception.messages:
            messages.error(request, message)
        return HttpResponseRedirect(request.headers.get("Referer") or "/admin/")
