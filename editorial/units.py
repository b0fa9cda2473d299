"""Which unit pages belong to, for many pages at once."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Substr
from wagtail.models import Page
from wagtail.query import PageQuerySet

from departments.models import DepartmentPage


def with_unit(pages: PageQuerySet) -> PageQuerySet:
    """Pages with `unit`, the id of the department in whose section each lies; None outside of sections.

    The start of a page's path is the path of its section: so the database finds it by its index.
    """
    depths = DepartmentPage.objects.order_by().values_list("depth", flat=True).distinct()
    starts = [Substr(OuterRef("path"), 1, depth * Page.steplen) for depth in depths]
    sections = DepartmentPage.objects.filter(path__in=starts).order_by("-depth")
    return pages.annotate(unit=Subquery(sections.values("department_id")[:1]))
