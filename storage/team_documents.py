"""What is kept of a team, and how a plan changes it."""

from storage.ledger import LEDGER, Plan
from storage.liaisons import field_of
from storage.models.people import POSTS
from storage.models.teams import Team


def team_of(doc: str, number: str | None) -> Team:
    """A team from its stored document, which has everything but its number, and the number it was given."""
    return Team.model_validate_json(f'{doc[:-1]},"number":{int(number)}}}' if number else doc)


def holds_its_name(team: Team) -> bool:
    """Whether nobody else may register the team's unit in its project."""
    return team.status in ("active", "unclaimed", "pending")


def name_of(team: Team) -> str:
    """The field of the name index: a unit stands once in a project of a region."""
    return f"{team.unit_key}|{team.region}|{team.project}"


def rewrite(plan: Plan, before: Team, after: Team) -> Team:
    """Add the change of one team to a plan, on the condition that it is still as it was read."""
    changed = after.model_copy(update={"version": before.version + 1})
    supersede(plan, before, changed)
    return changed


def supersede(plan: Plan, before: Team, after: Team) -> str:
    """The same for a team that has its next version already. Returns the document that is kept of it."""
    plan.expect(plan.keys.team(plan.campaign, before.code), "version", str(before.version))
    return write_team(plan, after)


def write_team(plan: Plan, team: Team) -> str:
    key = plan.keys.team(plan.campaign, team.code)
    doc = team.model_dump_json(exclude={"number"}, exclude_defaults=True)
    plan.effect("HSET", key, "doc", doc, "version", team.version, "ledger", LEDGER)
    plan.effect("RPUSH", plan.keys.history(plan.campaign, team.code), LEDGER)
    return doc


def withdraw(plan: Plan, team: Team) -> None:
    """Add to a plan that a waiting team is out: its name is free again, unless another team holds it.

    What its unit told of its people goes.
    """
    forget_people(plan, team)
    plan.effect("SREM", plan.keys.waiting(plan.campaign), team.code)
    if not team.twin:
        plan.effect("HDEL", plan.keys.names(plan.campaign), name_of(team))
    plan.effect("SREM", plan.keys.unit(plan.campaign, team.unit_key), team.code)


def forget_people(plan: Plan, team: Team) -> None:
    """Add to a plan that what a unit told of its people goes."""
    fields = [field_of(team.code, post) for post in POSTS]
    plan.effect("HDEL", plan.keys.unit_people(plan.campaign), *fields)
