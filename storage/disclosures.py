"""Disclosures: that a captain's telephone was shown to a coordinator stands in the ledger; the number does not."""

from dataclasses import dataclass

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Plan
from storage.models import Card, Membership, Team
from storage.teams import Teams, rely_on_role


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
