"""Reports, midnight figures, corrections and ways back in any order over several nights, beside a plain model.

The model is a list of figures for each channel, in order of the days they belong to. After every step the ledger, read
again, gives every view and board that is kept (`audit verify`), and these give what the model says.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.ledger import Changed
from storage.models.people import Membership
from storage.models.teams import Channel
from storage.reckoning import Reading
from storage.reports import ImpossibleClose
from tests.ledger.conftest import CAPTAIN, Desk, open_desk

CHANNELS: tuple[Channel, ...] = ("online", "offline")


@dataclass
class Said:
    """A figure, and the ones that were put right before it."""

    day: date
    yuan: int
    at: datetime
    close: bool = False
    wrong: "list[Said]" = field(default_factory=list)


@dataclass
class Ledger:
    """What one channel of a team should come to. `left`: what the total stood on when `gone` was taken back; `around`:
    the figures beneath and above it then."""

    figures: list[Said] = field(default_factory=list)
    gone: Said | None = None
    corrected_again: bool = False
    left: Said | None = None
    around: tuple[Said | None, Said | None] = (None, None)
    gone_at: datetime | None = None

    @property
    def top(self) -> Said | None:
        return self.figures[-1] if self.figures else None

    @property
    def total(self) -> int:
        return self.top.yuan if self.top else 0

    def ended(self, day: date) -> int:
        return next((said.yuan for said in reversed(self.figures) if said.day <= day), 0)

    def growth(self, day: date) -> int:
        return self.ended(day) - self.ended(day - timedelta(days=1))

    def insert(self, said: Said) -> None:
        at = sum(other.day <= said.day for other in self.figures)
        self.figures.insert(at, said)

    def newest(self, began: date | None) -> Said | None:
        """What was said last: on top, or the figure of the midnight with which the team's day began."""
        beneath = next((said for said in reversed(self.figures) if began and said.day < began), None)
        if self.top and beneath and beneath.close and beneath.at > self.top.at:
            return beneath
        return self.top

    def take_back(self, said: Said, at: datetime) -> None:
        self.gone, self.gone_at, self.corrected_again = said, at, bool(said.wrong)
        place = self.figures.index(said)
        self.figures[place : place + 1] = said.wrong[-1:]
        self.left, self.around = self.top, (None, None) if said.wrong else self._around(place)

    @property
    def may_come_back(self) -> bool:
        """Whether nothing was said since upon what was left, or in the place of a midnight figure."""
        return self.top is self.left and (self.around[1] is None or self.around in self._neighbours())

    def _neighbours(self) -> list[tuple[Said | None, Said | None]]:
        return [self._around(place) for place in range(len(self.figures) + 1)]

    def _around(self, place: int) -> tuple[Said | None, Said | None]:
        """What stands beneath a place between figures, and what above it."""
        lined = [None, *self.figures, None]
        return lined[place], lined[place + 1]

    def put_back(self) -> None:
        assert self.gone
        if self.corrected_again:
            self.figures[-1] = self.gone
        else:
            self.insert(self.gone)
        self.gone = self.left = None


yuan = st.integers(0, 12).map(lambda hundreds: hundreds * 100)
channel = st.sampled_from([*CHANNELS[:1] * 3, *CHANNELS])
alone = ["retract", "retract", "retract", "restore", "restore", "night", "zero"]
step = st.one_of(
    st.tuples(st.just("report"), channel, st.sampled_from(["total", "day", "increment"]), yuan),
    st.tuples(st.sampled_from(["ended", "close", "close", "correct"]), channel, yuan),
    st.tuples(st.just("move"), channel),
    *[st.tuples(st.sampled_from(alone))] * 2,
)
REPORT: tuple[object, ...] = ("report", "online", "increment", 300)
CORRECT, CLOSE, ENDED = ("correct", "online", 900), ("close", "online", 600), ("ended", "online", 600)
RETRACT, RESTORE, NIGHT = ("retract",), ("restore",), ("night",)
MORNING = [("report", "online", "total", 500), NIGHT, REPORT]
LATER = [NIGHT, REPORT]


class Play:
    """The steps, taken by the store and by the model."""

    def __init__(self, database: Database) -> None:
        self.desk: Desk = open_desk(database)
        self.desk.register("昭通市第一中学")
        self.model: dict[Channel, Ledger] = {channel: Ledger() for channel in CHANNELS}
        self.began: date | None = None
        self.heard = self.desk.today

    def take(self, step: tuple[object, ...]) -> None:
        name, *given = step
        if getattr(self, str(name))(*given):
            self.began = self.desk.today
        self._compare()

    def report(self, channel: Channel, kind: str, yuan: int) -> bool:
        ledger, desk = self.model[channel], self.desk
        base = {"total": 0, "day": ledger.ended(desk.yesterday), "increment": ledger.total}[kind]
        booked = desk.report(yuan, kind, channel)
        ledger.figures.append(Said(desk.today, base + yuan, booked.report.at))
        self.heard = desk.today
        return True

    def ended(self, channel: Channel, yuan: int) -> bool:
        ledger, desk = self.model[channel], self.desk
        if ledger.top and ledger.top.day == desk.today:
            with pytest.raises(Changed):
                desk.yesterday_ended_with(yuan, channel)
            return False
        at = desk.yesterday_ended_with(yuan, channel).report.at
        ledger.figures.append(Said(desk.yesterday, yuan, at))
        self.heard = desk.today
        return True

    def close(self, channel: Channel, yuan: int) -> bool:
        ledger, desk = self.model[channel], self.desk
        if not ledger.top or ledger.top.day != desk.today:
            with pytest.raises(Changed):
                desk.close(yuan, channel)
            return False
        least = ledger.ended(desk.yesterday - timedelta(days=1))
        if not least <= yuan <= ledger.total:
            with pytest.raises(ImpossibleClose) as refused:
                desk.close(yuan, channel)
            bounds = (refused.value.least.amount_fen, refused.value.most.amount_fen)
            assert bounds == (least * 100, ledger.total * 100)
            return False
        ledger.insert(Said(desk.yesterday, yuan, desk.close(yuan, channel).report.at, close=True))
        self.heard = desk.today
        return True

    def correct(self, channel: Channel, yuan: int) -> bool:
        ledger = self.model[channel]
        if not ledger.top:
            return False
        at = self.desk.correct(yuan, channel).report.at
        ledger.figures[-1] = Said(ledger.top.day, yuan, at, wrong=[*ledger.top.wrong, ledger.top])
        self.heard = self.desk.today
        return True

    def move(self, channel: Channel) -> bool:
        """The figure on which a channel stands was the other channel's total."""
        ledger, desk = self.model[channel], self.desk
        other: Channel = "offline" if channel == "online" else "online"
        if not ledger.top:
            return False
        team, store = desk.team(), desk.store
        [newest] = store.reports.many(desk.campaign.id, [team.total(channel).report])
        reading, hers = Reading("total", other, newest.amount_fen, None), Membership(codes=(team.code,))
        moved = store.moves.move(desk.campaign, desk.author(), newest, team, team, hers, reading)
        said = ledger.figures.pop()
        ledger.gone = None
        self.model[other].figures.append(Said(desk.today, said.yuan, moved.booked.report.at))
        self.heard = desk.today
        return True

    def retract(self) -> bool:
        hers = [(said, ledger) for ledger in self.model.values() if (said := ledger.newest(self.began))]
        offered = self.desk.store.reports.newest_by(self.desk.campaign.id, [self.desk.team()], CAPTAIN)
        hers.sort(key=lambda pair: pair[0].at, reverse=True)
        assert [(r.at, r.amount_fen) for r in offered] == [(said.at, said.yuan * 100) for said, _ in hers]
        if not hers:
            return False
        self.desk.retract()
        said, ledger = hers[0]
        ledger.take_back(said, self.desk.now)
        return True

    def restore(self) -> bool:
        last = self.desk.store.reports.last_withdrawn(self.desk.campaign.id, CAPTAIN, [self.desk.team()])
        gone = [ledger for ledger in self.model.values() if ledger.gone]
        assert (last is None) == (not gone)
        if not gone:
            return False
        ledger = max(gone, key=lambda ledger: ledger.gone_at or datetime.min)
        assert last
        assert ledger.gone
        assert last.amount_fen == ledger.gone.yuan * 100
        if not ledger.may_come_back:
            with pytest.raises(Changed):
                self.desk.restore()
            return False
        self.desk.restore()
        ledger.put_back()
        self.heard = self.desk.today
        return True

    def night(self) -> bool:
        self.desk.night()
        return False

    def zero(self) -> bool:
        desk, code = self.desk, "0001"
        desk.store.reports.nothing_new(desk.campaign, desk.author(), desk.team(code), Membership(codes=(code,)))
        self.heard = desk.today
        return False

    def _compare(self) -> None:
        desk, team = self.desk, self.desk.team()
        assert desk.sound()
        for channel, ledger in self.model.items():
            assert team.total(channel).amount_fen == ledger.total * 100
            assert team.opening(channel, desk.today).amount_fen == ledger.ended(desk.yesterday) * 100
        days = [date(2024, 5, 5) + timedelta(days=n) for n in range((desk.today - date(2024, 5, 5)).days + 1)]
        grown = {day: desk.growth(day) for day in days}
        assert grown == {day: sum(ledger.growth(day) for ledger in self.model.values()) for day in days}
        silent = desk.store.team_lists.silent(desk.campaign.id, "all", desk.today, 0, 20).codes
        assert silent == (() if self.heard == desk.today else (team.code,))


@example(begun=[], steps=[*MORNING, CLOSE, RETRACT, RESTORE, RETRACT, RETRACT])
@example(begun=[], steps=[*MORNING, CLOSE, REPORT, RETRACT, RETRACT])
@example(begun=[], steps=[*MORNING, CLOSE, RETRACT, ("close", "online", 700), RESTORE, RETRACT, RESTORE])
@example(begun=[], steps=[*MORNING, ("close", "online", 700), CLOSE, RETRACT, CLOSE, RESTORE])
@example(
    begun=[], steps=[*MORNING, CLOSE, ("close", "online", 700), RETRACT, CLOSE, RETRACT, RETRACT, RETRACT, RETRACT]
)
@example(begun=[], steps=[*MORNING, CORRECT, CLOSE, NIGHT, RETRACT, RESTORE])
@example(begun=[], steps=[*MORNING, CORRECT, CLOSE, *LATER, RETRACT, RETRACT, RETRACT])
@example(begun=[], steps=[*MORNING, CORRECT, RETRACT, CLOSE, RESTORE, *LATER, RETRACT, RETRACT, RETRACT])
@example(begun=[], steps=[*MORNING, RETRACT, REPORT, RESTORE])
@example(begun=[], steps=[*MORNING, RETRACT, *LATER, RESTORE])
@example(begun=[], steps=[*MORNING, RETRACT, REPORT, ("move", "online"), RESTORE])
@example(begun=[], steps=[MORNING[0], NIGHT, NIGHT, REPORT, ("close", "online", 400)])
@example(begun=[], steps=[MORNING[0], NIGHT, ENDED, ("report", "online", "day", 100), RETRACT, RETRACT, RETRACT])
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begun=st.sampled_from([[], MORNING]), steps=st.lists(step, max_size=12))
def test_every_order(database: Database, begun: list[tuple[object, ...]], steps: list[tuple[object, ...]]) -> None:
    play = Play(database)
    for each in (*begun, *steps):
        play.take(each)
