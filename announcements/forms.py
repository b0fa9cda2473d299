"""Editor's form of official documents."""

from core.forms import GatedPageForm


class DirectiveForm(GatedPageForm):
    """Warns where the same issuer has a document of the same reference in the same year."""
