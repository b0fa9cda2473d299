from core.models.media import DocumentText, PortalDocument, PortalImage, PortalRendition
from core.models.pages import BasePage, IndexPageMixin, SectionMixin
from core.models.user import User
from core.models.version import PublicVersion

__all__ = [
    "BasePage",
    "DocumentText",
    "IndexPageMixin",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "PublicVersion",
    "SectionMixin",
    "User",
]
