"""The official account's API, over wechatpy with its traps closed: what each feature module calls.

Shared tokens, one renewal and one repetition, one bounded exchange without redirects, the account's abilities asked
before WeChat has to refuse. Raises SendErrors, which hold no secret.
"""

from collections.abc import Mapping, Set
from datetime import UTC, datetime
from typing import Any

from wechatpy import WeChatClient

from bot.wechat.transport import TIMEOUT, Answer, Files, errmsg, exchange, read_environment_once
from bot.wechat.verdicts import STALE_TOKEN, account_verdict, rejected_twice, token_verdict
from scheduler.accounts import ACCOUNTS_ABLE, Ability, AccountKind
from scheduler.channels import Park, Retry, SendError, Skip, Unknown
from storage.database import StorageError
from storage.tokens import Grant, TokenBusy, TokenRefused, TokenStore

_TOKEN_PAUSE_SECONDS = 10


class AccountClient(WeChatClient):  # type: ignore[misc]  # wechatpy has no annotations
    """Calls as the account `appid` of a kind. `base` is the API's scheme and host; `tokens` all processes share."""

    def __init__(self, appid: str, secret: str, tokens: TokenStore, base: str, account: AccountKind) -> None:
        self._base = base.rstrip("/")
        self.API_BASE_URL = f"{self._base}/cgi-bin/"
        self._tokens = tokens
        self._account = account
        super().__init__(appid, secret, timeout=TIMEOUT, auto_retry=False)
        read_environment_once(self._http, self._base)

    def require(self, ability: Ability) -> None:
        """Raises Park, as WeChat would with 48001, where this kind of account lacks the ability."""
        if self._account not in ACCOUNTS_ABLE[ability]:
            able = ", ".join(sorted(ACCOUNTS_ABLE[ability]))
            mend = f"it takes a {able}; if this account is one, set YIDUI_WECHAT_ACCOUNT"
            raise Park(f"{self._account} lacks {ability}", 48001, mend=mend)

    def look_up(
        self,
        endpoint: str,
        body: Mapping[str, Any] | None = None,
        *,
        params: Mapping[str, str] | None = None,
        files: Files | None = None,
    ) -> dict[str, Any]:
        """A call that may be repeated at will, so that no outcome of it is Unknown. GET where nothing is sent."""
        method = "GET" if body is None and files is None else "POST"
        try:
            return self._fields(method, endpoint, body=body, params=params, files=files)
        except Unknown as failure:
            lost = Retry(str(failure), failure.code, after_seconds=_TOKEN_PAUSE_SECONDS)
        raise lost

    def command(self, endpoint: str, body: Mapping[str, Any], accepted: Set[int] = frozenset()) -> dict[str, Any]:
        """A call with an effect, made once. The answer; also with one of the `accepted` codes."""
        return self._fields("POST", endpoint, body=body, accepted=accepted)

    def try_credentials(self) -> None:
        """Ask for a token and forget it. Raises SendError."""
        self._tokens.invalidate(self.access_token)

    # --- one call ---------------------------------------------------------------------------------------------

    def _request(self, method: str, url_or_endpoint: str, **kwargs: Any) -> Any:
        """What wechatpy's own endpoints call."""
        read = kwargs.pop("result_processor", None)
        body, params, files = (kwargs.get(name) for name in ("data", "params", "files"))
        fields = self._fields(method.upper(), url_or_endpoint, body=body, params=params, files=files)
        try:
            return read(fields) if read else fields
        except (KeyError, TypeError):
            failure = Unknown("the answer is not understood")
        raise failure

    def _fields(self, method: str, endpoint: str, *, accepted: Set[int] = frozenset(), **how: Any) -> dict[str, Any]:
        return self._ask(method, endpoint, accepted=accepted, **how).fields()

    def _ask(self, method: str, endpoint: str, **how: Any) -> Answer:
        token = self.access_token
        try:
            return self._once(token, method, endpoint, **how)
        except Park as failure:
            if failure.code not in STALE_TOKEN:
                raise
        renewed = self._renewed(token)
        try:
            if renewed != token:
                return self._once(renewed, method, endpoint, **how)
        except Park as failure:
            if failure.code not in STALE_TOKEN:
                raise
        raise rejected_twice(datetime.now(UTC))

    def _once(
        self,
        token: str,
        method: str,
        endpoint: str,
        *,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        files: Files | None = None,
        accepted: Set[int] = frozenset(),
    ) -> Answer:
        address = f"{self._base}{endpoint}" if endpoint.startswith("/") else f"{self.API_BASE_URL}{endpoint}"
        query = {**(params or {}), "access_token": token}
        answer = exchange(self._http, method, address, params=query, body=body, files=files)
        if not answer.is_json():
            return answer
        fields = answer.fields()
        if (code := fields["errcode"]) and code not in accepted:
            raise account_verdict(code, errmsg(fields, token, self.secret), datetime.now(UTC))
        return answer

    def _renewed(self, rejected: str) -> str:
        try:
            self._tokens.invalidate(rejected)
        except StorageError as away:
            later = Retry(str(away), after_seconds=_TOKEN_PAUSE_SECONDS)
        else:
            return self.access_token
        raise later

    # --- the token --------------------------------------------------------------------------------------------

    @property
    def access_token(self) -> str:
        """The token that all processes share. Raises SendError: nothing has gone out without one."""
        reason: Exception
        try:
            return self._tokens.get(self._grant)
        except TokenRefused as refused:
            reason = refused.reason
        except (TokenBusy, StorageError) as busy:
            reason = Retry(str(busy), after_seconds=_TOKEN_PAUSE_SECONDS)
        raise reason

    def _grant(self) -> Grant:
        """The token call. Nothing of the message has gone out yet, so not even its timeout is Unknown."""
        call = {"grant_type": "client_credential", "appid": self.appid, "secret": self.secret, "force_refresh": False}
        now = datetime.now(UTC)
        try:
            fields = exchange(self._http, "POST", f"{self.API_BASE_URL}stable_token", body=call).fields()
            if code := fields["errcode"]:
                raise account_verdict(code, errmsg(fields, self.secret), now)
        except (Unknown, Retry) as failure:
            raise TokenRefused(token_verdict(str(failure), now)) from None
        except SendError as failure:
            raise TokenRefused(failure) from None
        match fields:
            case {"access_token": str(token), "expires_in": int(expires_in)} if token and expires_in > 0:
                return Grant(token, expires_in)
        raise TokenRefused(token_verdict("the answer holds none", now))


def unfit(reason: str, code: int) -> Skip:
    """What WeChat would refuse with `code`, noticed before it is asked."""
    return Skip(reason, code)
