"""Web authorisation (网页授权): codes that work once, and the tokens of single people."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.simulator.errors import ApiError

Scope = Literal["snsapi_base", "snsapi_userinfo"]

CODE_LIFETIME = timedelta(minutes=5)
TOKEN_LIFETIME = timedelta(hours=2)
REFRESH_LIFETIME = timedelta(days=30)


@dataclass(slots=True)
class Permission:
    """Who allowed what, and until when this code or token of it works."""

    openid: str
    scope: Scope
    until: datetime
    used: bool = False


class Authorisations:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._codes: dict[str, Permission] = {}
        self._tokens: dict[str, Permission] = {}
        self._refreshes: dict[str, Permission] = {}

    def give_code(self, openid: str, scope: Scope) -> str:
        """What the browser is sent back with."""
        return self._keep(self._codes, openid, scope, CODE_LIFETIME)

    def take_code(self, code: str) -> Permission:
        """Raises 40029 (unknown), 40163 (used before) or 42003 (expired)."""
        permission = self._codes.get(code)
        if permission is None:
            raise ApiError(40029)
        if permission.used:
            raise ApiError(40163)
        if self._now() >= permission.until:
            raise ApiError(42003)
        permission.used = True
        return permission

    def issue(self, permission: Permission) -> tuple[str, str]:
        """A person's access token, and the token that renews it."""
        openid, scope = permission.openid, permission.scope
        refresh = self._keep(self._refreshes, openid, scope, REFRESH_LIFETIME)
        return self._keep(self._tokens, openid, scope, TOKEN_LIFETIME), refresh

    def renew(self, refresh_token: str) -> tuple[Permission, str]:
        """Raises 40030 (unknown) or 42002 (expired)."""
        permission = self._refreshes.get(refresh_token)
        if permission is None:
            raise ApiError(40030)
        if self._now() >= permission.until:
            raise ApiError(42002)
        return permission, self._keep(self._tokens, permission.openid, permission.scope, TOKEN_LIFETIME)

    def check(self, token: str, openid: str) -> Permission:
        """Raises 41001, 40001 or 42001 for the token, and 40003 when it is another person's."""
        if not token:
            raise ApiError(41001)
        permission = self._tokens.get(token)
        if permission is None:
            raise ApiError(40001)
        if self._now() >= permission.until:
            raise ApiError(42001)
        if permission.openid != openid:
            raise ApiError(40003)
        return permission

    def _keep(self, kept: dict[str, Permission], openid: str, scope: Scope, lasting: timedelta) -> str:
        name = secrets.token_urlsafe(24)
        kept[name] = Permission(openid, scope, self._now() + lasting)
        return name
