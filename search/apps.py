from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from search import checks, editorial, signals  # noqa: F401 - registers checks, connects the receivers
        from search.vocabulary_file import ensure_vocabulary

        checks.warn_at_start()
        post_migrate.connect(ensure_vocabulary, sender=self)
