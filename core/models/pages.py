from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.models import Page, get_page_models
from wagtail.url_routing import RouteResult

from core.addresses import Withdrawn, index_address, language_urls
from core.forms import GatedPageForm
from core.publishing import MissingItem, PublishRefused, refuse_incomplete
from core.text import slugify


class BasePage(Page):
    """What every page of the portal shares: summary, ASCII slug, publish gate, public address."""

    #: "app.Model" of the index page that gives the public address; None: the address is the place in the tree.
    index_model: str | None = None

    summary = models.TextField(_("summary"), blank=True, help_text=_("One or two sentences, shown in lists."))

    base_form_class = GatedPageForm
    # No slug is proposed in the browser, whose rules know no "đ": what is left empty is filled on saving.
    content_panels = [TitleFieldPanel("title", targets=[]), FieldPanel("summary")]

    class Meta:
        abstract = True

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
        if self.index_model and not path_components and self.live:
            return RouteResult(self, kwargs={"by_tree": True})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args, by_tree: bool = False, **kwargs) -> HttpResponse:
        if by_tree and (url := self.get_url(request)):
            return HttpResponsePermanentRedirect(url)
        return super().serve(request, *args, **kwargs)

    # --- publish gate ------------------------------------------------------------------------------------------

    def missing_items(self) -> list[MissingItem]:
        """What this page lacks to be read by everybody; kinds of content override it."""
        return []

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

    @cached_property
    def section(self) -> "BasePage | None":
        """The section of the unit that publishes this page: the nearest ancestor that is one, or the page itself."""
        for model in section_models():
            found = model.objects.ancestor_of(self, inclusive=True).order_by("-depth").first()
            if found is not None:
                return found
        return None

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
        unit = {"name": self.section.title, "url": self.section.get_url(request)} if self.section else None
        return {"updated": self.last_published_at, "unit": unit}

    #: type of schema.org that says what the page is about
    schema_type = "WebPage"

    def metadata(self) -> list[tuple[str, str]]:
        """Dublin Core elements of the page, those that have a value."""
        updated = self.last_published_at.date().isoformat() if self.last_published_at else ""
        publisher = self.section.title if self.section else ""
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
        pages = self.get_ancestors().live().filter(depth__gt=1)
        return [{"title": page.title, "url": page.get_url(request)} for page in pages]


class SectionMixin:
    """A page that is a unit's section: what lies below it is published by the unit."""


@cache
def section_models() -> tuple[type[BasePage], ...]:
    return tuple(model for model in get_page_models() if issubclass(model, SectionMixin))


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
            if self.withdrawn_pages().filter(slug=path_components[0]).exists():
                return RouteResult(self, kwargs={"withdrawn": True})  # Wagtail swallows what is raised here
        return super().route(request, path_components)

    def page_end(self, request) -> None:
        """A list has no day of its own: its rows have."""

    def serve(self, request: HttpRequest, *args, withdrawn: bool = False, **kwargs) -> HttpResponse:
        if withdrawn:
            raise Withdrawn("The page was published and taken back.")
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
