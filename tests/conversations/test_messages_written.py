"""Every typed line of the measured set, said to the bot by a captain: nothing is written that she did not say."""

from time import time
from uuid import uuid4

import pytest

from benchmarks.city import newcomer
from benchmarks.messages import Case, cases
from bot.dispatch import Dispatcher
from handlers import router
from handlers.language.names import unit_key
from handlers.messages import Message
from handlers.understand.registration import names_another_unit
from storage.ledger import Author
from storage.models.people import Card, Membership
from storage.models.teams import Team, Total
from storage.reckoning import Reading
from storage.teams import NewTeam
from tests.conversations.conftest import Office

TWO_CHANNELS = {"线上5600，线下800，共6400": (560_000, 80_000)}
"""Lines that book both channels, online and offline fen."""
OPENING = Total(amount_fen=100_000, donations=10)


def say(office: Office, unit: str, text: str) -> str:
    """A message of a unit's captain, straight to the dispatcher: a thousand of them need no encryption."""
    message = Message(uuid4().hex, f"o-{unit}", "gh", "text", int(time()), text)
    return Dispatcher(office.store, router, 0).dispatch(message)


def play(office: Office, name: str) -> tuple[list[str], int]:
    """The lines after which the ledger holds something that was not said, and how many lines wrote anything.

    Every line is said by a captain of her own, who reported yesterday and once more today.
    """
    units = {f"昭阳区第{i + 10}小学": case for i, case in enumerate(cases(name)) if case.campaign == office.campaign.id}
    for unit in units:
        _open(office, unit)
    office.go_to("2024-04-21T20:00")
    found, written = [], 0
    for unit, case in units.items():
        say(office, unit, "又筹了500元 5人次")
        last = office.store.ledger.last_id(office.campaign.id)
        wrong = _wrong(office, case, unit)
        found += [f"{case.text}: {wrong}"] if wrong else []
        written += office.store.ledger.last_id(office.campaign.id) != last
    return found, written


def _open(office: Office, unit: str) -> None:
    """A team of the unit, and its first report: straight into the store, for there are hundreds."""
    store, campaign = office.store, office.campaign
    captain = newcomer(store, f"o-{unit}").id
    card = Card(name="李敏", phone="13900000000")
    new = NewTeam(unit, unit_key(campaign, unit), "rendao-nuan", "zhaoyang", captain, card)
    team, _ = store.teams.register(campaign, Author(f"{unit}/team", captain, store.clock.now()), new, Membership())
    opening = Reading("total", "online", OPENING.amount_fen, OPENING.donations)
    author = Author(f"{unit}/report", captain, store.clock.now())
    store.reports.add(campaign, author, team, Membership(codes=(team.code,)), opening)


def _wrong(office: Office, case: Case, unit: str) -> str:
    before, last = _team(office, unit), office.store.ledger.last_id(office.campaign.id)
    reply = say(office, unit, case.text)
    entries = list(office.store.ledger.entries(office.campaign.id, last))
    if not entries:
        return ""
    kinds = {entry.kind for entry in entries}
    if kinds == {"team.registered"}:
        return "" if _registered_as_said(office, entries[0].team, case) else f"registered: {reply}"
    if kinds <= {"person.subscribed", "person.unsubscribed"}:
        return "" if {"subscribe", "unsubscribe"} & set(case.intents) else reply
    if kinds == {"report.retracted"}:
        return "" if "retract" in case.intents else reply
    after = _team(office, unit)
    if "nothing" in case.intents and (after.online, after.offline) == (before.online, before.offline):
        return ""
    if TWO_CHANNELS.get(case.text) == (after.online.amount_fen, after.offline.amount_fen):
        return ""
    right = _right_totals(case, before)
    stands = (after.online.amount_fen, after.online.donations, after.offline.amount_fen, after.offline.donations)
    return "" if stands in right else f"{stands} is none of {right}: {reply}"


def _team(office: Office, unit: str) -> Team:
    return office.store.teams.named(office.campaign.id, unit_key(office.campaign, unit))[0]


def _registered_as_said(office: Office, code: str, case: Case) -> bool:
    team, slots = office.store.teams.get(office.campaign.id, code), case.slots
    said = (slots.get("region"), slots.get("project"))
    key = unit_key(office.campaign, slots.get("unit", ""))
    return "register" in case.intents and (team.region, team.project) == said and team.unit_key == key


def _right_totals(case: Case, before: Team) -> list[tuple[int, int, int, int]]:
    """The totals (online fen, 人次, offline fen, 人次) to which a line may lead; a bare figure is a total."""
    slots = case.slots
    if not ({"report", "correct"} & set(case.intents)) or "ask" in slots:
        return []
    offline = slots.get("channel") == "offline"
    now = before.offline if offline else before.online
    kind = slots.get("kind", "total" if "correct" in case.intents else "bare")
    opening = Total() if offline else OPENING
    base = {"total": Total(), "bare": Total(), "day": opening, "increment": now}[kind]
    if "correct" in case.intents and slots.get("old_fen") == str(now.amount_fen - OPENING.amount_fen):
        base = OPENING  # she takes back what the newest report added
    amount = base.amount_fen + int(slots["amount_fen"]) if "amount_fen" in slots else now.amount_fen
    donations = base.donations + int(slots["donations"]) if "donations" in slots else now.donations
    if offline:
        return [(before.online.amount_fen, before.online.donations, amount, donations)]
    return [(amount, donations, before.offline.amount_fen, before.offline.donations)]


@pytest.mark.parametrize(
    ("name", "least"), [("messages", 95), ("messages-fresh", 20), ("messages-m1", 20), ("messages-m2", 20)]
)
def test_nothing_is_written_that_was_not_said(office: Office, name: str, least: int) -> None:
    wrong, written = play(office, name)
    assert "\n".join(wrong) == ""
    assert written >= least


def test_another_unit_is_asked_about(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("进度 1000元")
    assert "您说的是“教体局”" in li.say("教体局 累计 56000元 2100人次")
    assert office.team("昭通市第一中学").amount_fen == 100_000
    for typed in (
        "我校 累计 1100元",
        "一中 累计1200元",
        "昭通一中 累计1300元",
        "学校累计1400元",
        "昭通市第一中学 累计1500元",
    ):
        assert li.say(typed).startswith("已记录"), typed


def test_names_that_are_her_own(office: Office) -> None:
    campaign = office.campaign
    own = [
        ("林草局", "昭通市林业和草原局"),
        ("我们卫健局", "昭阳区卫生健康局"),
        ("我局", "昭阳区财政局"),
        ("医院", "鲁甸县人民医院"),
    ]
    assert [names_another_unit(campaign, said, unit, "zhaoyang") for said, unit in own] == ["", "", "", ""]
    assert names_another_unit(campaign, "三中", "昭通市第一中学", "zhaoyang") == "三中"
