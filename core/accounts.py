"""Who may touch whose account: Wagtail lets everybody who manages people make superusers, and become one that way."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def refuse_superusers(request: HttpRequest, users: Iterable[AbstractUser] = ()) -> None:
    """Raise PermissionDenied where anybody but a superuser changes a superuser's account or makes one."""
    if request.method != "POST" or request.user.is_superuser:
        return
    if "is_superuser" in request.POST or any(user.is_superuser for user in users):
        raise PermissionDenied
