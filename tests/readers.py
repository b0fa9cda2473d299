"""Readers who come to a worker that has just started, or to one whose stored pages are gone."""

from core import page_cache


def forget_pages() -> None:
    """Pages are made anew, from what is remembered of records."""
    page_cache._pages.empty()
