"""One call of an API: what came in, and how its parts are read."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.simulator.errors import ApiError
from bot.simulator.platform import Platform

ESCAPED_CHARACTER = re.compile(rb"(?<!\\)(?:\\\\)*\\u(?!00[01])[0-9a-fA-F]{4}")

Body: TypeAlias = Mapping[str, Any]
Answer: TypeAlias = Mapping[str, object]

OK: Mapping[str, object] = {"errcode": 0, "errmsg": "ok"}


@dataclass(frozen=True, slots=True)
class Upload:
    """The multipart field `media`."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """`args` are the query's, `raw` is the body unless it is multipart, `upload` its file then."""

    platform: Platform
    path: str
    args: Mapping[str, str]
    raw: bytes
    upload: Upload | None = None

    def body(self) -> Body:
        """The JSON object sent. Raises 44002 for none at all, 47001 for anything else."""
        if not self.raw:
            raise ApiError(44002)
        try:
            body = json.loads(self.raw.decode())
        except (ValueError, RecursionError) as error:
            raise ApiError(47001) from error
        if not isinstance(body, dict):
            raise ApiError(47001)
        return body

    def unescaped(self) -> Body:
        """The JSON object sent, as the official account's APIs want it: in UTF-8. Raises 40033 for `\\uXXXX` in it."""
        if ESCAPED_CHARACTER.search(self.raw):
            if self.platform.escapes == "refused":
                raise ApiError(40033)
            self.platform.warn(f"{self.path}: the body has \\uXXXX escapes")
        return self.body()


def text_of(body: Body, name: str, missing: int) -> str:
    """A text field that must be there and say something; raises `missing` otherwise."""
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ApiError(missing)
    return value


def part_of(body: Body, name: str, missing: int) -> Body:
    """An object field that must be there; raises `missing` otherwise."""
    value = body.get(name)
    if not isinstance(value, dict):
        raise ApiError(missing)
    return value


def list_of(body: Body, name: str, missing: int) -> list[Any]:
    """A list field that must be there and hold something; raises `missing` otherwise."""
    value = body.get(name)
    if not isinstance(value, list) or not value:
        raise ApiError(missing)
    return value


def limit_bytes(text: str, limit: int, code: int = 45002) -> str:
    """The text; raises `code` when it has more than `limit` bytes of UTF-8."""
    if len(text.encode(errors="surrogatepass")) > limit:
        raise ApiError(code)
    return text
