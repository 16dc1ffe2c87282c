"""Corrections, retractions and restorations written without sight of the code, judged by what stands afterwards.

c3 also holds lines that look like them: ordinary reports, and questions that open none.
"""

import re
from collections import defaultdict
from functools import partial
from typing import Literal

import pytest

from benchmarks.effects import fen, rows, typed
from bot.simulator.people import SimulatedPerson
from tests.conversations.conftest import Office
from tests.conversations.staging import Begin
from tests.conversations.wording import CONFIRM

Outcome = Literal["met", "asked", "missed", "wrong"]
UNIT = "昭通市第三中学"
MET = {"c1": 45, "c2": 68, "c3": 84}
"""How many lines of a set are met at once."""
_BEFORE = re.compile(r"([\d.]+)/(\d+)@0(\d)")


@pytest.mark.parametrize("name", MET)
def test_a_blind_set(office: Office, begin: Begin, name: str) -> None:
    found: dict[Outcome, list[str]] = defaultdict(list)
    for row in sorted(rows(name), key=_scene):
        before, at, line, want = row
        begin("an office", lambda: None)
        begin(_scene(row), partial(_play, office, before, withdrawn=want == "restore"))
        office._forget_cache()
        office.go_to(f"2024-05-08T{at}")
        found[_outcome(office, before, typed(line), want)].append(f"{line}\t{want}")
    told = "\n".join(f"{outcome}\t{line}" for outcome in ("missed", "wrong", "asked") for line in found[outcome])
    assert found["wrong"] == [], told
    assert len(found["met"]) >= MET[name], told


def _scene(row: list[str]) -> str:
    """What stood before; of a restoration, after the newest was taken back."""
    return f"{row[0]} withdrawn" if row[3] == "restore" else row[0]


def _play(office: Office, before: str, *, withdrawn: bool) -> None:
    """What was mistyped stands, however far off it is."""
    limits = office.campaign.limits.model_copy(update={"jump": 100_000})
    office.publish(office.campaign.model_copy(update={"limits": limits}))
    li = office.captain("李小明", UNIT)
    for amount, gifts, day in _BEFORE.findall(before):
        office.go_to(f"2024-05-{day:0>2}T18:00")
        said = li.say(f"进度 累计{amount}元 {gifts}人次")
        if said.endswith(CONFIRM):
            said = li.say("确认")
        assert _standing(office) == {"online": fen(amount), "gifts": int(gifts), "offline": 0}, said
    if withdrawn:
        office.wait(minutes=5)
        assert li.say("撤回").startswith("已撤回")


def _outcome(office: Office, before: str, line: str, want: str) -> Outcome:
    """What became of a line: met at once, right after one yes, missed, or another total written than the right one."""
    li, stood = office.person("李小明"), _standing(office)
    reply = li.say(line)
    stands, open_ = _standing(office), _is_open(office, li)
    if want in ("ask", "look"):
        return "wrong" if stands != stood else "missed" if want == "look" and open_ else "met"
    right = _right(want, _BEFORE.findall(before))
    if stands != stood:
        return "met" if right.items() <= stands.items() else "wrong"
    if right.items() <= stands.items() and not open_:
        return "met"
    if reply.endswith(CONFIRM):
        li.say("确认")
    return "asked" if right.items() <= _standing(office).items() else "missed"


def _right(want: str, steps: list[tuple[str, str, str]]) -> dict[str, int]:
    """What must stand afterwards; nothing is said of what is left out."""
    act, _, told = want.partition(" ")
    if act in ("retract", "restore"):
        amount, gifts, _ = steps[-2 if act == "retract" else -1]
        return {"online": fen(amount), "gifts": int(gifts), "offline": 0}
    right = {
        name: int(value) if name == "gifts" else fen(value) for name, value in (p.split("=") for p in told.split())
    }
    return {"offline": 0, **right}


def _standing(office: Office) -> dict[str, int]:
    team = office.team(UNIT)
    gifts = (team.online.donations or 0) + (team.offline.donations or 0)
    return {"online": team.online.amount_fen, "gifts": gifts, "offline": team.offline.amount_fen}


def _is_open(office: Office, person: SimulatedPerson) -> bool:
    """Whether a question waits for her answer."""
    return bool(office.store.database.exists(office.store.keys.conversation(person.openid)))
