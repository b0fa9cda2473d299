"""Kinds of content, as rules name them: the page classes of the portal."""

from wagtail.models import Page, get_page_models

from core.models import BasePage


def kind_of(page: Page) -> str:
    """The kind of a page, such as "services.servicepage"."""
    return page.specific_class._meta.label_lower


def kind_choices() -> list[tuple[str, str]]:
    """Kinds that can be written, by name."""
    models = [model for model in get_page_models() if issubclass(model, BasePage) and model.is_creatable]
    return sorted(((model._meta.label_lower, model._meta.verbose_name) for model in models), key=lambda kind: kind[0])


def kind_name(kind: str) -> str:
    """What people call a kind; an unknown one is called by its key."""
    return str(dict(kind_choices()).get(kind, kind))
