"""Index pages of documents and of announcements: lists, filters, downloads, public addresses."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from announcements import tables
from announcements.filters import AnnouncementFilter, DatedFilter, DirectiveFilter
from announcements.register import AnnouncementItem, DirectiveItem, announcements, directives
from announcements.rows import announcement_rows, shown_directives
from announcements.validity import Validity
from core.exports import FeedEntry, Table
from core.facets import Selection
from core.listing import Link
from core.lists import ListIndexMixin
from core.models import BasePage


class RegisterIndexPage(ListIndexMixin, BasePage):
    """What both lists share: their feed is announced, newest first."""

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    def list_context(self, filters: DatedFilter, selection: Selection[Any], request: HttpRequest) -> dict[str, Any]:
        feed = {"title": self.title, "url": filters.query(format="atom"), "type": "application/atom+xml"}
        return {"feeds": [feed]}


class DirectiveIndexPage(RegisterIndexPage):
    """Official documents, newest first by date of issue; gives each its public address."""

    listed_model = "announcements.DirectivePage"
    filter_class = DirectiveFilter
    template = "announcements/directive_index_page.html"

    class Meta:
        verbose_name = gettext_lazy("list of official documents")

    def items(self, filters: DirectiveFilter) -> Iterable[DirectiveItem]:
        return directives(self.locale_id)

    def rows(self, items: Sequence[DirectiveItem], filters: DirectiveFilter, request: HttpRequest) -> list[Any]:
        return shown_directives(items, self.locale_id)

    def quick_links(self, filters: DatedFilter, selection: Selection[DirectiveItem]) -> list[Link]:
        """All, those in force, those of the latest year."""
        items = directives(self.locale_id)
        in_force = sum(Validity.IN_FORCE in item.facets["validity"] for item in items)
        links = [(_("All"), [], len(items)), (_("In force"), [("validity", "in_force")], in_force)]
        if year := next((item.year for item in items if item.year), None):
            links.append((_("Year %(year)s") % {"year": year}, [("year", str(year))], _of_year(items, year)))
        return quick(filters, links)

    def table(self, items: Sequence[DirectiveItem], filters: DirectiveFilter, request: HttpRequest) -> Table:
        return tables.directive_table(items, self.locale_id, request)

    def feed_entries(self, items: Sequence[DirectiveItem], request: HttpRequest) -> Iterable[FeedEntry]:
        return tables.directive_feed(items, self.locale_id, request)


class AnnouncementIndexPage(RegisterIndexPage):
    """Announcements, newest first; gives each its public address."""

    listed_model = "announcements.AnnouncementPage"
    filter_class = AnnouncementFilter
    template = "announcements/announcement_index_page.html"

    class Meta:
        verbose_name = gettext_lazy("list of announcements")

    def items(self, filters: AnnouncementFilter) -> Iterable[AnnouncementItem]:
        return announcements(self.locale_id)

    def rows(self, items: Sequence[AnnouncementItem], filters: AnnouncementFilter, request: HttpRequest) -> list[Any]:
        return announcement_rows(items, self.locale_id)

    def quick_links(self, filters: DatedFilter, selection: Selection[AnnouncementItem]) -> list[Link]:
        """All, those in force, and the urgent ones where there are any."""
        items = announcements(self.locale_id)
        in_force = sum(not item.has_expired for item in items)
        links = [(_("All"), [], len(items)), (_("In force"), [("state", "in_force")], in_force)]
        if urgent := sum(item.is_urgent for item in items):
            links.append((_("Urgent"), [("urgent", "1")], urgent))
        return quick(filters, links)

    def table(self, items: Sequence[AnnouncementItem], filters: AnnouncementFilter, request: HttpRequest) -> Table:
        return tables.announcement_table(items, self.locale_id, request)

    def feed_entries(self, items: Sequence[AnnouncementItem], request: HttpRequest) -> Iterable[FeedEntry]:
        return tables.announcement_feed(items, self.locale_id, request)


def quick(filters: DatedFilter, links: Iterable[tuple[str, list[tuple[str, str]], int]]) -> list[Link]:
    """Quick filters of a list; the one whose parameters are those asked for is the current one."""
    asked = filters.parameters
    return [
        Link(label, "?" + "&".join(f"{name}={value}" for name, value in wanted), count, asked == wanted)
        for label, wanted, count in links
    ]


def _of_year(items: Sequence[DirectiveItem], year: int) -> int:
    return sum(item.year == year for item in items)
