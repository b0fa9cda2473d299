from plans.models.pages import PlanIndexPage
from plans.models.plans import Plan
from plans.models.reminders import ReminderKind, ReportReminder
from plans.models.reports import Report
from plans.models.targets import Comparison, Measure, Scope, Target

__all__ = [
    "Comparison",
    "Measure",
    "Plan",
    "PlanIndexPage",
    "ReminderKind",
    "Report",
    "ReportReminder",
    "Scope",
    "Target",
]
