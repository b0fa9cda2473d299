"""The form with which a page is sent for approval."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_user_display_name

from core.templatetags.portal import vn_date
from editorial.deadlines import Deadline
from editorial.models.limits import Urgency
from editorial.submitting import Sending


class ReviewerField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return get_user_display_name(obj)


class SendForm(forms.Form):
    """To whom, how urgent, with what note. Every urgency shows the day until which it asks for a decision."""

    reviewer = ReviewerField(
        label=_("Who is asked for approval"),
        queryset=None,
        required=False,
        empty_label=_("Whoever of the group comes first"),
        help_text=_("Others of the group may decide, too, when this person is absent."),
    )
    urgency = forms.ChoiceField(label=_("How urgent is it?"), widget=forms.RadioSelect, initial=Urgency.NORMAL)
    note = forms.CharField(
        label=_("Note for whoever decides"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, reviewers: Any, deadlines: dict[Urgency, Deadline], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = reviewers
        self.fields["urgency"].choices = [
            (urgency.value, _offer(urgency, deadline)) for urgency, deadline in deadlines.items()
        ]

    @property
    def sending(self) -> Sending:
        return Sending(**self.cleaned_data)


def _offer(urgency: Urgency, deadline: Deadline) -> str:
    return gettext("%(urgency)s: to be published by %(day)s") % {
        "urgency": urgency.label,
        "day": vn_date(deadline.due_on),
    }
