"""Documents as engines take them, and questions as they are asked of engines."""

from search.analysis import query_terms
from search.engines.base import Asked, Document
from search.models import SearchEntry
from search.syllables import signs

VI, EN = 1, 2


def document(number, title, text="", keywords="", kind="page", locale=VI, version=1, **facets):
    entry = SearchEntry(
        page_id=number,
        version=version,
        locale_id=locale,
        kind=kind,
        title=title,
        text_signs=signs(text.split()),
        keywords=keywords,
        facets={name: [value] for name, value in facets.items()},
    )
    return Document.of(entry, "vi")


def some(vi=VI, en=EN):
    """Five documents round "khai sinh": in titles, in a text, in popular names, in another order and language."""
    return [
        document(1, "Đăng ký khai sinh", year="2019", locale=vi),
        document(2, "Đăng ký kết hôn", "giay khai sinh cua con", year="2018", locale=vi),
        document(3, "Sinh hoạt khai trương", kind="news", locale=vi),
        document(4, "Cấp bản sao trích lục", keywords="giấy khai sinh\nbản sao", locale=vi),
        document(5, "Registering a khai sinh", locale=en),
    ]


def terms(question):
    """Every token of the question, asked for everywhere."""
    read = query_terms(question)
    found = (*read.informative, *read.pairs)
    return Asked(found, found)
