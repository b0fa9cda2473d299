"""Forms of decisions."""

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


class PublishAloneForm(forms.Form):
    """Why a page is published without the approval of others."""

    reason = forms.CharField(
        label=_("Why is it published without approval?"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The reason is kept in the page's history."),
        error_messages={"required": _("Give a reason.")},
    )
