"""What groups may do, as tests of provisioning compare it."""

import io

from django.core.management import call_command


def sync(*options):
    said = io.StringIO()
    call_command("sync_departments", *options, stdout=said)
    return said.getvalue()


def section(department, code="vi"):
    return department.pages.get(locale__language_code=code)


def page_rights(group):
    return {(row.page_id, row.permission.codename) for row in group.page_permissions.select_related("permission")}


def pages_of(group):
    return set(group.page_permissions.values_list("page_id", flat=True))


def file_rights(group):
    return set(group.collection_permissions.values_list("collection__name", "permission__codename"))
