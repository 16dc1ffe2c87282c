"""Her message as it is read: what a reader may know of her, and the message as one want."""

from handlers.language.text import squash
from handlers.language.words import Intent
from handlers.meant import names_of
from handlers.messages import NOBODY, Context
from handlers.understand.ear import Ear
from handlers.understand.heads import Heads
from handlers.understand.reading import read_as
from handlers.understand.readings import Reading, intent_of
from storage.campaign_schema import Campaign

NO_WORDS: Heads = {}
"""Nothing in a message is taken for a word of the bot."""
IN_ANY_CAMPAIGN: frozenset[Intent] = frozenset({"report", "nothing", "unknown"})
"""Wants that are answered before it is clear which campaign is meant."""


def ear_of(ctx: Context) -> Ear:
    """What a reader may know of her in the campaign that is meant."""
    return ear_in(ctx, ctx.campaign)


def ear_in(ctx: Context, campaign: Campaign, heads: Heads = NO_WORDS, answering: bool = False) -> Ear:
    """What a reader may know of her: the campaign, her teams in it, its local time; `heads`, `answering`: see `Ear`."""
    hers = ctx.memberships.get(campaign.id, NOBODY)
    return Ear(
        campaign,
        tuple(ctx.own_teams(campaign)),
        campaign.local(ctx.now),
        coordinates=bool(hers.roles),
        taught=ctx.store.campaigns.taught(),
        heads=heads,
        answering=answering,
        drives=frozenset(squash(name) for drive in ctx.campaigns if drive.practice for name in names_of(drive)),
    )


def said_as(ctx: Context, want: Intent, behind: str | None = None) -> Reading:
    """Her message as a want: as it was read, or as that where she typed its word or chose it. `behind`: see `read_as`.

    A report is read in the first campaign where none is clear yet, for a team's number may name one.
    """
    if ctx.reading is not None and intent_of(ctx.reading) == want:
        return ctx.reading
    campaign = ctx.offered[0] if ctx.chosen is None and want in IN_ANY_CAMPAIGN else ctx.campaign
    return read_as(want, ctx.message.text, ear_in(ctx, campaign), behind)
