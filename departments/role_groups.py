"""Groups of roles and collections of units: made where they are missing, renamed with their unit."""

from collections.abc import Iterable, Sequence
from itertools import chain, count

from django.contrib.auth.models import Group
from django.db.models import Model
from wagtail.models import Collection

from departments.models import Department, DepartmentCollection, RoleGroup
from departments.roles import Role

#: a role of a unit, or with None of the whole portal
Post = tuple[Role, Department | None]
GROUP_NAME_LENGTH = 150


def provide_groups(posts: Sequence[Post], made: list[str], renamed: list[str]) -> None:
    """A group for each post, under its present name; what was done is added to `made` and `renamed`.

    A group that no role has and that bears the name of a missing one becomes the role's.
    """
    rows = {(row.role, row.department_id): row.group for row in RoleGroup.objects.select_related("group")}
    present = {_key(post): rows[_key(post)] for post in posts if _key(post) in rows}
    missing = [post for post in posts if _key(post) not in rows]
    free = {group.name: group for group in Group.objects.exclude(role_group__in=RoleGroup.objects.all())}
    for post in missing:
        if (group := free.pop(wanted_name(post), None)) is not None:
            present[_key(post)] = group
    of_former_roles = {group.name for key, group in rows.items() if key not in present}
    names = _distinct_names(posts, taken=of_former_roles | set(free))
    _rename([(group, names[key]) for key, group in present.items()], Group, renamed)
    new = {_key(post): Group(name=names[_key(post)]) for post in missing if _key(post) not in present}
    Group.objects.bulk_create(new.values())
    groups = present | new
    RoleGroup.objects.bulk_create(
        RoleGroup(group=groups[_key(post)], role=post[0].key, department=post[1]) for post in missing
    )
    made.extend(names[_key(post)] for post in missing)


def wanted_name(post: Post) -> str:
    """Name of a post's group, in the language that is active: "Phòng Tư pháp: biên tập viên"."""
    role, unit = post
    if unit is None:
        return str(role.group)
    ending = f": {role.group}"
    return unit.name[: GROUP_NAME_LENGTH - len(ending) - 5] + ending


def provide_collections(units: Iterable[Department], made: list[str], renamed: list[str]) -> dict[int, int]:
    """A collection for each unit, called like it; {number of the unit: number of its collection}."""
    rows = {row.department_id: row for row in DepartmentCollection.objects.select_related("collection")}
    units = list(units)
    _rename([(rows[unit.pk].collection, unit.name) for unit in units if unit.pk in rows], Collection, renamed)
    # Wagtail keeps collections in the order of their names: added in it, none has to make room for the next.
    missing = sorted((unit for unit in units if unit.pk not in rows), key=lambda unit: unit.name)
    root = Collection.get_first_root_node() if missing else None
    for unit in missing:
        collection = root.add_child(name=unit.name)
        rows[unit.pk] = DepartmentCollection.objects.create(department=unit, collection=collection)
        made.append(unit.name)
    return {pk: row.collection_id for pk, row in rows.items()}


def _key(post: Post) -> tuple[str, int | None]:
    role, unit = post
    return role.key, unit.pk if unit else None


def _distinct_names(posts: Sequence[Post], taken: set[str]) -> dict[tuple[str, int | None], str]:
    """Names of groups differ: the second of two units of one name gets a number."""
    names = {}
    for post in posts:
        wanted = wanted_name(post)
        candidates = chain([wanted], (f"{wanted} ({number})" for number in count(2)))
        names[_key(post)] = next(name for name in candidates if name not in taken)
        taken.add(names[_key(post)])
    return names


def _rename(wanted: Iterable[tuple[Model, str]], model: type[Model], renamed: list[str]) -> None:
    """In two steps, as two units may have exchanged their names."""
    changed = [(row, name) for row, name in wanted if row.name != name]
    for row, name in changed:
        renamed.append(f"{row.name} → {name}")
        row.name = f"~{row.pk}"
    rows = [row for row, _name in changed]
    model.objects.bulk_update(rows, ["name"])
    for row, name in changed:
        row.name = name
    model.objects.bulk_update(rows, ["name"])
