from announcements.models.announcements import AnnouncementFile, AnnouncementKind, AnnouncementPage, Hotline
from announcements.models.directives import Authority, DirectiveFile, DirectivePage, Urgency
from announcements.models.relations import DirectiveRelation
from announcements.models.types import DocumentType

from announcements.models.index import AnnouncementIndexPage, DirectiveIndexPage  # isort: skip - reads the models above

__all__ = [
    "AnnouncementFile",
    "AnnouncementIndexPage",
    "AnnouncementKind",
    "AnnouncementPage",
    "Authority",
    "DirectiveFile",
    "DirectiveIndexPage",
    "DirectivePage",
    "DirectiveRelation",
    "DocumentType",
    "Hotline",
    "Urgency",
]
