"""How often a process looks for garbage: Python's default suits small heaps that change all the time."""

import gc


def settle() -> None:
    """To be called once all is loaded, by what then makes many lasting objects or many of them in a row.

    What there is by now is never looked at again, and the rest seldom: it takes a quarter off a dashboard that is made
    anew after a publication, and an eighth off a rebuild of the search index.
    New objects are looked at ten thousand at a time: that takes a few milliseconds, and no reader is to wait for more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
