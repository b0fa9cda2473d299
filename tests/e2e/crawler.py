"""Reads the portal as a search engine does: plain HTTP, without a browser, each address once."""

import gzip
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit


@dataclass(frozen=True)
class Answer:
    """What an address answered, after redirects."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def is_page(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html")


class _Links(HTMLParser):
    """Every address that a page links to or loads, and every id that it has."""

    def __init__(self) -> None:
        super().__init__()
        self.followed: list[str] = []
        self.loaded: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if values.get("id"):
            self.ids.add(values["id"])
        if tag == "a" and values.get("href"):
            self.followed.append(values["href"])
        elif tag in {"link", "use"} and values.get("href"):
            self.loaded.append(values["href"])
        elif tag in {"img", "script"} and values.get("src"):
            self.loaded.append(values["src"])


def links_of(answer: Answer) -> _Links:
    parser = _Links()
    parser.feed(answer.text)
    return parser


@dataclass
class Crawl:
    """`depth` of every page that was read, in links from the start; `broken` as sentences."""

    depth: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    heaviest: tuple[int, str] = (0, "")


class Crawler:
    """Fetches addresses of one portal."""

    def __init__(self, base: str) -> None:
        self.base = base

    def get(self, path: str) -> Answer:
        request = urllib.request.Request(urljoin(self.base + "/", path), headers={"Accept-Encoding": "gzip"})
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return self._answer(response, response.status)
        except urllib.error.HTTPError as error:
            return self._answer(error, error.code)

    def _answer(self, response, status: int) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        body = response.read()
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        return Answer(response.url, status, headers, body)

    def is_ours(self, url: str) -> bool:
        return urlsplit(url).netloc == urlsplit(self.base).netloc and not urlsplit(url).path.startswith("/admin")

    def crawl(self, starts: Iterable[str]) -> Crawl:
        """Follow every internal link, the downloads of lists too. Links within a page must have their target."""
        crawl = Crawl()
        waiting = deque((urljoin(self.base, start), 0, "the start") for start in starts)
        while waiting:
            url, depth, origin = waiting.popleft()
            if url in crawl.depth:
                continue
            crawl.depth[url] = depth
            answer = self.get(url)
            if answer.status >= 400:
                crawl.broken.append(f"{url} answers {answer.status}, linked from {origin}")
            if not answer.is_page or answer.status >= 400:
                continue
            crawl.heaviest = max(crawl.heaviest, (len(answer.body), url))
            waiting.extend(self._next(answer, url, depth, crawl))
        return crawl

    def _next(self, answer: Answer, url: str, depth: int, crawl: Crawl) -> Iterable[tuple[str, int, str]]:
        links = links_of(answer)
        for href in [*links.followed, *links.loaded]:
            target, fragment = urldefrag(urljoin(url, href))
            if href.startswith("#") and fragment and fragment not in links.ids:
                crawl.broken.append(f"#{fragment} is linked on {url} but not there")
            if self.is_ours(target) and target not in crawl.depth:
                yield target, depth + 1, url
