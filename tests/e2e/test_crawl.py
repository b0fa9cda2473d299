"""What a search engine sees: every service is near, no link leads nowhere, nothing is heavy."""

import gzip

import pytest

from tests.e2e.crawler import Crawl, links_of

MOST_LINKS_TO_A_SERVICE = 3
MOST_BYTES_OF_A_PAGE = 100 * 1024
MOST_BYTES_OF_STYLES = 10 * 1024


@pytest.fixture(scope="module")
def crawl(crawler) -> Crawl:
    return crawler.crawl(["/"])


@pytest.fixture(scope="module")
def services(crawler) -> set[str]:
    """Addresses of all services in Vietnamese, from the site map for machines."""
    lines = crawler.get("/sitemap.xml").text.replace("<loc>", "\n").split("\n")
    found = {line.split("</loc>")[0] for line in lines if "</loc>" in line}
    return {url for url in found if "/dich-vu-cong/" in url and not url.endswith("/dich-vu-cong/")}


def test_every_service_is_within_three_links_of_the_front_page(crawl, services):
    assert len(services) >= 60
    assert {url: crawl.depth.get(url) for url in services if crawl.depth.get(url, 99) > MOST_LINKS_TO_A_SERVICE} == {}


def test_no_internal_link_is_broken(crawl):
    assert len(crawl.depth) > 300
    assert crawl.broken == []


def test_english_pages_are_reached_too(crawl, crawler):
    assert crawl.depth[f"{crawler.base}/en/services/birth-registration/"]


def test_no_page_is_heavier_than_100_kilobytes(crawl):
    size, url = crawl.heaviest
    assert size <= MOST_BYTES_OF_A_PAGE, url


def test_the_styles_of_a_page_are_less_than_10_kilobytes_compressed(crawler):
    front = crawler.get("/")
    styles = [href for href in links_of(front).loaded if href.endswith(".css")]
    assert styles
    assert sum(len(gzip.compress(crawler.get(href).body)) for href in styles) <= MOST_BYTES_OF_STYLES


@pytest.mark.parametrize("path", ["/", "/dich-vu-cong/", "/van-ban/45-kh-ubnd-2019/", "/tim-kiem/?q=khai+sinh"])
def test_a_reader_gets_no_cookie_and_a_page_that_may_be_cached(crawler, path):
    headers = crawler.get(path).headers
    assert "set-cookie" not in headers
    assert "cookie" not in headers.get("vary", "").lower()
