"""Editor's form of every page: what the publish gate misses is said in words, before anything is saved."""

from wagtail.admin.forms import WagtailAdminPageForm

PUBLISHING_ACTIONS = ("action-publish", "action-submit", "action-resubmit", "action-workflow-action")


class GatedPageForm(WagtailAdminPageForm):
    """Refuses to publish or submit an incomplete page; a plain draft is saved with whatever it has."""

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if not any(action in self.data for action in PUBLISHING_ACTIONS):
            return True
        page = self.save(commit=False)
        tolerated = {item.key for item in page.missing_when_live()}
        items = page.missing_items()
        if all(item.key in tolerated for item in items):
            return True
        for item in items:
            self.add_error(item.field if item.field in self.fields else None, item.message)
        return False
