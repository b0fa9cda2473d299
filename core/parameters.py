"""Query parameters that pages know; all others neither change an answer nor split the cache."""

_known: set[str] = {"page", "format"}


def register_parameters(*names: str) -> None:
    _known.update(names)


def known_parameters() -> frozenset[str]:
    return frozenset(_known)
