from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DepartmentsConfig(AppConfig):
    name = "departments"
    verbose_name = _("Departments")

    def ready(self) -> None:
        from departments import signals  # noqa: F401 - connects the receivers
        from departments.search_kind import KIND
        from departments.ways_out import contact
        from search.kinds import register_kind, register_way_out

        register_kind(KIND)
        register_way_out("contact", contact)
