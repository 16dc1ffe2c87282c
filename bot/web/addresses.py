"""Whence a request comes: the address that limits are counted by."""

from ipaddress import ip_address

from flask import Request


def address_of(request: Request) -> str:
    """The peer's address; what a proxy on this machine says of it (`X-Real-IP`, deploy/nginx.conf) counts for it."""
    peer, told = request.remote_addr or "", request.headers.get("X-Real-IP", "")
    return told if told and _is_address(told) and _is_here(peer) else peer


def _is_here(address: str) -> bool:
    return _is_address(address) and ip_address(address).is_loopback


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
