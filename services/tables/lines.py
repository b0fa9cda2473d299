"""Lines of a file, plain or gzipped, up to a number of bytes."""

import gzip
import zlib
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from services.tables.problems import UnreadableRest

#: bytes of one line
LONGEST_LINE = 4 * 1024 * 1024


class BoundedLines:
    """Lines of a stream up to a number of bytes: a small file that unpacks to gigabytes is stopped."""

    def __init__(self, stream: IO[bytes], largest: int) -> None:
        self.stream = stream
        self.largest = largest
        self.taken = 0

    def readline(self, limit: int) -> bytes:
        try:
            line = self.stream.readline(limit)
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
