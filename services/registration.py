"""What services tell the apps below: a unit's page shows its services, search knows the kind."""

import datetime
from typing import Any

from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

from core.addresses import index_address
from core.due import register_job
from departments.sections import SectionBlock, register_section_block
from editorial.desk.writing import Extra, register_extra
from editorial.reports.offered import register_report
from search.kinds import register_kind, register_way_out
from services import rates
from services.catalogue import catalogue, counted_catalogue
from services.dossiers.totals import level_recorded
from services.models import MaturityRecord, ServicePage
from services.models.index import shown_rows
from services.national.report import NationalReport
from services.national.tasks import compare_with_national_list
from services.quality.reports import CompletenessReport, FindingsReport
from services.search_kind import KIND
from services.ways_out import browse

#: services shown on a unit's page; the rest is one link away
SHOWN = 6


def unit_block(page: Any, request: Any) -> dict[str, Any] | None:
    """Services that the unit executes, at its own levels; None where there is none."""
    slug = page.department.slug
    items = [item.for_units([slug]) for item in catalogue(page.locale_id) if slug in item.units]
    if not items:
        return None
    shown = sorted(items, key=lambda item: (-(item.state.level or 0), item.sort_key))[:SHOWN]
    address = index_address(ServicePage.index_model, page.locale_id)
    counted = [item.for_units([slug]) for item in counted_catalogue() if slug in item.units]
    found = rates.level_rate(counted, (page.title,))
    return {
        "content": {
            "rows": shown_rows(shown, page.locale_id, show_fee=True),
            "total": len(items),
            "url": f"{address.path}?unit={slug}" if address else "",
            "rate": rates.presented(found),
        }
    }


def register() -> None:
    register_section_block(SectionBlock("services", "services/unit_services.html", unit_block, order=10, wide=True))
    register_kind(KIND)
    register_way_out("browse", browse)
    for report in (NationalReport, CompletenessReport, FindingsReport):
        register_report(report)
    register_job(compare_with_national_list, every=datetime.timedelta(days=1))
    post_save.connect(level_recorded, sender=MaturityRecord, dispatch_uid="dossier totals")
    register_extra(
        Extra(
            label=_("Record the level of a service"),
            url_name="wagtailsnippets_services_maturityrecord:add",
            permission="services.add_maturityrecord",
        )
    )
    register_extra(
        Extra(
            label=_("Hand in dossier statistics"),
            url_name="statistics:hand_in",
            permission="services.import_statistics",
        )
    )
