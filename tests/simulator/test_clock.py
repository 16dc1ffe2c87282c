"""The clock of a simulator that runs by itself."""

from datetime import UTC, datetime, timedelta

from bot.simulator.clock import VirtualClock


def test_it_runs_on_from_where_it_was_moved() -> None:
    clock = VirtualClock()
    begin = clock()
    assert abs(begin - datetime.now(UTC)) < timedelta(seconds=5)
    assert begin.utcoffset() == timedelta(hours=8)
    clock.jump(begin + timedelta(days=3))
    first, second = clock(), clock()
    assert timedelta(days=3) <= first - begin < timedelta(days=3, seconds=5)
    assert first <= second
    clock.jump(begin)
    assert clock() >= second
