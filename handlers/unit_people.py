"""分管领导 联络员 舆情专人: whom a unit names besides its captain, for those with authority over its team."""

from collections.abc import Mapping
from functools import partial

from handlers import texts
from handlers.acts import unit_people as acts
from handlers.acts.actor import Actor
from handlers.jurisdiction import covers
from handlers.meant import spoke_of
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.team_acts import named_team
from handlers.wishes.people import named_to_a_post, takes_out
from handlers.wishes.slots import begins_with_printed
from storage.models.people import Card, Post, UnitPerson
from storage.models.teams import Team

router = Router()
EXAMPLE = "0012 王某 13900000000"
_ON_THE_ROSTER: Mapping[Post, str] = {"leader": "leader", "liaison": "liaison", "watch": "incidents"}


def name_or_show(post: Post, ctx: Context) -> Reply:
    """`联络员 0012 王某 13900000000` names her, `联络员 0012 删除` takes her out; without a name, who stands there.

    For the liaison a code is printed, by which she can be written to.
    """
    actor = Actor(ctx.store, ctx.campaign, ctx.author(post), ctx.membership)
    if done := ctx.store.unit_people.done(ctx.campaign.id, actor.author.op_id):
        return _told(ctx, post, *done, removed=takes_out(ctx.args))
    team, said = _team(ctx, post)
    if takes_out(said):
        acts.remove(actor, team, post)
        return _told(ctx, post, team, "", removed=True)
    if not said:
        return _standing(ctx, actor, team, post)
    return _told(ctx, post, team, acts.name(actor, team, post, _named(post, said)), removed=False)


def _standing(ctx: Context, actor: Actor, team: Team, post: Post) -> Reply:
    """Who stands in the post, else whom the roster names to it; a liaison who has not bound herself gets a new code."""
    named = ctx.store.unit_people.of(ctx.campaign.id, team.code).get(post)
    if named is None:
        listed = _on_the_roster(ctx, team, post)
        return _told(ctx, post, team, acts.name(actor, team, post, listed), removed=False)
    if post != "liaison" or named.person:
        return Reply(texts.unit_people.stands(team, post, named), remember=spoke_of(ctx, team))
    return _told(ctx, post, team, acts.make_code(actor, team), removed=False)


def _on_the_roster(ctx: Context, team: Team, post: Post) -> UnitPerson:
    """Whom the roster names for the unit of a team. Raises `UserError` where nobody is named there either."""
    listing = ctx.store.roster.get(ctx.campaign.id, f"{team.unit_key}|{team.region}")
    card: Card = getattr(listing.people, _ON_THE_ROSTER[post]) if listing else Card()
    if not card.name:
        raise UserError(texts.unit_people.nobody_named(team, post))
    return UnitPerson(name=card.name, phone=card.phone)


def _told(ctx: Context, post: Post, team: Team, code: str, *, removed: bool) -> Reply:
    said = texts.unit_people.removed(team, post) if removed else texts.unit_people.named(ctx.campaign, team, post, code)
    return Reply(said, remember=spoke_of(ctx, team))


def _team(ctx: Context, post: Post) -> tuple[Team, str]:
    """The team that is meant, where she has authority over it, and what is said besides. Raises `UserError`."""
    if not (ctx.membership.codes or ctx.membership.roles):
        raise UserError(texts.unit_people.of_captains_and_coordinators(post, ctx.campaign))
    team, said = named_team(ctx, texts.naming.POST_NAMES[post], EXAMPLE)
    if ctx.person.id not in team.captains and not covers(ctx, team):
        raise UserError(texts.acts.not_yours_to_change(team, ctx.campaign))
    return team, said


def _named(post: Post, said: str) -> UnitPerson:
    """A name and perhaps a telephone. Raises `UserError` for anything else."""
    named = named_to_a_post(said)
    if named is None:
        raise UserError(texts.acts.how_to(texts.naming.POST_NAMES[post], EXAMPLE))
    return UnitPerson(name=named.name, phone=named.phone)


_POSTS: tuple[Post, ...] = ("liaison", "leader", "watch")
for _post in _POSTS:
    _summary = "联络员 / 分管领导 / 舆情专人 编号 姓名 电话" if _post == "liaison" else ""
    router.command(
        texts.naming.POST_NAMES[_post], summary=_summary, audience="captain", aside=True, accepts=begins_with_printed
    )(partial(name_or_show, _post))
