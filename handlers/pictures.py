"""海报, 我队海报, 感谢状: a picture to forward. The worker draws it; whoever asks first has it seconds later."""

from handlers import texts
from handlers.bulletins.edition import Edition
from handlers.choices import TeamNeeded, going_on, spoke_of, team_meant
from handlers.jurisdiction import covers
from handlers.messages import Context, Reply, ShownCard, ShownPicture, UserError
from handlers.notices import notification
from handlers.posters.drawing import can_draw
from handlers.router import Router
from handlers.team_cards import teams_called
from handlers.understand.picture_requests import AskedPicture, asked_picture
from storage.campaign_schema import Campaign
from storage.models import Notification, Team
from storage.pictures import Picture
from storage.snapshots import Snapshot

router = Router()
JOB = "picture"
OF_THE_MOMENT = "moment"
"""The job of a snapshot that no push took: somebody asked for a poster before the first issue."""


@router.command("海报", summary="海报 / 我队海报 / 感谢状：可转发的图片", aside=True)
@router.command("我队海报", "本队海报", "感谢状", "感谢信", aside=True)
@router.intent("picture")
def show_picture(ctx: Context) -> Reply:
    """The newest bulletin's poster, a team's card, or a certificate of thanks for its unit."""
    asked = asked_picture(ctx.message.text) or AskedPicture("bulletin", "light")
    if not can_draw():
        return Reply(texts.pictures.cannot_draw())
    if asked.kind == "bulletin":
        return _poster(ctx, asked)
    if ctx.campaign.progress == "items":
        raise UserError(texts.pictures.no_money_here(ctx.campaign))
    ctx, team = _team(ctx, asked)
    picture = Picture(campaign=ctx.campaign.id, kind=asked.kind, of=f"{team.code}@{team.version}", theme=asked.theme)
    title = texts.pictures.title_of_team(asked.kind, team)
    reply = _handed(ctx, picture, title, address(ctx.site.address, picture, ctx.store.pictures.token(picture)))
    return Reply(reply.text, remember=spoke_of(ctx, team), shown=reply.shown)


def poster_of(snapshot: Snapshot, campaign: Campaign, theme: str = "") -> Picture:
    """An issue's poster, in the campaign's colours unless others are asked for."""
    return Picture.model_validate(
        {
            "campaign": campaign.id,
            "kind": "bulletin",
            "of": snapshot.name,
            "theme": theme or campaign.bulletin.theme,
        }
    )


def seen_by_all(campaign: Campaign) -> bool:
    """Whether its newest poster has an address that everybody knows."""
    return campaign.ranking.public and not campaign.practice


def address(site: str, picture: Picture, token: str) -> str:
    """Where a picture of one person's, or of a campaign that ranks nobody in public, is seen; '' without pages."""
    return f"{site}/board/{picture.campaign}/poster-{token}.png" if site else ""


def announcement(
    notice_id: str, campaign: Campaign, person: str, picture: Picture, text: str, link: str, ctx: Context
) -> Notification:
    """What brings a picture to who asked for it, once it is drawn."""
    told = notification(notice_id, campaign, JOB, person, text, ctx.now)
    return told.model_copy(update={"asked": True, "picture": picture.name, "link": link})


def _poster(ctx: Context, asked: AskedPicture) -> Reply:
    campaign, snapshots = ctx.campaign, ctx.store.snapshots
    issue = snapshots.newest(campaign.id)
    shot = issue or snapshots.take(snapshots.draft(campaign, OF_THE_MOMENT, ctx.now, ctx.now), numbered=False)
    picture = poster_of(shot, campaign, asked.theme if asked.theme == "dark" else "")
    if issue and seen_by_all(campaign):
        link = f"{ctx.site.address}/board/{campaign.id}/poster.png" if ctx.site.address else ""
        link += "?theme=dark" if link and asked.theme == "dark" else ""
    else:
        link = address(ctx.site.address, picture, ctx.store.pictures.token(picture))
    return _handed(ctx, picture, texts.bulletin.issue_name(Edition.of(campaign, shot)), link)


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


def _handed(ctx: Context, picture: Picture, title: str, link: str) -> Reply:
    """The picture in the reply where the account has it, a card to its page where it is drawn, else the way to it."""
    pictures, sends = ctx.store.pictures, ctx.site.sends_pictures
    about = texts.pictures.about(ctx.campaign)
    if sends and (media := pictures.media(picture)):
        return Reply(shown=ShownPicture(media))
    if link and pictures.is_drawn(picture):
        return Reply(shown=ShownCard(title, about, link, link))
    if not (sends or link):
        return Reply(texts.pictures.nowhere_to_show())
    op, told = ctx.author(JOB).op_id, f"{title}\n{about}"
    waits = [announcement(f"{op}/told", ctx.campaign, ctx.person.id, picture, told, link, ctx)] if sends else []
    pictures.want(picture, waits)
    return Reply(texts.pictures.on_its_way(title, link, sends=sends))
