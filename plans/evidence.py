"""Files that prove what a unit reported: they lie with the unit's files and are shown to no reader."""

from typing import Any

from wagtail.documents import get_document_model
from wagtail.models import Collection

from departments.models import Department, DepartmentCollection


def keep_file(file: Any, *, unit: Department, user: Any) -> Any:
    """The uploaded file as a document of the unit's collection."""
    own = DepartmentCollection.objects.filter(department=unit).select_related("collection").first()
    collection = own.collection if own else Collection.get_first_root_node()
    document = get_document_model()(title=file.name, file=file, collection=collection, uploaded_by_user=user)
    document._set_document_file_metadata()
    document.save()
    return document
