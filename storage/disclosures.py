"""Disclosures: what was shown or handed out of people's data, and to whom, stands in the ledger; the data does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from storage.authority import rely_on_role
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Plan
from storage.models.people import Card, Membership
from storage.models.teams import Team
from storage.teams import Teams

Bound = Literal["csv", "xlsx"]
"""The forms that are sheets."""
Form = Literal["json"] | Bound
"""In what form everything kept about a campaign is taken out."""


@dataclass(frozen=True, slots=True)
class Taking:
    """What is taken out: of which region (id, '' for all), what stands in it, of how many teams."""

    form: Form
    region: str
    parts: Sequence[str]
    teams: int

    @property
    def values(self) -> dict[str, str]:
        """As the ledger writes it."""
        parts = " ".join(self.parts)
        return {"form": self.form, "region": self.region, "parts": parts, "teams": str(self.teams)}


@dataclass(frozen=True, slots=True)
class Disclosures:
    database: Database
    keys: Keys

    def cards(self, campaign: Campaign, author: Author, membership: Membership, team: Team) -> list[Card]:
        """What the captains of a team left of themselves, and a line of the ledger that it was shown.

        Raises `NotAllowed` where no role of hers reaches the team, `Changed` where the role is not as it was read.
        """
        plan = Plan(self.keys, campaign.id, author, "card.shown", team.code)
        rely_on_role(plan, campaign, membership, team.region)
        plan.commit(self.database, {})
        teams = Teams(self.database, self.keys)
        return [teams.card(campaign.id, person) for person in team.captains or (f"#{team.code}",)]

    def cards_of_list(
        self, campaign: Campaign, author: Author, membership: Membership, teams: Sequence[Team]
    ) -> dict[str, list[Card]]:
        """The same of the teams of a list, by their codes, in one line of the ledger.

        Raises `NotAllowed` where no role of hers reaches one of them, `Changed` as `cards` does.
        """
        plan = Plan(self.keys, campaign.id, author, "cards.shown", values={"teams": " ".join(t.code for t in teams)})
        for team in teams:
            rely_on_role(plan, campaign, membership, team.region)
        plan.commit(self.database, {})
        owners = {team.code: team.captains or (f"#{team.code}",) for team in teams}
        asked = [owner for of_team in owners.values() for owner in of_team]
        kept = self.database.hmget(self.keys.contact_cards(campaign.id), asked) if asked else []
        cards = {
            owner: Card.model_validate_json(card) if card else Card() for owner, card in zip(asked, kept, strict=True)
        }
        return {code: [cards[owner] for owner in of_team] for code, of_team in owners.items()}

    def book(self, campaign: Campaign, author: Author, taking: Taking) -> None:
        """A line of the ledger that an operator took a book, before any of it is given out."""
        Plan(self.keys, campaign.id, author, "book.taken", values=taking.values).commit(self.database, {})
