"""When a team was last heard of: noted by whoever reports for it, asked region by region."""

import pytest

from storage.audit import verify
from storage.boards import ALL
from storage.export import export_campaign
from storage.migrations.later_views import note_later_views
from storage.migrations.step import Upgrade
from storage.models.people import Grant, Membership
from tests.ledger.conftest import Desk

HERS = Membership(codes=("0001",))


def silent(desk: Desk, scope: str = ALL, start: int = 0, count: int = 20) -> list[str]:
    return list(desk.store.team_lists.silent(desk.campaign.id, scope, desk.today, start, count).codes)


def counted(desk: Desk, scope: str) -> tuple[int, int]:
    """How many teams of a scope were not heard of today, and of how many."""
    lists, cid = desk.store.team_lists, desk.campaign.id
    return lists.silent(cid, scope, desk.today, 0, 1).of, lists.listed(cid, scope, 0, 1).of


def nothing_new(desk: Desk) -> None:
    desk.store.reports.nothing_new(desk.campaign, desk.author(), desk.team(), HERS)


def test_a_region_and_its_teams(desk: Desk) -> None:
    desk.register("昭通市第二中学")
    desk.register("永善县第一中学", "yongshan")
    desk.night()
    desk.report(1000, code="0002")
    scopes = [ALL, "region:zhaoyang", "region:yongshan", "region:ludian"]
    assert [counted(desk, scope) for scope in scopes] == [(2, 3), (1, 2), (1, 1), (0, 0)]
    assert silent(desk, "region:zhaoyang") == ["0001"]
    assert silent(desk) == ["0001", "0003"]
    assert silent(desk, start=1, count=1) == ["0003"]
    desk.night()
    assert silent(desk) == ["0001", "0003", "0002"], "who was silent longest comes first"
    assert desk.sound()


@pytest.mark.parametrize("way", ["report", "yesterday", "close", "correct", "nothing new"])
def test_who_was_heard_of_today(desk: Desk, way: str) -> None:
    desk.report(1000)
    desk.night()
    assert silent(desk) == ["0001"]
    match way:
        case "report":
            desk.report(1000)
        case "yesterday":
            desk.yesterday_ended_with(1000)
        case "close":
            desk.report(2000)
            desk.close(1500)
        case "correct":
            desk.correct(900)
        case _:
            nothing_new(desk)
    assert silent(desk) == []
    assert desk.sound()


def test_taking_back_is_no_report(desk: Desk) -> None:
    desk.report(1000)
    desk.night()
    desk.retract()
    assert silent(desk) == ["0001"]
    desk.report(2000)
    assert silent(desk) == []
    assert desk.sound()


def test_nothing_new_writes_no_figure_and_one_entry(desk: Desk) -> None:
    desk.report(1000)
    desk.night()
    author, before = desk.author(), desk.team()
    for _ in range(2):
        desk.store.reports.nothing_new(desk.campaign, author, desk.team(), HERS)
    after = desk.team()
    assert after == before.model_copy(update={"heard": desk.today, "version": before.version + 1})
    entries = list(desk.store.ledger.entries(desk.campaign.id))
    assert [entry.kind for entry in entries].count("team.heard") == 1
    assert (entries[-1].team, entries[-1].values) == ("0001", {"day": desk.today.isoformat()})
    document = export_campaign(desk.store, desk.campaign, desk.now)
    assert document["zero_reports"] == [{"team": "0001", "at": desk.now.isoformat(timespec="seconds")}]
    assert desk.sound()


def test_a_day_on_which_it_was_heard_of_already_is_not_noted_again(desk: Desk) -> None:
    """What else is written stays away from the set: it is taken away, and not made anew by the second report."""
    desk.night()
    desk.report(1000)
    key = desk.store.keys.heard(desk.campaign.id, ALL)
    desk.store.database.delete(key)
    desk.report(1100)
    nothing_new(desk)
    assert not desk.store.database.exists(key)


def test_a_team_that_waits_or_was_turned_away_is_on_no_list(desk: Desk) -> None:
    waiting = desk.register("昭通市第二中学", status="pending")
    refused = desk.register("昭通市第三中学", status="pending")
    desk.night()
    assert silent(desk) == ["0001"]
    office = desk.author("p-zhao")
    code = desk.store.people.invite(desk.campaign, Grant(role="coordinator"), desk.now)
    desk.store.people.bind(desk.campaign, office, code, Membership())
    role = Membership(roles="coordinator:")
    desk.store.team_acts.decide(desk.campaign, desk.author("p-zhao"), role, waiting, "active", [])
    desk.store.team_acts.decide(desk.campaign, desk.author("p-zhao"), role, refused, "rejected", [])
    assert silent(desk) == ["0001", waiting.code], "it was let in today, and last heard of yesterday"
    assert desk.sound()
    desk.store.team_acts.decide(desk.campaign, desk.author("p-zhao"), role, desk.team(waiting.code), "rejected", [])
    assert silent(desk) == ["0001"]
    assert counted(desk, ALL) == (1, 1)


def test_a_set_that_redis_has_changed_is_noticed(desk: Desk) -> None:
    database, cid = desk.store.database, desk.campaign.id
    database.zadd(desk.store.keys.heard(cid, ALL), {"000001": 20240501, "000009": 20240506})
    database.zrem(desk.store.keys.heard(cid, "region:zhaoyang"), "000001")
    assert verify(desk.campaign, database, desk.store.keys) == [
        "heard all 000001: is 20240501, the ledger says 20240506",
        "heard all 000009: is 20240506, the ledger says None",
        "heard region:zhaoyang 000001: is None, the ledger says 20240506",
    ]


def test_a_database_that_was_begun_without_it(desk: Desk) -> None:
    """As the version before left it: neither sets nor what was taken back last, no day in the team itself."""
    desk.report(1000)
    desk.report(1500)
    desk.retract()
    desk.night()
    desk.register("永善县第一中学", "yongshan")
    database, keys, cid = desk.store.database, desk.store.keys, desk.campaign.id
    for key in (*database.scan_iter(keys.family(cid, "heard") + "*"), keys.withdrawn(cid)):
        database.delete(key)
    for code in ("0001", "0002"):
        doc = (
            desk.team(code)
            .model_copy(update={"heard": None})
            .model_dump_json(exclude={"number"}, exclude_defaults=True)
        )
        database.hset(keys.team(cid, code), "doc", doc)
    upgrade = Upgrade(database, keys, lambda _, unit: unit, desk.now, 1, lambda: None)
    for _ in range(2):
        assert note_later_views(upgrade) == []
        assert desk.sound()
    assert silent(desk) == ["0001"]
    assert desk.restore().after.amount_fen == 150_000
    desk.report(2000, code="0002")
    assert silent(desk) == []
    assert desk.sound()
