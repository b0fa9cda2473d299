from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Front page and plain pages")

    def ready(self) -> None:
        from home.models.settings import explanation_url
        from home.search_kind import KIND
        from home.skeleton import ensure_skeleton
        from search.kinds import register_kind
        from services.rates import register_explanation

        register_kind(KIND)
        register_explanation(explanation_url)
        post_migrate.connect(ensure_skeleton, sender=self)
