"""撤回 takes back what she said herself, 恢复 puts back what she took back last."""

import pytest

from storage.ledger import Changed, NotAllowed
from storage.models.people import Grant, Membership
from storage.models.reports import Report
from storage.reckoning import Reading
from tests.ledger.conftest import CAPTAIN, Desk

OFFICE = "p-zhao"


@pytest.fixture
def role(desk: Desk) -> Membership:
    """A coordinator of the whole campaign, beside the captain."""
    code = desk.store.people.invite(desk.campaign, Grant(role="coordinator"), desk.now)
    desk.store.people.bind(desk.campaign, desk.author(OFFICE), code, Membership())
    return Membership(roles="coordinator:")


def newest_by(desk: Desk, person: str) -> list[int]:
    reports = desk.store.reports.newest_by(desk.campaign.id, [desk.team(), desk.team("0002")], person)
    return [report.amount_fen // 100 for report in reports]


def withdrawn(desk: Desk, person: str = CAPTAIN) -> Report | None:
    return desk.store.reports.last_withdrawn(desk.campaign.id, person, [desk.team()])


def test_the_newest_of_hers_where_nobody_reported_after_her(desk: Desk, role: Membership) -> None:
    desk.register("昭通市第二中学")
    desk.report(1000)
    desk.report(200, channel="offline")
    desk.report(3000, code="0002")
    assert newest_by(desk, CAPTAIN) == [3000, 200, 1000]
    reading = Reading("total", "online", 150_000, None)
    desk.store.reports.add(desk.campaign, desk.author(OFFICE), desk.team(), role, reading)
    assert newest_by(desk, CAPTAIN) == [3000, 200]
    assert newest_by(desk, OFFICE) == [1500]


def test_her_midnight_figure_is_the_newest_until_more_is_booked(desk: Desk) -> None:
    desk.register("昭通市第二中学")
    desk.report(1000)
    desk.night()
    desk.report(3000)
    desk.close(2000)
    assert newest_by(desk, CAPTAIN) == [2000]
    desk.report(4000)
    assert newest_by(desk, CAPTAIN) == [4000]
    desk.retract()
    desk.retract()
    assert desk.team().amount_fen == 300_000
    assert newest_by(desk, CAPTAIN) == [3000]


def test_beneath_what_is_taken_back_stands_the_midnight_figure(desk: Desk) -> None:
    """The night's figure was acknowledged: taking today's back does not lose it."""
    desk.report(1000)
    desk.night()
    today = desk.report(3000).report
    desk.close(2000)
    hers = Membership(codes=("0001",))
    booked = desk.store.reports.retract(desk.campaign, desk.author(), desk.team(), hers, today)
    assert booked.after.amount_fen == 200_000
    assert (desk.growth(desk.yesterday), desk.growth(desk.today)) == (2000, 0)
    assert desk.retract().after.amount_fen == 100_000
    assert desk.sound()


def test_what_was_taken_back_last_is_put_back(desk: Desk) -> None:
    desk.report(1000)
    desk.report(500, "increment")
    taken = desk.retract().report
    assert withdrawn(desk) == taken
    booked = desk.restore()
    assert (booked.before.amount_fen, booked.after.amount_fen) == (100_000, 150_000)
    assert booked.report.status == "accepted"
    assert [i.amount_fen for i in desk.team().recent] == [50_000], "the same increment said once more is asked about"
    assert withdrawn(desk) is None
    with pytest.raises(Changed):
        desk.store.reports.restore(desk.campaign, desk.author(), desk.team(), Membership(codes=("0001",)), taken.id)
    assert desk.sound()


def test_on_the_next_day_it_counts_for_the_day_it_was_of(desk: Desk) -> None:
    desk.report(1000)
    desk.retract()
    desk.night()
    desk.restore()
    assert (desk.growth(desk.yesterday), desk.growth(desk.today)) == (1000, 0)
    assert desk.team().opening_online.amount_fen == 100_000
    assert desk.sound()


def test_where_something_was_booked_since_both_are_there_to_be_shown(desk: Desk) -> None:
    desk.report(1000)
    desk.report(1500)
    desk.retract()
    desk.report(1200)
    gone = withdrawn(desk)
    assert gone is not None
    assert gone.amount_fen == 150_000
    with pytest.raises(Changed):
        desk.restore()
    assert desk.team().amount_fen == 120_000


def test_a_correction_that_was_taken_back_is_put_back_whole(desk: Desk) -> None:
    desk.report(1000)
    desk.correct(1100)
    desk.retract()
    assert desk.restore().after.amount_fen == 110_000
    statuses = {r.amount_fen: r.status for r in desk.store.reports.many(desk.campaign.id, _ids(desk))}
    assert statuses == {100_000: "corrected", 110_000: "accepted"}
    assert desk.sound()


def test_what_another_took_back_is_not_hers_to_find(desk: Desk, role: Membership) -> None:
    report = desk.report(1000).report
    desk.store.reports.retract(desk.campaign, desk.author(OFFICE), desk.team(), role, report)
    assert withdrawn(desk) is None
    assert withdrawn(desk, OFFICE) is not None
    with pytest.raises(NotAllowed):
        desk.store.reports.restore(desk.campaign, desk.author("p-x"), desk.team(), Membership(), report.id)
    assert desk.sound()


@pytest.mark.parametrize("nights", [0, 1])
def test_what_is_not_the_newest_any_more_is_not_touched(desk: Desk, nights: int) -> None:
    old, hers = desk.report(1000).report, Membership(codes=("0001",))
    for _ in range(nights):
        desk.night()
    desk.report(3000)
    team, store, campaign = desk.team(), desk.store, desk.campaign
    with pytest.raises(Changed):
        store.reports.retract(campaign, desk.author(), team, hers, old)
    with pytest.raises(Changed):
        store.reports.correct(campaign, desk.author(), team, hers, old, 1, None)
    reading = Reading("total", "offline", 100_000, None)
    with pytest.raises(Changed):
        store.moves.move(campaign, desk.author(), old, team, team, hers, reading)
    assert desk.team().amount_fen == 300_000


def test_a_midnight_figure_upon_which_more_was_booked_stays(desk: Desk) -> None:
    desk.report(1000)
    desk.night()
    desk.report(3000)
    close = desk.close(2000).report
    desk.report(4000)
    with pytest.raises(Changed):
        desk.store.reports.retract(desk.campaign, desk.author(), desk.team(), Membership(codes=("0001",)), close)
    assert desk.sound()


def _ids(desk: Desk) -> list[str]:
    return list(desk.store.database.hkeys(desk.store.keys.reports(desk.campaign.id)))
