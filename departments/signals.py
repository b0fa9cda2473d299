"""A unit that is deleted takes the groups of its roles with it."""

from django.contrib.auth.models import Group
from django.db.models.signals import post_delete

from departments.models import RoleGroup


def delete_group(sender, instance: RoleGroup, **_kwargs) -> None:
    """Without its row nothing would follow the group any more, and its rights would stay."""
    Group.objects.filter(pk=instance.group_id).delete()


post_delete.connect(delete_group, sender=RoleGroup)
