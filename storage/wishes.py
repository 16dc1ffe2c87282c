"""What a captain wishes for her own team: kept with herself, shown to nobody else, erased with her."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Command, Database
from storage.keys import Keys
from storage.ledger import recorded


@dataclass(frozen=True, slots=True)
class Wishes:
    database: Database
    keys: Keys

    def of(self, openid: str, campaign: str) -> dict[str, int]:
        """Her wishes in a campaign: team code → fen."""
        return wishes_of(self.database.together([self.read(openid)])[0], campaign)

    def read(self, openid: str) -> Command:
        """What `wishes_of` makes them of."""
        return ("HGETALL", self.keys.wishes(openid))

    def keep(self, openid: str, campaign: str, code: str, fen: int) -> None:
        self.database.hset(self.keys.wishes(openid), f"{campaign}/{code}", str(fen))
        recorded.set(True)

    def drop(self, openid: str, campaign: str, code: str) -> None:
        self.database.hdel(self.keys.wishes(openid), f"{campaign}/{code}")
        recorded.set(True)


def wishes_of(answer: Sequence[str], campaign: str) -> dict[str, int]:
    """A person's wishes in a campaign, as the answer to `Wishes.read` tells them."""
    places = ((place.partition("/"), fen) for place, fen in zip(answer[0::2], answer[1::2], strict=True))
    return {code: int(fen) for (of_campaign, _, code), fen in places if of_campaign == campaign}
