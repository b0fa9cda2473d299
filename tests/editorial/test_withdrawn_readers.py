"""What readers of a withdrawn page get, and where it is gone at once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from departments.models import DepartmentIndexPage
from editorial.models import Withdrawal
from editorial.withdrawing import withdraw
from home.models import ContentPage, HomePage
from services.models import ServicePage
from tests import factories as make

pytestmark = pytest.mark.django_db
ADDRESS = "/dich-vu-cong/dang-ky-khai-sinh/"
REASON = "Thủ tục đã bãi bỏ"


@pytest.fixture
def section(db):
    return make.add_unit("Phòng Tư pháp")


@pytest.fixture
def page(committed, section):
    with committed():
        return make.add_service(section, "Đăng ký khai sinh")


@pytest.fixture
def take_back(committed, db):
    """Withdraw pages for the board, committed as a request would."""
    user = make.add_administrator()

    def take_back(page, reason=REASON, **values):
        with committed():
            withdraw(page=type(page).objects.get(pk=page.pk), user=user, reason=reason, **values)

    return take_back


def plain_page(title="Giới thiệu", parent=None, code="vi"):
    parent = parent or HomePage.objects.get(locale=make.locale(code))
    return parent.add_child(instance=ContentPage(title=title, locale=parent.locale))


# --- at the old address --------------------------------------------------------------------------------------------


def test_readers_are_told_that_it_was_withdrawn_when_and_why(client, page, take_back):
    assert client.get(ADDRESS).status_code == 200
    take_back(page)
    response = client.get(ADDRESS)
    html = response.content.decode()
    assert response.status_code == 410
    assert REASON in html
    assert timezone.localdate().strftime("%d/%m/%Y") in html
    assert 'href="/dich-vu-cong/"' in html


def test_a_reason_is_text_and_never_markup(client, page, take_back):
    take_back(page, "<script>alert(1)</script>")
    html = client.get(ADDRESS).content.decode()
    assert "<script>alert(1)</script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_readers_are_led_to_what_replaces_it_for_now(client, section, page, take_back):
    new = make.add_service(section, "Khai sinh mới")
    take_back(page, successor=new)
    response = client.get(ADDRESS)
    assert (response.status_code, response["Location"]) == (302, new.get_url())


def test_a_successor_that_was_withdrawn_leads_on(client, section, page, take_back):
    second, third = make.add_service(section, "Bản hai"), make.add_service(section, "Bản ba")
    take_back(page, successor=second)
    take_back(second, successor=third)
    assert client.get(ADDRESS)["Location"] == third.get_url()


def test_pages_that_name_each_other_lead_in_no_circle(client, section, page, take_back):
    second = make.add_service(section, "Bản hai")
    take_back(page, successor=second)
    first = ServicePage.objects.get(pk=page.pk)
    first.save_revision().publish()
    take_back(second, successor=first)
    take_back(first)
    Withdrawal.objects.filter(page=first).update(successor=second)
    assert client.get(ADDRESS).status_code == 410


@pytest.mark.parametrize("hidden", ["withdrawn", "private", "deleted"])
def test_a_successor_that_readers_cannot_read_is_not_named(client, section, page, take_back, hidden):
    new = make.add_service(section, "Khai sinh mới")
    take_back(page, successor=new)
    if hidden == "withdrawn":
        take_back(new, "Nhầm")
    elif hidden == "private":
        make.restrict(new)
    else:
        ServicePage.objects.get(pk=new.pk).delete()
    response = client.get(ADDRESS)
    assert response.status_code == 410
    assert "Khai sinh mới" not in response.content.decode()


def test_a_successor_in_another_language_is_offered_not_forced(client, section, page, take_back):
    english = make.add_section(section.department, "en", title="Justice Division")
    new = make.add_service(english, "Birth registration")
    take_back(page, successor=new)
    response = client.get(ADDRESS)
    assert response.status_code == 410
    assert new.get_url() in response.content.decode()


def test_a_translation_leads_to_the_successor_in_its_own_language(client, section, page, take_back):
    english = make.add_section(section.department, "en", title="Justice Division")
    twin = make.new_service(english, "Birth registration", page.procedure, translation_key=page.translation_key)
    twin = english.add_child(instance=twin)
    new = make.add_service(section, "Khai sinh mới")
    new_twin = make.new_service(english, "New registration", new.procedure, translation_key=new.translation_key)
    new_twin = english.add_child(instance=new_twin)
    take_back(page, successor=new, with_translations=True)
    assert client.get(twin.get_url())["Location"] == new_twin.get_url()
    assert client.get(ADDRESS)["Location"] == new.get_url()


def test_published_again_it_is_read_again_and_the_past_is_kept(client, committed, page, take_back):
    take_back(page)
    with committed():
        ServicePage.objects.get(pk=page.pk).save_revision().publish()
    assert client.get(ADDRESS).status_code == 200
    assert Withdrawal.objects.filter(page=page).count() == 1


def test_what_ends_otherwise_later_is_not_called_withdrawn(client, page, take_back):
    take_back(page)
    ServicePage.objects.get(pk=page.pk).save_revision().publish()
    ServicePage.objects.get(pk=page.pk).unpublish()
    response = client.get(ADDRESS)
    assert response.status_code == 410
    assert REASON not in response.content.decode()


def test_a_withdrawn_page_that_was_not_for_everybody_tells_nothing(client, page, take_back):
    make.restrict(page)
    take_back(page)
    response = client.get(ADDRESS)
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_a_draft_that_was_never_read_is_not_found(client, section):
    make.add_service(section, "Bản nháp", live=False)
    assert client.get("/dich-vu-cong/ban-nhap/").status_code == 404


# --- addressed by the tree -----------------------------------------------------------------------------------------


def test_a_plain_page_says_that_it_was_withdrawn(client, take_back):
    page = plain_page()
    take_back(page)
    response = client.get("/gioi-thieu/")
    assert response.status_code == 410
    assert REASON in response.content.decode()


def test_a_plain_page_leads_to_what_replaces_it(client, take_back):
    page, new = plain_page(), plain_page("Giới thiệu mới")
    take_back(page, successor=new)
    assert client.get("/gioi-thieu/")["Location"] == "/gioi-thieu-moi/"


def test_what_lies_below_a_withdrawn_page_stays(client, take_back):
    page = plain_page()
    plain_page("Lịch sử", page)
    take_back(page)
    assert client.get("/gioi-thieu/lich-su/").status_code == 200


def test_a_section_of_a_unit_says_that_it_was_withdrawn(client, section, page, take_back):
    take_back(section)
    assert client.get(section.get_url()).status_code == 410
    assert client.get(ADDRESS).status_code == 200


def test_a_page_in_english_says_so_in_english(client, take_back):
    take_back(plain_page("About us", code="en"), "Outdated")
    response = client.get("/en/about-us/")
    assert response.status_code == 410
    assert "Reason: Outdated" in response.content.decode()


def test_a_draft_in_the_tree_is_not_found(client):
    home = HomePage.objects.get(locale=make.locale())
    home.add_child(instance=ContentPage(title="Giới thiệu", locale=home.locale, live=False))
    assert client.get("/gioi-thieu/").status_code == 404


# --- gone at once --------------------------------------------------------------------------------------------------

PLACES = (
    "/dich-vu-cong/",
    "/dich-vu-cong/?format=csv",
    "/dich-vu-cong/?format=json",
    "/dich-vu-cong/?format=atom",
    "/tim-kiem/?q=khai+sinh",
    "/sitemap.xml",
    "/api/v1/services",
    "/api/v1/search?q=khai+sinh",
    "/api/v2/pages/?limit=20&order=-id",
)


@pytest.mark.parametrize("place", PLACES)
def test_lists_search_feeds_map_and_apis_drop_it_at_once(client, page, take_back, place):
    names = ("Đăng ký khai sinh", "dang-ky-khai-sinh")

    def shown():
        # A JSON answer may write "Đ" as an escape.
        text = client.get(place).getvalue().decode("utf-8-sig")
        return any(name in text or name.encode("unicode_escape").decode() in text for name in names)

    assert shown()
    take_back(page)
    assert not shown()


def test_the_detail_in_the_apis_is_gone_at_once(client, page, take_back):
    addresses = [f"/api/v1/services/{page.procedure.code}", f"/api/v2/pages/{page.pk}/"]
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    take_back(page)
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_wagtails_api_finds_no_withdrawn_page_by_its_address(client, page, take_back):
    take_back(page)
    assert client.get("/api/v2/pages/find/", {"html_path": ADDRESS}).status_code == 404


def test_the_list_of_units_drops_a_withdrawn_section_at_once(client, section, take_back):
    index = DepartmentIndexPage.objects.get(locale=make.locale()).get_url()
    assert section.title in client.get(index).content.decode()
    take_back(section)
    assert section.title not in client.get(index).content.decode()


def test_its_file_is_handed_out_no_more(client, committed, section, take_back):
    file = make.add_file()
    with committed():
        page = make.add_service(section, "Có tệp", papers=[make.paper(form=file)])
        page.save_revision().publish()
    url = reverse("wagtaildocs_serve", args=[file.pk, file.filename])
    assert client.get(url).status_code == 200
    take_back(page)
    assert client.get(url).status_code == 404
