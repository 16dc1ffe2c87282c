"""One team's card, by its code or its unit's name, and the telephone of its captain.

Its captains see what 我的队伍 shows, coordinators of its region also captain and telephone, and everybody else what
the ranking of the campaign makes public. That a telephone was shown stands in the ledger.
"""

from handlers import texts
from handlers.acts.actor import Actor
from handlers.alike import offer
from handlers.jurisdiction import covers
from handlers.language.names import unit_key
from handlers.language.telephones import without_words_of_calling
from handlers.leaderboard import public_place
from handlers.meant import going_on, spoke_of
from handlers.messages import Context, Reply, UserError
from handlers.my_team import own_card
from handlers.regional import called, led_by
from handlers.router import Router
from handlers.rulebook.named import contacts_in
from handlers.running import registers
from handlers.wishes.slots import code_called
from storage.database import StorageRefused
from storage.ledger import Changed, NotAllowed
from storage.models.people import Card
from storage.models.teams import Team

router = Router()
CARDS = 4
"""How many teams of one unit are shown in one reply."""


@router.intent("look")
def look(ctx: Context) -> Reply:
    """A code or a unit's name, and nothing else."""
    return look_up(ctx, ctx.args)


def look_up(ctx: Context, said: str) -> Reply:
    """The card of the team with a code, or of each team of a unit. Raises `UserError` where nothing may be shown."""
    teams = going_on(ctx, teams_called(ctx, said) or called(ctx, said))
    if len({team.unit_key for team in teams}) > 1:
        today = ctx.campaign.local(ctx.now).date()
        rows = [texts.team_lists.team_row(ctx.campaign, team, today) for team in teams]
        return Reply(texts.team_cards.several_called(said, rows))
    cards = [card for team in teams[:CARDS] if (card := _card(ctx, team))]
    if not cards:
        raise UserError(_nothing_to_show(ctx, said))
    shown = texts.wording.within(cards, texts.wording.REPLY_BYTES)
    rest = [texts.team_cards.more_of_unit(len(teams) - len(shown))] if len(shown) < len(teams) else []
    return Reply("\n\n".join([*shown, *rest]), remember=_remembered(ctx, teams))


def looked_up(ctx: Context) -> Reply | None:
    """A coordinator's line that is nothing else and calls teams of her region; None for any other."""
    return look_up(ctx, ctx.args) if ctx.chosen and called(ctx, ctx.args) else None


def teams_called(ctx: Context, said: str) -> list[Team]:
    """The team with a code in any of its spellings, or the teams of the unit with a name."""
    if code := code_called(said):
        return ctx.store.teams.many(ctx.campaign.id, [code])
    key = unit_key(ctx.campaign, said)
    return ctx.store.teams.named(ctx.campaign.id, key) if key else []


def telephone_of(ctx: Context, said: str) -> Reply | None:
    """Whom a coordinator calls about the team that she names; None where she has no role or names none."""
    if not ctx.membership.roles:
        return None
    named = without_words_of_calling(said)
    public = contacts_in(ctx.campaign, said)
    teams = going_on(ctx, teams_called(ctx, named) or ([] if public else led_by(ctx, named) or called(ctx, named)))
    if not teams:
        return None
    hers = [team for team in teams if covers(ctx, team)]
    if not hers:
        raise UserError(texts.team_cards.no_telephone_of(teams[0], ctx.campaign))
    lines = [texts.team_cards.captain_line(team, _shown(ctx, team, i)) for i, team in enumerate(hers[:CARDS])]
    return Reply("\n".join(lines), remember=_remembered(ctx, hers))


def _card(ctx: Context, team: Team) -> str:
    """What of a team she may see; '' for nothing."""
    leads = ctx.person.id in team.captains
    if not leads and not covers(ctx, team):
        return public_place(ctx, team)
    [sight] = ctx.store.team_sights.of(ctx.campaign, [team], ctx.person.openid)
    lines = [own_card(ctx, sight)]
    if not leads:
        last = Actor(ctx.store, ctx.campaign, ctx.author("card"), ctx.membership).last_change(team)
        lines += texts.team_cards.for_coordinators(team, last, _shown(ctx, team))
    lines += texts.unit_people.lines(ctx.store.unit_people.of(ctx.campaign.id, team.code))
    return "\n".join(lines if leads else [*lines, *offer(ctx, team)])


def _shown(ctx: Context, team: Team, line: int = 0) -> list[Card] | None:
    """What its captains left of themselves; that she was shown it is written down first.

    None while that cannot be written. Raises `UserError` where her role has gone meanwhile.
    """
    author = ctx.author(f"card-{team.code}", line)
    try:
        return ctx.store.disclosures.cards(ctx.campaign, author, ctx.membership, team)
    except (NotAllowed, Changed):
        raise UserError(texts.coordinators.coordinators_only(ctx.campaign)) from None
    except StorageRefused:
        return None


def _nothing_to_show(ctx: Context, said: str) -> str:
    leads, role = bool(ctx.membership.codes), bool(ctx.membership.roles)
    open_to_her = registers(ctx.campaign, ctx.now)
    if code_called(said) and (leads or role):
        return texts.team_cards.no_such_code(said, leads=leads, role=role)
    if code_called(said):
        return texts.team_cards.no_code_of_a_team(said, ctx.campaign, open_to_her)
    if role:
        return texts.team_cards.nobody_called_so(said)
    return texts.team_cards.none_to_see(said, ctx.campaign, open_to_her)


def _remembered(ctx: Context, teams: list[Team]) -> dict[str, str | None]:
    """A look-up by name counts as having named the team."""
    return spoke_of(ctx, teams[0]) if len(teams) == 1 and covers(ctx, teams[0]) else {}
