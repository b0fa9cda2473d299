def register() -> None:
    """Make documents and announcements known to search and to units' pages."""
