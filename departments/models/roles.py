"""Which group of users stands for which role of which unit, and which collection holds a unit's files."""

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from departments.models.records import Department


class RoleGroup(models.Model):
    """The group that has a role (`departments.roles`) in one unit, or in the whole portal where no unit is named.

    Groups are found by this row, never by their name, which people may change.
    """

    group = models.OneToOneField(Group, verbose_name=_("group"), on_delete=models.CASCADE, related_name="role_group")
    role = models.CharField(_("role"), max_length=20)
    department = models.ForeignKey(
        Department,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="role_groups",
    )
    #: rights that provisioning gave last, as `departments.rights` writes them; None: it has not been here yet
    granted = models.JSONField(null=True, editable=False)

    class Meta:
        verbose_name = _("group of a role")
        verbose_name_plural = _("groups of roles")
        constraints = [
            models.UniqueConstraint(fields=["role", "department"], name="one_group_a_role_and_unit"),
            models.UniqueConstraint(
                fields=["role"], condition=Q(department__isnull=True), name="one_group_a_role_of_the_portal"
            ),
        ]

    def __str__(self) -> str:
        return self.group.name


class DepartmentCollection(models.Model):
    """The collection with the pictures and files of a unit."""

    department = models.OneToOneField(
        Department, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="file_collection"
    )
    collection = models.OneToOneField(
        Collection, verbose_name=_("collection of files"), on_delete=models.CASCADE, related_name="unit_row"
    )

    class Meta:
        verbose_name = _("collection of a unit")
        verbose_name_plural = _("collections of units")

    def __str__(self) -> str:
        return self.collection.name
