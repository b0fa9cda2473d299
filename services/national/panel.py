"""In the editor of a service: where the national list says otherwise."""

from typing import Any

from wagtail.admin.panels import Panel

from core.page_cache import today
from services.maturity import state_on
from services.models.national import FindingKind, NationalFinding
from services.national.levels import conflict


class NationalPanel(Panel):
    """Differences from the national list, where the service has any."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "services/national_panel.html"

        def __init__(self, **values: Any) -> None:
            super().__init__(**values)
            self.conflict, self.findings = None, []
            if pk := getattr(self.instance, "procedure_id", None):
                self.conflict = conflict(pk, state_on(self.instance.procedure.counting_records, today()))
                self.findings = list(NationalFinding.objects.filter(procedure=pk).exclude(kind=FindingKind.LEVEL))

        def is_shown(self) -> bool:
            return bool(self.conflict or self.findings)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return context | {"conflict": self.conflict, "findings": self.findings}
