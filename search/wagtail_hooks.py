"""Search in the admin's menu: citizens' words, best bets, and reports of what people ask."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, ChoiceFilter
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.models import Locale
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet, SnippetViewSetGroup

from core.admin import DayColumn
from core.text import fold
from search.editorial import BET_STATES, BestBetForm, VocabularyForm, bet_state
from search.models import BestBet, VocabularyEntry
from search.reports import QuestionsReport, UnansweredReport
from search.why import why


class FoldedIndexView(IndexView):
    """Words are looked for without marks, in the folded column and in the view's other fields."""

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:
            return queryset
        found = Q(folded__contains=fold(self.search_query))
        for name in self.search_fields:
            found |= Q(**{f"{name}__icontains": self.search_query})
        return queryset.filter(found)


class PrefilledCreateView(CreateView):
    """What a report knows of the new record comes in the address."""

    prefilled: tuple[str, ...] = ()

    def get_initial_form_instance(self) -> Any:
        instance = super().get_initial_form_instance() or self.model()
        for name in self.prefilled:
            if value := self.request.GET.get(name):
                setattr(instance, name, value[: self.model._meta.get_field(name).max_length])
        if (code := self.request.GET.get("language")) and hasattr(instance, "locale_id"):
            instance.locale = Locale.objects.filter(language_code=code).first()
        return instance


def _groups() -> list[tuple[str, str]]:
    names = VocabularyEntry.objects.exclude(group="").order_by("group").values_list("group", flat=True)
    return [(name, name) for name in names.distinct()]


class VocabularyFilterSet(WagtailFilterSet):
    group = ChoiceFilter(label=_("Group of words"), choices=_groups)
    is_active = BooleanFilter(label=_("In use"))

    class Meta:
        model = VocabularyEntry
        fields = ["group", "is_active"]


class NewWordsView(PrefilledCreateView):
    prefilled = ("phrase",)


class NewBetView(PrefilledCreateView):
    prefilled = ("question",)


class ReadingsColumn(Column):
    def get_value(self, instance: VocabularyEntry) -> str:
        return " | ".join(instance.readings.splitlines())


class StateColumn(Column):
    def get_value(self, instance: BestBet) -> Any:
        return BET_STATES[bet_state(instance)]


class VocabularyViewSet(SnippetViewSet):
    model = VocabularyEntry
    icon = "openquote"
    menu_label = _("Citizens' words")
    index_view_class = FoldedIndexView
    add_view_class = NewWordsView
    list_display = [
        "phrase",
        ReadingsColumn("readings", label=_("Official words")),
        "group",
        BooleanColumn("is_active", label=_("In use")),
        BooleanColumn("is_shipped", label=_("As shipped")),
    ]
    list_filter = None
    filterset_class = VocabularyFilterSet
    list_per_page = 50
    search_backend_name = None
    search_fields = ["readings"]
    ordering = ["folded"]
    edit_handler = ObjectList(
        [FieldPanel("phrase"), FieldPanel("readings"), FieldPanel("group"), FieldPanel("is_active")],
        base_form_class=VocabularyForm,
    )


class BestBetViewSet(SnippetViewSet):
    model = BestBet
    icon = "pick"
    menu_label = _("Recommended results")
    index_view_class = FoldedIndexView
    add_view_class = NewBetView
    list_display = [
        "question",
        Column("page", label=_("Recommended page")),
        "label",
        "sort_order",
        DayColumn("valid_from", label=_("First day"), sort_key="valid_from"),
        DayColumn("valid_until", label=_("Last day"), sort_key="valid_until"),
        StateColumn("state", label=_("State")),
    ]
    list_filter = {"locale": ["exact"]}
    list_per_page = 50
    search_backend_name = None
    search_fields = ["page__title", "label"]
    ordering = ["folded", "sort_order", "pk"]
    edit_handler = ObjectList(
        [
            FieldPanel("question"),
            FieldPanel("locale"),
            FieldPanel("page"),
            FieldPanel("label"),
            FieldPanel("sort_order"),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        ],
        base_form_class=BestBetForm,
    )

    def get_queryset(self, request: Any) -> QuerySet[BestBet]:
        return BestBet.objects.select_related("page", "locale")


class SearchGroup(SnippetViewSetGroup):
    items = (VocabularyViewSet, BestBetViewSet)
    menu_label = _("Search")
    menu_icon = "search"
    menu_order = 520


register_snippet(SearchGroup)


REPORTS = ((QuestionsReport, "reports/questions/"), (UnansweredReport, "reports/questions-without-result/"))


class ReportMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return request.user.has_perm("search.view_querycount")


@hooks.register("register_admin_urls")
def register_report_addresses() -> list[Any]:
    whole = [path(address, view.as_view(), name=view.index_url_name) for view, address in REPORTS]
    parts = [
        path(f"{address}results/", view.as_view(results_only=True), name=view.index_results_url_name)
        for view, address in REPORTS
    ]
    return [*whole, *parts, path("search/why/", why, name="search_why")]


def _menu_item(view: Any, order: int) -> ReportMenuItem:
    name = view.index_url_name.replace("_", "-")
    return ReportMenuItem(view.page_title, reverse(view.index_url_name), name=name, icon_name="search", order=order)


@hooks.register("register_reports_menu_item")
def register_popular_questions() -> ReportMenuItem:
    return _menu_item(QuestionsReport, 1200)


@hooks.register("register_reports_menu_item")
def register_questions_without_result() -> ReportMenuItem:
    return _menu_item(UnansweredReport, 1210)


@hooks.register("register_reports_menu_item")
def register_why() -> ReportMenuItem:
    return ReportMenuItem(_("Why these hits"), reverse("search_why"), name="search-why", icon_name="help", order=1220)
