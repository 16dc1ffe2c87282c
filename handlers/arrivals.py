"""How people come to the account: they follow it, or scan a code that stands for a campaign or a team."""

from dataclasses import replace

from handlers import texts
from handlers.farewell import FAREWELL
from handlers.meant import going_on, named_now
from handlers.messages import Context, Reply
from handlers.proposals import for_a_yes, propose
from handlers.router import Router
from handlers.running import offered, registers
from handlers.writes import Bind
from storage.campaign_schema import Campaign

router = Router()


@router.event("subscribe")
def follow(ctx: Context) -> Reply:
    """She follows the account, by the code of a scene or without one; what she left behind earlier is gone by then."""
    ctx.store.erasure.finish(ctx.person, ctx.now, FAREWELL)
    campaigns = offered(ctx.offered, ctx.now)
    registering = texts.arrivals.to_register(not campaigns or any(registers(each, ctx.now) for each in campaigns))
    return _by_scene(ctx) or Reply(texts.arrivals.welcome(campaigns, ctx.chosen, registering))


@router.event("scan")
def scan(ctx: Context) -> Reply:
    """She follows already, and scans the code of a scene."""
    return _by_scene(ctx) or Reply(texts.arrivals.scene_over(), conversation=ctx.conversation)


@router.event("scancode_waitmsg")
def scanned_something(ctx: Context) -> Reply:
    """WeChat shows her that something is on its way until we answer; no menu of ours asks for a scan."""
    return Reply(texts.arrivals.nothing_to_scan(), conversation=ctx.conversation)


def _by_scene(ctx: Context) -> Reply | None:
    """The campaign of the code is the one that is meant from now on; of a team's code she is told the team."""
    scene = ctx.store.scenes.find(ctx.message.event_key)
    campaign = next((c for c in ctx.campaigns if scene and c.id == scene.campaign), None)
    if scene is None or campaign is None:
        return None
    ctx.spoken_of.add(campaign.id)
    if scene.invitation:
        return _by_invitation(ctx, campaign, scene.invitation)
    meant = named_now(ctx, campaign, None)
    teams = ctx.store.teams.many(campaign.id, [scene.team]) if scene.team else []
    teams = going_on(replace(ctx, chosen=campaign), teams)
    shown = [team for team in teams if team.status in ("active", "unclaimed")]
    if shown:
        return Reply(texts.arrivals.came_by_team(shown[0], campaign), remember=meant)
    return Reply(
        texts.arrivals.came_by_campaign(campaign, texts.arrivals.to_register(registers(campaign, ctx.now))),
        remember=meant,
    )


def _by_invitation(ctx: Context, campaign: Campaign, code: str) -> Reply:
    """A scan is no yes: she is asked once. None can be asked to accept what was accepted, or has lapsed."""
    invitation = ctx.store.people.invitation(campaign.id, code)
    if invitation is None or invitation.until < ctx.now:
        return Reply(texts.arrivals.scene_over(), conversation=ctx.conversation)
    asked = texts.roles.ask_to_bind(campaign, invitation.grant, invitation.name)
    return for_a_yes(asked, propose(replace(ctx, chosen=campaign), Bind(code)))
