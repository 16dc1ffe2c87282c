"""Who acts, and what every act has in common: the captain is told in the same step, a refusal says what helps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from handlers import texts
from handlers.messages import UserError
from handlers.notices import notification
from storage import Store
from storage.campaign_schema import Campaign
from storage.ledger import Author, Changed, Entry, Frozen, NotAllowed, Taken
from storage.models.people import Grant, Membership
from storage.models.pushes import Notification
from storage.models.teams import Team
from storage.team_acts import Acted


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work in a campaign: under which operation, and by which roles and teams."""

    store: Store
    campaign: Campaign
    author: Author
    membership: Membership

    def office(self, team: Team) -> str:
        """As whom she acts on a team, in a captain's ear: by office, never by name; '' for a captain of it."""
        grant = self.membership.grant_over(self.campaign.region_path(team.region))
        return texts.naming.office_name(self.campaign, grant) if grant and not self.leads(team) else ""

    def office_of(self, person: str, region: str) -> Grant | None:
        """As whom somebody decided in a place, by what she is now; None where she is nothing there any more."""
        grants = self.store.people.coordinators(self.campaign.id).get(person, ())
        path = self.campaign.region_path(region)
        return next((grant for grant in grants if not grant.region or grant.region in path), None)

    def leads(self, team: Team) -> bool:
        return self.author.person in team.captains

    def require_unfrozen(self) -> None:
        """Before she is asked to agree to a figure. Raises `Frozen` once figures are final."""
        if self.campaign.frozen:
            raise Frozen(self.campaign.id)

    def done(self) -> Acted | None:
        """What this operation did if it was done already."""
        return self.store.team_acts.done(self.campaign.id, self.author.op_id)

    def telling(self, team: Team, text: str, job: str = "act") -> Sequence[Notification]:
        """A notice to every captain of the team but herself; `job`: its sort, by which its template is chosen."""
        return [
            notification(f"{self.author.op_id}/told/{captain}", self.campaign, job, captain, text, self.author.at)
            for captain in team.captains
            if captain != self.author.person
        ]

    def write(self, team: Team, make: Callable[[], Acted]) -> Acted:
        """The act made, or a `UserError` that says why it is not and what helps instead."""
        try:
            return make()
        except NotAllowed:
            raise UserError(self.refusal(team, texts.acts.not_yours_to_change(team, self.campaign))) from None
        except Taken as taken:
            raise UserError(texts.acts.name_is_held(self.store.teams.get(self.campaign.id, taken.holder))) from None
        except Changed:
            raise UserError(texts.acts.changed_meanwhile(team, self.last_change(team))) from None

    def refusal(self, team: Team, not_hers: str) -> str:
        """Why the store did not let her: a team of hers is off the lists, else it is not hers."""
        hers = self.leads(team) or self.membership.covers(self.campaign.region_path(team.region))
        return texts.acts.off_the_lists(team, self.campaign) if hers and team.status == "disabled" else not_hers

    def last_change(self, team: Team) -> str:
        """What became of a team last, and by whom: who was first. By office alone in a captain's ear."""
        entries = self.store.histories.newest(self.campaign.id, team.code, 1)
        names = self.names_for(team, entries)
        return "".join(texts.team_histories.history_line(self.campaign, team, entry, names) for entry in entries)

    def names_for(self, team: Team, entries: Sequence[Entry]) -> Mapping[str, str]:
        """What those who wrote entries of a team are called; for whoever has authority over it by a role."""
        if not self.membership.covers(self.campaign.region_path(team.region)):
            return {}
        return self.store.roles.names(self.campaign.id, [entry.by for entry in entries])
