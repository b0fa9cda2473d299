def register() -> None:
    """Make services known to search and to units' pages."""
