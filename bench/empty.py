"""The yardstick: a bare Django project with one empty view and no middleware."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="signs nothing",
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
)


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("", empty)]
application = get_wsgi_application()
