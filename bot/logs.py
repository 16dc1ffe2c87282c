"""Logs on standard error: each line with the key of its message, without secrets or whole openids."""

import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import datetime
from typing import Literal

message_key: ContextVar[str] = ContextVar("message_key", default="-")
"""The key of the message being answered in this thread; `-` outside of one."""

_OPENID = re.compile(r"(?<![A-Za-z0-9_-])o[A-Za-z0-9_-]{21}([A-Za-z0-9_-]{6})(?![A-Za-z0-9_-])")
"""28 characters beginning with `o`: how WeChat writes a user."""
_NAMED_SECRET = re.compile(
    r"""(?ix) \b ( (?:[a-z_]*secret | [a-z_]*token | [a-z_]*aes_?key | key | password | ticket)
        ["']? \s* [=:] \s* ["']? ) (?!\*\*\*) [^\s"'&,;})]+"""
)
_URL_PASSWORD = re.compile(r"(://[^/\s:@]*:)[^/\s@]+(?=@)")
_TOKEN_LIKE = re.compile(r"(?<![A-Za-z0-9_-])(?=[A-Za-z0-9_-]*[A-Z])(?=[A-Za-z0-9_-]*[a-z])[A-Za-z0-9_-]{43,}")


def redact(text: str) -> str:
    """The text with openids masked, so that two can be told apart, and with secrets, tokens, passwords as `***`."""
    text = _URL_PASSWORD.sub(r"\1***", text)
    text = _NAMED_SECRET.sub(r"\1***", text)
    text = _TOKEN_LIKE.sub("***", text)
    return _OPENID.sub(r"o…\1", text)


def openids_in(text: str) -> list[str]:
    """Every openid that stands in a text, once."""
    return sorted({found[0] for found in _OPENID.finditer(text)})


class _WithMessageKey(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.message_key = message_key.get()
        return True


class _TextFormatter(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s [%(message_key)s] %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


class _JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message_key": redact(getattr(record, "message_key", "-")),
            "pid": record.process,
            "text": redact(record.getMessage()),
        }
        if record.exc_info:
            line["traceback"] = redact(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def setup(level: str, format: Literal["text", "json"]) -> None:
    """Send all logging of this process to standard error, replacing what was set up before."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_WithMessageKey())
    handler.setFormatter(_JsonFormatter() if format == "json" else _TextFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
