from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        # registers checks and a job, connects receivers
        from search import checks, counting, editorial, signals  # noqa: F401
        from search.vocabulary_file import ensure_vocabulary

        checks.warn_at_start()
        post_migrate.connect(ensure_vocabulary, sender=self)
