"""[[hooks]]: what other systems are told, signed, once, tried again, and never anywhere within our house."""

import base64
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from bot.hooks import HookPoster, is_public
from scheduler.bulletins import plan, push_named
from scheduler.channels import HookChannel, Retry, Skip
from scheduler.hooks import Hooks
from scheduler.sender import Sender
from storage import Store
from storage.campaign_schema import Campaign
from storage.campaign_settings import Hook
from tests.scheduler.conftest import EVENING, Town

SECRET = "a-secret-for-tests"
MINUTE = timedelta(minutes=1)


@dataclass
class Receiver:
    """Another system: it keeps what it was told and answers as `answers` says, then with 204."""

    address: str
    told: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def take(self) -> list[dict[str, Any]]:
        """What came since, each signed."""
        taken, self.told = self.told, []
        for headers, body in taken:
            signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
            digest = base64.b64encode(hmac.digest(SECRET.encode(), signed, "sha256")).decode()
            assert headers["webhook-signature"] == f"v1,{digest}"
            assert headers["content-type"] == "application/json"
        return [json.loads(body) for _, body in taken]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            system.told.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(system.answers.pop(0) if system.answers else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    system = Receiver(f"http://127.0.0.1:{server.server_port}/told?by=yidui")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield system
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def hooked(store: Store, town: Town, receiver: Receiver) -> Campaign:
    events = ("bulletin", "team.registered", "totals")
    hook = Hook(name="partner", url=receiver.address, events=events)
    campaign = town.campaign.model_copy(update={"hooks": (hook,)})
    store.campaigns.publish(campaign, EVENING)
    store.clock.advance_to(EVENING)
    return campaign


def deliver(store: Store) -> None:
    """What is due goes out."""
    channel = HookChannel(HookPoster(guarded=False), {"partner": SECRET})
    Sender(store, [channel]).drain(store.clock.now())


def test_what_happens_is_told_once_and_signed(store: Store, town: Town, hooked: Campaign, receiver: Receiver) -> None:
    town.team("昭通市第一中学", 1_234_567, 321)
    hooks = Hooks(store)
    assert hooks.tick() == 0, "what was before there were hooks is told to none"
    team = town.team("永善县人民医院", 500_000, 40)
    assert hooks.tick() == 2
    assert hooks.tick() == 0
    deliver(store)
    registered, totals = sorted(receiver.take(), key=lambda told: told["type"])
    assert registered["data"]["code"] == team.code
    assert (totals["campaign"], totals["data"]["amount_fen"], totals["data"]["teams"]) == (hooked.id, 1_734_567, 2)
    assert "永善县" not in json.dumps([registered, totals], ensure_ascii=False), "codes and figures only"
    town.team("昭通市第二中学", 100, 1)
    assert hooks.tick() == 1, "the sums once a minute at most"
    store.clock.advance_to(store.clock.now() + MINUTE)
    assert hooks.tick() == 1
    push = push_named(hooked, "bulletin")
    plan(store, hooked, push, EVENING, store.clock.now())
    assert [hooks.tick(), hooks.tick()] == [1, 0]
    deliver(store)
    told = {message["type"]: message["data"] for message in receiver.take()}
    assert told["totals"]["amount_fen"] == told["bulletin"]["amount_fen"] == 1_734_667
    assert told["bulletin"]["issue"] == 1
    assert receiver.take() == []


def test_a_clock_that_was_set_back_holds_up_no_sums(store: Store, town: Town, hooked: Campaign) -> None:
    hooks = Hooks(store)
    hooks.tick()
    team = town.team("永善县人民医院", 500_000, 40)
    store.hooks.told_totals(hooked.id, "0-0", store.clock.now() + timedelta(days=1))
    assert hooks.tick() == 2, f"the team {team.code} and the sums"


def test_a_receiver_that_is_down_is_asked_again(store: Store, town: Town, hooked: Campaign, receiver: Receiver) -> None:
    hooks = Hooks(store)
    hooks.tick()
    town.team("永善县人民医院")
    hooks.tick()
    receiver.answers = [503, 503]
    deliver(store)
    assert [delivery.status for delivery in store.outbox.list(hooked.id)] == ["queued", "queued"]
    first = {headers["webhook-id"] for headers, _ in receiver.told}
    receiver.take()
    store.clock.advance_to(store.clock.now() + timedelta(minutes=2))
    deliver(store)
    assert {headers["webhook-id"] for headers, _ in receiver.told} == first
    assert {delivery.status for delivery in store.outbox.list(hooked.id)} == {"sent"}
    receiver.answers = [410]
    town.team("昭通市第二中学")
    hooks.tick()
    deliver(store)
    assert {delivery.status for delivery in store.outbox.list(hooked.id)} == {"sent", "failed"}


def test_a_hook_that_the_file_names_no_more_is_told_nothing(
    store: Store, town: Town, hooked: Campaign, receiver: Receiver
) -> None:
    hooks = Hooks(store)
    hooks.tick()
    town.team("永善县人民医院")
    hooks.tick()
    store.campaigns.publish(hooked.model_copy(update={"hooks": ()}), EVENING)
    store.campaigns.look_again()
    deliver(store)
    assert {delivery.status for delivery in store.outbox.list(hooked.id)} == {"skipped"}
    assert receiver.told == []


def test_a_live_installation_posts_to_public_https_only(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    poster = HookPoster(guarded=True)
    with pytest.raises(Skip, match="not https"):
        poster.post(receiver.address, b"{}", {})
    for address in ("127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "::1", "fd00::1", "::ffff:10.0.0.1"):
        assert not is_public(address)
        found = [(0, 0, 6, "", (address, 443)), (0, 0, 6, "", ("93.184.216.34", 443))]
        monkeypatch.setattr("bot.hooks.getaddrinfo", lambda *_, found=found, **__: found)
        with pytest.raises(Skip, match="not public"):
            poster.post("https://partner.example.org/told", b"{}", {})
    assert is_public("93.184.216.34")
    assert receiver.told == []


def test_nobody_listens_there() -> None:
    with pytest.raises(Retry, match="no answer"):
        HookPoster(guarded=False).post("http://127.0.0.1:1/told", b"{}", {})
