"""Posting to the addresses that campaign files name: once, to where a name leads now, never into our own network."""

import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from socket import IPPROTO_TCP, create_connection, gaierror, getaddrinfo
from urllib.parse import urlsplit

from scheduler.channels import Retry, Skip

SECONDS = 5.0
"""For each of connecting, sending and every part of the answer: three of them stay below a sender's lease."""
READ_BYTES = 1024
AGAIN_SECONDS = 5
LONGEST_SECONDS = 3600


class HookPoster:
    """`guarded`: https and public addresses only, as in a live installation. Redirects are not followed."""

    def __init__(self, *, guarded: bool) -> None:
        self._guarded = guarded
        self._tls = ssl.create_default_context()

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Raises `Retry` where another try may succeed, `Skip` where it would not."""
        parts = urlsplit(address)
        if self._guarded and parts.scheme != "https":
            raise Skip("the hook's address is not https", mend="write https:// in the campaign file")
        host, secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        connection = HTTPConnection(host, port, timeout=SECONDS)
        try:
            plain = create_connection((self._place(host, port), port), SECONDS)
            connection.sock = self._tls.wrap_socket(plain, server_hostname=host) if secure else plain
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path, body, {"Content-Type": "application/json", **headers})
            answer = connection.getresponse()
            answer.read(READ_BYTES)
        except (OSError, HTTPException) as error:
            raise Retry(f"no answer ({type(error).__name__})", after_seconds=AGAIN_SECONDS) from None
        finally:
            connection.close()
        _judge(answer.status, answer.getheader("Retry-After", ""))

    def _place(self, host: str, port: int) -> str:
        """The first address of a name; the connection goes there, whatever the name leads to a moment later.

        Raises `Skip` where one of them is not public.
        """
        try:
            found = [str(place[0]) for *_, place in getaddrinfo(host, port, proto=IPPROTO_TCP)]
        except (gaierror, UnicodeError) as error:
            raise Retry(f"the name leads nowhere ({type(error).__name__})", after_seconds=AGAIN_SECONDS) from None
        if self._guarded and not all(map(is_public, found)):
            raise Skip("the hook's name leads to an address that is not public", mend="name a public host")
        return found[0]


def is_public(address: str) -> bool:
    """Whether anybody may reach it: not this machine, not its network, nothing special."""
    place = ip_address(address.partition("%")[0])
    mapped = getattr(place, "ipv4_mapped", None)
    return (mapped or place).is_global and not place.is_multicast


def _judge(status: int, retry_after: str) -> None:
    if 200 <= status < 300:
        return
    if status == 429 or status >= 500:
        asked = int(retry_after) if retry_after.isdecimal() else AGAIN_SECONDS
        raise Retry(f"answered {status}", status, after_seconds=min(max(asked, AGAIN_SECONDS), LONGEST_SECONDS))
    raise Skip(f"answered {status}", status, mend="see what the receiver has against it: yidui outbox list")
