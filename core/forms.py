"""Editor's form of every page: what the publish gate misses is said in words, before anything is saved."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from core.chosen_files import has_foreign_files
from core.publishing import MissingItem

PUBLISHING_ACTIONS = ("action-publish", "action-submit", "action-resubmit", "action-send", "action-workflow-action")


class GatedPageForm(WagtailAdminPageForm):
    """Refuses to publish or submit an incomplete page; a plain draft is saved with whatever it has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False  # the page makes it from its title

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if self._tell_of_newer_version():
            return False
        page = self.save(commit=False)
        if self.for_user is not None and has_foreign_files(page, self.for_user):
            self.add_error(None, _("A chosen file or picture belongs to another unit and is not published."))
            return False
        if not any(action in self.data for action in PUBLISHING_ACTIONS):
            return True
        tolerated = {item.key for item in page.missing_when_live()}
        items = page.missing_items()
        if all(item.key in tolerated for item in items):
            return True
        self._say(items)
        return False

    def _tell_of_newer_version(self) -> bool:
        """True where somebody saved the page after this form was opened.

        Nothing is written then, what was typed stays in the form, and saving it again is a decision.
        """
        opened = self.data.get("loaded_revision_id")
        latest = self.instance.latest_revision
        if not opened or latest is None or opened == str(latest.pk):
            return False
        who = latest.user.get_full_name() or latest.user.get_username() if latest.user else _("somebody")
        message = _(
            "%(name)s saved this page at %(time)s, after you had opened it. Nothing is lost: your text is still in "
            "this form, the other one is in the history. Compare them, then save again to put yours in its place."
        )
        when = timezone.localtime(latest.created_at).strftime("%H:%M %d/%m/%Y")
        self.add_error(None, message % {"name": who, "time": when})
        return True

    def _say(self, items: Iterable[MissingItem]) -> None:
        """One error a field: of several, Wagtail's block fields show the first only."""
        messages: dict[str | None, list[str]] = {}
        for item in items:
            messages.setdefault(item.field if item.field in self.fields else None, []).append(item.message)
        for field, said in messages.items():
            self.add_error(field, " ".join(said))
