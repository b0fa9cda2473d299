from services.models.maturity import CAPABILITY_LABELS, MaturityRecord
from services.models.pages import ServicePage
from services.models.procedures import Audience, AudienceGroup, LifeEvent, Procedure, ProcedureAlias, RelatedProcedure

from services.models.index import ServiceIndexPage  # isort: skip - reads the models above

__all__ = [
    "CAPABILITY_LABELS",
    "Audience",
    "AudienceGroup",
    "LifeEvent",
    "MaturityRecord",
    "Procedure",
    "ProcedureAlias",
    "RelatedProcedure",
    "ServiceIndexPage",
    "ServicePage",
]
