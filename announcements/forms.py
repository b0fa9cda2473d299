"""Editor's form of official documents."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

from announcements.titles import made_slug, short_title
from announcements.wording import reference_error
from core.forms import GatedPageForm


class DirectiveForm(GatedPageForm):
    """Title and slug may be left empty: they are made from the abstract, the number and the year."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "slug"):
            if name in self.fields:
                self.fields[name].required = False

    def clean_reference(self) -> str:
        reference = self.cleaned_data["reference"]
        if reference and (message := reference_error(reference)):
            raise ValidationError(message)
        return reference

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        reference = data.get("reference") or ""
        if not data.get("title"):
            data["title"] = short_title(data.get("abstract") or "") or reference
        if not data["title"] and "reference" not in self.errors:
            self.add_error("abstract", _("Enter the number or the abstract: a draft needs a name."))
        if "slug" in data and not data["slug"]:
            data["slug"] = self.free_slug(made_slug(reference, data.get("issued_on"), data["title"]))
        return data

    def free_slug(self, wanted: str) -> str:
        """A slug that no sibling and no other document of the language has."""
        candidate, number = wanted, 1
        while self.instance.slug_is_taken(candidate) or not Page._slug_is_available(
            candidate, self.parent_page, self.instance
        ):
            number += 1
            candidate = f"{wanted}-{number}"
        return candidate
