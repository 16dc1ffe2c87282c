"""What a captain wishes for her own team: kept with herself, shown to nobody else, erased with her."""

from dataclasses import dataclass

from storage.database import Database
from storage.keys import Keys
from storage.ledger import recorded


@dataclass(frozen=True, slots=True)
class Wishes:
    database: Database
    keys: Keys

    def of(self, openid: str, campaign: str) -> dict[str, int]:
        """Her wishes in a campaign: team code → fen."""
        kept = self.database.hgetall(self.keys.wishes(openid))
        places = ((place.partition("/"), fen) for place, fen in kept.items())
        return {code: int(fen) for (of_campaign, _, code), fen in places if of_campaign == campaign}

    def keep(self, openid: str, campaign: str, code: str, fen: int) -> None:
        self.database.hset(self.keys.wishes(openid), f"{campaign}/{code}", str(fen))
        recorded.set(True)

    def drop(self, openid: str, campaign: str, code: str) -> None:
        self.database.hdel(self.keys.wishes(openid), f"{campaign}/{code}")
        recorded.set(True)
