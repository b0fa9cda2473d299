from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Front page and plain pages")

    def ready(self) -> None:
        from home.search_kind import KIND
        from home.skeleton import ensure_skeleton
        from search.kinds import register_kind

        register_kind(KIND)
        post_migrate.connect(ensure_skeleton, sender=self)
