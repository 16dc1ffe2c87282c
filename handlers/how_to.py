"""How one thing is done, told to whoever asks; what has ended for her is said to have ended."""

from handlers import texts
from handlers.hearing import said_as
from handlers.messages import Context, Reply
from handlers.understand.readings import Counts

_ENDS_WITH_THE_CAMPAIGN = frozenset({"report", "correct", "retract", "restore", "register", "claim"})


def how_to(ctx: Context, verb: str) -> Reply:
    """The line or two that say how; a captain of a closed campaign is told that it is closed."""
    if ctx.chosen and ctx.chosen.closed and verb in _ENDS_WITH_THE_CAMPAIGN and not ctx.membership.roles:
        return Reply(texts.campaigns.closed(ctx.chosen))
    return Reply(_how_to_report(ctx) if verb == "report" else texts.welcome.how_to(verb, ctx.chosen))


def _how_to_report(ctx: Context) -> str:
    """How a report is said in her campaign; money is told to be none of what is counted there."""
    if ctx.campaign.progress == "money":
        return texts.reports.how_to_report()
    said = said_as(ctx, "report")
    if isinstance(said, Counts) and said.said.money:
        return texts.counts.money_not_reported(ctx.campaign)
    return texts.counts.how_to_count(ctx.campaign)
