"""Enrolment anew: a campaign was published with another threshold, and the rolls are those of the one before.

Team by team as it stands, a batch at a time: whoever writes meanwhile is not held up, and a team that was written in
between is read again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from redis.exceptions import WatchError

from storage.boards import scopes
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.rolls import Roll, members
from storage.team_documents import team_of
from storage.teams import Teams

BATCH = 200


@dataclass(frozen=True, slots=True)
class Enrolment:
    database: Database
    keys: Keys

    def renew(self, campaign: Campaign) -> None:
        """Every team stands on the rolls that its campaign gives it now, and on no other."""
        codes = Teams(self.database, self.keys).codes(campaign.id)
        for start in range(0, len(codes), BATCH):
            while not self._renewed(campaign, codes[start : start + BATCH]):
                pass

    def _renewed(self, campaign: Campaign, codes: Sequence[str]) -> bool:
        """Whether these teams stood still meanwhile."""
        watched = [self.keys.team(campaign.id, code) for code in codes]
        with self.database.pipeline() as pipe:
            pipe.watch(*watched)
            rows = [pipe.hmget(key, "doc", "number") for key in watched]
            teams = [team_of(doc, number) for doc, number in rows if doc]
            belong = members(campaign, teams)
            pipe.multi()
            for team in teams:
                member = f"{team.number:06d}"
                for scope in (each for each in scopes(campaign, team) if not each.startswith("project:")):
                    for roll in get_args(Roll):
                        key = self.keys.roll(campaign.id, roll, scope)
                        if member in belong.get(f"{roll}:{scope}", ()):
                            pipe.zadd(key, {member: 0})
                        else:
                            pipe.zrem(key, member)
            try:
                pipe.execute()
            except WatchError:
                return False
        return True
