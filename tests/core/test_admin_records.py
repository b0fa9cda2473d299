"""Records in the admin: every list and every chooser can be searched, without marks in choosers."""

import pytest
from django.urls import reverse
from wagtail.snippets.models import get_snippet_models

from departments.models import Department, Field
from services.models import Procedure

pytestmark = pytest.mark.django_db


def snippet_models():
    return [pytest.param(model, id=model._meta.label) for model in get_snippet_models()]


@pytest.mark.parametrize("model", snippet_models())
def test_a_list_of_records_takes_words_and_an_order(admin_client, model):
    viewset = model.snippet_viewset
    url = reverse(viewset.get_url_name("list"))
    for query in ({"q": "đất"}, {"q": '"'}, {"q": "dat", "ordering": viewset.list_display[0]}):
        assert admin_client.get(url, query).status_code == 200


@pytest.mark.parametrize("model", snippet_models())
def test_a_chooser_of_records_takes_words(admin_client, model):
    url = reverse(model.snippet_viewset.chooser_viewset.get_url_name("choose_results"))
    assert admin_client.get(url, {"q": "dat dai"}).status_code == 200


def test_choosers_find_without_marks(admin_client):
    field = Field.objects.create(name="Đất đai")
    Department.objects.create(name="Phòng Tư pháp", kind="division")
    Procedure.objects.create(code="1.001193", name="Đăng ký khai sinh", field=field)
    for model, typed, shown in (
        (Field, "dat dai", "Đất đai"),
        (Department, "tu phap", "Phòng Tư pháp"),
        (Procedure, "khai sinh", "Đăng ký khai sinh"),
        (Procedure, "1.001193", "Đăng ký khai sinh"),
        (Procedure, "dang ky", "Đăng ký khai sinh"),
    ):
        url = reverse(model.snippet_viewset.chooser_viewset.get_url_name("choose_results"))
        assert shown in admin_client.get(url, {"q": typed}).content.decode(), (model, typed)
