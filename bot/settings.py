"""The environment, read once and checked: every `YIDUI_…` name, its default, and what it goes with."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "YIDUI_"
WECHAT_API = "https://api.weixin.qq.com"
WECOM_API = "https://qyapi.weixin.qq.com"
PACKAGED_CAMPAIGNS = Path(__file__).resolve().parent.parent / "campaigns"


class SettingsError(Exception):
    """The environment cannot be used. One line, naming the variable and the mend; never a secret's value."""


def _named(value: object) -> object:
    """`name=key,name=key` → {name: key}."""
    if not isinstance(value, str):
        return value
    found: dict[str, str] = {}
    for item in filter(None, map(str.strip, value.split(","))):
        name, equals, key = (part.strip() for part in item.partition("="))
        if not (name and equals and key):
            raise ValueError("write name=key, several separated by commas")
        if name in found:
            raise ValueError(f"the name {name} stands twice; use each name once")
        found[name] = key
    return found


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


class Settings(BaseSettings):
    """What the installation is told from outside. Made with `load_settings`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    wechat_appid: str = ""
    wechat_secret: SecretStr = SecretStr("")
    wechat_token: SecretStr = SecretStr("")
    wechat_token_old: SecretStr = SecretStr("")
    wechat_aes_key: SecretStr = SecretStr("")
    wechat_aes_key_old: SecretStr = SecretStr("")
    wechat_mode: Literal["safe", "plain"] = "safe"
    wechat_allow_plain: bool = False
    wechat_account: Literal["unverified_subscription", "verified_subscription", "verified_service"] = (
        "unverified_subscription"
    )
    wechat_api_base: str = WECHAT_API
    wecom_api_base: str = WECOM_API
    wechat_templates: Annotated[dict[str, str], NoDecode, BeforeValidator(_named)] = {}
    wechat_notices: Annotated[dict[str, str], NoDecode, BeforeValidator(_named)] = {}
    wechat_notice_article: str = ""
    wecom_robots: Annotated[dict[str, SecretStr], NoDecode, BeforeValidator(_named)] = {}
    hooks: Annotated[dict[str, SecretStr], NoDecode, BeforeValidator(_named)] = {}
    console_secret: SecretStr = SecretStr("")
    mode: Literal["live", "rehearsal"] = "live"
    as_of: datetime | None = None
    redis_url: SecretStr = SecretStr("")
    redis_durability: Literal["always", "everysec"] = "always"
    redis_replicas: int = Field(0, ge=0, le=5)
    key_prefix: str = Field("yd", pattern=r"^[A-Za-z0-9_-]+$")
    data_dir: Path = Path("data")
    campaign_dir: Path = PACKAGED_CAMPAIGNS
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    public_url: str = Field(default_factory=lambda seen: f"http://{seen.get('host')}:{seen.get('port')}")
    workers: int = Field(default_factory=lambda: len(os.sched_getaffinity(0)), ge=1, le=64)
    log_format: Literal["text", "json"] = "text"
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = "INFO"

    @field_validator("wechat_aes_key", "wechat_aes_key_old")
    @classmethod
    def _aes_key_has_its_length(cls, key: SecretStr) -> SecretStr:
        text = key.get_secret_value()
        if text and not (len(text) == 43 and text.isascii() and text.isalnum()):
            raise ValueError("copy the 43 letters and digits of the EncodingAESKey from the account's console")
        return key

    @field_validator("wechat_api_base", "wecom_api_base", "public_url")
    @classmethod
    def _is_an_address(cls, address: str) -> str:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ValueError("write an address such as https://example.org")
        return address.rstrip("/")

    @field_validator("wechat_notice_article")
    @classmethod
    def _is_an_article(cls, address: str) -> str:
        if address and not address.startswith("https://mp.weixin.qq.com/"):
            raise ValueError("copy the article's own address, which begins with https://mp.weixin.qq.com/")
        return address

    @field_validator("as_of")
    @classmethod
    def _beijing_unless_told(cls, moment: datetime | None) -> datetime | None:
        if moment is not None and moment.tzinfo is None:
            return moment.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        return moment

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.wechat_mode == "plain" and not self.wechat_allow_plain:
            raise ValueError(
                "WECHAT_MODE: plain lets anybody read the messages on the way; use safe, "
                f"or accept it with {PREFIX}WECHAT_ALLOW_PLAIN=1"
            )
        if self.mode == "live":
            if self.as_of is not None:
                raise ValueError(f"AS_OF: a live clock cannot be set; remove it, or set {PREFIX}MODE=rehearsal")
            for name, base, official in (
                ("WECHAT_API_BASE", self.wechat_api_base, WECHAT_API),
                ("WECOM_API_BASE", self.wecom_api_base, WECOM_API),
            ):
                if base != official:
                    mend = f"remove it, or set {PREFIX}MODE=rehearsal"
                    raise ValueError(f"{name}: live mode speaks to {official} only; {mend}")
        return self

    @property
    def redis_fails_over(self) -> bool:
        """Whether Redis puts a replica in the place of a primary that fails, by itself."""
        return self.redis_url.get_secret_value().startswith(("redis+sentinel:", "redis+cluster:"))

    @property
    def console_address(self) -> str:
        """Where the coordinators' console is, without its path; '' where there is none.

        In live mode it is behind TLS or nowhere: what lets somebody in is never sent in the clear.
        """
        return self.public_url if self.mode == "rehearsal" or self.public_url.startswith("https:") else ""

    def require_webhook(self) -> None:
        """Messages can be received: a token is there, in safe mode the AES key and the appid too.

        Raises `SettingsError` naming what is missing.
        """
        needed = {"WECHAT_TOKEN": self.wechat_token.get_secret_value()}
        if self.wechat_mode == "safe":
            needed["WECHAT_AES_KEY"] = self.wechat_aes_key.get_secret_value()
            needed["WECHAT_APPID"] = self.wechat_appid
        missing = [PREFIX + name for name, value in needed.items() if not value]
        if missing:
            raise SettingsError(
                f"{', '.join(missing)}: not set; copy from the official account's console "
                "(设置与开发 → 基本配置) into the environment or .env"
            )


def load_settings(**given: Any) -> Settings:
    """The settings from the environment and `.env`; `given` values win. Raises `SettingsError`."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError("; ".join(map(_line, error.errors(include_input=False)))) from None


def _line(finding: ErrorDetails) -> str:
    own = finding.get("ctx", {}).get("error")
    text = str(own) if isinstance(own, ValueError) else finding["msg"]
    field = "".join(f"{str(part).upper()}: " for part in finding["loc"][:1])
    return f"{PREFIX}{field}{text}"
