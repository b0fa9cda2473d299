"""Saving a look-up, giving it up, asking for it by e-mail and ceasing to."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from services.catalogue import own_locale
from services.filters import CatalogueQuery
from services.models import LookupSubscription, SavedLookup

LOOK_UP = "services.look_up_levels"
#: look-ups that one person keeps
MOST_KEPT = 50


def query_of(text: str) -> CatalogueQuery:
    """The filters of a query string. Call `is_valid` before anything else."""
    return CatalogueQuery(QueryDict(text), locale_id=own_locale())


def save_lookup(*, owner: Any, name: str, query: str, is_shared: bool) -> SavedLookup:
    """Keep a query under a name. ValidationError where it cannot be read or kept."""
    filters = query_of(query)
    if not filters.is_valid():
        raise ValidationError(_("The look-up cannot be read, so it is not saved."))
    if SavedLookup.objects.filter(owner=owner).count() >= MOST_KEPT:
        raise ValidationError(_("You keep %(number)d look-ups: delete one first.") % {"number": MOST_KEPT})
    lookup = SavedLookup(owner=owner, name=name, query=filters.query().lstrip("?"), is_shared=is_shared)
    lookup.full_clean()
    try:
        with transaction.atomic():
            lookup.save()
    except IntegrityError as error:
        raise ValidationError(_("You keep a look-up of this name already.")) from error
    return lookup


def delete_lookup(*, lookup: SavedLookup, user: Any) -> bool:
    """Give a look-up up, with its e-mails; False where it is another's."""
    if lookup.owner_id != user.pk and not user.is_superuser:
        return False
    lookup.delete()
    return True


def subscribe(*, lookup: SavedLookup, user: Any) -> None:
    """From the next month on, send the look-up to the user once a month. ValidationError without an address."""
    if not user.email:
        raise ValidationError(_("Your account has no e-mail address."))
    LookupSubscription.objects.get_or_create(lookup=lookup, user=user)


def unsubscribe(*, lookup: SavedLookup, user: Any) -> None:
    LookupSubscription.objects.filter(lookup=lookup, user=user).delete()


def is_open_to(lookup: SavedLookup, user: Any) -> bool:
    """True where a user may still open a look-up."""
    return user.is_active and user.has_perm(LOOK_UP) and (lookup.is_shared or lookup.owner_id == user.pk)
