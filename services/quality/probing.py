"""One address is asked whether it answers: politely, briefly, and without trusting whoever answers."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urljoin

from services.models.links import LinkFault
from services.quality.destinations import KEPT, Destination, Network, Unreachable, destination

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 3
#: the host is there and does not let a robot in, or asks it to come less often: no fault that a reader would meet
ROBOT_REFUSED = frozenset({401, 403, 429})
TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: the status where there was one, and the fault, empty where readers get a page."""

    status: int | None
    fault: str = ""

    @property
    def is_fault(self) -> bool:
        return bool(self.fault)


class Pace:
    """Keeps a pause, in seconds, between two requests to one host."""

    def __init__(
        self, pause: float, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.pause, self.clock, self.sleep = pause, clock, sleep
        self.asked: dict[str, float] = {}

    def wait(self, host: str) -> None:
        left = self.asked[host] + self.pause - self.clock() if host in self.asked else 0
        if left > 0:
            self.sleep(left)
        self.asked[host] = self.clock()


@dataclass(frozen=True, slots=True)
class Prober:
    """How addresses are asked: by what name, how long each request may take (seconds), which inner networks may be."""

    agent: str
    seconds: float
    pace: Pace
    inner: tuple[Network, ...] = ()

    def probe(self, address: str) -> Answer:
        """Ask for an address, following a few redirects, each of which is looked up like the address itself."""
        status = None
        try:
            for _step in range(MOST_REDIRECTS + 1):
                status, location = self._ask(destination(address, inner=self.inner))
                if status not in REDIRECTS or not location:
                    return Answer(status, _fault_of(status))
                address = urljoin(address, location)
        except Unreachable as found:
            return Answer(None, found.fault.value)
        except ValueError:  # a redirect to what is no address
            return Answer(status, LinkFault.NO_ANSWER.value)
        return Answer(status, LinkFault.TOO_MANY_REDIRECTS.value)

    def _ask(self, wanted: Destination) -> tuple[int, str]:
        """Status and new address: by HEAD, and by GET where the host wants none of that."""
        with suppress(http.client.HTTPException):
            found = self._request("HEAD", wanted)
            if found[0] < 400 or found[0] == TOO_MANY_REQUESTS:
                return found
        try:
            return self._request("GET", wanted)
        except http.client.HTTPException as error:
            raise Unreachable(LinkFault.NO_ANSWER) from error

    def _request(self, method: str, wanted: Destination) -> tuple[int, str]:
        """Raises Unreachable, or HTTPException where the answer is none of HTTP. The body is never read."""
        self.pace.wait(wanted.host)
        connection = _Connection(wanted, self.seconds)
        headers = {"Host": wanted.host_header, "User-Agent": self.agent, "Accept": "*/*", "Connection": "close"}
        try:
            with _cut_off(connection, self.seconds):
                connection.request(method, wanted.target, headers=headers)
                answer = connection.getresponse()
                return answer.status, quote((answer.getheader("Location") or "").encode("latin-1"), safe=KEPT)
        except TimeoutError as error:
            raise Unreachable(LinkFault.TOO_SLOW) from error
        except ssl.SSLCertVerificationError as error:
            raise Unreachable(LinkFault.NOT_SECURE) from error
        except http.client.HTTPException:
            raise
        except OSError as error:
            raise Unreachable(LinkFault.NO_CONNECTION) from error
        finally:
            connection.close()


class _Connection(http.client.HTTPConnection):
    """Goes to the numbers that were looked up, whatever the name means by then."""

    def __init__(self, wanted: Destination, seconds: float) -> None:
        super().__init__(wanted.host, wanted.port, timeout=seconds)
        self.wanted = wanted

    def connect(self) -> None:
        sock = self._reached()
        name = self.wanted.host
        self.sock = _secure().wrap_socket(sock, server_hostname=name) if self.wanted.is_secure else sock

    def _reached(self) -> socket.socket:
        *others, last = self.wanted.numbers
        for number in others:
            with suppress(OSError):
                return socket.create_connection((number, self.wanted.port), self.timeout)
        return socket.create_connection((last, self.wanted.port), self.timeout)


@cache
def _secure() -> ssl.SSLContext:
    return ssl.create_default_context()


@contextmanager
def _cut_off(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """Raise TimeoutError where it takes longer in all: a time-out of a socket begins anew with every byte."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        if connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if late.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()


def _fault_of(status: int) -> str:
    return LinkFault.ERROR_STATUS.value if status >= 400 and status not in ROBOT_REFUSED else ""
