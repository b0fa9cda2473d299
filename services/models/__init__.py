from services.models.dossiers import COUNTS, DossierFigure, DossierTotal, StatisticsImport
from services.models.links import LinkCheck, LinkFault
from services.models.lookups import LookupMail, LookupSubscription, SavedLookup
from services.models.maturity import CAPABILITY_LABELS, MaturityRecord
from services.models.national import NationalComparison, NationalFinding, NationalListing
from services.models.pages import ServicePage
from services.models.procedures import Audience, AudienceGroup, LifeEvent, Procedure, ProcedureAlias, RelatedProcedure

from services.models.index import ServiceIndexPage  # isort: skip - reads the models above

__all__ = [
    "CAPABILITY_LABELS",
    "COUNTS",
    "Audience",
    "AudienceGroup",
    "DossierFigure",
    "DossierTotal",
    "LifeEvent",
    "LinkCheck",
    "LinkFault",
    "LookupMail",
    "LookupSubscription",
    "MaturityRecord",
    "NationalComparison",
    "NationalFinding",
    "NationalListing",
    "Procedure",
    "ProcedureAlias",
    "RelatedProcedure",
    "SavedLookup",
    "ServiceIndexPage",
    "ServicePage",
    "StatisticsImport",
]
