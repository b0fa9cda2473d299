from services.models.maturity import CAPABILITY_LABELS, MaturityRecord
from services.models.pages import ServiceIndexPage, ServicePage
from services.models.procedures import Audience, AudienceGroup, LifeEvent, Procedure, ProcedureAlias

__all__ = [
    "CAPABILITY_LABELS",
    "Audience",
    "AudienceGroup",
    "LifeEvent",
    "MaturityRecord",
    "Procedure",
    "ProcedureAlias",
    "ServiceIndexPage",
    "ServicePage",
]
