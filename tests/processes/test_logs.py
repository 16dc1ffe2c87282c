"""Logs carry the message key and nothing that would harm a person or the account."""

import json
import logging
from collections.abc import Iterator

import pytest

from bot.logs import message_key, redact, setup

OPENID = "oABCDEFGHIJKLMNOPQRSTUVW3xYz"
ACCESS_TOKEN = "89_" + "aB3-xY_z" * 16


@pytest.fixture(autouse=True)
def logging_restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_an_openid_is_masked_wherever_it_stands() -> None:
    assert redact(f"yd:{{{OPENID}}}:person") == "yd:{o…VW3xYz}:person"
    assert redact(f"from {OPENID}, again {OPENID}.") == "from o…VW3xYz, again o…VW3xYz."


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("GET /token?appid=wx1&secret=abc123&x=1", "GET /token?appid=wx1&secret=***&x=1"),
        (f"/custom/send?access_token={ACCESS_TOKEN}", "/custom/send?access_token=***"),
        ('{"access_token": "short", "expires_in": 7200}', '{"access_token": "***", "expires_in": 7200}'),
        ("webhook/send?key=693a91f6-7c5d", "webhook/send?key=***"),
        ("redis://bot:hunter2@db:6379/0", "redis://bot:***@db:6379/0"),
        (f"the platform answered {ACCESS_TOKEN}", "the platform answered ***"),
    ],
)
def test_secrets_are_struck_out(said: str, shown: str) -> None:
    assert redact(said) == shown


@pytest.mark.parametrize(
    "said", ["进度 12345.67元 321人次", "op 24512345-1713576000/report/0", "monkey=banana", "d" * 64]
)
def test_ordinary_words_stay(said: str) -> None:
    assert redact(said) == said


def test_text_lines_carry_the_message_key(capsys: pytest.CaptureFixture[str]) -> None:
    setup("INFO", "text")
    token = message_key.set("24512345-1713576000")
    logging.getLogger("bot.webhook").info("answered %s", OPENID)
    logging.getLogger("bot.webhook").debug("not this")
    message_key.reset(token)
    line = capsys.readouterr().err.rstrip("\n")
    assert line.endswith("INFO bot.webhook [24512345-1713576000] answered o…VW3xYz")


def test_json_lines_are_one_object_each_with_the_traceback_redacted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    setup("INFO", "json")
    try:
        raise RuntimeError(f"no answer from ?secret=abc123 for {OPENID}")
    except RuntimeError:
        logging.getLogger("bot").exception("一件\n坏事")
    line = json.loads(capsys.readouterr().err)
    assert (line["level"], line["message_key"], line["text"]) == ("ERROR", "-", "一件\n坏事")
    assert "?secret=*** for o…VW3xYz" in line["traceback"]
