"""Doors beside the page: a feed of a question, and the description for browsers."""

import xml.etree.ElementTree as ElementTree

import pytest

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def test_a_question_can_be_followed_as_a_feed(client, add_page):
    page = add_page("Đăng ký khai sinh", "Cha, mẹ nộp tờ khai.")
    add_page("Bản nháp khai sinh", live=False)
    answer = client.get("/tim-kiem/", {"q": "khai sinh", "format": "atom"})
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    assert [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")] == ["Đăng ký khai sinh"]
    assert root.find(f"{ATOM}entry/{ATOM}id").text == f"http://testserver{page.get_url()}"
    assert "khai sinh" in root.findtext(f"{ATOM}title")


def test_a_feed_takes_the_filters_of_the_page(client, add_page):
    add_page("Khai sinh", slug="a-2019")
    add_page("Khai sinh lưu động", slug="b-2018")
    answer = client.get("/tim-kiem/", {"q": "khai sinh", "format": "atom", "year": "2018"})
    assert answer.content.count(b"<entry>") == 1


@pytest.mark.parametrize("wanted", ["csv", "xlsx", "json", "rss", "<x>"])
def test_there_is_no_other_format(client, wanted):
    assert client.get("/tim-kiem/", {"q": "khai sinh", "format": wanted}).status_code == 400


def test_a_question_with_signs_makes_a_sound_feed(client, add_page):
    add_page("A & B <c>")
    answer = client.get("/tim-kiem/", {"q": 'a & b <c> "', "format": "atom"})
    assert ElementTree.fromstring(answer.content) is not None


@pytest.mark.parametrize(("address", "language", "results"), [("/", "vi", "/tim-kiem/"), ("/en/", "en", "/en/search/")])
def test_browsers_learn_to_search_in_both_languages(client, address, language, results):
    assert '<link rel="search" type="application/opensearchdescription+xml"' in client.get(address).content.decode()
    answer = client.get(f"{address}opensearch.xml")
    assert answer.headers["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ElementTree.fromstring(answer.content)
    assert root.findtext(f"{OPENSEARCH}Language") == language
    assert len(root.findtext(f"{OPENSEARCH}ShortName")) <= 16
    addresses = {url.get("type"): url.get("template") for url in root.iter(f"{OPENSEARCH}Url")}
    assert addresses["text/html"] == f"http://testserver{results}?q={{searchTerms}}"
    assert addresses["application/atom+xml"].endswith("&format=atom")
