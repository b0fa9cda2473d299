"""Who may record a level and who may annul one; nobody changes or deletes any."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

#: not even a superuser's
NOBODYS = frozenset({"change", "delete"})


class LevelPolicy(ModelPermissionPolicy):
    """Rights over maturity records: Django's, without those that would undo history."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in NOBODYS and super().user_has_permission(user, action)
