"""接龙 永善县: the present figures of a county as a 接龙, to paste back into a group, where it is public.

So it holds what everybody may see and no more: no team that told nothing, none beyond the places that are public, none
that is too small. Pasted back to the bot it is read as the figures that stand, and changes nothing.
"""

from collections.abc import Sequence

from handlers import texts
from handlers.chain_teams import Teams
from handlers.hearing import ear_of
from handlers.jurisdiction import require_role, scopes_of
from handlers.language.names import find_region
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.understand.reading import read
from handlers.understand.readings import Chain, Row
from storage.models.teams import Team

router = Router()
MORE = "chain"
"""What `Person.more` begins with where such a text goes on: `chain|scope|start|number`."""
AT_ONCE = 40
"""Teams that are read for one message: more have no room in it."""


@router.intent("chain_text")
def chain_of_a_place(ctx: Context) -> Reply:
    """The first message of the text of a place that she names, or of her only one."""
    require_role(ctx)
    scopes = scopes_of(ctx, find_region(ctx.campaign, ctx.args)[0])
    if len(scopes) > 1:
        raise UserError(texts.chain_texts.which_region([ctx.campaign.region(s.partition(":")[2]) for s in scopes]))
    return _message(ctx, scopes[0])


def turn(ctx: Context, place: str) -> Reply:
    """The next message: `scope|start|number`. What she may see is looked at anew."""
    scope, start, number = place.split("|")
    if not ctx.membership.covers(ctx.campaign.region_path(scope.partition(":")[2])):
        raise UserError(texts.leaderboard.nothing_more())
    return _message(ctx, scope, int(start), int(number))


def _message(ctx: Context, scope: str, start: int = 0, number: int = 1) -> Reply:
    """One message, a 接龙 of its own: from place `start` of the ranking on, its first line numbered `number`."""
    campaign, region = ctx.campaign, scope.partition(":")[2]
    if campaign.progress == "items":
        raise UserError(texts.chain_texts.counts_items(campaign))
    if not campaign.ranking.public:
        raise UserError(texts.chain_texts.not_public())
    teams, size = _public_teams(ctx, scope, start)
    if not teams:
        return Reply(texts.chain_texts.nothing_yet(campaign, region), remember={"more": None})
    room = texts.wording.REPLY_BYTES - len(texts.chain_texts.head(campaign, region, ctx.now, goes_on=True).encode())
    lines, end = list[str](), start
    for team, by_name in zip(teams, _read_by_name(ctx, teams), strict=True):
        line = texts.chain_texts.line(campaign, number + len(lines), team, by_name)
        if len("\n".join([*lines, line]).encode()) > room:
            break
        lines += [line] if campaign.shows(team.donations) else []
        end += 1
    head = texts.chain_texts.head(campaign, region, ctx.now, goes_on=end < size)
    more = f"{MORE}|{scope}|{end}|{number + len(lines)}" if end < size else None
    return Reply("\n".join([head, *lines]), remember={"more": more})


def _public_teams(ctx: Context, scope: str, start: int) -> tuple[Sequence[Team], int]:
    """The teams from `start` on that told anything and whose places are public, and how many there are in all."""
    campaign, boards, day = ctx.campaign, ctx.store.boards, ctx.campaign.local(ctx.now).date()
    size = boards.raised(campaign.id, "amount", scope, day)
    if top := campaign.ranking.top:
        size = min(size, boards.leading(campaign.id, "amount", scope, day, top))
    standings = boards.top(campaign.id, "amount", scope, day, start, min(AT_ONCE, max(0, size - start)))
    return ctx.store.teams.by_numbers(campaign.id, [standing.number for standing in standings]), size


def _read_by_name(ctx: Context, teams: Sequence[Team]) -> list[bool]:
    """Of each team whether our own reader finds it by its name in such a line; the others need their code beside it."""
    head = texts.chain_texts.head(ctx.campaign, "", ctx.now, goes_on=False)
    lines = [texts.chain_texts.line(ctx.campaign, at, team, by_name=True) for at, team in enumerate(teams, start=1)]
    listed = read("\n".join([head, *lines]), ear_of(ctx))
    rows = listed.progress if isinstance(listed, Chain) else ()
    found = Teams(ctx, rows)
    named = {row.place: _code(found, row) for row in rows}
    return [named.get(at) == team.code for at, team in enumerate(teams, start=1)]


def _code(found: Teams, row: Row) -> str:
    """The code of the team of a line; '' for none, or where several are called so."""
    try:
        return found.team(row)[0].code
    except UserError:
        return ""
