"""A write of figures that waits for her yes: one typed value, kept in the dialogue until she answers.

It can be consumed once: its writes are made under `proposal:<id>/<n>`, however often the yes comes.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from handlers.messages import Context
from storage.models import Conversation, Team
from storage.reckoning import Reading

ReadingKind = Literal["total", "day", "increment"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be written: for each team its code, the version it was read at, and the reading.

    `day`: the campaign's day on which it was proposed; a day's figure is of that day. `kinds`: between which she is to
    choose, none where a yes is enough. `campaign`: in which it was said.
    """

    id: str
    campaign: str
    day: date
    writes: tuple[tuple[str, int, Reading], ...]
    kinds: tuple[ReadingKind, ...] = ()

    def waits(self, state: str) -> Conversation:
        """The dialogue in which it waits."""
        data = {
            "id": self.id,
            "campaign": self.campaign,
            "day": self.day.isoformat(),
            "writes": [[code, version, *_dumped(reading)] for code, version, reading in self.writes],
            "kinds": list(self.kinds),
        }
        return Conversation(state=state, data=data)


def proposed(
    ctx: Context, day: date, readings: list[tuple[Team, Reading]], kinds: tuple[ReadingKind, ...] = ()
) -> Proposal:
    """A proposal of readings, each for a team as it stands now."""
    writes = tuple((team.code, team.version, reading) for team, reading in readings)
    return Proposal(secrets.token_hex(8), ctx.campaign.id, day, writes, kinds)


def proposal_of(conversation: Conversation | None) -> Proposal:
    """The proposal that waits in a dialogue."""
    if conversation is None:
        raise ValueError("nothing was proposed")
    data = conversation.data
    writes = tuple((code, version, _loaded(said)) for code, version, *said in data["writes"])
    return Proposal(data["id"], data["campaign"], date.fromisoformat(data["day"]), writes, tuple(data["kinds"]))


def _dumped(reading: Reading) -> list[Any]:
    moment, day = reading.as_of, reading.day
    return [
        reading.kind,
        reading.channel,
        reading.amount_fen,
        reading.donations,
        moment.isoformat() if moment else "",
        day.isoformat() if day else "",
    ]


def _loaded(said: list[Any]) -> Reading:
    kind, channel, amount, donations, moment, day = said
    return Reading(
        kind,
        channel,
        amount,
        donations,
        datetime.fromisoformat(moment) if moment else None,
        date.fromisoformat(day) if day else None,
    )
