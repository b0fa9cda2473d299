"""Rights of groups as values that can be compared: what a group has, what it should have, and bringing it there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

GroupPermission = Group.permissions.through
#: kind of right → (rows that store it, column that names the page or collection)
STORED: dict[str, tuple[type[Model], str | None]] = {
    "record": (GroupPermission, None),
    "page": (GroupPagePermission, "page_id"),
    "collection": (GroupCollectionPermission, "collection_id"),
}


@dataclass(frozen=True, slots=True, order=True)
class Right:
    """A permission ("app.codename") over records, or below one page or collection (`place`: its number, else 0)."""

    kind: str
    place: int
    permission: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.place}:{self.permission}"


@dataclass(slots=True)
class Held:
    """Rights of one group, each with the number of the row that stores it."""

    rows: dict[Right, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a group lacks, what it is no longer due, and what somebody gave it by hand."""

    missing: frozenset[Right]
    stale: frozenset[Right]
    by_hand: frozenset[Right]


def rights_of(groups: Iterable[int]) -> dict[int, Held]:
    """Rights of groups by their numbers, in one query a kind of right."""
    groups = set(groups)
    found: dict[int, Held] = defaultdict(Held)
    for kind, (model, column) in STORED.items():
        columns = ("pk", "group_id", "permission__content_type__app_label", "permission__codename")
        # All rows are read: groups without a role have few, and a thousand numbers would be too many for a query.
        for row, group, app, codename, *place in model.objects.values_list(*columns, *filter(None, [column])):
            if group in groups:
                found[group].rows[Right(kind, place[0] if place else 0, f"{app}.{codename}")] = row
    return found


def compare(held: Held, due: frozenset[Right], granted: list[str] | None) -> Difference:
    """`granted` are the rights that were given here last time; None: all that the group has counts as given here."""
    has = frozenset(held.rows)
    beyond = has - due
    stale = beyond if granted is None else frozenset(right for right in beyond if str(right) in set(granted))
    return Difference(missing=due - has, stale=stale, by_hand=beyond - stale)


def give(missing: Mapping[int, Iterable[Right]]) -> None:
    """Give each group, by its number, what it lacks; ValueError where a permission does not exist."""
    numbers = _permission_numbers({right.permission for rights in missing.values() for right in rights})
    new: dict[str, list[Model]] = defaultdict(list)
    for group, rights in missing.items():
        for right in sorted(rights):
            model, column = STORED[right.kind]
            place = {column: right.place} if column else {}
            new[right.kind].append(model(group_id=group, permission_id=numbers[right.permission], **place))
    for kind, rows in new.items():
        STORED[kind][0].objects.bulk_create(rows)


def take(extra: Iterable[tuple[Held, Right]]) -> None:
    """Take rights away for which `rights_of` found the rows."""
    rows: dict[str, list[int]] = defaultdict(list)
    for held, right in extra:
        rows[right.kind].append(held.rows[right])
    for kind, numbers in rows.items():
        STORED[kind][0].objects.filter(pk__in=numbers).delete()


def in_words(rights: Iterable[Right]) -> dict[Right, str]:
    """Each right in words, with the title of its page or the name of its collection."""
    rights = list(rights)
    numbers = {kind: {right.place for right in rights if right.kind == kind} for kind in ("page", "collection")}
    titles = dict(Page.objects.filter(pk__in=numbers["page"]).values_list("pk", "title"))
    names = dict(Collection.objects.filter(pk__in=numbers["collection"]).values_list("pk", "name"))
    words = {
        "record": lambda place: "",
        "page": lambda place: f" below page “{titles[place]}”",
        "collection": lambda place: f" in collection “{names[place]}”",
    }
    return {right: right.permission + words[right.kind](right.place) for right in rights}


def _permission_numbers(names: set[str]) -> dict[str, int]:
    if not names:
        return {}
    codenames = {name.partition(".")[2] for name in names}
    rows = Permission.objects.filter(codename__in=codenames).values_list("content_type__app_label", "codename", "pk")
    found = {f"{app}.{codename}": pk for app, codename, pk in rows}
    if unknown := sorted(names - found.keys()):
        raise ValueError(f"There is no permission {', '.join(unknown)}.")
    return found
