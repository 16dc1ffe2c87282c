"""What is said of yesterday belongs to yesterday: to its dated board, and never to today's growth."""

from dataclasses import replace

import pytest

from storage.booking import Booked
from storage.export import export_campaign
from storage.ledger import Changed, NotAllowed
from storage.models.people import Membership
from storage.models.teams import Total
from storage.reckoning import Reading
from storage.reports import ImpossibleClose
from tests.ledger.conftest import Desk

HERS = Membership(codes=("0001",))


def test_a_total_of_yesterdays_end_where_nothing_was_booked_since(desk: Desk) -> None:
    desk.report(5000)
    monday = desk.today
    desk.night()
    booked = desk.yesterday_ended_with(9800)
    team = desk.team()
    assert (booked.before.amount_fen, booked.after.amount_fen) == (500_000, 980_000)
    assert (booked.report.day, booked.report.at.date()) == (monday, desk.today)
    assert team.opening("online", desk.today).amount_fen == 980_000
    assert (desk.growth(monday), desk.growth(desk.today)) == (9800, 0)
    assert (
        desk.store.database.zscore(desk.store.keys.sums(desk.campaign.id, f"today:{monday}", "region"), "zhaoyang")
        == -980_000
    )
    desk.report(200, "day")
    assert (desk.team().amount_fen, desk.growth(desk.today)) == (1_000_000, 200)
    assert desk.sound()


def test_the_very_first_report_may_be_of_yesterday(desk: Desk) -> None:
    desk.yesterday_ended_with(9800)
    assert (desk.growth(desk.yesterday), desk.growth(desk.today)) == (9800, 0)
    assert desk.sound()


def test_it_is_exported_with_the_moment_at_which_it_stood(desk: Desk) -> None:
    desk.yesterday_ended_with(800)
    desk.report(1000)
    desk.close(700)
    said = export_campaign(desk.store, desk.campaign, desk.now)["reports"]
    told = [(row["kind"], row["amount_fen"], row["as_of"]) for row in said]
    midnight = "2024-05-06T00:00:00+08:00"
    assert told == [("total", 80_000, midnight), ("total", 100_000, said[1]["at"]), ("close", 70_000, midnight)]


def test_a_midnight_figure_beneath_what_was_booked_since_leaves_the_total(desk: Desk) -> None:
    desk.report(5000)
    desk.night()
    desk.report(7000)
    booked = desk.close(6200)
    assert booked.before == desk.team().online
    assert booked.after.amount_fen == 700_000
    assert booked.report.previous_amount_fen == 500_000
    assert desk.team().opening("online", desk.today).amount_fen == 620_000
    assert (desk.growth(desk.yesterday), desk.growth(desk.today)) == (6200, 800)
    assert desk.sound()


@pytest.mark.parametrize("yuan", [4900, 7100])
def test_a_midnight_figure_that_cannot_have_stood_is_refused(desk: Desk, yuan: int) -> None:
    desk.report(5000)
    desk.night()
    desk.report(5500)
    desk.night()
    desk.report(7000)
    entries = desk.store.ledger.last_id(desk.campaign.id)
    with pytest.raises(ImpossibleClose) as refused:
        desk.close(yuan)
    assert (refused.value.least.amount_fen, refused.value.most.amount_fen) == (500_000, 700_000)
    assert desk.store.ledger.last_id(desk.campaign.id) == entries
    assert desk.close(5000).after.amount_fen == 700_000


def test_the_count_of_gifts_at_midnight(desk: Desk) -> None:
    """What is not said of it stays; it is bounded by what was said of it."""
    _say(desk, 500_000, 50)
    desk.night()
    _say(desk, 700_000, 70)
    with pytest.raises(ImpossibleClose):
        _close(desk, 600_000, 71)
    _close(desk, 600_000, None)
    assert desk.team().opening_online.donations == 50
    _close(desk, None, 60)
    assert _figures(desk.team().opening_online) == (600_000, 60)
    assert _figures(desk.team().online) == (700_000, 70)
    desk.retract()
    desk.retract()
    assert _figures(desk.team().opening_online) == (500_000, 50)
    assert desk.sound()


def test_gifts_that_were_never_counted_bound_nothing(desk: Desk) -> None:
    desk.report(5000)
    desk.night()
    desk.report(7000)
    _close(desk, 600_000, 60)
    assert _figures(desk.team().opening_online) == (600_000, 60)


def test_two_nights_later_it_is_no_figure_of_yesterday(desk: Desk) -> None:
    desk.report(5000)
    monday = desk.today
    for _ in range(2):
        desk.night()
    with pytest.raises(Changed):
        _add(desk, Reading("total", "online", 600_000, None, day=monday))
    desk.report(7000)
    with pytest.raises(Changed):
        desk.store.reports.close_day(desk.campaign, desk.author(), desk.team(), HERS, "online", monday, 600_000, None)


@pytest.mark.parametrize("kind", ["day", "increment"])
def test_a_sum_of_yesterday_is_never_added(desk: Desk, kind: str) -> None:
    with pytest.raises(ValueError, match="a total"):
        _add(desk, Reading(kind, "online", 60_000, None, day=desk.yesterday))  # type: ignore[arg-type]


def test_a_day_that_is_named_and_is_today_says_nothing_more(desk: Desk) -> None:
    _add(desk, Reading("increment", "online", 60_000, None, day=desk.today))
    assert (desk.growth(desk.yesterday), desk.growth(desk.today)) == (0, 600)


def test_a_team_that_moved_meanwhile_is_left_as_it_is(desk: Desk) -> None:
    desk.report(5000)
    desk.night()
    desk.report(7000)
    team = desk.team()
    desk.report(100, "increment")
    with pytest.raises(Changed):
        desk.store.reports.close_day(desk.campaign, desk.author(), team, HERS, "online", desk.yesterday, 600_000, None)
    assert desk.team().opening_online.amount_fen == 500_000


def test_only_whoever_may_report_may_close_or_say_that_nothing_is_new(desk: Desk) -> None:
    desk.report(5000)
    desk.night()
    desk.report(7000)
    reports, stranger = desk.store.reports, Membership()
    with pytest.raises(NotAllowed):
        reports.close_day(
            desk.campaign, desk.author("p-x"), desk.team(), stranger, "online", desk.yesterday, 600_000, None
        )
    with pytest.raises(NotAllowed):
        reports.nothing_new(desk.campaign, desk.author("p-x"), desk.team(), stranger)


def test_a_correction_after_midnight_is_of_the_day_of_what_it_puts_right(desk: Desk) -> None:
    desk.report(5000)
    desk.night()
    desk.correct(6000)
    assert (desk.growth(desk.yesterday), desk.growth(desk.today)) == (6000, 0)
    desk.retract()
    desk.retract()
    assert (desk.growth(desk.yesterday), desk.growth(desk.today)) == (0, 0)
    assert desk.sound()


def test_a_figure_of_yesterday_that_is_moved_stays_of_yesterday(desk: Desk) -> None:
    desk.yesterday_ended_with(5000)
    team = desk.team()
    [newest] = desk.store.reports.many(desk.campaign.id, [team.online.report])
    reading = Reading("total", "offline", newest.amount_fen, None, day=newest.day)
    arguments = desk.campaign, desk.author(), newest, team, team, HERS, reading
    moved = desk.store.moves.move(*arguments)
    assert desk.store.moves.move(*arguments).booked.report == moved.booked.report
    assert (desk.team().online.amount_fen, desk.team().opening_offline.amount_fen) == (0, 500_000)
    assert (desk.growth(desk.yesterday), desk.growth(desk.today)) == (5000, 0)
    assert desk.sound()


def test_what_a_message_says_online_and_offline_is_written_once(desk: Desk) -> None:
    """Its two figures are two operations; broken off after the first, the second is made up for."""
    first, again = desk.author(), desk.author()

    def report(number: int, channel: str, fen: int) -> Booked:
        author = replace(again, op_id=f"msg-1/report/{number}", at=first.at)
        reading = Reading("increment", channel, fen, None)  # type: ignore[arg-type]
        return desk.store.reports.add(desk.campaign, author, desk.team(), HERS, reading)

    assert not report(0, "online", 60_000).repeated
    for times in range(3):
        done = [report(0, "online", 60_000), report(1, "offline", 20_000)]
        assert [each.repeated for each in done] == [True, times > 0]
        assert [each.after.total(each.report.channel).amount_fen for each in done] == [60_000, 20_000]
        assert (desk.team().online.amount_fen, desk.team().offline.amount_fen) == (60_000, 20_000)
    kinds = [entry.kind for entry in desk.store.ledger.entries(desk.campaign.id)]
    assert kinds == ["team.registered", "report.accepted", "report.accepted"]
    assert desk.sound()


def _say(desk: Desk, fen: int, gifts: int) -> Booked:
    return _add(desk, Reading("total", "online", fen, gifts))


def _add(desk: Desk, reading: Reading) -> Booked:
    return desk.write(lambda author, team, hers: desk.store.reports.add(desk.campaign, author, team, hers, reading))


def _close(desk: Desk, fen: int | None, gifts: int | None) -> Booked:
    return desk.write(
        lambda author, team, hers: desk.store.reports.close_day(
            desk.campaign, author, team, hers, "online", desk.yesterday, fen, gifts
        )
    )


def _figures(total: Total) -> tuple[int, int]:
    return total.amount_fen, total.donations
