"""In the editor of a service: where the national list says otherwise."""

from typing import Any

from wagtail.admin.panels import Panel

from services.models.national import NationalFinding
from services.national.levels import conflicts


class NationalPanel(Panel):
    """Differences from the national list, where the service has any."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "services/national_panel.html"

        def __init__(self, **values: Any) -> None:
            super().__init__(**values)
            procedure = getattr(self.instance, "procedure_id", None)
            self.conflict = conflicts([procedure]).get(procedure) if procedure else None
            found = NationalFinding.objects.filter(procedure=procedure) if procedure else NationalFinding.objects.none()
            self.findings = [finding for finding in found if finding.kind != "level"]

        def is_shown(self) -> bool:
            return bool(self.conflict or self.findings)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return context | {"conflict": self.conflict, "findings": self.findings}
