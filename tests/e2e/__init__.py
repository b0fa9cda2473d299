"""Journeys of readers and editors through a real browser, and a crawl of the whole portal, against one real server."""
