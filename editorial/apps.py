from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Editorial workflow")

    def ready(self) -> None:
        from editorial import signals  # noqa: F401 - connects its receivers
        from editorial.notices import listen
        from editorial.translating import keep_drafts_from_readers
        from editorial.workflow import ensure_workflow

        listen()
        keep_drafts_from_readers()
        post_migrate.connect(ensure_workflow, sender=self)
