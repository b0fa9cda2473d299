"""What staff see of what people ask: popular questions, questions without result, and the step to mend them."""

import datetime
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import CharField, Max, QuerySet, Sum
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.coreutils import get_content_languages
from wagtail.permission_policies import ModelPermissionPolicy

from core.exports import harmless
from core.page_cache import today
from search.models import QueryCount

PERIODS = (("7", _("the last 7 days")), ("30", _("the last 30 days")), ("90", _("the last 90 days")))
USUAL_PERIOD = "30"


def asked_since(days: int) -> QuerySet[Any]:
    """Questions of the last days, today's among them, with the times they were asked and answered with nothing."""
    rows = QueryCount.objects.filter(day__gt=today() - datetime.timedelta(days))
    return (
        rows.values("folded", "locale__language_code")
        .annotate(question=Max(Cast("typed", CharField())), times=Sum("asked"), without=Sum("empty"))
        .order_by("-times", "folded")
    )


class QuestionFilterSet(WagtailFilterSet):
    period = django_filters.ChoiceFilter(
        label=_("Period"), choices=PERIODS, empty_label=None, method="since", initial=USUAL_PERIOD
    )
    language = django_filters.ChoiceFilter(
        label=_("Language of the question"),
        choices=lambda: list(get_content_languages().items()),
        field_name="locale__language_code",
    )

    class Meta:
        model = QueryCount
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        given = data.copy() if data is not None else None
        if given is not None and given.get("period") not in dict(PERIODS):
            given["period"] = USUAL_PERIOD
        super().__init__(given, *args, **kwargs)

    def since(self, queryset: QuerySet[Any], _name: str, days: str) -> QuerySet[Any]:
        return queryset.filter(day__gt=today() - datetime.timedelta(int(days)))


class StepsColumn(Column):
    """One step from a question: its results, a new entry of the vocabulary, a new best bet."""

    cell_template_name = "search/admin/question_steps.html"

    def get_value(self, instance: dict[str, Any]) -> dict[str, str]:
        question, language = instance["question"] or instance["folded"], instance["locale__language_code"]
        with translation.override(language):
            results = reverse("search")
        return {
            "results": f"{results}?{urlencode({'q': question})}",
            "why": f"{reverse('search_why')}?{urlencode({'q': question, 'language': language})}",
            "words": f"{reverse('wagtailsnippets_search_vocabularyentry:add')}?{urlencode({'phrase': question})}",
            "bet": f"{reverse('wagtailsnippets_search_bestbet:add')}?"
            f"{urlencode({'question': question, 'language': language})}",
        }


class QuestionsReport(ReportView):
    """Popular questions of a period, most asked first."""

    page_title = _("Popular questions")
    header_icon = "search"
    index_url_name = "search_popular"
    index_results_url_name = "search_popular_results"
    export_filename = "cau-hoi-nhieu-nguoi-tim"
    model = QueryCount
    filterset_class = QuestionFilterSet
    permission_policy = ModelPermissionPolicy(QueryCount)
    any_permission_required = ["view"]
    is_searchable = False
    default_ordering = None
    columns = [
        Column("question", label=_("Question")),
        Column("locale__language_code", label=_("Language of the question")),
        Column("times", label=_("Times asked")),
        Column("without", label=_("Times without result")),
        StepsColumn("steps", label=_("Next step")),
    ]
    list_export = ["question", "locale__language_code", "times", "without"]
    export_headings = {
        "question": _("Question"),
        "locale__language_code": _("Language of the question"),
        "times": _("Times asked"),
        "without": _("Times without result"),
    }
    # What strangers typed must not run as a formula in a spreadsheet.
    custom_field_preprocess = {"question": {"csv": harmless, "xlsx": harmless}}

    def get_queryset(self) -> QuerySet[Any]:
        return asked_since(90)


class UnansweredReport(QuestionsReport):
    """Questions that found nothing at least once in the period, most often first."""

    page_title = _("Questions without result")
    header_icon = "warning"
    index_url_name = "search_unanswered"
    index_results_url_name = "search_unanswered_results"
    export_filename = "cau-hoi-khong-co-ket-qua"

    def get_filtered_queryset(self) -> QuerySet[Any]:
        return super().get_filtered_queryset().filter(without__gt=0).order_by("-without", "folded")
