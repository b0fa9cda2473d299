"""Who answers for what a command writes."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError
from django.utils.translation import gettext as _


def answering_user(name: str | None) -> Any:
    """The active user of this name. CommandError where none is named or there is none."""
    if not name:
        raise CommandError(_("--apply needs --user NAME: who answers for the import."))
    model = get_user_model()
    user = model.objects.filter(is_active=True, **{model.USERNAME_FIELD: name}).first()
    if user is None:
        raise CommandError(_("There is no active user “%(name)s”.") % {"name": name})
    return user
