"""The chat page under the bot's own port: it works through one port, and nothing else of the rehearsal comes along."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.simulator.doorway import create_doorway
from bot.simulator.people import Rehearsal
from bot.simulator.server import RunningSimulator, create_simulator_app, run_simulator


@pytest.fixture
def simulator(rehearse: Callable[[str], Rehearsal]) -> Iterator[RunningSimulator]:
    people = rehearse("safe")
    people.introduce("li-min", "李敏")
    with run_simulator(create_simulator_app(people)) as running:
        yield running


@pytest.fixture
def bot(simulator: RunningSimulator) -> FlaskClient:
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(create_doorway(simulator.url))
    return app.test_client()


def test_the_page_and_what_it_loads(bot: FlaskClient) -> None:
    shown = bot.get("/simulator")
    assert (shown.status_code, shown.mimetype) == (200, "text/html")
    assert "排练微信" in shown.text
    assert "default-src 'self'" in shown.headers["Content-Security-Policy"]
    assert bot.get("/simulator/static/simulator.js").mimetype == "text/javascript"
    assert bot.get("/simulator/state?after=0").get_json()["people"][0]["name"] == "李敏"


def test_somebody_speaks_through_a_tunnel(bot: FlaskClient, webhook: Any) -> None:
    body = {"person": bot.get("/simulator/state").get_json()["people"][0]["id"], "text": "帮助"}
    tunnel = {"Host": "demo.example.org", "Origin": "https://demo.example.org"}
    assert bot.post("/simulator/say", json=body, headers=tunnel).status_code == 200
    assert len(webhook.received) == 1
    foreign = tunnel | {"Origin": "https://evil.example"}
    assert bot.post("/simulator/say", json=body, headers=foreign).status_code == 403
    assert len(webhook.received) == 1


@pytest.mark.parametrize(
    "path", ["/__ctl/transcripts", "/simulator/../__ctl/transcripts", "/simulator/..%2f__ctl/late"]
)
def test_nothing_else_is_behind_it(bot: FlaskClient, path: str) -> None:
    assert bot.get(path).status_code == 404


def test_a_rehearsal_that_is_over(bot: FlaskClient, simulator: RunningSimulator) -> None:
    simulator.stop()
    assert bot.get("/simulator").status_code == 502
