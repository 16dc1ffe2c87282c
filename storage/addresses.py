"""The addresses of a Redis that is more than one server: `redis+sentinel://…/service` and `redis+cluster://…`."""

from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

Kind = Literal["sentinel", "cluster"]
_KINDS: dict[str, Kind] = {"redis+sentinel": "sentinel", "redis+cluster": "cluster"}
_PORTS: dict[Kind, int] = {"sentinel": 26379, "cluster": 6379}


@dataclass(frozen=True, slots=True)
class Address:
    """Whom to ask where the servers are, and how to enter them.

    `service`: what Sentinel calls the primary. `login`: user, password and number of the database, as the client takes
    them; `sentinel_login`: the same of the Sentinels.
    """

    kind: Kind
    hosts: tuple[tuple[str, int], ...]
    service: str = ""
    login: dict[str, Any] = field(default_factory=dict, repr=False)
    sentinel_login: dict[str, Any] = field(default_factory=dict, repr=False)


def parse(url: str) -> Address | None:
    """The address that a URL of these kinds names, None for any other. Raises ValueError where it cannot be read.

    `redis+sentinel://user:password@host:port,host:port/service/0?sentinel_password=…`, `redis+cluster://host:port,…`
    """
    parts = urlsplit(url)
    if parts.scheme not in _KINDS:
        return None
    kind = _KINDS[parts.scheme]
    entry, _, places = parts.netloc.rpartition("@")
    hosts = tuple(_host(place, _PORTS[kind]) for place in places.split(",") if place)
    if not hosts:
        raise ValueError("it names no host; write host:port, several separated by commas")
    service, _, number = parts.path.strip("/").partition("/")
    login = _login(entry)
    if kind == "cluster":
        if service:
            raise ValueError("a cluster has one database and no service; leave out what stands after the hosts")
        return Address(kind, hosts, login=login)
    if not service:
        raise ValueError("what Sentinel calls the primary must stand after the hosts, as in …:26379/yidui")
    if number:
        login["db"] = int(number)
    asked = parse_qs(parts.query)
    sentinel = {"password": asked["sentinel_password"][0]} if "sentinel_password" in asked else {}
    return Address(kind, hosts, service, login, sentinel)


def _login(entry: str) -> dict[str, Any]:
    user, _, password = entry.partition(":")
    told = {"username": unquote(user), "password": unquote(password)}
    return {name: value for name, value in told.items() if value}


def _host(place: str, usual: int) -> tuple[str, int]:
    host, colon, port = place.rpartition(":")
    if not colon or port.endswith("]"):
        host, port = place, str(usual)
    return host.strip("[]"), int(port)
