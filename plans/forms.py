"""The editor's form of a plan with its targets."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel

#: the scope of a target that is about the units that it names
NAMED_UNITS = "units"


class TargetForm(WagtailAdminModelForm):
    """A target of the plan, within the plan's form. Its value is read and shown as people write it: 99,5."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        value = self.fields["value"]
        value.localize, value.widget = True, forms.TextInput({"inputmode": "decimal"})
        value.widget.is_localized = True


class TargetsPanel(InlinePanel):
    """Targets within the plan; Wagtail takes no form of theirs from their model."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = TargetForm
        return options


class PlanForm(WagtailAdminModelForm):
    """Checks what targets cannot check themselves: the units that they name, and what was reported on them."""

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        lacks, drops = self._lacks_units(), self._drops_reports()
        return not (lacks or drops)

    def _lacks_units(self) -> bool:
        """A target does not know its units before it is saved."""
        targets = self.formsets["targets"]
        kept = [form for form in targets.forms if form not in targets.deleted_forms]
        wrong = [
            form for form in kept if form.cleaned_data.get("scope") == NAMED_UNITS and not form.cleaned_data["units"]
        ]
        for form in wrong:
            form.add_error("units", _("Name the units."))
        return bool(wrong)

    def _drops_reports(self) -> bool:
        """Figures of units would be lost with their target."""
        removed = [form.instance for form in self.formsets["targets"].deleted_forms if form.instance.pk]
        names = [target.name for target in removed if target.reports.exists()]
        if names:
            text = _("Units have reported on “%(names)s”: it cannot be removed.")
            self.add_error(None, text % {"names": "”, “".join(names)})
        return bool(names)
