"""Who may write to a team: what a plan relies on, compared inside the write with what was read."""

from storage.campaign_schema import Campaign
from storage.keys import Keys
from storage.ledger import Author, Closed, Frozen, NotAllowed, Plan
from storage.models.people import Membership
from storage.models.teams import Team


def require_authority(plan: Plan, campaign: Campaign, team: Team, membership: Membership, person: str) -> None:
    """A captain of the team, or a coordinator whose region contains it; relied on inside the write.

    The team's captains are covered by its version; a role is compared with what was read. Raises `NotAllowed`, also
    for a team that is off the lists: it neither reports nor is it changed; and `Closed` for whoever is none but a
    captain once the campaign is closed.
    """
    if team.status in ("disabled", "merged"):
        raise NotAllowed
    if campaign.closed and not membership.covers(campaign.region_path(team.region)):
        raise Closed(campaign.id)
    if campaign.closed or person not in team.captains:
        rely_on_role(plan, campaign, membership, team.region)


def rely_on_state(plan: Plan, campaign: Campaign) -> None:
    """Figures are still written to: whether the campaign goes on is compared inside the write with what was read.

    Raises `Frozen`.
    """
    if campaign.frozen:
        raise Frozen(campaign.id)
    plan.expect(plan.keys.state(plan.campaign), "state", campaign.state)


def rely_on_final_authority(plan: Plan, campaign: Campaign, membership: Membership, region: str) -> None:
    """What moves a team's figures: once they are final, an organizer's role that reaches it. Raises `Frozen`."""
    if campaign.frozen and not organizes(campaign, membership, region):
        raise Frozen(campaign.id)
    plan.expect(plan.keys.state(plan.campaign), "state", campaign.state)


def rely_on_role(plan: Plan, campaign: Campaign, membership: Membership, region: str) -> None:
    """A role that reaches the region, compared inside the write with what was read. Raises `NotAllowed`."""
    if not membership.covers(campaign.region_path(region)):
        raise NotAllowed
    plan.expect(plan.keys.roles(plan.campaign), plan.author.person, membership.roles)


def deciding(
    keys: Keys, campaign: Campaign, author: Author, membership: Membership, team: Team, matter: str, kind: str
) -> Plan:
    """What a coordinator decides on a matter of a team, by its number. Raises `NotAllowed`."""
    plan = Plan(keys, campaign.id, author, kind, team.code, {"matter": matter})
    rely_on_role(plan, campaign, membership, team.region)
    plan.values |= office_of(campaign, membership, team, author.person)
    return plan


def organizes(campaign: Campaign, membership: Membership, region: str) -> bool:
    """Whether an organizer's role of hers reaches a place."""
    path = campaign.region_path(region)
    return any(g.role == "organizer" and (not g.region or g.region in path) for g in membership.grants)


def office_of(campaign: Campaign, membership: Membership, team: Team, person: str) -> dict[str, str]:
    """What the ledger keeps of whoever acts on another's team: the role, and the region it is for."""
    if not membership.roles or person in team.captains:
        return {}
    grant = membership.grant_over(campaign.region_path(team.region))
    return {"office": f"{grant.role}:{grant.region}"} if grant else {}
