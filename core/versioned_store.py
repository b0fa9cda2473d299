"""What one worker remembers under one public version."""

import time
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from threading import Lock
from typing import Any

LIFETIME = 300  # seconds


class VersionedStore:
    """Least recently used entries of one worker under one public version, each with an expiry.

    A newer version empties the store: what was kept under an older one can never be asked for again.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.version = 0
        self.entries: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()
        self.lock = Lock()

    def empty(self) -> None:
        with self.lock:
            self.entries.clear()
            self.version = 0

    def get(self, version: int, key: Hashable) -> Any:
        """The stored value, or None where there is none or it is too old."""
        with self.lock:
            found = self.entries.get(key) if version == self.version else None
            if found is None:
                return None
            if found[0] < time.monotonic():
                del self.entries[key]
                return None
            self.entries.move_to_end(key)
            return found[1]

    def get_all(self, version: int, keys: Sequence[Hashable]) -> dict[Hashable, Any]:
        """The stored values by key, without those that there are not: the same for the many items of a list."""
        with self.lock:
            if version != self.version:
                return {}
            now, found = time.monotonic(), {}
            for key in keys:
                kept = self.entries.get(key)
                if kept is not None and kept[0] >= now:
                    self.entries.move_to_end(key)
                    found[key] = kept[1]
            return found

    def set(self, version: int, key: Hashable, value: Any) -> None:
        with self.lock:
            if version > self.version:
                self.entries.clear()
                self.version = version
            if version == self.version:
                self.entries[key] = (time.monotonic() + LIFETIME, value)
                self.entries.move_to_end(key)
            while len(self.entries) > self.size:
                self.entries.popitem(last=False)
