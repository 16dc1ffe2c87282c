"""What the wire may bring besides one good message after another, by name: for tests and the control interface."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.simulator import actions
from bot.simulator.fields import Fields
from bot.simulator.forgeries import FORGERIES
from bot.simulator.packets import Manner
from bot.simulator.person import SimulatedPerson
from bot.simulator.poster import Attempt
from bot.simulator.push import Delivery

BEYOND_DOUBLES = 9_007_199_254_740_993
"""2**53 + 1, which a JavaScript number cannot hold."""

CLOCKS_APART = 120
"""Seconds: as much as two decent clocks may differ."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one message: the status of every attempt (0: none), and what the person sees."""

    statuses: tuple[int, ...]
    shown: str = ""
    fault: str = ""


Scenario = Callable[[SimulatedPerson, str], list[Outcome]]


def outcome_of(delivery: Delivery) -> Outcome:
    statuses = tuple(attempt.status for attempt in delivery.attempts)
    return Outcome(statuses, delivery.shown, delivery.fault)


def _of_attempt(attempt: Attempt) -> Outcome:
    return Outcome((attempt.status,), fault=attempt.error)


def _message(fields: Callable[[str], Fields], manner: Manner | None = None) -> Scenario:
    """One message that is genuine, though unusual."""

    def play(person: SimulatedPerson, text: str) -> list[Outcome]:
        return [outcome_of(person.send(fields(text), manner or Manner()))]

    return play


def _copies(*, at_once: bool) -> Scenario:
    def play(person: SimulatedPerson, text: str) -> list[Outcome]:
        return [outcome_of(delivery) for delivery in person.send_copies(actions.text(text), at_once=at_once)]

    return play


def _out_of_order(person: SimulatedPerson, text: str) -> list[Outcome]:
    """What she wrote last comes first."""
    now = int(time.time())
    last, first = {**actions.text(text), "CreateTime": now}, {**actions.text("帮助"), "CreateTime": now - 3}
    return [outcome_of(person.send(last)), outcome_of(person.send(first))]


def _same_second(person: SimulatedPerson, text: str) -> list[Outcome]:
    """Two different events, alike in sender and time."""
    at = {"CreateTime": int(time.time())}
    return [outcome_of(person.send({**actions.event("CLICK", EventKey=key), **at})) for key in (text, f"{text}2")]


def _replayed(person: SimulatedPerson, text: str) -> list[Outcome]:
    return [outcome_of(person.send(actions.text(text))), _of_attempt(person.replay())]


def _forged(forgery: str) -> Scenario:
    def play(person: SimulatedPerson, text: str) -> list[Outcome]:
        return [_of_attempt(person.attack(actions.text(text), forgery))]

    return play


SCENARIOS: Mapping[str, Scenario] = {
    "duplicate": _copies(at_once=False),
    "overlapping": _copies(at_once=True),
    "out_of_order": _out_of_order,
    "same_second": _same_second,
    "replayed": _replayed,
    "skewed_clock": _message(actions.text, Manner(skew=CLOCKS_APART)),
    "json": _message(actions.text, Manner(form="json")),
    "spaced_ciphertext": _message(actions.text, Manner(spaced=True)),
    "cdata_end": _message(lambda text: actions.text(f"{text}]]></Content><Content>")),
    "emoji": _message(lambda text: actions.text(f"{text}🎉👩‍👩‍👧")),
    "long_id": _message(lambda text: {**actions.text(text), "MsgId": BEYOND_DOUBLES}),
    "unknown_type": _message(lambda text: {"MsgType": "hologram", "Content": text}),
    "unknown_event": _message(lambda text: actions.event("telepathy", EventKey=text)),
    "empty_content": _message(lambda _: actions.text("")),
    "from_article": _message(lambda text: {**actions.text(text), "MsgDataId": 2247483649, "Idx": 1}),
    "unsupported": _message(lambda _: actions.text("【收到不支持的消息类型，暂无法显示】")),
    **{forgery: _forged(forgery) for forgery in FORGERIES},
}
