from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from announcements.models import DocumentType
from tests.announcements.conftest import add_directive


@pytest.fixture(autouse=True)
def signed_in(publisher, calendar):
    return publisher


@pytest.mark.parametrize("name", ["directives:index", "announcements:index"])
def test_editors_have_lists_of_documents_and_announcements(client, units, name):
    add_directive(units.office, "45/KH-UBND")
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert ("45/KH-UBND" in response.content.decode()) == name.startswith("directives")


def test_types_of_documents_are_edited_in_the_admin(client):
    url = DocumentType.snippet_viewset.get_url_name("list")
    html = client.get(reverse(url), {"q": "Chỉ thị"}).content.decode()
    assert "Chỉ thị" in html
    assert "Kế hoạch</a>" not in html


def test_the_types_of_the_decree_are_there_and_stay_as_edited(units):
    assert DocumentType.objects.filter(is_legal=False).count() == 29
    assert DocumentType.objects.filter(is_legal=True).count() == 8
    DocumentType.objects.filter(abbreviation="KH").update(name_en="Work plan")
    migration = import_module("announcements.migrations.0002_document_types")
    migration.add_types(apps, SimpleNamespace(connection=connection))
    assert DocumentType.objects.count() == 37
    assert DocumentType.objects.get(abbreviation="KH").name_en == "Work plan"
