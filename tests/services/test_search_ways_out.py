"""Where the results page leads those who did not find: to the list of the field, to a unit, to other names."""

import re

import pytest
from wagtail.models import Locale

from core.page_cache import forget
from departments.models import DepartmentIndexPage
from search.models import VocabularyEntry
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(db):
    return make.add_unit("Phòng Tư pháp", slug="phong-tu-phap")


@pytest.fixture
def births(section):
    """Three services of civil status, one of another field; another unit executes one of them."""
    status = make.add_field("Hộ tịch", slug="ho-tich")
    town = make.add_unit("UBND thị trấn", slug="thi-tran")
    for title, units in (
        ("Đăng ký khai sinh", [section.department]),
        ("Đăng ký lại khai sinh", [section.department, town.department]),
        ("Đăng ký khai sinh lưu động (thực hiện tại cấp xã)", [section.department]),
    ):
        make.add_service(section, title, make.add_procedure(status, units=units))
    other = make.add_procedure(make.add_field("Điện lực", slug="dien-luc"), units=[section.department])
    make.add_service(section, "Cấp điện mới", other)


@pytest.fixture
def ask(client, committed):
    def ask(question, address="/tim-kiem/", **parameters):
        with committed():
            forget()
        return client.get(address, {"q": question, **parameters})

    return ask


def ways_out(response):
    line = re.search(r'<p class="ways-out">(.*?)</p>', response.content.decode())[1]
    return dict(re.findall(r'<a href="([^"]*)">(.*?)</a>', line))


def test_results_of_one_field_lead_to_its_list_with_as_many_rows_as_it_says(client, births, ask):
    ways = ways_out(ask("khai sinh"))
    assert ways["/dich-vu-cong/?field=ho-tich"] == "xem tất cả dịch vụ lĩnh vực Hộ tịch (3)"
    assert client.get("/dich-vu-cong/?field=ho-tich").context_data["listing"].total == 3


def test_a_service_that_is_no_longer_in_force_is_not_counted(births, ask, section):
    make.add_service(
        section, "Đăng ký khai tử", make.add_procedure(make.add_field("Hộ tịch"), in_force_until="2015-01-01")
    )
    assert "(3)" in ways_out(ask("khai sinh"))["/dich-vu-cong/?field=ho-tich"]


def test_results_of_several_fields_lead_to_the_whole_catalogue(births, ask):
    assert "/dich-vu-cong/" in ways_out(ask("đăng ký khai sinh cấp điện mới"))


def test_the_first_hit_of_one_unit_leads_to_the_page_of_that_unit(births, ask):
    assert ways_out(ask("đăng ký khai sinh"))["/don-vi/phong-tu-phap/"] == "hỏi Phòng Tư pháp"


def test_the_first_hit_of_several_units_leads_to_the_list_of_units(births, ask):
    assert ways_out(ask("đăng ký lại khai sinh"))["/don-vi/"] == "tìm đơn vị để hỏi"


def test_nothing_found_leads_to_the_catalogue_and_to_the_units(births, ask):
    html = ask("xyzzy").content.decode()
    assert 'href="/dich-vu-cong/">' in html
    assert 'href="/don-vi/">' in html


def test_a_private_unit_is_not_named(births, ask, section):
    make.restrict(section)
    assert "Phòng Tư pháp" not in ask("cấp điện mới").content.decode()


def test_a_language_without_lists_leads_nowhere(births, ask):
    DepartmentIndexPage.objects.filter(locale=Locale.objects.get(language_code="en")).update(live=False)
    assert "/en/departments/" not in ask("xyzzy", "/en/search/").content.decode()


# --- names of services that say more than the question ---------------------------------------------------------------


def related(response):
    return [suggestion["text"] for suggestion in response.context_data["suggestions"]]


def test_names_that_say_more_than_the_question_are_offered(births, ask):
    response = ask("dang ky khai sinh", field="ho-tich")
    assert related(response) == ["đăng ký lại khai sinh", "đăng ký khai sinh lưu động"]
    assert "Có phải Ông/Bà muốn tìm" in response.content.decode()
    assert "field=ho-tich" in response.context_data["suggestions"][0]["url"]


def test_a_name_that_alone_has_what_was_asked_has_none_beside_it(births, ask):
    assert related(ask("cấp điện mới")) == []


def test_a_long_name_is_cut_before_its_cases_and_left_out_where_it_is_long_still(births, ask, section):
    for title in (
        "Đăng ký khai sinh đối với trẻ em bị bỏ rơi, trẻ em chưa xác định được cha, mẹ",
        "Đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
        "Đăng ký kết hôn trong trường hợp đã khai sinh",
    ):
        make.add_service(section, title)
    assert related(ask("đăng ký khai sinh")) == ["đăng ký lại khai sinh", "đăng ký khai sinh lưu động"]


def test_other_readings_of_a_citizens_word_are_offered(births, ask, section):
    VocabularyEntry.objects.create(phrase="giấy xanh", readings="đăng ký lại khai sinh\ncấp điện mới\ncấp nước")
    response = ask("giấy xanh")
    assert response.context_data["read_as"] == [{"phrase": "giấy xanh", "official": "đăng ký lại khai sinh"}]
    assert related(response) == ["cấp điện mới"]


def test_english_names_are_offered_in_english(births, ask, section):
    english = make.add_section(section.department, "en", title="Justice Division")
    for title in ("Birth registration", "Late birth registrations (abroad)", "Marriage registration"):
        make.add_service(english, title)
    assert related(ask("birth registration", "/en/search/")) == ["late birth registrations"]


def test_a_correction_comes_alone(births, ask):
    assert related(ask("đăng ký khai sihn")) == ["đăng ký khai sinh"]


def test_names_of_other_kinds_are_not_offered(births, ask, section):
    make.add_section(make.add_unit("Tổ đăng ký khai sinh").department, "en", title="x")
    assert "tổ đăng ký khai sinh" not in related(ask("đăng ký khai sinh"))


def test_who_types_a_code_is_offered_no_names(births, ask, section):
    make.add_service(section, "Đăng ký khai sinh có yếu tố nước ngoài", make.add_procedure(code="1.001193"))
    assert related(ask("1.001193")) == []
