"""The public dashboard: how the authority stands to the targets of its plan, on any day, printable."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exports import csv_response, json_response, xlsx_response
from core.listing import Link, MalformedQuery
from core.models import BasePage
from plans.dashboard.board import board
from plans.dashboard.downloads import table
from plans.filters import PlanFilter
from plans.outcomes import years

DOWNLOADS = {"xlsx": xlsx_response, "csv": csv_response, "json": json_response}


class PlanIndexPage(BasePage):
    """The dashboard of one language: the plan of a year, as of a day."""

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "plans/plan_index_page.html"

    class Meta:
        verbose_name = gettext_lazy("plan and figures")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_withdrawn:
            return super().serve(request, *args, **kwargs)
        filters = PlanFilter(request.GET)
        try:
            wanted = _wanted_format(request)
        except MalformedQuery as error:
            return self._malformed(request, filters, [{"field": "", "label": "", "message": str(error)}])
        if not filters.is_valid():
            return self._malformed(request, filters, _errors(filters))
        plan = filters.plan()
        if plan is None:
            return self._answer(request, {"asked": _asked(filters)})
        day = filters.day(plan)
        if wanted:
            return DOWNLOADS[wanted](table(plan, day))
        shown = board(plan, day, self.locale_id)
        asked = {"year": str(plan.year), "date": f"{day:%d/%m/%Y}", "years": years()}
        return self._answer(
            request, shown | {"page_title": plan.local_title, "asked": asked, "downloads": _downloads(asked)}
        )

    def page_end(self, request: HttpRequest) -> None:
        """A dashboard has no day of publication: its figures have theirs. A plan brings its issuer."""

    def _answer(self, request: HttpRequest, values: dict[str, Any], status: int = 200) -> HttpResponse:
        context = self.get_context(request) | values
        if "plan" in values:
            context["breadcrumbs"] = [*context["breadcrumbs"], {"title": self.title, "url": self.get_url(request)}]
            context["page_end"] = {"updated": None, "unit": values["unit"] if values["unit"]["name"] else None}
        return TemplateResponse(request, self.get_template(request), context, status=status)

    def _malformed(self, request: HttpRequest, filters: PlanFilter, errors: list[dict[str, str]]) -> HttpResponse:
        """400 with the form, what was typed in it, and the field named."""
        return self._answer(request, {"asked": _asked(filters), "errors": errors}, status=400)


def _wanted_format(request: HttpRequest) -> str:
    """The parameter `format`: empty for the page; MalformedQuery for one that there is not."""
    wanted = request.GET.get("format", "")
    if wanted and wanted not in DOWNLOADS:
        raise MalformedQuery(_("The format must be one of csv, xlsx, json."))
    return wanted


def _asked(filters: PlanFilter) -> dict[str, Any]:
    return {"year": filters.data.get("year", ""), "date": filters.data.get("date", ""), "years": years()}


def _errors(filters: PlanFilter) -> list[dict[str, str]]:
    return [
        {"field": name, "label": str(filters.fields[name].label), "message": message}
        for name, messages in filters.errors.items()
        for message in messages
    ]


def _downloads(asked: dict[str, Any]) -> list[Link]:
    query = f"?year={asked['year']}&date={asked['date']}"
    return [Link(name.upper(), f"{query}&format={name}") for name in DOWNLOADS]
