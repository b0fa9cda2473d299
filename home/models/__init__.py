from home.models.settings import SiteSettings

from home.models.pages import ContentPage, HomePage  # isort: skip - the front page reads the settings

__all__ = ["ContentPage", "HomePage", "SiteSettings"]
