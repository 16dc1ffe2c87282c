"""The words of acts on a team: 改名 移区 改项目 停用 启用, and 撤销 for her last one."""

from collections.abc import Callable
from dataclasses import replace

from handlers import differences, push_plan, raises, regional, reviews, roles, texts
from handlers.acts import teams as acts
from handlers.acts import undoing
from handlers.acts.actor import Actor
from handlers.cases import propose_reopening
from handlers.contacts import show_qr
from handlers.jurisdiction import covers
from handlers.language.names import find_project, find_region
from handlers.live_reports import chose_just_now
from handlers.meant import TeamNeeded, spoke_of, team_meant
from handlers.messages import Context, Reply, UserError
from handlers.my_team import claim
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.retractions import retract, take_back
from handlers.router import Router
from handlers.team_cards import teams_called
from handlers.understand.answers import number_chosen
from handlers.understand.mended import Figures, Retraction
from handlers.wishes.slots import begins_with_team
from handlers.writes import Proposal, Undo
from storage.incidents import Closing
from storage.last_acts import Undoable
from storage.models.people import Conversation
from storage.models.reports import Report
from storage.models.teams import Team
from storage.push_switches import Switched
from storage.raises import RaiseDecided
from storage.roles import RoleTaken
from storage.team_acts import Acted, LastAct

router = Router()
undoers: dict[str, Callable[[Context, Proposal, Undo], Reply]] = {
    **dict.fromkeys(reviews.UNDONE, reviews.undo),
    **dict.fromkeys(differences.UNDONE, differences.undo),
}
"""Who undoes what is no act on a team itself, by the kind of the act; features further on add theirs."""
UNDO_OR_RETRACT = "acts.undo-or-retract"
PROJECTS = 12
"""How many projects are named to choose from."""


@router.command(
    "改名", "更名", "改队名", summary="改名 [编号] 新名称", audience="coordinator", accepts=begins_with_team
)
def rename(ctx: Context) -> Reply:
    """The right name of a team: a captain's own, or one of a coordinator's region."""
    actor = _actor(ctx, "rename")
    acted = actor.done() or _rename(ctx, actor)
    said = texts.acts.renamed_by_captain if actor.leads(acted.before) else texts.acts.renamed
    return _told(ctx, said(acted.before, acted.after), acted)


def _rename(ctx: Context, actor: Actor) -> Acted:
    """Of several teams of hers the one to be renamed is always named: a name is not put on the one spoken of last."""
    codes = ctx.membership.codes
    if not ctx.membership.roles and len(codes) > 1 and ctx.slots.team is None and ctx.args and not chose_just_now(ctx):
        raise TeamNeeded(ctx.store.teams.many(ctx.campaign.id, codes))
    example = "0012 永善县第一中学"
    team, unit = named_team(ctx, "改名", example)
    if not unit:
        raise UserError(texts.acts.how_to("改名", example))
    return acts.rename(actor, team, unit)


@router.command("移区", "改县区", "改区", summary="移区 编号 县区", audience="coordinator", accepts=begins_with_team)
def move(ctx: Context) -> Reply:
    """A team into another region of hers; what stands behind the region is the reason."""
    actor = _actor(ctx, "move")
    acted = actor.done() or _move(ctx, actor)
    return _told(ctx, texts.acts.moved(ctx.campaign, acted.before, acted.after), acted)


def _move(ctx: Context, actor: Actor) -> Acted:
    team, said = _of_coordinator(ctx, "移区", "0012 永善县")
    region, reason = find_region(ctx.campaign, said)
    if region is None:
        raise UserError(texts.acts.no_region(said, texts.wording.listed([r.name for r in ctx.campaign.regions])))
    return acts.move(actor, team, region, reason)


@router.command("改项目", "换项目", summary="改项目 编号 项目", audience="coordinator", accepts=begins_with_team)
def reassign(ctx: Context) -> Reply:
    """A team to another project; what stands behind the project is the reason."""
    actor = _actor(ctx, "reassign")
    acted = actor.done() or _reassign(ctx, actor)
    return _told(ctx, texts.acts.reassigned(ctx.campaign, acted.before, acted.after), acted)


def _reassign(ctx: Context, actor: Actor) -> Acted:
    team, said = _of_coordinator(ctx, "改项目", "0012 人道暖昭通")
    project, reason = find_project(ctx.campaign, said)
    if project is None:
        raise UserError(texts.acts.no_project(said, "、".join(p.name for p in ctx.campaign.projects[:PROJECTS])))
    return acts.reassign(actor, team, project, reason)


@router.command("停用", summary="停用 / 启用 编号 原因", audience="coordinator", accepts=begins_with_team)
def disable(ctx: Context) -> Reply:
    actor = _actor(ctx, "disable")
    acted = actor.done() or acts.disable(actor, *_of_coordinator(ctx, "停用", "0012 冒名"))
    return _told(ctx, texts.acts.disabled(acted.after), acted)


@router.command("启用", accepts=begins_with_team)
def enable(ctx: Context) -> Reply:
    actor = _actor(ctx, "enable")
    acted = actor.done() or acts.enable(actor, _of_coordinator(ctx, "启用", "0012")[0])
    return _told(ctx, texts.acts.enabled(acted.after), acted)


@router.command("换队长", summary="换队长 编号 / 认领码 编号", audience="coordinator", accepts=begins_with_team)
def replace_captain(ctx: Context) -> Reply:
    """A code for the successor; until it is used the captain stays."""
    actor = _actor(ctx, "code")
    acted = actor.done() or acts.make_code(actor, _of_coordinator(ctx, "换队长", "0012")[0], "successor")
    return _told(ctx, texts.acts.code_made(acted.after, actor.office(acted.after)), acted)


@router.command("移交", summary="移交 / 加队长：换人或多一位队长", audience="captain", accepts=begins_with_team)
def hand_over(ctx: Context) -> Reply:
    """The captain's own: a code for whoever leads the team from then on."""
    actor = _actor(ctx, "code")
    acted = actor.done() or acts.make_code(actor, named_team(ctx, "移交", "0012")[0], "successor")
    return _told(ctx, texts.acts.code_made(acted.after, actor.office(acted.after)), acted)


@router.command("加队长", "添加队长", accepts=begins_with_team)
def add_captain(ctx: Context) -> Reply:
    """A code for one captain more, three at most."""
    actor = _actor(ctx, "code")
    acted = actor.done() or acts.make_code(actor, named_team(ctx, "加队长", "0012")[0], "another")
    return _told(ctx, texts.acts.code_made(acted.after, actor.office(acted.after)), acted)


@router.command("挂钩村", "挂钩社区", "联系村", accepts=begins_with_team)
def link_with(ctx: Context) -> Reply:
    """The village that a team past the threshold is linked with."""
    actor = _actor(ctx, "village")
    acted = actor.done() or acts.link_with(actor, *named_team(ctx, "挂钩村", "0012 王家村"))
    return _told(ctx, texts.acts.village_kept(acted.after), acted)


@router.command("链接", "队伍链接", "转发链接", aside=True)
def keep_link(ctx: Context) -> Reply:
    """A team's own forwarding link; without an address it asks for the one where one gives."""
    if not ctx.slots.address:
        return show_qr(ctx)
    actor = _actor(ctx, "link")
    acted = actor.done() or acts.keep_link(actor, *named_team(ctx, "链接", "0012 https://…"))
    return _told(ctx, texts.acts.link_kept(acted.after), acted)


@router.command("认领码", "我的认领码", accepts=begins_with_team)
def new_code(ctx: Context) -> Reply:
    """A coordinator's code for a team that waits for its captain; from anybody else it is 认领."""
    coded, claimed = ctx.slots.team, ctx.slots.claim
    if not ctx.membership.roles or (claimed is not None and (coded is None or coded.rest)):
        return claim(ctx)
    actor = _actor(ctx, "code")
    acted = actor.done() or acts.make_code(actor, _of_coordinator(ctx, "认领码", "0012")[0], "another")
    return _told(ctx, texts.acts.code_made(acted.after, actor.office(acted.after)), acted)


@router.command("撤销", "撤消", summary="撤销：退回自己最近一次操作", audience="coordinator", accepts=begins_with_team)
def undo(ctx: Context) -> Reply:
    """Her own last act, after a yes. From who has no role it is 撤回, and a code behind it may mean either."""
    if not ctx.membership.roles:
        return retract(ctx)
    if coded := ctx.slots.team:
        raise UserError(texts.undoing.either_undo_or_retract(coded.code))
    last = ctx.store.team_acts.last(ctx.campaign.id, ctx.person.id)
    hers, another = _own_report(ctx), _said_for_another(ctx, last)
    if last is None:
        if another:
            return Reply(texts.undoing.retract_of_another(*another))
        return retract(ctx) if hers else Reply(texts.undoing.nothing_to_undo())
    if hers or another:
        data = {"text": ctx.message.text, "key": ctx.message.key}
        what = texts.undoing.own_report(hers) if hers else ""
        if another:
            data |= {"code": another[0].code, "channel": another[1].channel}
            what = texts.undoing.report_of_another(*another)
        asked = Conversation(state=UNDO_OR_RETRACT, data=data)
        return Reply(texts.undoing.undo_or_retract(_said(ctx, last), what), conversation=asked)
    return _propose_undo(ctx, last)


@router.state(UNDO_OR_RETRACT, reminder=texts.dialogues.UNDO_OR_RETRACT)
def take_choice(ctx: Context) -> Reply:
    """She acted, and reported for a team that she leads or for another's: which of her two last things is it?"""
    data = ctx.conversation.data if ctx.conversation else {}
    number, ctx = number_chosen(ctx.args, 2), replace(ctx, conversation=None, args="")
    if number is None:
        raise UserError(texts.dialogues.choose_a_number(2))
    if number == 1 and (code := data.get("code")):
        return take_back(ctx, Retraction(Figures(channel=data["channel"]), codes=(code,), coded=True))
    if number == 1:
        return take_back(ctx, Retraction())
    return _propose_undo(ctx, ctx.store.team_acts.last(ctx.campaign.id, ctx.person.id))


def _said(ctx: Context, last: LastAct) -> str:
    """What she did last to a team, a case, a target or a role."""
    return undoing.called(_actor(ctx, "undo"), last)


def _own_report(ctx: Context) -> Report | None:
    teams = ctx.store.teams.many(ctx.campaign.id, ctx.membership.codes)
    return next(iter(ctx.store.reports.newest_by(ctx.campaign.id, teams, ctx.person.id)), None)


def _said_for_another(ctx: Context, last: LastAct | None) -> tuple[Team, Report] | None:
    """What she said last for another's team, the one she spoke of last, unless her last act on it came after that."""
    spoken_of = [ctx.last_team.code] if ctx.last_team and not ctx.campaign.frozen else []
    team = next(iter(ctx.store.teams.many(ctx.campaign.id, spoken_of)), None)
    if team is None or team.code in ctx.membership.codes or not covers(ctx, team):
        return None
    if isinstance(last, Undoable) and (last.code, last.version) == (team.code, team.version):
        return None
    newest = ctx.store.reports.newest_by(ctx.campaign.id, [team], ctx.person.id)
    return (team, newest[0]) if newest else None


def _propose_undo(ctx: Context, last: LastAct | None) -> Reply:
    if last is None:
        raise UserError(texts.undoing.nothing_to_undo())
    if isinstance(last, Closing):
        return propose_reopening(ctx, last)
    if isinstance(last, RaiseDecided):
        return raises.propose_undoing(ctx, last)
    if isinstance(last, RoleTaken):
        return roles.propose_giving_back(ctx, last)
    if isinstance(last, Switched):
        return push_plan.propose_switching_back(ctx, last)
    team = ctx.store.teams.get(ctx.campaign.id, last.code)
    if team.version != last.version:
        ctx.store.team_acts.forget_last(ctx.campaign.id, ctx.person.id)
        raise UserError(texts.undoing.built_upon(team, last, ctx.campaign))
    return for_a_yes(texts.undoing.ask_undo(team, last, ctx.campaign), propose(ctx, Undo(last)))


@on_yes(router, Undo, reminder=texts.dialogues.UNDO)
def undo_act(ctx: Context, proposal: Proposal, undo: Undo) -> Reply:
    if other := undoers.get(undo.last.kind):
        return other(ctx, proposal, undo)
    ctx, team = team_meant(ctx, undo.last.code)
    actor = Actor(ctx.store, ctx.campaign, ctx.confirming(proposal.id), ctx.membership)
    acted = actor.done() or acts.undo(actor, team, undo.last)
    return _told(ctx, texts.undoing.undone(acted.after, undo.last), acted)


def _actor(ctx: Context, verb: str) -> Actor:
    return Actor(ctx.store, ctx.campaign, ctx.author(verb), ctx.membership)


def _of_coordinator(ctx: Context, word: str, example: str) -> tuple[Team, str]:
    """The team of her region behind a coordinator's word, and what is said besides. Raises `UserError`."""
    if not ctx.membership.roles:
        raise UserError(texts.acts.captains_may_not(word, ctx.campaign))
    team, rest = named_team(ctx, word, example)
    if not covers(ctx, team):
        raise UserError(texts.acts.not_yours_to_change(team, ctx.campaign))
    return team, rest


def named_team(ctx: Context, word: str, example: str) -> tuple[Team, str]:
    """The team behind a word, by its code or its unit's name, and the rest; a captain may leave out her only one.

    Raises `TeamNeeded` where it is only called in short: an act waits for a yes to the team then.
    """
    if coded := ctx.slots.team:
        called, rest = coded.code, coded.rest
    elif ctx.membership.roles:
        called, rest = ctx.slots.first, ctx.slots.rest
    else:
        return team_meant(ctx, None)[1], ctx.args
    if not ctx.args:
        raise UserError(texts.acts.how_to(word, example))
    teams = teams_called(ctx, called)
    if not teams and (in_short := regional.called(ctx, called)):
        raise TeamNeeded(in_short, {team.code: f"{word} {team.code} {rest}".rstrip() for team in in_short})
    if len(teams) != 1:
        raise UserError(_which(called if coded else ctx.args, teams))
    if teams[0].status == "merged":
        raise UserError(texts.merging.use_the_other(teams[0]))
    return teams[0], rest


def _which(called: str, teams: list[Team]) -> str:
    if not teams:
        return texts.acts.no_such_team(called)
    return texts.acts.several_of_unit(teams[0].unit, "、".join(f"#{team.code}" for team in teams))


def _told(ctx: Context, text: str, acted: Acted) -> Reply:
    return Reply(text, remember=spoke_of(ctx, acted.after))
