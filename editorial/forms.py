"""Forms of decisions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm


class ReasonForm(TaskStateCommentForm):
    """A decision that needs a reason."""

    comment = forms.CharField(
        label=_("What has to be changed"),
        required=True,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say what has to be changed: the author reads it.")},
    )


class DecisionForm(forms.Form):
    """Approve, or send back with a reason: which of the two, the button says."""

    APPROVE, RETURN = "approve", "return"

    decision = forms.ChoiceField(choices=((APPROVE, APPROVE), (RETURN, RETURN)), widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("When the page is sent back, say what has to be changed: its author reads it."),
    )

    def __init__(self, *args: Any, review: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.review = review

    @property
    def approves(self) -> bool:
        return self.cleaned_data["decision"] == self.APPROVE

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        comment = (values.get("comment") or "").strip()
        if not comment and values.get("decision") == self.RETURN:
            self.add_error("comment", _("Say what has to be changed: the author reads it."))
        if not comment and values.get("decision") == self.APPROVE and self.review.needs_reason:
            self.add_error("comment", _("You have changed this page yourself: say why nobody else approves it."))
        return values


class PublishAloneForm(forms.Form):
    """Why a page is published without the approval of others."""

    reason = forms.CharField(
        label=_("Why is it published without approval?"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The reason is kept in the page's history."),
        error_messages={"required": _("Give a reason.")},
    )
