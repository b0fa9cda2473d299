"""Lines of a file, plain or gzipped, up to a number of bytes."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from io import BufferedReader

from django.utils.translation import gettext as _

from services.tables.problems import UnreadableRest

#: bytes of one line
LONGEST_LINE = 4 * 1024 * 1024


class BoundedLines:
    """Lines or bytes of a stream up to a number of bytes: a small file that unpacks to gigabytes is stopped."""

    def __init__(self, stream: BufferedReader | gzip.GzipFile, largest: int) -> None:
        self.stream = stream
        self.largest = largest
        self.taken = 0

    def readline(self, limit: int) -> bytes:
        return self._take(self.stream.readline, limit)

    def read(self, size: int) -> bytes:
        return self._take(self.stream.read, size)

    def start(self) -> bytes:
        """The first bytes, which stay where they are."""
        try:
            return self.stream.peek(512)[:512]
        except (EOFError, zlib.error, OSError):
            return b""

    def _take(self, take: Callable[[int], bytes], size: int) -> bytes:
        try:
            line = take(size)
        except EOFError as error:
            raise UnreadableRest(_("the compressed file ends early")) from error
        except (gzip.BadGzipFile, zlib.error, OSError) as error:
            raise UnreadableRest(_("the compressed file is damaged")) from error
        self.taken += len(line)
        if self.taken > self.largest:
            message = _("the file unpacks to more than %(size)d MB; the rest is not read")
            raise UnreadableRest(message % {"size": self.largest // 1024**2})
        return line

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Number and bytes of every line; None for a line that is too long."""
        number = 0
        while line := self.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) <= LONGEST_LINE:
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = self.readline(LONGEST_LINE)
            yield number, None
