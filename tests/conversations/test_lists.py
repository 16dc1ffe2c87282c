"""Thirty pasted lists by another hand: what a coordinator's yes leaves in the ledger is what each line says."""

from pathlib import Path

import pytest

from handlers.language.names import find_region, unit_key
from storage.ledger import Author
from storage.models.people import Card, Membership
from storage.teams import NewTeam
from tests.conversations.conftest import Office

SET = Path(__file__).parents[1] / "data" / "blind" / "l1.tsv"
LISTS = [line.split("\t") for line in SET.read_text(encoding="utf-8").splitlines() if not line.startswith("# ")]


@pytest.mark.parametrize(("typed", "units"), LISTS)
def test_a_pasted_list(office: Office, typed: str, units: str) -> None:
    office.go_to("2024-05-08T20:00")
    zhao = office.coordinator("赵主任")
    expected = dict(unit.split("=") for unit in units.split(";"))
    for place, name in enumerate(expected):
        region, _ = find_region(office.campaign, name)
        new = NewTeam(
            unit=name,
            unit_key=unit_key(office.campaign, name),
            project=office.campaign.projects[0].id,
            region=(region or office.campaign.regions[0]).id,
            captain=None,
            card=Card(name="李敏"),
            status="unclaimed",
        )
        author = Author(f"cli:{place}", office.id_of(zhao), office.store.clock.now())
        office.store.teams.register(office.campaign, author, new, Membership(roles="coordinator:"))
    said = zhao.say(typed.replace("\\n", "\n").replace("\\t", "\t"))
    assert "可以写入" in said, said
    while "发“更多”" in said:
        said = zhao.say("更多")
    zhao.say("确认")
    booked = {t.unit: f"{t.online.amount_fen / 100:g}/{t.online.donations or ''}" for t in office.teams()}
    assert booked == expected
