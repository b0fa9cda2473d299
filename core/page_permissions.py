"""What Wagtail's admin offers for a page."""

from wagtail.models import PagePermissionTester


class PagePermissions(PagePermissionTester):
    """Wagtail's rights, without the doors that ask for no reason.

    Pages are taken back, and schedules cancelled, by the decision that the editorial workflow has for it, whoever asks;
    what readers see is taken back before it is deleted.
    """

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self.page.live and super().can_delete(ignore_bulk)

    def can_unpublish(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return False
