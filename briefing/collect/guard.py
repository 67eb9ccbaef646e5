"""Where a connection may go: host names to addresses, each of them checked before it is used.

A name is resolved once and the connection is made to an address of that answer, so a name cannot be checked as one
address and reached as another. What counts is the address, however it is written: decimal, octal, IPv6 with an IPv4
address inside. A name of which one address is private is refused whole.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late

from briefing.collect.errors import FetchError, PrivateAddress

Resolve = Callable[[str, int], list[str]]
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SITE_LOCAL = ipaddress.ip_network("fec0::/10")


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the system's order of preference. Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


def public_addresses(
    host: str, port: int, *, allow_private: bool, seconds: float, resolve: Resolve = resolve
) -> list[str]:
    """The addresses to connect to. Raises `FetchError` for a name without one, `PrivateAddress` for one not public."""
    pool = ThreadPoolExecutor(1)
    try:
        found = pool.submit(resolve, ascii_host(host), port).result(max(seconds, 0.001))
    except Late:
        raise FetchError("the name server did not answer in time") from None
    except (OSError, UnicodeError) as error:
        raise FetchError(f"no address for {host}: {getattr(error, 'strerror', None) or error}") from None
    finally:
        pool.shutdown(wait=False)
    if not found:
        raise FetchError(f"no address for {host}")
    private = [address for address in found if not is_public(address)]
    if private and not allow_private:
        raise PrivateAddress(f"{host} is at the private address {private[0]}; --allow-private reaches it")
    return found


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open Internet: not of a machine, a local network, or a special purpose."""
    try:
        return all(inner.is_global and not inner.is_multicast for inner in _inner(ipaddress.ip_address(address)))
    except ValueError:  # also an address with a scope, which only means something on this machine
        return False


def _inner(address: IPAddress) -> Iterator[IPAddress]:
    """The address and every IPv4 address that it stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    if address.scope_id or address in _SITE_LOCAL:
        raise ValueError("not an address of the open Internet")
    if address.ipv4_mapped:
        yield address.ipv4_mapped
        return
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return
    yield address
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield address.teredo[1]


def ascii_host(host: str) -> str:
    """A host name as name servers know it. Raises `UnicodeError`."""
    return host if host.isascii() else host.encode("idna").decode("ascii")
