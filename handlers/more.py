"""更多: the next page of the list that she looked at last; its place is remembered with the person."""

from collections.abc import Callable, Mapping

from handlers import chain_texts, differences, leaderboard, reviews, team_lists, texts
from handlers.messages import Context, Reply
from handlers.router import Router

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
    kind, _, place = ctx.person.more.partition("|")
    turn = _LISTS.get(kind)
    return turn(ctx, place) if turn else Reply(texts.leaderboard.nothing_more())
