"""更多: the next page of the list that she looked at last; its place is remembered with the person."""

from collections.abc import Callable, Mapping

from handlers import chain_texts, differences, leaderboard, reviews, team_lists, texts
from handlers.messages import Context, Reply
from handlers.router import Router
from handlers.running import registers
from handlers.wishes.how_to import asks_what_next

router = Router()
_LISTS: Mapping[str, Callable[[Context, str], Reply]] = {
    leaderboard.MORE: leaderboard.turn,
    team_lists.MORE: team_lists.turn,
    reviews.MORE: reviews.turn,
    differences.MORE: differences.turn,
    chain_texts.MORE: chain_texts.turn,
}
"""Which list a place belongs to, by the word that it begins with."""


@router.command("更多", "下一页", aside=True)
@router.intent("more")
def show_more(ctx: Context) -> Reply:
    """The next page; `然后呢` where no list goes on is what there is to do now."""
    kind, _, place = ctx.person.more.partition("|")
    turn = _LISTS.get(kind)
    if turn:
        return turn(ctx, place)
    if ctx.chosen and asks_what_next(ctx.message.text):
        return Reply(what_next(ctx))
    return Reply(texts.leaderboard.nothing_more())


def what_next(ctx: Context) -> str:
    """What there is to do now for whoever asks: as a captain, with a role, or as neither."""
    campaign, codes = ctx.campaign, ctx.membership.codes
    teams = ctx.store.teams.many(campaign.id, codes)
    if ctx.membership.roles and not teams:
        return texts.welcome.next_for_coordinators()
    if not teams:
        return texts.welcome.next_without_a_team(campaign, registers(campaign, ctx.now))
    return texts.welcome.next_for_captains(campaign, reported=all(team.reported for team in teams))
