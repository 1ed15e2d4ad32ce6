"""One HTTP request to an address that an organizer typed: to the public network alone, once, and never on to somewhere else.

The name is looked up here and the connection made to the address that was judged, so that a name can't be one thing
when it is judged and another when it is used. Redirects and proxies are not followed.
"""

import http.client
import ssl
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import IPPROTO_TCP, create_connection, gaierror, getaddrinfo
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

SECONDS = 5
TRANSLATED = IPv6Network("64:ff9b::/96")  # IPv4 addresses as seen through NAT64
Address = IPv4Address | IPv6Address


class NotPosted(Exception):
    """`str(error)`: a code that surveys/views/organizer/webhooks.py puts in words."""


class _Connection(http.client.HTTPConnection):
    def __init__(self, parts: SplitResult, address: str) -> None:
        super().__init__(str(parts.hostname), port_of(parts), timeout=SECONDS)
        self.parts, self.address = parts, address

    def connect(self) -> None:
        self.sock = create_connection((self.address, self.port), SECONDS)
        if self.parts.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def port_of(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def problem_of(url: str) -> str:
    """Why nothing is ever posted to such an address, as far as it tells itself; "" if nothing speaks against it."""
    try:
        parts = urlsplit(url)
        port_of(parts)
    except ValueError:
        return "not_an_address"
    if not parts.hostname or parts.username or parts.password or not url.isascii() or any(sign <= " " for sign in url):
        return "not_an_address"
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.WEBHOOKS_TO_PRIVATE_ADDRESSES):
        return "not_https"
    try:
        literal = ip_address(parts.hostname)
    except ValueError:
        return ""
    return "" if may_be_reached(literal) else "private_address"


def may_be_reached(address: Address) -> bool:
    """An address of the public network, not one of this host or of the network it stands in."""
    if settings.WEBHOOKS_TO_PRIVATE_ADDRESSES:
        return True
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (IPv4Address(int(address) & 0xFFFFFFFF) if address in TRANSLATED else None)
        if inner is not None:
            return may_be_reached(inner)
    return address.is_global and not address.is_multicast


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer; what else it says is not read. Raises NotPosted."""
    problem = problem_of(url)
    if problem:
        raise NotPosted(problem)
    parts = urlsplit(url)
    connection = _Connection(parts, _address_of(parts))
    try:
        connection.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, headers)
        return connection.getresponse().status
    except ssl.SSLError as error:
        raise NotPosted("bad_certificate") from error
    except TimeoutError as error:
        raise NotPosted("no_answer_in_time") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotPosted("not_reached") from error
    finally:
        connection.close()


def _address_of(parts: SplitResult) -> str:
    """The first of the host's addresses, if all of them may be reached."""
    try:
        found = [str(entry[4][0]) for entry in getaddrinfo(parts.hostname, port_of(parts), proto=IPPROTO_TCP)]
    except (gaierror, UnicodeError) as error:
        raise NotPosted("unknown_host") from error
    if not all(may_be_reached(ip_address(address.partition("%")[0])) for address in found):
        raise NotPosted("private_address")
    return found[0]
