"""Parts of a service: steps, channels with time limits and fees, papers by case, legal bases."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

CHANNEL_KINDS = [("online", _("Online")), ("direct", _("In person")), ("post", _("Public post"))]
TIME_UNITS = [
    ("working_hour", _("working hour")),
    ("hour", _("hour")),
    ("working_day", _("working day")),
    ("day", _("day")),
    ("month", _("month")),
    ("year", _("year")),
]


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("step"), required=False, max_length=255)
    text = blocks.TextBlock(label=_("what happens"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class FeeBlock(blocks.StructBlock):
    amount = blocks.IntegerBlock(
        label=_("amount in đồng"), required=False, min_value=0, help_text=_("0: free of charge. Empty: see the text.")
    )
    text = blocks.TextBlock(label=_("fee in words"), required=False)
    exemption = blocks.TextBlock(label=_("who pays less or nothing"), required=False)

    class Meta:
        icon = "tag"
        label = _("Fee")


class ChannelBlock(blocks.StructBlock):
    """A way of applying with its own time limit (value, unit, text) and fees: both hang on the channel."""

    kind = blocks.ChoiceBlock(label=_("way of applying"), choices=CHANNEL_KINDS)
    time_value = blocks.DecimalBlock(label=_("time limit"), required=False, min_value=0)
    time_unit = blocks.ChoiceBlock(label=_("unit"), required=False, choices=TIME_UNITS)
    time_text = blocks.TextBlock(
        label=_("time limit in words"), required=False, help_text=_("“No limit” counts as given.")
    )
    fees = blocks.ListBlock(FeeBlock(), label=_("fees"), default=[])

    class Meta:
        icon = "globe"
        label = _("Way of applying")


class PaperBlock(blocks.StructBlock):
    name = blocks.TextBlock(label=_("paper"))
    originals = blocks.IntegerBlock(label=_("originals"), required=False, min_value=0)
    copies = blocks.IntegerBlock(label=_("copies"), required=False, min_value=0)
    form = DocumentChooserBlock(label=_("form to fill in"), required=False)
    note = blocks.TextBlock(label=_("note"), required=False)
    show_only = blocks.BooleanBlock(label=_("shown, not handed in"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Paper")


class CaseBlock(blocks.StructBlock):
    """The papers of one case; most services have one case without a name."""

    name = blocks.TextBlock(label=_("case"), required=False)
    papers = blocks.ListBlock(PaperBlock(), label=_("papers"))

    class Meta:
        icon = "folder-open-1"
        label = _("Case")


class LegalBasisBlock(blocks.StructBlock):
    number = blocks.CharBlock(label=_("number"), required=False, max_length=120)
    title = blocks.TextBlock(label=_("title"))
    in_force = blocks.DateBlock(label=_("in force since"), required=False)
    url = blocks.URLBlock(label=_("address"), required=False)

    class Meta:
        icon = "link"
        label = _("Legal basis")
