"""Coordinators at the console: they come in by what the bot tells them, and click what the pages offer."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import (  # noqa: F401
    Office,
    app,
    erqi,
    office,
    settings,
    suining,
    webhook,
    zhaotong,
)

LINK = re.compile(r"https?://[^/\s]+(/console/enter/\S+)")
CODE = re.compile(r"登录码 (\d{6})")
_KEY = re.compile(r'name="key" value="([^"]+)"')
_TAG = re.compile(r"<[^>]+>")


def seen(page: TestResponse) -> str:
    """The words of a page, without its markup."""
    return re.sub(r"\s+", " ", unescape(_TAG.sub(" ", page.text)))


@dataclass
class Visitor:
    """A browser, of somebody or of nobody yet."""

    client: FlaskClient
    at: str
    last: TestResponse | None = field(default=None)

    def get(self, path: str = "", **query: str) -> TestResponse:
        """A room of the console, by what stands behind the campaign's name."""
        return self.client.get(f"{self.at}{path}", query_string=query)

    def key(self, path: str = "", **query: str) -> str:
        """A key from a form of a page."""
        return _KEY.findall(self.get(path, **query).text)[-1]

    def post(self, path: str, form: dict[str, object] | None = None, key: str = "", page: str = "") -> TestResponse:
        """Send a form with a key of its own, and see where it leads to."""
        sent = self.send(path, form, key or self.key(page))
        return self.client.get(sent.location) if sent.status_code == 303 else sent

    def send(self, path: str, form: dict[str, object] | None, key: str) -> TestResponse:
        return self.client.post(f"{self.at}{path}", data={**(form or {}), "key": key})

    def agree(self, path: str, form: dict[str, object], choice: int = 0, page: str = "") -> TestResponse:
        """Send a form that takes a yes, and say it: the first of the buttons, or another."""
        shown = self.post(path, form, page=page)
        buttons = re.findall(r'name="agreed" value="([^"]*)"', shown.text)
        key = _KEY.findall(shown.text)[-1]
        return self.post(path, {**form, "agreed": unescape(buttons[choice])}, key=key)


Enter = Callable[[SimulatedPerson], Visitor]


@pytest.fixture
def enter(office: Office) -> Enter:  # noqa: F811
    """Comes in by the link that the bot gives."""

    def come_in(person: SimulatedPerson) -> Visitor:
        link = LINK.search(person.say("工作台"))
        assert link
        client = office.app.test_client()
        inside = client.post(link[1], follow_redirects=True)
        assert inside.status_code == 200, inside.text
        return Visitor(client, urlsplit(inside.request.url).path)

    return come_in
