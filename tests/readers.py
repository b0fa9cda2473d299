"""Readers who come to a worker that has just started, or to one whose stored pages are gone."""

from core import page_cache


def forget_pages() -> None:
    """Pages are made anew, from what is remembered of records."""
    _empty(page_cache._pages)


def forget() -> None:
    """Nothing is remembered: the worker has just started."""
    _empty(page_cache._pages)
    for store in (page_cache._memos, *page_cache._few):
        _empty(store)
    page_cache._stamped.clear()


def _empty(store) -> None:
    store.entries.clear()
    store.version = 0
