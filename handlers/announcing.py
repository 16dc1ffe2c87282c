"""催报 and 通知: a coordinator speaks to the captains of her region, after a look at whom and one yes.

Reminders speak of reports, never of giving, and go to the teams not heard of today; a notice is hers, word for word.
"""

from typing import Literal

from handlers import texts
from handlers.acts import announcements as acts
from handlers.acts.actor import Actor
from handlers.jurisdiction import scopes_of
from handlers.meant import team_meant
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, proposal_of, propose
from handlers.regional import called
from handlers.router import Router
from handlers.wishes.notices import SaidNotice, is_kept_back, is_to_be_sent, said_notice, says_to_whom
from handlers.wishes.teams import AskedTeams, asked_teams, names_whom_to_remind, says_whom_to_remind
from handlers.writes import Announce, Proposal, Remind
from storage.announcements import Told
from storage.ledger import Author
from storage.models.teams import Team

router = Router()


@router.command("催", "催催", "催一催", audience="coordinator", accepts=says_whom_to_remind)
@router.command(
    "催报",
    "提醒未报",
    "催一下",
    "催下",
    summary="催报 [县区|编号]：请没消息的队长报一声",
    audience="coordinator",
    accepts=names_whom_to_remind,
)
def remind(ctx: Context) -> Reply:
    """Who is not heard of today, by what they are reached, and what they will read."""
    _require_role(ctx, texts.announcing.reminders_are_not_yours(ctx.campaign))
    said = asked_teams(ctx.campaign, ctx.args)
    if said.rest or said.which not in (None, "silent"):
        return _remind_one(ctx, _team(ctx, said))
    scopes = scopes_of(ctx, said.region)
    asked = acts.reminder_preview(_actor(ctx), ctx.site.reach, scopes)
    return for_a_yes(asked, propose(ctx, Remind(tuple(scopes))))


def _remind_one(ctx: Context, team: Team) -> Reply:
    asked = acts.team_reminder_preview(_actor(ctx), ctx.site.reach, team)
    return for_a_yes(asked, propose(ctx, Remind(team=team.code)))


def _team(ctx: Context, said: AskedTeams) -> Team:
    """The team of her region behind the word, by its code or by what it is called. Raises `UserError`."""
    if coded := ctx.slots.team:
        return team_meant(ctx, coded.code)[1]
    place = said.region.id if said.region else ""
    there = [team for team in called(ctx, said.rest) if place in ("", *ctx.campaign.region_path(team.region))]
    teams = called(ctx, ctx.args) or there
    if not teams:
        raise UserError(texts.announcing.no_such_region(ctx.args))
    if len(teams) > 1:
        raise UserError(texts.announcing.which_to_remind(teams))
    return teams[0]


@on_yes(router, Remind, reminder=texts.dialogues.REMIND, accepts=is_to_be_sent, declines=is_kept_back)
def send_reminder(ctx: Context, proposal: Proposal, write: Remind) -> Reply:
    author = ctx.confirming(proposal.id)
    told = ctx.store.announcements.done(ctx.campaign.id, author.op_id)
    if told is None and proposal.day != ctx.campaign.local(ctx.now).date():
        raise UserError(texts.dialogues.waited_too_long())
    return Reply(texts.announcing.reminded(told or _reminded(ctx, author, write)))


def _reminded(ctx: Context, author: Author, write: Remind) -> Told:
    actor = Actor(ctx.store, ctx.campaign, author, ctx.membership)
    if write.team:
        return acts.remind_team(actor, ctx.site.reach, ctx.store.teams.get(ctx.campaign.id, write.team))
    return acts.remind(actor, ctx.site.reach, write.scopes)


@router.command(
    "通知",
    "发通知",
    summary="通知 [县区] [未报|未达标] 内容：发给队长",
    audience="coordinator",
    accepts=says_to_whom,
)
def notify(ctx: Context) -> Reply:
    """Whom it reaches by what, and the words as they will be read.

    One that waits for her yes is dropped by another, also where this one cannot be sent: no yes shall send the first.
    """
    try:
        return _previewed(ctx)
    except UserError as error:
        waits = proposal_of(ctx.conversation).write if ctx.conversation and ctx.conversation.proposes else None
        if not isinstance(waits, Announce):
            raise
        return Reply(f"{error.text}\n{texts.announcing.dropped()}")


def _previewed(ctx: Context) -> Reply:
    _require_role(ctx, texts.announcing.notices_are_not_yours(ctx.campaign))
    said = said_notice(ctx.campaign, ctx.args)
    if said.code and ctx.store.teams.many(ctx.campaign.id, [said.code]):
        raise UserError(texts.announcing.goes_to_all(said.code))
    scopes, which = scopes_of(ctx, said.region), _which(ctx, said)
    words = texts.announcing.as_shown(said.words)
    asked = acts.notice_preview(_actor(ctx), ctx.site.reach, scopes, which, words)
    return for_a_yes(asked, propose(ctx, Announce(tuple(scopes), words, which)))


@on_yes(
    router,
    Announce,
    reminder=texts.dialogues.ANNOUNCE,
    accepts=is_to_be_sent,
    declines=is_kept_back,
    left=lambda _write: texts.announcing.kept_back(),
)
def send_notice(ctx: Context, proposal: Proposal, write: Announce) -> Reply:
    author = ctx.confirming(proposal.id)
    told = ctx.store.announcements.done(ctx.campaign.id, author.op_id)
    actor = Actor(ctx.store, ctx.campaign, author, ctx.membership)
    told = told or acts.announce(actor, ctx.site.reach, write.scopes, write.which, write.words)
    return Reply(texts.announcing.notified(told))


def _which(ctx: Context, said: SaidNotice) -> Literal["listed", "silent", "short"]:
    """The list of teams that it is for. Raises `UserError` where that is not clear, and where nobody would read it."""
    if said.unclear:
        raise UserError(texts.announcing.to_whom())
    if said.which == "silent" and not ctx.campaign.silence.list:
        raise UserError(texts.team_lists.silence_is_not_listed())
    match said.which:
        case None | "listed":
            return "listed"
        case "silent" | "short" as which:
            return which
        case nobodys:
            raise UserError(texts.announcing.not_led(nobodys))


def _require_role(ctx: Context, otherwise: str) -> None:
    if not ctx.membership.roles:
        raise UserError(otherwise)


def _actor(ctx: Context) -> Actor:
    return Actor(ctx.store, ctx.campaign, ctx.author("announce"), ctx.membership)
