"""What Elasticsearch's client raises, said as a fault of the engine."""

from collections.abc import Iterator
from contextlib import contextmanager

from elastic_transport import TransportError
from elasticsearch import ApiError, NotFoundError

from search.engines.outside import IndexMissing, OutsideFault, QuestionRefused

GONE, WRONG = 404, 400


@contextmanager
def faults() -> Iterator[None]:
    """Whatever the client raises, or a malformed answer makes it raise, as one of our faults."""
    try:
        yield
    except OutsideFault:
        raise
    except NotFoundError as error:
        raise IndexMissing(str(error)) from error
    except ApiError as error:
        kind = QuestionRefused if error.meta.status == WRONG else OutsideFault
        raise kind(f"{type(error).__name__}: {error}"[:500]) from error
    except TransportError as error:
        # Of what went wrong with TLS its text says nothing, but its arguments do.
        reasons = dict.fromkeys([str(error), *map(str, error.args)])
        raise OutsideFault(f"{type(error).__name__}: {': '.join(reasons)}"[:500]) from error
    except (OSError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise OutsideFault(f"{type(error).__name__}: {error}"[:500]) from error
