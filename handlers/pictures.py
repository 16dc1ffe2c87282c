"""海报, 我队海报, 感谢状: a picture to forward. The worker draws it; whoever asks first has it seconds later."""

from datetime import timedelta

from handlers import texts
from handlers.bulletins.edition import Edition
from handlers.jurisdiction import covers
from handlers.meant import TeamNeeded, going_on, spoke_of, team_meant
from handlers.messages import Context, Reply, ShownCard, ShownPicture, UserError
from handlers.notices import notification
from handlers.posters.drawing import can_draw
from handlers.posters.themes import ThemeName
from handlers.router import Router
from handlers.team_cards import teams_called
from handlers.wishes.pictures import AskedPicture, asked_picture, heard_picture
from storage import Store
from storage.campaign_schema import Campaign
from storage.heard import LISTED
from storage.models.pushes import Notification
from storage.models.teams import Team
from storage.pictures import Picture
from storage.snapshots import Snapshot

router = Router()
JOB = "picture"
OF_THE_MOMENT = "moment"
"""The job of a snapshot that no push took: somebody asked for a poster before the first issue."""
MOMENT_MINUTES = 10


@router.command("海报", summary="海报 / 我队海报 / 感谢状：可转发的图片", aside=True)
@router.command("我队海报", "本队海报", "感谢状", "感谢信", aside=True)
@router.intent("picture")
def show_picture(ctx: Context) -> Reply:
    """The newest bulletin's poster, a team's card, or a certificate of thanks for its unit."""
    asked = asked_picture(ctx.message.text) or heard_picture(ctx.message.text)
    if not can_draw():
        return Reply(texts.pictures.cannot_draw())
    if asked.kind == "bulletin":
        return _poster(ctx, asked)
    if ctx.campaign.progress == "items":
        raise UserError(texts.pictures.no_money_here(ctx.campaign))
    ctx, team = _team(ctx, asked)
    if team.status not in LISTED:
        raise UserError(texts.acts.off_the_lists(team, ctx.campaign))
    theme = asked.theme or ctx.campaign.bulletin.theme
    picture = Picture(campaign=ctx.campaign.id, kind=asked.kind, of=f"{team.code}@{team.version}", theme=theme)
    title = texts.pictures.title_of_team(asked.kind, team)
    reply = _handed(ctx, picture, title)
    return Reply(reply.text, remember=spoke_of(ctx, team), shown=reply.shown)


def poster_of(snapshot: Snapshot, campaign: Campaign, theme: ThemeName | None = None) -> Picture:
    """An issue's poster, in the campaign's colours unless others are asked for."""
    return Picture(campaign=campaign.id, kind="bulletin", of=snapshot.name, theme=theme or campaign.bulletin.theme)


def seen_by_all(campaign: Campaign) -> bool:
    """Whether its newest poster has an address that everybody knows."""
    return campaign.ranking.public and not campaign.practice


def address_of(store: Store, campaign: Campaign, picture: Picture) -> str:
    """The path under which a picture is seen: the newest poster's own where all may see it, else one nobody guesses."""
    newest = store.snapshots.newest(campaign.id)
    if newest and picture.kind == "bulletin" and picture.of == newest.name and seen_by_all(campaign):
        colours = "" if picture.theme == campaign.bulletin.theme else f"?theme={picture.theme}"
        return f"/board/{campaign.id}/poster.png{colours}"
    return f"/board/{campaign.id}/poster-{store.pictures.token(picture)}.png"


def may_be_seen(store: Store, picture: Picture) -> bool:
    """Whether what it shows is on the lists now; a bulletin's picture always may."""
    if picture.team is None:
        return True
    return any(team.status in LISTED for team in store.teams.many(picture.campaign, [picture.team]))


def newest_poster(store: Store, campaign: Campaign) -> str:
    """The path of the newest issue's poster; '' before the first, and where none can be drawn."""
    issue = store.snapshots.newest(campaign.id)
    return address_of(store, campaign, poster_of(issue, campaign)) if issue and can_draw() else ""


def _poster(ctx: Context, asked: AskedPicture) -> Reply:
    campaign, snapshots = ctx.campaign, ctx.store.snapshots
    shot = snapshots.newest(campaign.id) or _of_the_moment(ctx)
    picture = poster_of(shot, campaign, asked.theme)
    return _handed(ctx, picture, texts.bulletin.issue_name(Edition.of(campaign, shot)))


def _of_the_moment(ctx: Context) -> Snapshot:
    """The figures of these ten minutes: whoever asks within them has the same picture."""
    snapshots, minute = ctx.store.snapshots, ctx.now.replace(second=0, microsecond=0)
    begun = minute - timedelta(minutes=minute.minute % MOMENT_MINUTES)
    return snapshots.take(snapshots.draft(ctx.campaign, OF_THE_MOMENT, begun, ctx.now), numbered=False)


def _team(ctx: Context, asked: AskedPicture) -> tuple[Context, Team]:
    """The team whose picture it is: hers, or one of her region's. Raises `UserError`, `TeamNeeded`."""
    if not asked.unit:
        return team_meant(ctx, asked.code or None, ctx.message.text)
    teams = going_on(ctx, teams_called(ctx, asked.unit))
    hers = [team for team in teams if ctx.person.id in team.captains or covers(ctx, team)]
    if not hers:
        raise UserError(texts.pictures.not_yours())
    if len(hers) > 1:
        raise TeamNeeded(hers)
    return ctx, hers[0]


def _handed(ctx: Context, picture: Picture, title: str) -> Reply:
    """The picture in the reply where the account has it, a card to its page where it is drawn, else the way to it."""
    pictures, sends = ctx.store.pictures, ctx.site.sends_pictures
    if sends and (media := pictures.media(picture)):
        return Reply(shown=ShownPicture(media))
    link = f"{ctx.site.address}{address_of(ctx.store, ctx.campaign, picture)}" if ctx.site.address else ""
    if link and pictures.is_drawn(picture):
        return Reply(shown=ShownCard(title, texts.pictures.about(ctx.campaign), link, link))
    if not (sends or link):
        return Reply(texts.pictures.nowhere_to_show())
    if pictures.crowded():
        return Reply(texts.pictures.crowded())
    pictures.want(picture, [_told(ctx, picture, title, link)] if sends else [])
    return Reply(texts.pictures.on_its_way(title, link, sends=sends))


def _told(ctx: Context, picture: Picture, title: str, link: str) -> Notification:
    """What brings it to who asked for it, once it is drawn."""
    text = texts.pictures.is_drawn(ctx.campaign, title, picture.kind)
    told = notification(f"{ctx.author(JOB).op_id}/told", ctx.campaign, JOB, ctx.person.id, text, ctx.now)
    return told.model_copy(update={"asked": True, "picture": picture.name, "link": link})
