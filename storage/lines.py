"""Lines that were not understood, kept with the person who said them, and what operators taught such lines to want.

A line is kept masked: figures, telephones, codes, dates and the campaign's names are signs. It goes after 30 days, and
with her. Complaints are never kept here.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.campaigns import Campaigns
from storage.database import Database
from storage.keys import RAW_TEXT_SECONDS, Keys

LONGEST = 80
"""Characters of a line that is kept; a longer one is seldom said twice."""
OF_ONE = 50
"""Lines that are kept of one person: the newest."""
LISTED_FROM = 3
"""So many people must have said a line before an operator sees it."""


@dataclass(frozen=True, slots=True)
class Lines:
    database: Database
    keys: Keys
    campaigns: Campaigns

    def keep(self, openid: str, masked: str, at: datetime) -> None:
        """Keep a masked line with the person who said it; `at` is business time."""
        if not masked or len(masked) > LONGEST:
            return
        key, now = self.keys.unheard(openid), at.timestamp()
        with self.database.pipeline(transaction=True) as pipe:
            pipe.zadd(key, {masked: now})
            pipe.zremrangebyscore(key, "-inf", now - RAW_TEXT_SECONDS)
            pipe.zremrangebyrank(key, 0, -OF_ONE - 1)
            pipe.expire(key, RAW_TEXT_SECONDS)
            pipe.execute()

    def unheard(self, now: datetime) -> list[tuple[str, int]]:
        """The lines that at least three people said in the last 30 days, and how many did; the most said first.

        Those that were taught since are left out. Looks through every key: for an operator, not for an answer.
        """
        people = Counter[str]()
        for key in self.database.scan_iter(match=self.keys.all_unheard(), count=1000):
            people.update(self.database.zrangebyscore(key, now.timestamp() - RAW_TEXT_SECONDS, "+inf"))
        taught = self.taught()
        said = [(line, n) for line, n in people.items() if n >= LISTED_FROM and line not in taught]
        return sorted(said, key=lambda each: (-each[1], each[0]))

    def teach(self, masked: str, intent: str) -> None:
        """From now on a line of this shape wants `intent`: every process obeys within a second. '' unlearns it."""
        with self.database.pipeline(transaction=True) as pipe:
            if intent:
                pipe.hset(self.keys.taught(), masked, intent)
            else:
                pipe.hdel(self.keys.taught(), masked)
            pipe.incr(self.keys.campaigns_version())
            pipe.execute()
        self.campaigns.look_again()

    def taught(self) -> Mapping[str, str]:
        """Masked line → intent, as it was taught."""
        return self.campaigns.taught()
