from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.models import Page, PageViewRestriction, get_page_models
from wagtail.search import index
from wagtail.url_routing import RouteResult

from core.addresses import Withdrawn, index_address, language_urls
from core.admin_search import folded_words
from core.forms import GatedPageForm
from core.page_cache import per_version
from core.page_permissions import PagePermissions
from core.publishing import MissingItem, PublishRefused, refuse_incomplete
from core.restrictions import restricted_paths
from core.text import slugify


class SectionMixin:
    """A page that is a unit's section: what lies below it is published by the unit."""


@dataclass(frozen=True, slots=True)
class SectionLink:
    name: str
    url: str


@cache
def _section_models() -> tuple[type[Page], ...]:
    return tuple(model for model in get_page_models() if issubclass(model, SectionMixin))


def section_at(path: str) -> Page | None:
    """The section at or above a place in the tree; None where no unit publishes it."""
    above = [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]
    for model in _section_models():
        found = model.objects.filter(path__in=above).order_by("-depth").first()
        if found is not None:
            return found
    return None


@per_version
def section_link(path: str) -> SectionLink | None:
    found = section_at(path)
    return SectionLink(found.title, found.get_url() or "") if found else None


@per_version
def trail(path: str) -> tuple[dict[str, str], ...]:
    """The live pages from the front page down to a place in the tree."""
    above = [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]
    pages = Page.objects.live().filter(path__in=above, depth__gt=1).order_by("depth")
    return tuple({"title": page.title, "url": page.get_url() or ""} for page in pages)


class BasePage(Page):
    """What every page of the portal shares: summary, ASCII slug, publish gate, public address."""

    #: "app.Model" of the index page that gives the public address; None: the address is the place in the tree.
    index_model: str | None = None
    #: relations that serving the page reads: fetched with it
    served_with: tuple[str, ...] = ()

    summary = models.TextField(_("summary"), blank=True, help_text=_("One or two sentences, shown in lists."))

    search_fields = [*Page.search_fields, index.AutocompleteField("folded_title"), index.SearchField("folded_title")]
    base_form_class = GatedPageForm
    # No slug is proposed in the browser, whose rules know no "đ": what is left empty is filled on saving.
    content_panels = [TitleFieldPanel("title", targets=[]), FieldPanel("summary")]

    class Meta:
        abstract = True

    def folded_title(self) -> str:
        """The words of the title without marks: the admin's search finds them by either way of typing."""
        return folded_words(self.title)

    # --- address -----------------------------------------------------------------------------------------------

    def _set_core_field_defaults(self) -> None:
        """Wagtail fills an empty slug here, for drafts too; its own way drops "đ"."""
        if not self.slug and (self.path or getattr(self, "_cached_parent_obj", None)):
            self.slug = self.find_free_slug(slugify(self.title, max_length=80) or "trang")
        super()._set_core_field_defaults()

    def _check_slug_is_unique(self) -> None:
        """A slug that another page of the kind has under another unit gets a number: the public address is one."""
        if self.index_model and self.slug_is_taken(self.slug):
            self.slug = self.find_free_slug(self.slug)
        super()._check_slug_is_unique()

    def slug_is_taken(self, slug: str) -> bool:
        """True where another page of this kind and language, wherever it lives, has the slug."""
        others = type(self)._base_manager.filter(slug=slug, locale_id=self.locale_id)
        return others.exclude(pk=self.pk).exists()

    def find_free_slug(self, wanted: str) -> str:
        parent = self.get_parent()
        siblings = parent.get_children().exclude(pk=self.pk) if parent else Page.objects.none()
        candidate, number = wanted, 1
        while (self.index_model and self.slug_is_taken(candidate)) or siblings.filter(slug=candidate).exists():
            number += 1
            candidate = f"{wanted}-{number}"
        return candidate

    def get_url_parts(self, request=None):
        if not self.index_model:
            return super().get_url_parts(request)
        address = index_address(self.index_model, self.locale_id)
        if address is None:
            return None
        return (address.site_id, address.root_url, f"{address.path}{self.slug}/")

    def route(self, request, path_components):
        """Asked for by its place in the tree, a page with a public address of its own answers with a redirect."""
        if not path_components and self.is_withdrawn:
            return self.withdrawn_route()
        if self.index_model and not path_components and self.live:
            return RouteResult(self, kwargs={"by_tree": True})
        return super().route(request, path_components)

    @property
    def is_withdrawn(self) -> bool:
        """True where readers could once see the page and no longer can."""
        return not self.live and self.first_published_at is not None

    def withdrawn_route(self) -> RouteResult:
        """Leads to the page, so that whoever may not read it learns nothing of it; Wagtail swallows a refusal here."""
        return RouteResult(self, kwargs={"withdrawn": True})

    def serve(
        self, request: HttpRequest, *args, by_tree: bool = False, withdrawn: bool = False, **kwargs
    ) -> HttpResponse:
        if withdrawn:
            raise Withdrawn(self)
        if by_tree and (url := self.get_url(request)):
            return HttpResponsePermanentRedirect(url)
        return super().serve(request, *args, **kwargs)

    def permissions_for_user(self, user):
        return PagePermissions(user, self)

    # --- publish gate ------------------------------------------------------------------------------------------

    def missing_items(self) -> list[MissingItem]:
        """What this page lacks to be read by everybody; kinds of content override it."""
        return []

    @property
    def counted_from(self) -> date | None:
        """The day of the event within some days of which the page is to be published; None where it has none."""
        return None

    def missing_when_live(self) -> list[MissingItem]:
        """What the version that is live now lacks; nothing where none is live."""
        live = type(self)._base_manager.filter(pk=self.pk, live=True).first() if self.pk else None
        return live.missing_items() if live else []

    def save(self, clean=True, user=None, log_action=False, **kwargs):
        fields = kwargs.get("update_fields")
        if self.live and (fields is None or "live" in fields):
            refuse_incomplete(self)
            self.last_published_at = self.last_published_at or timezone.now()  # put live without a revision
            self.first_published_at = self.first_published_at or self.last_published_at
        return super().save(clean=clean, user=user, log_action=log_action, **kwargs)

    def publish(self, revision, user=None, log_action=True, **kwargs):
        """A scheduled page that is refused is unscheduled, so that it does not hold up the pages after it."""
        try:
            return super().publish(revision, user=user, log_action=log_action, **kwargs)
        except PublishRefused:
            if log_action != "wagtail.publish.scheduled":
                raise
            type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            return None

    # --- what templates are given ------------------------------------------------------------------------------

    @property
    def section(self) -> SectionLink | None:
        """Name and address of the unit's section that this page is in, or is."""
        return section_link(self.path)

    def get_view_restrictions(self):
        """Wagtail asks with every page for its ancestors and their restrictions; nearly none has any."""
        if self.alias_of_id is None and not self.path.startswith(restricted_paths() or ("-",)):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def get_context(self, request, *args, **kwargs):
        request.portal_page = self
        context = super().get_context(request, *args, **kwargs)
        context["page_title"] = self.title
        context["content_language"] = self.locale.language_code
        context["breadcrumbs"] = self.breadcrumbs(request)
        context["page_end"] = self.page_end(request)
        context["metadata"] = self.metadata()
        context["schema_type"] = self.schema_type
        context["structured_data"] = self.structured_data()
        context["canonical_url"] = request.build_absolute_uri(self.get_url(request) or request.path)
        context["alternates"] = [
            {"language": code, "url": request.build_absolute_uri(url)}
            for code, url in language_urls(self.translation_key)
        ]
        return context

    def page_end(self, request) -> dict[str, Any]:
        """When the page was last published, and the unit responsible for what it says."""
        return {"updated": self.last_published_at, "unit": self.section}

    #: type of schema.org that says what the page is about
    schema_type = "WebPage"

    def metadata(self) -> list[tuple[str, str]]:
        """Dublin Core elements of the page, those that have a value."""
        updated = self.last_published_at.date().isoformat() if self.last_published_at else ""
        publisher = self.section.name if self.section else ""
        elements = [
            ("DC.title", self.title),
            ("DC.description", self.search_description or self.summary),
            ("DC.date", updated),
            ("DC.publisher", publisher),
            ("DC.creator", publisher),
            ("DC.language", self.locale.language_code),
            ("DC.identifier", self.identifier),
        ]
        return [(name, content) for name, content in elements if content]

    @property
    def identifier(self) -> str:
        """Code or reference under which the authority knows what the page is about."""
        return ""

    def structured_data(self) -> list[tuple[str, str]]:
        """Properties of schema.org beside name and description."""
        return [("identifier", self.identifier)] if self.identifier else []

    def breadcrumbs(self, request) -> list[dict[str, str]]:
        """From the front page to the parent that a reader knows: the index for pages with a public address."""
        if self.index_model and (address := index_address(self.index_model, self.locale_id)):
            return [*address.breadcrumbs, {"title": address.title, "url": address.path}]
        return list(trail(self.path[: -self.steplen]))


class IndexPageMixin:
    """A page that lists one kind of content and gives its pages their public address, whoever publishes them."""

    #: the page class listed, set by the subclass as a dotted "app.Model"
    listed_model: str
    #: no unit publishes an index, so none is looked for
    section = None

    def route(self, request, path_components):
        if len(path_components) == 1:
            page = self.listed_pages().filter(slug=path_components[0]).first()
            if page is not None:
                return RouteResult(page)
            if page := self.withdrawn_pages().filter(slug=path_components[0]).first():
                return page.withdrawn_route()
        return super().route(request, path_components)

    def page_end(self, request) -> None:
        """A list has no day of its own: its rows have."""

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.serve_index(request)

    def serve_index(self, request: HttpRequest) -> HttpResponse:
        raise NotImplementedError

    def pages_of_kind(self):
        return apps.get_model(self.listed_model).objects.filter(locale_id=self.locale_id)

    def listed_pages(self):
        """Live pages of the kind in this index's language; private ones too: serving asks for their password."""
        return self.pages_of_kind().live()

    def withdrawn_pages(self):
        """Pages that readers could once see and no longer can."""
        return self.pages_of_kind().filter(live=False, first_published_at__isnull=False)
