"""The reports that are offered; other apps add theirs."""

from editorial.reports.publications import PublicationReport
from editorial.reports.sections import SectionReport
from editorial.reports.table import Report
from editorial.reports.times import TimedPagesReport, TimeReport
from editorial.reports.waiting import WaitingReport

#: in the order in which they are offered
REPORTS: dict[str, type[Report]] = {
    report.name: report for report in (WaitingReport, TimeReport, TimedPagesReport, SectionReport, PublicationReport)
}


def register_report(report: type[Report]) -> None:
    """Offer a report of an app above, after the others."""
    REPORTS[report.name] = report
