from plans.models.pages import PlanIndexPage
from plans.models.plans import Plan
from plans.models.reports import Report
from plans.models.targets import Comparison, Measure, Scope, Target

__all__ = ["Comparison", "Measure", "Plan", "PlanIndexPage", "Report", "Scope", "Target"]
