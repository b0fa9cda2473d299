"""Where a request for an address goes: looked up once, and refused where that is not the open Internet.

Addresses are typed by people, and hosts redirect, so any of them may name a machine of the authority's own network.
The name is looked up here and the connection goes to the very numbers that were looked at.
"""

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from services.models.links import LinkFault

PORTS = {"http": 80, "https": 443}
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
#: numbers of a host that are tried
NUMBERS = 3
#: IPv4 addresses inside of IPv6 ones (RFC 6052): a router would pass them on
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
#: marks of an address that are left as they are; "%" too, since what is quoted already stays
KEPT = "/#%[]=:;$&()+,!?*@'~"


class Unreachable(Exception):
    """No answer can be had from an address; `fault` says why."""

    def __init__(self, fault: LinkFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Destination:
    """A host with its numbers, and what it is asked for."""

    is_secure: bool
    host: str
    port: int
    numbers: tuple[str, ...]
    target: str

    @property
    def host_header(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == PORTS["https" if self.is_secure else "http"] else f"{name}:{self.port}"


def destination(address: str, *, inner: Iterable[Network] = ()) -> Destination:
    """Look an address up. Raises Unreachable where it is no http(s) address, names no host, or one that is not open.

    `inner` are the networks whose hosts may be asked although they are not open.
    """
    try:
        parts = urlsplit(quote(address, safe=KEPT))
        host = (urlsplit(address).hostname or "").encode("idna").decode()
        port = parts.port or PORTS[parts.scheme]
    except (KeyError, ValueError) as error:
        raise Unreachable(LinkFault.REFUSED_ADDRESS) from error
    if not host or parts.username is not None:
        raise Unreachable(LinkFault.REFUSED_ADDRESS)
    numbers = _numbers(host, port)
    if not all(is_open(number) or _lies_in(number, inner) for number in numbers):
        raise Unreachable(LinkFault.REFUSED_ADDRESS)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Destination(parts.scheme == "https", host, port, numbers[:NUMBERS], target)


def _numbers(host: str, port: int) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        away = error.errno == socket.EAI_AGAIN
        raise Unreachable(LinkFault.NO_CONNECTION if away else LinkFault.UNKNOWN_HOST) from error
    except (OSError, UnicodeError) as error:
        raise Unreachable(LinkFault.UNKNOWN_HOST) from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def _lies_in(number: str, networks: Iterable[Network]) -> bool:
    return any(ipaddress.ip_address(number.partition("%")[0]) in network for network in networks)


def is_open(number: str) -> bool:
    """True for an address of the open Internet: not private, of this machine, of the local link, shared, reserved."""
    found: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found in TRANSLATED or found.teredo is not None:
            return False
        found = found.ipv4_mapped or found.sixtofour or found
    return found.is_global and not found.is_multicast and not found.is_reserved
