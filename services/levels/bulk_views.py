"""Pages of the admin on which many levels are recorded at once: a preview first, then all or nothing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from core.exports import Table, csv_response, xlsx_response
from services.levels.batches import Batch, BatchRefused, looked_at, store
from services.levels.bulk_forms import Chosen, FileForm, OneLevelForm, sealed_rows, unsealed_rows
from services.levels.columns import COLUMNS, HEADER
from services.levels.lookup_page import selection_of
from services.levels.lookups import query_of
from services.levels.reading import batch_of
from services.levels.wording import in_words
from services.tables.problems import UnreadableFile

RECORDS = "wagtailsnippets_services_maturityrecord:list"


def record_chosen(request: HttpRequest) -> HttpResponse:
    """One level for the services that were chosen in a list: form, preview, then the records."""
    _ask_right(request)
    if request.method != "POST":
        return redirect(RECORDS)
    chosen = Chosen(_everything(request.POST["everything"]) if "everything" in request.POST else request.POST)
    if not chosen.is_valid():
        errors = [message for found in chosen.errors.values() for message in found]
        return _page(request, "record_chosen.html", {"refusals": errors}, status=400)
    entered = any(name in request.POST for name in ("preview", "confirm"))
    form = OneLevelForm(request.POST if entered else None, user=request.user)
    batch = None
    if entered and form.is_valid():
        batch = looked_at(form.entries(chosen.procedures), user=request.user)
        if request.POST.get("confirm") == _digest(request) and (answer := _stored(request, batch)):
            return answer
    context = {"form": form, "chosen": chosen.procedures, "digest": _digest(request)}
    return _page(request, "record_chosen.html", context | _preview(batch))


def _everything(query: str) -> QueryDict:
    """All services that a look-up finds, as if each had been ticked; none where it cannot be read."""
    filters, ticked = query_of(query), QueryDict(mutable=True)
    if filters.is_valid():
        ticked.setlist("service", [str(item.procedure_id) for item in selection_of(filters).items])
    return ticked


def _digest(request: HttpRequest) -> str:
    """What was entered, so that only what was previewed is confirmed."""
    left_out = {"csrfmiddlewaretoken", "preview", "confirm"}
    entered = sorted((name, sorted(values)) for name, values in request.POST.lists() if name not in left_out)
    return repr(entered)


def record_file(request: HttpRequest) -> HttpResponse:
    """Levels of a file: upload, preview with what is wrong with which row, then the records."""
    _ask_right(request)
    if wanted := request.GET.get("template"):
        return _template(wanted)
    form = FileForm()
    batch, rows = None, []
    if "rows" in request.POST:
        try:
            batch = batch_of(unsealed_rows(request.POST["rows"]), user=request.user)
        except UnreadableFile as error:
            messages.error(request, str(error))
        else:
            if answer := _stored(request, batch):
                return answer
    elif request.method == "POST":
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            rows = form.found
            batch = batch_of(rows, user=request.user)
    may_be_stored = batch is not None and batch.may_be_stored
    context = {
        "form": form,
        "rows": sealed_rows(rows) if rows and may_be_stored else "",
        "templates": [{"label": name.upper(), "url": f"?template={name}"} for name in ("csv", "xlsx")],
        "columns": [{"title": column.title, "name": column.name} for column in COLUMNS],
    }
    return _page(request, "record_file.html", context | _preview(batch))


def _template(wanted: str) -> HttpResponse:
    table = Table("muc-do", [column.title for column in COLUMNS], ())
    return (xlsx_response if wanted == "xlsx" else csv_response)(table)


def _ask_right(request: HttpRequest) -> None:
    if not request.user.has_perm("services.add_maturityrecord"):
        raise PermissionDenied


def _stored(request: HttpRequest, batch: Batch) -> HttpResponse | None:
    """The way on once all is stored; None where nothing was."""
    try:
        number = store(batch, user=request.user)
    except BatchRefused as refused:
        messages.error(request, str(refused) or _("Nothing was stored: some records are refused."))
        return None
    text = ngettext("%(number)d level is recorded.", "%(number)d levels are recorded.", number)
    messages.success(request, text % {"number": number})
    return redirect(RECORDS)


def _preview(batch: Batch | None) -> dict[str, Any]:
    """What the template shows of a batch: a row each, and the refusals by reason."""
    if batch is None:
        return {"previewed": False}
    return {
        "previewed": True,
        "may_be_stored": batch.may_be_stored,
        "number": len(batch.entries),
        "changes": [_change(entry) for entry in batch.entries],
        "problems": [
            {"line": problem.line, "column": HEADER.title(problem.column), "reason": problem.reason}
            for problem in batch.problems
        ],
    }


def _change(entry: Any) -> dict[str, Any]:
    record = entry.record
    return {
        "line": entry.line,
        "procedure": str(record.procedure),
        "unit": record.unit.label if record.unit else _("all units"),
        "before": in_words(entry.level_before, entry.extent_before),
        "after": in_words(record.level, record.extent),
        "date": record.date,
        "refused": [problem.reason for problem in entry.problems],
        "advice": entry.advice,
    }


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    titles = {
        "record_chosen.html": _("Record a level for the chosen services"),
        "record_file.html": _("Record levels from a file"),
    }
    context |= {"page_title": titles[template], "header_icon": "success", "cancel_url": reverse(RECORDS)}
    return TemplateResponse(request, f"services/admin/{template}", context, status=status)
