"""What the front page is given: what people come for, in the order in which they need it."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Site

from announcements.models import AnnouncementIndexPage, DirectiveIndexPage
from announcements.rows import latest_announcements, latest_directives
from core.addresses import index_address
from core.page_cache import per_version
from core.templatetags.portal import rate as as_percent
from core.templatetags.portal import vn_number
from departments.models import DepartmentKind, DepartmentPage
from home.models.settings import SiteSettings
from plans.models import Plan, PlanIndexPage
from plans.outcomes import current_plan, level_target
from services import rates
from services.catalogue import catalogue, counted_catalogue, is_online
from services.models import LifeEvent, ServicePage
from services.models.index import fields_with_counts

#: fields listed on the front page; the site map has all of them
FIELDS_SHOWN = 24
LEVEL_WORDS = {
    4: gettext_lazy("Apply and pay online"),
    3: gettext_lazy("Apply online, pay on receipt"),
    2: gettext_lazy("Download forms, apply in person or by post"),
    1: gettext_lazy("Read the full information"),
    0: gettext_lazy("Level not determined"),
}


def front_context(page: Any, request: Any) -> dict[str, Any]:
    return dict(_front(page.locale_id, get_language() or "vi")) | {"breadcrumbs": [], "page_end": None}


@per_version
def _front(locale_id: int, language: str) -> dict[str, Any]:
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    address = index_address(ServicePage.index_model, locale_id)
    path = address.path if address else ""
    fields = fields_with_counts(locale_id)
    return {
        "popular_searches": _popular(settings),
        "events": _events(path, locale_id),
        "services": {"total": len(catalogue(locale_id)), "url": path},
        "rate": _rate(settings, locale_id, path),
        "directives": _news(DirectiveIndexPage, latest_directives, locale_id),
        "announcements": _news(AnnouncementIndexPage, latest_announcements, locale_id),
        "fields": fields[:FIELDS_SHOWN],
        "fields_url": reverse("site-map") if len(fields) > FIELDS_SHOWN else "",
        "fields_total": len(fields),
        "units": _units(locale_id),
    }


def _popular(settings: SiteSettings) -> list[dict[str, str]]:
    url = reverse("search")
    words = [line.strip() for line in settings.text("popular_searches").splitlines() if line.strip()]
    return [{"text": word, "url": f"{url}?{urlencode({'q': word})}"} for word in words]


def _events(path: str, locale_id: int) -> list[dict[str, str]]:
    """Life events that lead to at least one service."""
    used = {event for item in catalogue(locale_id) for event in item.fixed["event"]}
    return [
        {"name": event.local_name, "summary": event.local_summary, "url": f"{path}?event={event.slug}"}
        for event in LifeEvent.objects.all()
        if event.slug in used
    ]


def _news(index: type, latest: Any, locale_id: int) -> dict[str, Any]:
    page = index.objects.live().filter(locale_id=locale_id).first()
    return {"rows": latest(locale_id), "url": page.get_url() if page else ""}


def _rate(settings: SiteSettings, locale_id: int, path: str) -> dict[str, Any] | None:
    items = counted_catalogue()
    if not items:
        return None
    shown = rates.presented(rates.level_rate(items, (settings.text("authority_name") or _("Portal"),)))
    rows = [row | {"words": LEVEL_WORDS[row["level"] or 0]} for row in shown["rows"]]
    listed = sum(is_online(item.state) for item in catalogue(locale_id))
    links = [{"text": _("See the %(n)s services at level 3–4") % {"n": listed}, "url": f"{path}?level=3&level=4"}]
    if shown["formula_url"]:
        links.append({"text": _("How the rate is computed"), "url": shown["formula_url"]})
    plan = current_plan()
    figure = as_percent(shown["value"]).rstrip("%") if shown["value"] is not None else ""
    percent = None if shown["value"] is None else 100 * shown["value"]
    links += _plan_link(plan, locale_id)
    return shown | {"rows": rows, "figure": figure, "links": links, "target": _target(plan, percent)}


def _target(plan: Plan | None, percent: float | None) -> dict[str, Any] | None:
    """The plan's target for the rate as a mark on the bar and as a statement; None where it sets none."""
    target = level_target(plan) if plan else None
    if target is None:
        return None
    met = percent is not None and target.is_met_by(percent)
    words = {"target": f"{vn_number(target.value)}%", "source": _plan_words(plan)}
    text = _("Target of %(source)s met: %(target)s") if met else _("Target of %(source)s not met: %(target)s")
    return {
        "x": float(target.value),
        "label": _("target %(target)s") % words,
        "met": met,
        "text": text % words if percent is not None else "",
    }


def _plan_words(plan: Plan) -> str:
    return _("Plan %(number)s of %(year)s") % {"number": plan.number, "year": plan.year}


def _plan_link(plan: Plan | None, locale_id: int) -> list[dict[str, str]]:
    """The way to all targets of the plan; nothing where there is no plan or no page that shows it."""
    page = PlanIndexPage.objects.live().public().filter(locale_id=locale_id).first() if plan else None
    number = plan.targets.count() if page else 0
    if not number:
        return []
    words = ngettext("All %(n)s target of %(source)s", "All %(n)s targets of %(source)s", number)
    return [{"text": words % {"n": number, "source": _plan_words(plan)}, "url": page.get_url()}]


def _units(locale_id: int) -> list[dict[str, str]]:
    """The ways to a unit: the one-stop office by name, then the list by kind."""
    pages = DepartmentPage.objects.live().public().filter(locale_id=locale_id).select_related("department")
    index = pages.first().get_parent().get_url() if pages else ""
    counts: dict[str, int] = {}
    for page in pages:
        counts[page.department.kind] = counts.get(page.department.kind, 0) + 1
    divisions = counts.get(DepartmentKind.DIVISION, 0) + counts.get(DepartmentKind.OFFICE, 0)
    communes = counts.get(DepartmentKind.COMMUNE, 0) + counts.get(DepartmentKind.TOWN, 0)
    units = counts.get(DepartmentKind.PUBLIC_UNIT, 0)
    rows = [
        (
            divisions,
            ngettext("%(n)s division or office", "%(n)s divisions and offices", divisions),
            "division",
            _("Duties, leaders, telephone numbers, services"),
        ),
        (
            communes,
            ngettext("%(n)s commune or town", "%(n)s communes and towns", communes),
            "commune",
            _("Address, office hours, contacts"),
        ),
        (
            units,
            ngettext("%(n)s public unit", "%(n)s public units", units),
            "public_unit",
            _("One-stop office, land registration, culture"),
        ),
    ]
    return [
        {"title": title % {"n": count}, "summary": summary, "url": f"{index}#{anchor}"}
        for count, title, anchor, summary in rows
        if count
    ]
