from announcements.models.announcements import (
    AnnouncementFile,
    AnnouncementIndexPage,
    AnnouncementKind,
    AnnouncementPage,
    Hotline,
)
from announcements.models.directives import DirectiveFile, DirectiveIndexPage, DirectivePage
from announcements.models.types import DocumentType

__all__ = [
    "AnnouncementFile",
    "AnnouncementIndexPage",
    "AnnouncementKind",
    "AnnouncementPage",
    "DirectiveFile",
    "DirectiveIndexPage",
    "DirectivePage",
    "DocumentType",
    "Hotline",
]
